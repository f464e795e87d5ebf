"""What is found to mend: each rule by its table, and trouble of ours is no fault of theirs."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from builders import a_solution

from catalogue.domain.advice import AdviceKind, advice_for
from catalogue.domain.finding_words import ADVICE, FINDINGS, sentence
from catalogue.domain.findings import Finding, FindingKind, Watched, findings_between, findings_of, in_order
from catalogue.domain.observed import observe
from catalogue.domain.provenance import Looked
from catalogue.domain.relations import Relation, RelationKind, relations
from catalogue.domain.snapshot import Activity, Fact, Gap, Person, Plain, Question, Reason, Snapshot, Voice
from catalogue.domain.solution import Solution
from catalogue.domain.vitality_signs import Sign

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ADDRESS = "https://github.com/town/tool"
F = FindingKind


@dataclass(frozen=True)
class AStanding:
    """How looks at a repository went."""

    failing_since: datetime | None = None
    reason: str | None = None
    detail: str = ""


@dataclass(frozen=True)
class APage:
    """Whether a contact page is there."""

    outcome: str
    since: datetime = NOW - 5 * DAY
    looked_at: datetime = NOW
    last_there: datetime | None = NOW - 9 * DAY


def fact(question: Question, value: Plain, voice: Voice) -> Fact:
    return Fact(question=question, value=value, voice=voice)


def gap(question: Question, voice: Voice, reason: Reason = Reason.ABSENT) -> Gap:
    return Gap(question=question, reason=reason, voice=voice)


def a_snapshot(
    *facts: Fact, gaps: tuple[Gap, ...] = (), last: date = date(2026, 11, 1), address: str = ADDRESS
) -> Snapshot:
    activity = Activity(
        first=date(2015, 1, 1), last=last, until=NOW.date(), months=(0,) * 12,
        people=(Person(last=last),), commits=10,
    )  # fmt: skip
    return Snapshot(
        asked=ADDRESS, address=address, looked_at=NOW, branch="main", commit="c" * 40, committed_at=NOW,
        refs="r", activity=activity, facts=facts, gaps=gaps,
    )  # fmt: skip


def a_tool(**changes: object) -> Solution:
    given = {"repositories": [{"address": ADDRESS, "role": "main"}], **changes}
    return a_solution(**given)  # type: ignore[arg-type]


def looked(solution: Solution, snapshot: Snapshot | None) -> list[Looked]:
    return [Looked(repository=one, snapshot=snapshot) for one in solution.repositories]


def found(
    solution: Solution, snapshot: Snapshot | None, *, standing: AStanding | None = None, page: str = ""
) -> list[Finding]:
    watched = Watched(
        solution=solution, observed=observe(solution, looked(solution, snapshot), NOW), standings=[standing]
    )
    pages = {solution.contact.page or "": APage(page)} if page else {}
    return list(findings_of(watched, pages, NOW))


def kinds(*args: object, **more: object) -> list[FindingKind]:
    return [finding.kind for finding in found(*args, **more)]  # type: ignore[arg-type]


LICENCE_FILE = fact(Question.LICENCE, "MIT", Voice.LICENCE_FILE)
NO_LICENCE_FILE = gap(Question.LICENCE, Voice.LICENCE_FILE)


def test_a_sound_entry_has_nothing_to_mend() -> None:
    assert found(a_tool(), a_snapshot(LICENCE_FILE), standing=AStanding(), page="there") == []


def test_what_nobody_has_looked_at_yet_has_nothing_to_mend() -> None:
    assert found(a_tool(licence={"expression": "MIT", "source": "x"}), None) == []


@pytest.mark.parametrize(("days", "expected"), [(2, []), (4, [F.FAILING])])
def test_a_server_may_be_down_for_a_weekend(days: int, expected: list[FindingKind]) -> None:
    standing = AStanding(NOW - days * DAY, "unreachable", "timed out")

    assert kinds(a_tool(), a_snapshot(LICENCE_FILE), standing=standing) == expected


def test_a_failure_of_a_kind_that_a_newer_version_knows_is_told_without_reason() -> None:
    (finding,) = found(a_tool(), None, standing=AStanding(NOW - 9 * DAY, "eaten-by-a-bear", "x"))

    assert (finding.kind, finding.reason, finding.since) == (F.FAILING, None, date(2026, 11, 17))


def test_a_move_is_found_and_another_spelling_is_none() -> None:
    moved = a_snapshot(LICENCE_FILE, address="https://github.com/town/toolbox")
    spelt = a_snapshot(LICENCE_FILE, address="https://github.com/Town/Tool.git")

    (finding,) = found(a_tool(), moved)

    assert (finding.kind, finding.value) == (F.MOVED, "https://github.com/town/toolbox")
    assert found(a_tool(), spelt) == []


@pytest.mark.parametrize(
    ("outcome", "expected"), [("there", []), ("unreachable", []), ("gone", [F.PAGE_GONE])]
)
def test_only_a_page_that_is_gone_is_gone(outcome: str, expected: list[FindingKind]) -> None:
    assert kinds(a_tool(), a_snapshot(LICENCE_FILE), page=outcome) == expected


def test_a_page_that_is_gone_says_since_when_and_when_it_was_last_there() -> None:
    (finding,) = found(a_tool(), a_snapshot(LICENCE_FILE), page="gone")

    assert (finding.since, finding.value) == (date(2026, 11, 21), "2026-11-17")


def test_a_contact_that_a_repository_names_is_one() -> None:
    bare = replace(a_tool(), contact=replace(a_tool().contact, page=None, email=None))
    contact = fact(Question.CONTACT, {"email": "info@town.example"}, Voice.PUBLICCODE)

    assert kinds(bare, a_snapshot(LICENCE_FILE)) == [F.NO_CONTACT]
    assert kinds(bare, a_snapshot(LICENCE_FILE, contact)) == []


@pytest.mark.parametrize(
    ("stated", "facts", "gaps", "expected"),
    [
        ("MIT", (LICENCE_FILE,), (), []),
        ("EUPL-1.2", (LICENCE_FILE,), (), [F.LICENCE]),
        ("MIT", (), (NO_LICENCE_FILE,), [F.LICENCE_UNSEEN]),
        # Could not look is no absence.
        ("MIT", (), (gap(Question.LICENCE, Voice.LICENCE_FILE, Reason.UNREACHABLE),), []),
        ("MIT", (fact(Question.LICENCE, "MIT", Voice.METADATA),), (NO_LICENCE_FILE,), []),
        # Only mentioned in the README grants nothing.
        ("MIT", (fact(Question.LICENCE, "MIT", Voice.README),), (NO_LICENCE_FILE,), [F.LICENCE_UNSEEN]),
        (None, (), (NO_LICENCE_FILE,), []),  # nothing was claimed
    ],
)
def test_the_licence_of_the_entry_is_looked_for(
    stated: str | None, facts: tuple[Fact, ...], gaps: tuple[Gap, ...], expected: list[FindingKind]
) -> None:
    licence = {"expression": stated, "source": "README"} if stated else {"source": "not seen"}

    assert kinds(a_tool(licence=licence), a_snapshot(*facts, gaps=gaps)) == expected


def test_a_contradiction_names_both_voices() -> None:
    licence = {"expression": "EUPL-1.2", "source": "README"}

    (finding,) = found(a_tool(licence=licence), a_snapshot(LICENCE_FILE))

    assert [(one.voice, one.value) for one in finding.said] == [
        (Voice.LICENCE_FILE, "MIT"),
        (Voice.ENTRY, "EUPL-1.2"),
    ]


def test_a_contradiction_about_maturity_is_found() -> None:
    stated = fact(Question.MATURITY, "beta", Voice.PUBLICCODE)

    assert kinds(a_tool(maturity="stable"), a_snapshot(LICENCE_FILE, stated)) == [F.MATURITY]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"valid": False, "errors": 3, "warnings": 0}, [(F.PUBLICCODE, "3")]),
        ({"valid": True, "errors": 0, "warnings": 9}, []),
        ("nonsense", []),
    ],
)
def test_a_faulty_publiccode_is_found(value: Plain, expected: list[object]) -> None:
    snapshot = a_snapshot(LICENCE_FILE, fact(Question.PUBLICCODE, value, Voice.PUBLICCODE))

    assert [(one.kind, one.value) for one in found(a_tool(), snapshot)] == expected


def test_repositories_that_sleep_are_found() -> None:
    archived = a_snapshot(LICENCE_FILE, fact(Question.ARCHIVED, True, Voice.FORGE))
    old = a_snapshot(LICENCE_FILE, last=date(2021, 1, 1))

    assert kinds(a_tool(), archived) == [F.ARCHIVED]
    assert kinds(a_tool(), old) == [F.DORMANT]


def test_two_entries_that_name_one_repository_are_one_finding() -> None:
    one, other = a_tool(), replace(a_tool(), id="other")
    rows = [(solution, tuple(looked(solution, a_snapshot()))) for solution in (one, other)]

    between = list(findings_between(relations(rows)))

    assert [(found.kind, found.solution, found.other) for found in between] == [
        (F.SAME_REPOSITORY, "hal-plan", "other")
    ]


def test_a_fork_of_another_solution_is_a_finding_of_the_fork() -> None:
    address = "https://git.example/town/fork"
    fork = replace(a_solution(repositories=[{"address": address, "role": "main"}]), id="fork")
    origin = fact(Question.ORIGIN, {"kind": "fork", "address": ADDRESS + ".git"}, Voice.FORGE)
    snapshot = replace(a_snapshot(origin), asked=address, address=address)
    rows = [(a_tool(), tuple(looked(a_tool(), None))), (fork, tuple(looked(fork, snapshot)))]

    related = relations(rows)

    expected = Relation(kind=RelationKind.FORK, solution="fork", other="hal-plan", address=address)
    assert related == [expected]
    assert [(one.kind, one.solution, one.other) for one in findings_between(related)] == [
        (F.COPY, "fork", "hal-plan")
    ]


def test_two_solutions_whose_histories_begin_alike_are_told_of_each_other() -> None:
    address = "https://git.example/town/own"
    own = replace(a_solution(repositories=[{"address": address, "role": "main"}]), id="own")
    theirs = replace(a_snapshot(), root="a" * 40)
    ours = replace(a_snapshot(), root="a" * 40, asked=address, address=address)
    stranger = replace(ours, root="b" * 40)

    def related(snapshot: Snapshot) -> list[tuple[RelationKind, str, str]]:
        rows = [(a_tool(), tuple(looked(a_tool(), theirs))), (own, tuple(looked(own, snapshot)))]
        return [(one.kind, one.solution, one.other) for one in relations(rows)]

    assert related(ours) == [
        (RelationKind.SAME_HISTORY, "hal-plan", "own"),
        (RelationKind.SAME_HISTORY, "own", "hal-plan"),
    ]
    assert related(stranger) == []


def test_a_dependency_on_another_solution_is_a_relation_and_no_finding() -> None:
    package = fact(Question.PACKAGING, {"kind": "npm", "name": "@town/tool"}, Voice.TREE)
    needs = fact(Question.DEPENDENCY, "pkg:npm/%40town/tool", Voice.METADATA)
    address = "https://git.example/town/app"
    app = replace(a_solution(repositories=[{"address": address, "role": "main"}]), id="app")
    rows = [
        (a_tool(), tuple(looked(a_tool(), a_snapshot(package)))),
        (app, tuple(looked(app, replace(a_snapshot(needs, needs), asked=address, address=address)))),
    ]

    related = relations(rows)

    assert [(one.kind, one.solution, one.other) for one in related] == [
        (RelationKind.DEPENDS_ON, "app", "hal-plan")
    ]
    assert list(findings_between(related)) == []


def test_the_longest_standing_come_first_and_those_without_a_day_last() -> None:
    several = [
        Finding(kind=F.MOVED, solution="c"),
        Finding(kind=F.FAILING, solution="b", since=date(2026, 11, 2)),
        Finding(kind=F.FAILING, solution="a"),
        Finding(kind=F.FAILING, solution="z", since=date(2026, 11, 1)),
    ]

    assert [one.solution for one in in_order(several)] == ["z", "b", "a", "c"]


def test_every_kind_has_words_in_both_languages() -> None:
    assert set(FINDINGS) == set(FindingKind)
    assert set(ADVICE) == set(AdviceKind) - {AdviceKind.SIGN}  # `vitality_words` has those


def test_braces_of_strangers_stay_braces() -> None:
    assert "{other}" in sentence(FindingKind.MOVED, "de", value="https://x.example/{other}")


# --- Advice


def advice(solution: Solution, snapshot: Snapshot | None) -> list[object]:
    observed = observe(solution, looked(solution, snapshot), NOW)
    return [one.answered.sign if one.answered else one.kind for one in advice_for(solution, observed)]


def test_an_entry_without_repository_is_told_to_name_one_unless_it_is_a_concept() -> None:
    assert advice(a_solution(), None) == [AdviceKind.NO_REPOSITORY]
    assert advice(a_solution(kind="concept"), None) == []


def test_what_a_repository_does_not_show_is_advised() -> None:
    gaps = (NO_LICENCE_FILE, gap(Question.PUBLICCODE, Voice.PUBLICCODE), gap(Question.CHANGELOG, Voice.TREE))

    told = advice(a_tool(), a_snapshot(gaps=gaps))

    assert told[:2] == [AdviceKind.NO_LICENCE_FILE, AdviceKind.NO_PUBLICCODE]
    assert Sign.CHANGELOG in told
    assert Sign.AGE not in told  # nobody can add time
    assert Sign.RELEASE_12 not in told  # "no release at all" says it


def test_what_we_could_not_see_is_no_advice_to_them() -> None:
    gaps = tuple(
        gap(question, voice, Reason.UNREACHABLE)
        for question, voice in (
            (Question.LICENCE, Voice.LICENCE_FILE),
            (Question.PUBLICCODE, Voice.PUBLICCODE),
            (Question.CHANGELOG, Voice.TREE),
        )
    )

    told = advice(a_tool(), a_snapshot(gaps=gaps))

    assert not {AdviceKind.NO_LICENCE_FILE, AdviceKind.NO_PUBLICCODE, Sign.CHANGELOG} & set(told)
    assert advice(a_tool(), None) == []


def test_a_contradiction_that_the_whole_tells_is_not_told_again_of_the_part() -> None:
    parts = [{"address": ADDRESS, "role": "main", "licence": "EUPL-1.2"}]
    licence = {"expression": "EUPL-1.2", "source": "README"}

    told = found(a_tool(licence=licence, repositories=parts, reviewed="2026-05-04"), a_snapshot(LICENCE_FILE))

    assert [one.kind for one in told] == [F.LICENCE]


def test_the_entry_speaks_as_of_the_day_of_its_review_in_a_part_too() -> None:
    parts = [{"address": ADDRESS, "role": "main", "licence": "EUPL-1.2"}]

    (finding,) = found(a_tool(repositories=parts, reviewed="2026-05-04"), a_snapshot(LICENCE_FILE))

    assert [one.as_of for one in finding.said if one.voice is Voice.ENTRY] == [date(2026, 5, 4)]


def test_who_has_not_committed_for_years_is_not_told_to_add_people_and_versions() -> None:
    asleep = a_snapshot(LICENCE_FILE, gaps=(gap(Question.CHANGELOG, Voice.TREE),), last=date(2021, 1, 1))
    told = advice(a_tool(), asleep)

    assert not {Sign.COMMIT_12, Sign.PEOPLE_12, Sign.ORGANISATIONS_12, Sign.RELEASE_12} & set(told)


def test_that_too_few_issues_tell_nothing_is_no_advice_and_an_archived_one_is_a_finding_only() -> None:
    unclear = gap(Question.REACTION, Voice.FORGE, Reason.UNREADABLE)

    told = advice(
        a_tool(), a_snapshot(LICENCE_FILE, fact(Question.ARCHIVED, True, Voice.FORGE), gaps=(unclear,))
    )

    assert not {Sign.REACTION, Sign.OPEN} & set(told)
