"""The rules of the form: every fault is one remark at its field, all of them at once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catalogue.domain.named_bodies import Choice, Meant
from catalogue.domain.reporting import (
    BY_NAME,
    DETAILS,
    FIELDS,
    Known,
    check_claim,
    check_details,
    check_report,
    check_step,
    chosen,
)
from catalogue.domain.reuse import Stage, Step, What
from catalogue.domain.reuse_report import Claim, Visibility

TODAY = date(2026, 11, 26)
SOLUTIONS = {"hal-plan": "hal-plan", "HAL-Plan": "hal-plan"}
BODIES = {"15003000": "15003000", "Magdeburg": "15003000"}
HALLES = (Choice(key="15002000", label="Halle (Saale)"), Choice(key="05754012", label="Halle (Westf.)"))
KNOWN = Known(
    solution=lambda text: Meant(key=SOLUTIONS.get(text, "")),
    body=lambda text: Meant(choices=HALLES) if text == "Halle" else Meant(key=BODIES.get(text, "")),
    today=TODAY,
)


def a_form(**changes: str) -> dict[str, str]:
    """A form without fault; whatever differs is named."""
    complete = {
        "solution": "HAL-Plan",
        "body": "Magdeburg",
        "stage": "trial",
        "since": "03.2024",
        "email": "digital@magdeburg.de",
        "visibility": "public",
    }
    return {**dict.fromkeys(BY_NAME, ""), **complete, **changes}


def faults(form: dict[str, str]) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in check_report(form, KNOWN).problems]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"solution": ""}, [("solution", "missing")]),
        ({"solution": "XY"}, [("solution", "nobody-meant")]),
        ({"body": "Halle"}, [("body", "several-meant")]),
        ({"stage": ""}, [("stage", "missing")]),
        ({"stage": "", "since": ""}, [("stage", "missing"), ("since", "missing")]),
        ({"stage": "", "since": "2027"}, [("stage", "missing")]),  # it may be a plan
        ({"stage": "running"}, [("stage", "unknown-choice")]),
        ({"since": ""}, [("since", "missing")]),
        ({"since": "2024"}, []),
        ({"since": "2024-03"}, []),
        ({"since": "2024-03-11"}, []),
        ({"since": "11.3.2024"}, []),
        ({"since": "3/2024"}, []),
        ({"since": "neulich"}, [("since", "date-unreadable")]),
        ({"since": "31.02.2024"}, [("since", "date-unreadable")]),  # no such day
        ({"since": "1989"}, [("since", "date-early")]),
        ({"since": "2026"}, []),  # this year has begun
        ({"since": "27.11.2026"}, [("since", "date-ahead")]),  # tomorrow
        ({"since": "2027"}, [("since", "date-ahead")]),
        ({"stage": "planned", "since": "2027"}, []),  # a plan may lie ahead
        ({"stage": "planned", "since": "2062"}, [("since", "date-far")]),
        ({"stage": "interested", "since": "2027"}, [("since", "date-ahead")]),
        ({"stage": "ended", "since": "2025"}, []),
        ({"stage": "ended", "since": ""}, [("since", "missing")]),
        ({"stage": "ended", "since": "2025", "in_use_since": "2023"}, []),
        ({"stage": "ended", "since": "2023", "in_use_since": "2025"}, [("since", "date-before")]),
        ({"stage": "ended", "since": "2024", "in_use_since": "2024-03"}, []),  # as far as both are known
        ({"stage": "ended", "since": "02.2024", "in_use_since": "03.2024"}, [("since", "date-before")]),
        ({"in_use_since": "2023"}, [("in_use_since", "date-only-ended")]),
        ({"stage": "none", "since": ""}, []),
        ({"stage": "none", "since": "2024"}, [("since", "date-of-denial")]),
        ({"email": ""}, [("email", "missing")]),
        ({"email": "a@b@c.de"}, [("email", "mail-at")]),
        ({"email": "a@b.de\r\nBcc: x@y.de"}, [("email", "mail-at")]),  # no second header
        ({"email": "Name <a@b.de>"}, [("email", "mail-local")]),
        ({"contact": "keine"}, [("contact", "mail-at")]),
        ({"address": "http://192.168.0.1/"}, [("address", "address-private")]),
        ({"address": "javascript:alert(1)"}, [("address", "address-scheme")]),
        ({"address": "https://x:y@magdeburg.de"}, [("address", "address-credentials")]),
        ({"evidence": "www.magdeburg.de"}, [("evidence", "address-scheme")]),
        ({"version": "1" * 81}, [("version", "too-long")]),
        ({"what": "all"}, [("what", "unknown-choice")]),
        ({"visibility": "secret"}, [("visibility", "unknown-choice")]),
        (
            {"solution": "", "since": "x", "email": "y", "address": "z"},
            [
                ("solution", "missing"),
                ("since", "date-unreadable"),
                ("email", "mail-at"),
                ("address", "address-scheme"),
            ],
        ),  # all at once, in the order of the form
    ],
)  # fmt: skip
def test_every_fault_is_one_remark_at_its_field(
    change: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert faults(a_form(**change)) == expected


def test_a_good_form_becomes_a_claim() -> None:
    form = a_form(
        stage="ended",
        since="1.2.2025",
        in_use_since="2023",
        what="adapted",
        part=" Modul  A ",
        effort="drei\r\n\r\n\r\n\r\nTage",
        address="HTTPS://Plan.Magdeburg.de",
        visibility="unnamed",
        email="Digital@Magdeburg.DE",
    )

    checked = check_report(form, KNOWN)

    assert checked.email == "digital@magdeburg.de"
    assert checked.claim == Claim(
        solution="hal-plan",
        body="15003000",
        steps=(Step(stage=Stage.IN_USE, since="2023"), Step(stage=Stage.ENDED, since="2025-02-01")),
        what=What.ADAPTED,
        part="Modul A",
        effort="drei\n\nTage",
        address="https://plan.magdeburg.de/",
        visibility=Visibility.UNNAMED,
    )


def test_we_do_not_use_it_is_a_claim_without_steps() -> None:
    claim = check_report(a_form(stage="none", since=""), KNOWN).claim

    assert claim is not None
    assert claim.is_denial


def test_the_office_needs_no_mail_address() -> None:
    claim, problems = check_claim(a_form(email=""), KNOWN)

    assert claim is not None
    assert problems == ()


def test_a_choice_counts_only_for_the_name_that_it_was_offered_for() -> None:
    picked = {"body": "Halle", "body_for": "Halle", "body_choice": "15003000"}

    assert chosen(picked, "body") == "15003000"
    assert faults(a_form(**picked)) == []
    assert chosen({**picked, "body": "Magdeburg"}, "body") == "Magdeburg"
    assert chosen({"body": "Halle", "body_for": "Halle"}, "body") == "Halle"


def test_whoever_is_meant_is_offered() -> None:
    (problem,) = check_report(a_form(body="Halle"), KNOWN).problems

    assert problem.choices == HALLES
    assert problem.facts == {"value": "Halle"}


IN_USE = (Step(stage=Stage.TRIAL, since="2023"), Step(stage=Stage.IN_USE, since="2024-05"))


@pytest.mark.parametrize(
    ("form", "steps", "codes"),
    [
        ({"stage": "ended", "since": "2025"}, (*IN_USE, Step(stage=Stage.ENDED, since="2025")), []),
        ({"stage": "ended", "since": "2023"}, IN_USE, ["date-before"]),
        ({"stage": "ended", "since": "2027"}, IN_USE, ["date-ahead"]),
        ({"stage": "in-use", "since": "2024-06"}, (IN_USE[0], Step(stage=Stage.IN_USE, since="2024-06")), []),
        ({"stage": "in-use", "since": "2022"}, IN_USE, ["date-before"]),  # before the trial
        ({"stage": "", "since": "2025"}, IN_USE, ["missing"]),
        ({"stage": "ended", "since": ""}, IN_USE, ["missing"]),
        ({}, IN_USE, ["missing"]),
    ],
)
def test_a_next_stage_begins_where_the_one_before_began_or_later(
    form: dict[str, str], steps: tuple[Step, ...], codes: list[str]
) -> None:
    found, problems = check_step(form, IN_USE, TODAY)

    assert found == steps
    assert [problem.code for problem in problems] == codes


def test_details_are_fields_of_a_claim() -> None:
    details, problems = check_details(a_form(operator="Dataport"))

    assert not problems
    assert set(details) == set(DETAILS)
    assert Claim(solution="a", body="b", **details).operator == "Dataport"  # type: ignore[arg-type]


@given(
    some.fixed_dictionaries({name: some.text(max_size=300) for name in [*BY_NAME, "body_choice", "body_for"]})
)
def test_no_form_whatsoever_is_taken_with_a_fault_or_breaks(form: dict[str, str]) -> None:
    checked = check_report(form, KNOWN)

    assert (checked.claim is None) == bool(checked.problems)
    assert {problem.field for problem in checked.problems} <= set(BY_NAME)


@given(some.text(max_size=2000), some.sampled_from(["part", "effort", "obstacles", "operator", "version"]))
def test_free_text_is_kept_within_its_limit_and_without_invisible_signs(text: str, name: str) -> None:
    claim = check_report(a_form(**{name: text}), KNOWN).claim

    if claim is not None:
        kept = getattr(claim, name)
        assert len(kept) <= BY_NAME[name].longest
        assert all(sign.isprintable() or sign in "\n" for sign in kept if sign < "\x80")


def test_the_limits_are_those_that_the_form_shows() -> None:
    assert [field.name for field in FIELDS if field.is_required] == ["solution", "body", "stage", "email"]
