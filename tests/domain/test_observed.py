"""A solution with what its repositories say filled in, and nothing that only the entry knows touched."""

from datetime import UTC, date, datetime

from catalogue.domain.observed import as_believed, observe, repository_keys
from catalogue.domain.provenance import Looked
from catalogue.domain.snapshot import (
    Activity,
    Fact,
    Gap,
    Person,
    Plain,
    Question,
    Reason,
    Snapshot,
    Voice,
    Where,
)
from catalogue.domain.solution import Maturity, Solution
from catalogue.domain.vitality import Level
from tests.builders import a_solution

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
ADDRESS = "https://github.com/town/tool"


def a_snapshot(*facts: Fact, last: date | None = None, gaps: tuple[Gap, ...] = ()) -> Snapshot:
    activity = Activity(
        first=date(2020, 1, 1), last=last, until=NOW.date(), months=(0,) * 12,
        people=(Person(last=last),), commits=10,
    ) if last else None  # fmt: skip
    return Snapshot(
        asked=ADDRESS, address=ADDRESS, looked_at=NOW, branch="main", commit="c" * 40, committed_at=NOW,
        refs="r", activity=activity, facts=facts, gaps=gaps,
    )  # fmt: skip


def fact(question: Question, value: Plain, voice: Voice, path: str | None = None) -> Fact:
    return Fact(question=question, value=value, voice=voice, where=Where(path=path))


def a_tool(**changes: object) -> Solution:
    return a_solution(repositories=[{"address": ADDRESS, "role": "main"}], **changes)  # type: ignore[arg-type]


def looked(solution: Solution, snapshot: Snapshot | None) -> list[Looked]:
    return [Looked(repository=solution.repositories[0], snapshot=snapshot)]


def test_nobody_has_looked_is_unknown_and_changes_nothing() -> None:
    solution = a_tool()

    observed = observe(solution, looked(solution, None), NOW)

    assert (observed.level, observed.last_activity) == (Level.UNKNOWN, None)
    assert as_believed(solution, observed) == solution


def test_what_the_repository_says_fills_what_the_entry_leaves_open() -> None:
    solution = a_tool(licence={"source": "not seen"}, maturity=None, documentation=None)
    snapshot = a_snapshot(
        fact(Question.LICENCE, "EUPL-1.2", Voice.LICENCE_FILE, "LICENSE"),
        fact(Question.MATURITY, "beta", Voice.PUBLICCODE, "publiccode.yml"),
        fact(Question.DOCUMENTATION, "docs/README.md", Voice.TREE, "docs/README.md"),
        last=date(2026, 11, 1),
    )

    observed = observe(solution, looked(solution, snapshot), NOW)
    believed = as_believed(solution, observed)

    assert believed.licence
    assert (believed.licence.expression, believed.maturity) == ("EUPL-1.2", Maturity.BETA)
    assert believed.documentation == f"{ADDRESS}/blob/{'c' * 40}/docs/README.md"
    assert (observed.level, observed.last_activity) == (Level.MAINTAINED, date(2026, 11, 1))


def test_a_maturity_that_no_table_knows_does_not_replace_a_known_one() -> None:
    solution = a_tool(maturity="stable")
    snapshot = a_snapshot(fact(Question.MATURITY, "rolling", Voice.PUBLICCODE))

    assert (
        as_believed(solution, observe(solution, looked(solution, snapshot), NOW)).maturity is Maturity.STABLE
    )


def test_a_homepage_that_is_no_address_leads_nowhere() -> None:
    solution = a_tool(homepage=None)
    snapshot = a_snapshot(fact(Question.HOMEPAGE, "javascript:alert(1)", Voice.PUBLICCODE))

    assert as_believed(solution, observe(solution, looked(solution, snapshot), NOW)).homepage is None


def test_contradictions_of_the_solution_and_of_its_parts_are_both_found() -> None:
    part = "https://github.com/town/part"
    solution = a_solution(
        licence={"expression": "MIT", "source": "README"},
        repositories=[
            {"address": ADDRESS, "role": "main"},
            {"address": part, "role": "component", "licence": "MIT"},
        ],
    )
    gpl = a_snapshot(fact(Question.LICENCE, "GPL-3.0-only", Voice.LICENCE_FILE, "COPYING"))
    looks = [Looked(repository=repository, snapshot=gpl) for repository in solution.repositories]

    observed = observe(solution, looks, NOW)

    assert [found.question for found in observed.contradictions] == [Question.LICENCE]
    assert [one.repository.address for one, _ in observed.part_contradictions] == [part]


def test_an_unreachable_history_is_no_silence() -> None:
    solution = a_tool()
    gap = Gap(question=Question.ACTIVITY, reason=Reason.UNREACHABLE, voice=Voice.HISTORY)

    assert observe(solution, looked(solution, a_snapshot(gaps=(gap,))), NOW).level is Level.UNKNOWN


def test_pages_that_list_repositories_and_what_is_no_address_have_no_key() -> None:
    solution = a_solution(
        repositories=[
            {"address": "https://github.com/town/Tool.git", "role": "main"},
            {"address": "https://github.com/town", "role": "group"},
            {"address": "http://git.town.example/tool", "role": "component"},
            {"address": "https://10.0.0.1/x", "role": "component"},
        ],
    )

    assert repository_keys(solution) == ("github.com/town/tool", None, None, None)
