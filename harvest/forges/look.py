"""One look at one repository through its forge: asks part by part; a part that fails becomes a gap."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from catalogue.domain.snapshot import Gap, Plain, Question, Reason, Release, Voice, Where
from harvest.asking import Ask, Trouble
from harvest.forges.answers import (
    address,
    each,
    fields_of,
    flag,
    licence,
    line,
    moment,
    name,
    path,
    topics,
    when,
)
from harvest.forges.reaction import Issue, comments_from, issues_from, reaction
from harvest.sighting import ForgeSays

Pick = Callable[[Mapping[str, object]], Plain]
# The parts of a look, and the question whose gap says that a part failed.
PROJECT, RELEASES, ISSUES = Question.ARCHIVED, Question.VERSION, Question.REACTION


class Look:
    """Gathers what a forge says of one repository, and why it does not say the rest."""

    def __init__(self, forge: str, ask: Ask) -> None:
        self._forge = forge
        self._ask = ask
        self._gaps: list[Gap] = []

    def gap(self, question: Question, reason: Reason, detail: str, asked: str | None = None) -> None:
        """Note what was not learned."""
        where = Where(address=asked)
        self._gaps.append(
            Gap(question=question, reason=reason, voice=Voice.FORGE, where=where, detail=detail)
        )

    def ask(self, question: Question, asked: str, pick: Callable[[object], Plain]) -> Plain:
        """What `pick` takes from the answer; None, and a gap, where there is trouble."""
        try:
            return self._ask.json(asked, pick)
        except Trouble as trouble:
            self.gap(question, trouble.reason, trouble.detail, asked)
            return None

    def project(self, asked: str, pick: Pick) -> Mapping[str, Plain] | None:
        """What the forge says of the repository itself. Where that fails, the other parts are not asked."""
        found = self.ask(PROJECT, asked, lambda answer: pick(fields_of(answer)))
        if isinstance(found, Mapping) and path(found.get("path")):
            return found
        self._odd(PROJECT, asked)
        failed = self._gaps[-1]
        self._gaps += (replace(failed, question=question) for question in (RELEASES, ISSUES))
        return None

    def releases(self, asked: str, pick: Pick) -> tuple[Release, ...] | None:
        """The releases of the first page, the newest first."""
        found = self.ask(RELEASES, asked, lambda answer: each(answer, pick))
        if not isinstance(found, list | tuple):
            self._odd(RELEASES, asked)
            return None
        releases = (_release(item) for item in found)
        return tuple(sorted((one for one in releases if one), key=lambda one: one.on, reverse=True))

    def _odd(self, question: Question, asked: str) -> None:
        """Where no trouble was noted, an earlier version of this program remembered something else."""
        if not self._has_gap(question):
            self.gap(question, Reason.UNREADABLE, "the remembered answer is none", asked)

    def _has_gap(self, question: Question) -> bool:
        return any(gap.question is question for gap in self._gaps)

    def reaction(
        self,
        project: Mapping[str, Plain],
        issues_at: str,
        pick_issue: Pick,
        comments_at: Callable[[Sequence[Issue]], str],
        pick_comment: Pick,
    ) -> tuple[float | None, int]:
        """The median days to the first answer, and the number of issues behind them."""
        if flag(project.get("has_issues")) is False:
            self.gap(ISSUES, Reason.ABSENT, "issues are switched off or kept elsewhere")
            return None, 0
        issues = issues_from(self.ask(ISSUES, issues_at, lambda answer: each(answer, pick_issue)))
        comments: Plain = ()
        if any(issue.comments for issue in issues):
            comments = self.ask(ISSUES, comments_at(issues), lambda answer: each(answer, pick_comment))
        if self._has_gap(ISSUES):
            return None, 0
        found = reaction(issues, comments_from(comments))
        if found.days is None:
            self.gap(ISSUES, Reason.ABSENT, found.why)
            return None, 0
        return found.days, found.issues

    def nothing(self) -> ForgeSays:
        """The answer where not even the repository is known."""
        return ForgeSays(forge=self._forge, gaps=tuple(self._gaps))

    def says(self, root: str, project: Mapping[str, Plain]) -> ForgeSays:
        """What the forge says of the repository itself.

        Addresses on the forge itself are made of its root and a path, so that no answer sends us elsewhere.
        """
        stated, sure = name(project.get("licence")), licence(project.get("licence"))
        if stated and not sure:
            self.gap(
                Question.LICENCE, Reason.UNREADABLE, f"the forge says {stated}, which is no sure SPDX id"
            )
        archived = flag(project.get("archived"))
        if archived is None and not self._has_gap(Question.ARCHIVED):
            self.gap(Question.ARCHIVED, Reason.UNREADABLE, "the forge does not say")
        created = when(project.get("created"))
        parent = path(project.get("fork_of"))
        return ForgeSays(
            forge=self._forge,
            address=f"{root}/{project['path']}",
            is_archived=archived,
            description=line(project.get("description")),
            homepage=address(project.get("homepage")),
            topics=topics(project.get("topics")),
            default_branch=name(project.get("branch")),
            licence=sure,
            fork_of=f"{root}/{parent}" if parent else None,
            mirror_of=address(project.get("mirror_of")),
            created=created.date() if created else None,
            gaps=tuple(self._gaps),
        )

    def complete(
        self,
        says: ForgeSays,
        *,
        releases: tuple[Release, ...] | None,
        reaction: tuple[float | None, int],
    ) -> ForgeSays:
        """All that was learned in this look."""
        return replace(
            says,
            releases=releases,
            reaction_days=reaction[0],
            reaction_issues=reaction[1],
            gaps=tuple(self._gaps),
        )


def not_a_repository(forge: str, asked: str) -> ForgeSays:
    """The answer for an address that can be no repository of this forge; nobody was asked."""
    detail = "the address is none of a repository on this forge"
    gaps = (
        Gap(
            question=question,
            reason=Reason.NOT_ASKED,
            voice=Voice.FORGE,
            where=Where(address=asked),
            detail=detail,
        )
        for question in (PROJECT, RELEASES, ISSUES)
    )
    return ForgeSays(forge=forge, gaps=tuple(gaps))


def picked_release(*, tag: object, on: str | None, is_preview: object) -> Plain:
    """A release as it is remembered; None where its name or its day is unknown."""
    called = name(tag)
    return {"name": called, "on": on, "is_preview": flag(is_preview) or False} if called and on else None


def _release(item: object) -> Release | None:
    if not isinstance(item, Mapping):
        return None
    called, on = name(item.get("name")), when(item.get("on"))
    if called is None or on is None:
        return None
    is_preview = flag(item.get("is_preview")) or False
    return Release(name=called, on=on.date(), source="forge", is_preview=is_preview)


def picked_project(
    *,
    full_path: object,
    archived: object,
    description: object,
    topics_of: object,
    branch: object,
    created: object,
    **more: Plain,
) -> Plain:
    """A repository as it is remembered. Raises `LookupError` where the answer does not say which it is."""
    known = path(full_path)
    if known is None:
        raise LookupError("the answer names no repository")
    plain: dict[str, Plain] = {
        "path": known,
        "archived": flag(archived),
        "description": line(description),
        "topics": topics(topics_of),
        "branch": name(branch),
        "created": moment(created),
        **more,
    }
    return {key: value for key, value in plain.items() if value not in (None, ())}
