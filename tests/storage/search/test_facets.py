"""Which values a solution has in each facet: only what is known of it."""

from datetime import date

import pytest
from storage.search.builders import a_context, a_solution, used_by

from catalogue.storage.search.facets import FACETS, activity_ranges, values_of

CONTACT = {"email": "rathaus@example.org"}


def test_a_solution_has_values_in_every_facet():
    solution = a_solution(
        kind="software",
        open_source="yes",
        maturity="stable",
        topics=["solar", "mobility"],
        licence={"expression": "EUPL-1.2 OR MIT", "source": "LICENSE"},
        contact=CONTACT,
        technologies=["Python", "Python"],
        providers=[{"body": "15002000", "role": "owner"}, {"body": "acme", "role": "developer"}],
        reuses=used_by("15003000", "03154", "03154013", "acme"),
    )

    assert values_of(solution, a_context()) == {
        "quick": ["contact-and-licence", "small-towns", "confirmed"],
        "topic": ["solar", "energy", "mobility"],
        "licence": ["permissive"],
        "size": ["large-city", "district", "rural"],
        "reused_at_least": ["1", "3"],
        "confirmed_at_least": ["1", "3"],
        "vitality": [],
        "last_activity": [],
        "open_source": ["yes"],
        "kind": ["software"],
        "maturity": ["stable"],
        "land": ["15", "11"],
        "provider_kind": ["municipality", "company"],
        "technology": ["Python"],
        "provider-place": ["15002000"],
        "reuser-place": ["03154", "03154013", "15003000"],
    }


def test_what_is_not_known_is_in_no_facet_but_an_unclear_licence():
    values = values_of(a_solution(providers=[{"body": "acme", "role": "owner"}]), a_context())

    assert {name for name, having in values.items() if having} == {
        "topic", "licence", "land", "provider_kind"
    }  # fmt: skip
    assert values["licence"] == ["unclear"]


@pytest.mark.parametrize(
    ("reuses", "expected"),
    [
        (used_by("03154013"), True),
        (used_by("15002000"), False),  # a large city
        (used_by("03154"), False),  # a district is no small town, however few live there
        ([{"body": "03154013", "relation": "uses", "stage": "trial", "confirmed": "yes"}], False),
        ([{"body": "03154013", "relation": "uses", "stage": "ended", "confirmed": "yes"}], False),
        ([{"body": "03154013", "relation": "partner", "confirmed": "yes"}], False),
        (used_by("nobody-knows"), False),
    ],
)
def test_it_runs_in_small_towns_where_one_has_it_in_use(reuses, expected):
    assert ("small-towns" in values_of(a_solution(reuses=reuses), a_context())["quick"]) is expected


@pytest.mark.parametrize(
    ("licence", "contact", "expected"),
    [
        ("MIT", CONTACT, True),
        ("EUPL-1.2", {"page": "https://example.org/"}, True),
        ("MIT", {}, False),
        ("NONE", CONTACT, False),  # known, and nothing is granted
        ("BUSL-1.1", CONTACT, False),
        (None, CONTACT, False),
    ],
)
def test_licence_and_contact_are_known_only_together(licence, contact, expected):
    fields = {"licence": {"expression": licence, "source": "LICENSE"}} if licence else {}

    values = values_of(a_solution(contact=contact, **fields), a_context())

    assert ("contact-and-licence" in values["quick"]) is expected


def test_ready_to_use_waits_until_somebody_knows_what_lives():
    solution = a_solution(
        licence={"expression": "MIT", "source": "LICENSE"},
        contact=CONTACT,
        documentation="https://example.org/docs",
        reuses=used_by("15003000"),
    )

    assert "ready" not in values_of(solution, a_context())["quick"]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("2026-11-01", ["6-months", "1-year", "2-years"]),
        ("2026-12-24", ["6-months", "1-year", "2-years"]),  # a clock that goes ahead
        ("2026-02-01", ["1-year", "2-years"]),
        ("2025-01-01", ["2-years"]),
        ("2020-01-01", ["older"]),
    ],
)
def test_recent_activity_is_within_every_longer_time_too(last, expected):
    assert list(activity_ranges(date.fromisoformat(last), date(2026, 11, 22))) == expected


def test_a_facet_has_a_name_of_its_own_that_is_fit_for_an_address():
    names = [facet.name for facet in FACETS]

    assert len(names) == len(set(names))
    assert all(name.isidentifier() and name.islower() and not name.startswith("not") for name in names)
    assert not {"q", "sort", "page", "list", "near", "km", "lang"} & set(names)
