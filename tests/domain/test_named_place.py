"""Whom somebody means who types a place."""

import pytest

from catalogue.domain.named_place import named_place
from catalogue.places import REGISTER
from catalogue.storage.register import load_register

KNOWN = load_register(REGISTER)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("15002000", "Halle (Saale)"),
        ("03154", "Landkreis Helmstedt"),
        (" Magdeburg ", "Magdeburg"),
        ("halle saale", "Halle (Saale)"),
        ("Halle (Westf.)", "Halle (Westf.)"),
        ("Koeln", "Köln"),
        ("koln", "Köln"),
        ("Kassel", "Kassel"),  # the district of that name calls itself Landkreis Kassel
        ("Landkreis Kassel", "Landkreis Kassel"),
        ("Frankfurt am Main", "Frankfurt am Main"),
    ],
)
def test_a_key_or_a_name_of_its_own_means_one(text: str, label: str) -> None:
    place = named_place(text, KNOWN)

    assert place.found
    assert KNOWN.label(place.found.key) == label
    assert place.candidates == ()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Halle", "Halle (Saale)"),  # the largest of its name first
        ("Frankfurt", "Frankfurt am Main"),
        ("Madgeburg", "Magdeburg"),  # misspelt
        ("Stadt Halle", "Halle (Saale)"),
    ],
)
def test_a_name_of_several_or_of_nobody_means_nobody_but_has_candidates(text: str, first: str) -> None:
    place = named_place(text, KNOWN)

    assert place.found is None
    assert KNOWN.label(place.candidates[0].key) == first
    assert len(place.candidates) <= 6


def test_whoever_is_offered_is_meant_by_key_and_by_label() -> None:
    for text in ("Halle", "Neustadt", "Burg", "Münster"):
        for town in named_place(text, KNOWN).candidates:
            assert named_place(town.key, KNOWN).found == town
            assert named_place(KNOWN.label(town.key), KNOWN).found == town


@pytest.mark.parametrize("text", ["", " ", "xyzzyqwert", "99999999", "\x00", "*", "-", "(", "ß" * 200])
def test_nonsense_means_nobody(text: str) -> None:
    place = named_place(text, KNOWN)

    assert place.found is None
