"""A solution made from the values of an entry."""

import dataclasses

import pytest
from builders import HALLE, MAGDEBURG, a_reuse, a_solution, an_entry, some_fields

from catalogue.domain import fields as table
from catalogue.domain.fields import SOLUTION_FIELDS
from catalogue.domain.reuse import Evidence, Relation, Stage
from catalogue.domain.solution import (
    Contact,
    Funded,
    Licence,
    Maturity,
    OpenSource,
    Provider,
    Solution,
    SolutionKind,
    Transfer,
)


def test_a_solution_has_what_the_entry_says():
    solution = a_solution(
        kind="software",
        open_source="yes",
        maturity="stable",
        funding={"mpsc": "no", "note": " eigene Mittel "},
        licence={"expression": "EUPL-1.2", "source": "LICENSE"},
        contact={"email": "info@halle.de"},
        transfer={"staff": "eine halbe Stelle"},
        stated_reach=[{"count": "50", "at_least": "true", "unit": "Apps", "text": "über 50 Apps"}],
    )

    assert solution.kind is SolutionKind.SOFTWARE
    assert solution.open_source is OpenSource.YES
    assert solution.is_open_source
    assert solution.maturity is Maturity.STABLE
    assert (solution.mpsc, solution.funding_note) == (Funded.NO, "eigene Mittel")
    assert solution.licence == Licence(expression="EUPL-1.2", source="LICENSE")
    assert solution.contact == Contact(email="info@halle.de")
    assert solution.transfer == Transfer(staff="eine halbe Stelle")
    assert solution.providers == (Provider(body=HALLE, role="owner"),)
    assert solution.evidence == (Evidence(address="https://example.org/beleg"),)
    assert (solution.stated_reach[0].count, solution.stated_reach[0].at_least) == (50, True)


def test_what_is_absent_is_not_known():
    solution = a_solution()

    assert solution.kind is None
    assert solution.open_source is None
    assert not solution.is_open_source
    assert solution.licence is None
    assert solution.maturity is None
    assert not solution.is_discontinued
    assert solution.mpsc is None
    assert solution.reuses == ()
    assert not solution.transfer.is_known


def test_only_yes_is_open_source_and_obsolete_is_discontinued():
    assert not a_solution(open_source="announced").is_open_source
    assert not a_solution(open_source="not-confirmed").is_open_source
    assert a_solution(maturity="obsolete").is_discontinued


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        (a_reuse(stage="in-use"), True),
        (a_reuse(stage="trial"), True),
        (a_reuse(stage="planned"), False),
        (a_reuse(stage="interested"), False),
        (a_reuse(stage="ended"), False),
        (a_reuse(relation="partner", stage=None), False),  # a partner is no user
        (a_reuse(relation="develops", stage="in-use"), False),
    ],
)
def test_only_trials_and_uses_count(row, counts):
    (reuse,) = a_solution(reuses=[row]).reuses

    assert reuse.counts is counts


def test_a_body_counts_once_however_many_rows_it_has():
    solution = a_solution(
        reuses=[
            a_reuse(scope="Kern", confirmed="no"),
            a_reuse(scope="Karte"),
            a_reuse(HALLE, confirmed="no"),
        ]
    )

    assert solution.reuse_bodies == {MAGDEBURG, HALLE}
    assert solution.confirmed_bodies == {MAGDEBURG}


def test_a_reuse_is_as_recent_as_the_latest_date_it_names():
    (reuse,) = a_solution(reuses=[a_reuse(since="2023-04", seen="2025", until=None)]).reuses

    assert reuse.latest == "2025"
    assert (reuse.relation, reuse.stage, reuse.confirmed) == (Relation.USES, Stage.IN_USE, True)


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        (SolutionKind, table.KINDS),
        (OpenSource, table.OPEN_SOURCE),
        (Maturity, table.MATURITIES),
        (Relation, table.RELATIONS),
        (Stage, table.STAGES),
        (Funded, table.FUNDED),
    ],
)
def test_what_the_check_allows_is_what_a_solution_can_hold(words, choices):
    assert tuple(words) == choices


def test_every_field_of_the_table_is_in_a_solution():
    elsewhere = {"summary": "summary_de", "funding": "mpsc", "needs": "needs_de"}

    held = {field.name for field in dataclasses.fields(Solution)}

    assert {elsewhere.get(field.name, field.name) for field in SOLUTION_FIELDS} <= held


def test_a_solution_knows_in_which_words_people_ask_for_it():
    solution = a_solution(needs={"de": ["Schlagloch melden", " "], "en": ["report a pothole"]})

    assert (solution.needs_de, solution.needs_en) == (("Schlagloch melden",), ("report a pothole",))
    assert (a_solution().needs_de, a_solution().needs_en) == ((), ())


def test_values_of_the_wrong_shape_are_left_out_and_do_not_stop_it():
    entry = an_entry(tags="x", based_on=[["y"], "z"], repositories="x", transfer=["x"], reuses=[None])

    solution = a_solution(**{name: entry.fields[name] for name in entry.fields.keys() - some_fields().keys()})

    assert (solution.tags, solution.based_on, solution.repositories) == ((), ("z",), ())
    assert solution.reuses == ()


def test_a_solution_does_not_change():
    with pytest.raises(dataclasses.FrozenInstanceError):
        a_solution().name = "x"
