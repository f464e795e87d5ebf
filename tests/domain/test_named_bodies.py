"""Who is meant by what somebody typed: exactly one, or a choice of a few."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from catalogue import places
from catalogue.domain.bodies import Bodies, Organisation
from catalogue.domain.named_bodies import MOST, find_bodies, meant_body
from catalogue.storage.register import load_register

BODIES = Bodies(
    load_register(places.REGISTER),
    {
        "kielregion": Organisation(id="kielregion", name="KielRegion", kind="region"),
        "dataport": Organisation(
            id="dataport", name="Dataport AöR", kind="it-provider", short_name="Dataport"
        ),
    },
)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Magdeburg", "15003000"),
        ("magdeburg", "15003000"),
        ("Magdeburg, Landeshauptstadt", "15003000"),
        ("15003000", "15003000"),
        ("Halle (Saale)", "15002000"),
        ("Koeln", "05315000"),
        ("Landkreis Helmstedt", "03154"),
        ("Helmstedt", "03154028"),  # the town; the district is called otherwise
        ("KielRegion", "kielregion"),
        ("kielregion", "kielregion"),
        ("Dataport", "dataport"),
    ],
)
def test_a_name_that_only_one_has_is_understood(typed: str, key: str) -> None:
    assert meant_body(typed, BODIES).key == key


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Frankfurt", ["Frankfurt am Main", "Frankfurt (Oder)"]),
        ("Halle", ["Halle (Saale)", "Halle (Westf.)", "Halle (Holzminden)"]),
        ("Ludwigshafen", ["Ludwigshafen am Rhein"]),
        ("Madgeburg", ["Magdeburg"]),  # misspelt: asked back, never guessed
        ("Kielr", ["KielRegion"]),
    ],
)
def test_a_name_of_several_or_of_none_is_asked_back(typed: str, first: list[str]) -> None:
    meant = meant_body(typed, BODIES)

    assert not meant.key
    assert [choice.label for choice in meant.choices][: len(first)] == first
    assert len(meant.choices) <= MOST


def test_every_label_that_the_catalogue_shows_means_its_body() -> None:
    unsure = []
    for row in list(BODIES.register)[::97]:
        meant = meant_body(BODIES.register.label(row.key), BODIES)

        assert row.key in (meant.key, *(choice.key for choice in meant.choices))
        unsure += [row.key] if meant.choices else []

    assert len(unsure) <= 3  # where a larger town bears the name with an addition


def test_a_name_that_nobody_has_leads_to_nobody() -> None:
    meant = meant_body("xyzzyqwert", BODIES)

    assert (meant.key, meant.choices) == ("", ())


@settings(max_examples=40)  # a name that nobody has is compared with all there are
@given(some.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    meant = meant_body(text, BODIES)

    assert not (meant.key and meant.choices)
    assert len(find_bodies(text, BODIES, 7)) <= 7
