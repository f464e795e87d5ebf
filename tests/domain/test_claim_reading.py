"""From what is typed or uploaded to a claim: every fault is found, and what is right is read as meant."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.claim_reading import (
    STAGE_FIELDS,
    STAGES,
    Fault,
    Finders,
    Meant,
    read_claim,
    read_date,
    texts_of,
)
from catalogue.domain.claim_words import HEADINGS, OFFERED, SENTENCES, field_of, sentence
from catalogue.domain.merging import in_order
from catalogue.domain.reuse import Stage, Step, What
from catalogue.domain.reuse_report import Claim, Visibility
from catalogue.standards.dates import BadDate

TODAY = date(2026, 11, 20)
FINDERS = Finders(
    solution=lambda text: Meant(key=text) if text == "hal-plan" else Meant(near=("hal-plan",)),
    body=lambda text: Meant(key="15003000") if text in ("15003000", "Magdeburg") else Meant(),
)
RIGHT = {"solution": "hal-plan", "body": "Magdeburg", "in_use": "2025-05"}


def read(**texts: str) -> Claim | tuple[Fault, ...]:
    return read_claim({**RIGHT, **texts}, FINDERS, TODAY)


def codes(**texts: str) -> list[tuple[str, str]]:
    found = read(**texts)
    assert not isinstance(found, Claim), found
    return [(fault.field, fault.code) for fault in found]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"solution": ""}, "solution missing"),
        ({"solution": "HAL"}, "solution unknown"),
        ({"body": "Neustadt"}, "body unknown"),
        ({"in_use": ""}, "stage missing"),
        ({"in_use": "bald"}, "in_use date"),
        ({"in_use": "2025-13"}, "in_use date"),
        ({"in_use": "45678"}, "in_use date"),  # a date as a spreadsheet counts days
        ({"in_use": "2027"}, "in_use future"),
        ({"in_use": "", "stage": "im Betrieb", "since": "2031"}, "since future"),
        ({"stage": "läuft"}, "stage no-such-word"),
        ({"stage": "keine Nachnutzung"}, "stage denied-and-dated"),
        ({"what": "alles"}, "what no-such-word"),
        ({"visibility": "geheim"}, "visibility no-such-word"),
        ({"version": "x" * 201}, "version too-long"),
        ({"address": "http://192.168.0.1/"}, "address address"),
        ({"evidence": "javascript:alert(1)"}, "evidence address"),
        ({"contact": "Frau Muster"}, "contact mail"),
        ({"version": "=B2"}, "version formula"),  # a file that holds no result of it
        ({"effort": "#NV"}, "effort formula"),  # what a spreadsheet shows where a formula fails
        ({"solution": "", "body": "", "in_use": "?x"}, "solution missing, body missing, in_use date"),
    ],
)
def test_each_fault_is_named_and_all_of_them_at_once(texts, expected) -> None:
    assert ", ".join(" ".join(pair) for pair in codes(**texts)) == expected


def steps(text: str) -> dict[str, tuple[Step, ...]]:
    parts = [part.partition(" ") for part in text.split(", ") if part]
    return {"steps": tuple(Step(stage=Stage(stage), since=since or None) for stage, _, since in parts)}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({}, steps("in-use 2025-05")),
        ({"trial": "17.3.2024"}, steps("trial 2024-03-17, in-use 2025-05")),
        ({"in_use": "", "stage": "Im Betrieb", "since": "5/2025"}, steps("in-use 2025-05")),
        ({"in_use": "?"}, steps("in-use")),
        ({"in_use": "", "stage": "none"}, steps("")),
        ({"in_use": "", "planned": "2028"}, steps("planned 2028")),  # may lie ahead
        ({"in_use": "", "stage": "geplant", "since": "2031"}, steps("planned 2031")),
        (
            {"ended": "2023", "in_use": "2020", "trial": "2026"},
            steps("in-use 2020, ended 2023, trial 2026"),  # begun anew
        ),
        ({"what": "Modul", "part": " Kataster \n neu "}, {"what": What.MODULE, "part": "Kataster neu"}),
        ({"visibility": "nicht öffentlich"}, {"visibility": Visibility.UNNAMED}),
    ],
)
def test_what_is_right_is_read_as_it_is_meant(texts: Mapping[str, str], expected) -> None:
    claim = read(**texts)

    assert isinstance(claim, Claim), claim
    assert claim.body == "15003000"
    assert {name: getattr(claim, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        ("17.05.2024", "2024-05-17"),
        ("5.2024", "2024-05"),
        ("2024-05-17 00:00:00", "2024-05-17"),
        ("2024-05-17T08:00:00", "2024-05-17"),
    ],
)
def test_dates_are_understood_as_people_and_spreadsheets_write_them(text: str, expected: str) -> None:
    assert read_date(text) == expected


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_none(text: str) -> None:
    try:
        assert read_date(read_date(text)) == read_date(text)
    except BadDate:
        return


@given(st.dictionaries(st.sampled_from(sorted(HEADINGS)), st.text(max_size=40), max_size=12))
def test_any_row_is_a_claim_or_faults_with_a_sentence(texts: dict[str, str]) -> None:
    found = read_claim(texts, FINDERS, TODAY)

    for fault in () if isinstance(found, Claim) else found:
        for language in ("de", "en"):
            words = sentence(fault, language)
            assert words
            assert "{" not in words.replace(fault.value, "")


DATES = st.one_of(st.none(), st.sampled_from(["2020", "2024-06", "2025-01-31"]))


@given(
    st.lists(st.builds(Step, stage=st.sampled_from(Stage), since=DATES), unique_by=lambda step: step.stage),
    st.sampled_from([None, *What]),
    st.sampled_from(Visibility),
)
def test_a_form_sent_as_it_was_shown_changes_nothing(some, what, visibility) -> None:
    # A form shows the stages in their order; where a date is missing, that decides.
    steps = in_order(sorted(some, key=lambda step: list(Stage).index(step.stage)))
    claim = Claim(
        solution="hal-plan", body="15003000", steps=steps, what=what, visibility=visibility,
        part="Kataster", address="https://example.org/plan", contact="digital@example.org",
    )  # fmt: skip

    assert read_claim(texts_of(claim), FINDERS, TODAY) == claim


def test_headings_are_known_in_both_languages_and_mean_one_field_each() -> None:
    for name, (german, english, others) in HEADINGS.items():
        for text in (german, english, german.upper(), f" {english} ", *others):
            assert field_of(text) == name, text
    assert field_of("Bemerkung") is None


def test_every_stage_has_a_field_and_a_word() -> None:
    assert set(STAGE_FIELDS) == set(Stage) == set(STAGES.values())
    assert set(STAGE_FIELDS.values()) <= set(HEADINGS)


def test_every_fault_says_how_to_mend_it() -> None:
    for german, english in SENTENCES.values():
        assert german.count(".") >= 1
        assert english


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_word_that_a_sentence_offers_is_understood(language) -> None:
    for field, both in OFFERED.items():
        said = sentence(Fault(field=field, code="no-such-word", value="läuft"), language)
        words = both[language == "en"]
        assert words in said
        for word in words.split(", "):
            texts = {"in_use": "" if field == "stage" else "2025", field: word}
            assert isinstance(read(**texts), Claim), word


def test_a_sentence_says_which_key_to_write() -> None:
    body = Fault(field="body", code="unknown", value="Neustadt", near=("Neustadt in Holstein (01055032)",))

    assert sentence(body, "de") == (
        "„Neustadt“ kennt der Katalog nicht, oder mehrere heißen so. Schreiben Sie den amtlichen Schlüssel."
        " Meinten Sie Neustadt in Holstein (01055032)?"
    )
    assert "Give the id from the address of its profile." in sentence(
        Fault(field="solution", code="unknown", value="HAL"), "en"
    )
