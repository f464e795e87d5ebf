"""GitLab: gitlab.com, openCode, and every other host that runs it.

At most five questions: the project; whether it is archived, which GitLab tells only those who are signed
in, so without a token a list of the archived projects with just this number is asked for; the releases; the
newest issues; the newest comments, from the project's events.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote

from catalogue.domain.snapshot import Plain
from catalogue.standards.address import parse_address
from harvest.asking import Ask
from harvest.forges.answers import count, fields_of, flag, is_bot, items_of, moment, name, part, person
from harvest.forges.look import PROJECT, Look, not_a_repository, picked_project, picked_release
from harvest.forges.places import root, segments
from harvest.forges.reaction import picked_comment, picked_issue
from harvest.sighting import ForgeSays

# Names that GitLab gives to no project or subgroup, since pages of a project begin with them.
_PAGES = frozenset(
    {"-", "badges", "blame", "blob", "builds", "commits", "create", "create_dir", "edit", "files"}
    | {"find_file", "new", "preview", "raw", "refs", "tree", "update", "wikis"}
)
_TYPES = (None, "issue", "incident")


@dataclass(frozen=True, slots=True)
class GitLab:
    """GitLab, perhaps in a folder of its host (`/gitlab`)."""

    folder: str = ""
    name: ClassVar[str] = "gitlab"
    sign: ClassVar[str] = "/api/v4/templates/licenses/mit"

    @staticmethod
    def is_sign(answer: object) -> bool:
        """Whether this is the licence template that GitLab gives to everybody."""
        found = fields_of(answer)
        return found.get("key") == "mit" and "permissions" in found and "content" in found

    def look(self, address: str, ask: Ask) -> ForgeSays:
        """What GitLab says of the project at the address."""
        asked = project_path(address, self.folder)
        if asked is None:
            return not_a_repository(self.name, address)
        api = f"https://{parse_address(address).host}{self.folder}/api/v4"
        look = Look(self.name, ask)
        project = look.project(f"{api}/projects/{quote(asked, safe='')}?license=true", pick_project)
        if project is None:
            return look.nothing()
        number = count(project.get("id"))
        if "archived" not in project and number is not None:
            project = {**project, **_archived(look, api, number)}
        here = f"{api}/projects/{quote(str(project['path']), safe='') if number is None else number}"
        return look.complete(
            look.says(root(address, self.folder), project),
            releases=look.releases(f"{here}/releases?per_page=100", pick_release),
            reaction=look.reaction(
                project,
                f"{here}/issues?scope=all&state=all&order_by=created_at&sort=desc&per_page=100",
                pick_issue,
                lambda _: f"{here}/events?action=commented&sort=desc&per_page=100",
                pick_comment,
            ),
        )


def _archived(look: Look, api: str, number: int) -> Mapping[str, Plain]:
    """Whether the list of archived projects has this one; empty where that is not known either."""

    def pick(answer: object) -> Plain:
        numbers = [count(item.get("id")) for item in items_of(answer) if isinstance(item, Mapping)]
        if any(found != number for found in numbers):
            raise ValueError("the list holds other projects than the one asked for")
        return {"archived": bool(numbers)}

    around = f"id_after={number - 1}&id_before={number + 1}"
    found = look.ask(PROJECT, f"{api}/projects?archived=true&simple=true&{around}", pick)
    return found if isinstance(found, Mapping) else {}


def project_path(address: str, folder: str = "") -> str | None:
    """`group/subgroup/project` of an address on GitLab, whatever page of the project is meant."""
    parts = segments(address, folder)
    ends = (i for i, part in enumerate(parts) if i >= 2 and part in _PAGES)
    parts = parts[: next(ends, len(parts))]
    return "/".join(parts) if len(parts) >= 2 else None


def pick_project(answer: Mapping[str, object]) -> Plain:
    """What is remembered of a project; without a token GitLab gives only the half of it."""
    access = answer.get("issues_access_level")
    enabled = False if access == "disabled" else flag(answer.get("issues_enabled"))
    return picked_project(
        full_path=answer.get("path_with_namespace"),
        archived=answer.get("archived"),
        description=answer.get("description"),
        topics_of=answer.get("topics") or answer.get("tag_list"),
        branch=answer.get("default_branch"),
        created=answer.get("created_at"),
        id=count(answer.get("id")),
        licence=name(part(answer, "license").get("key")),
        fork_of=name(part(answer, "forked_from_project").get("path_with_namespace")),
        has_issues=enabled,
    )


def pick_release(answer: Mapping[str, object]) -> Plain:
    """What is remembered of a release; one that is only announced is left out."""
    if flag(answer.get("upcoming_release")):
        return None
    on = moment(answer.get("released_at")) or moment(answer.get("created_at"))
    return picked_release(tag=answer.get("tag_name"), on=on, is_preview=False)


def pick_issue(answer: Mapping[str, object]) -> Plain:
    """What is remembered of an issue; tasks, test cases and what bots opened are left out."""
    reporter = part(answer, "author").get("username")
    if answer.get("issue_type") not in _TYPES or is_bot(reporter):
        return None
    return picked_issue(
        number=answer.get("iid"),
        opened=moment(answer.get("created_at")),
        by=person(reporter),
        comments=answer.get("user_notes_count"),
        closed=moment(answer.get("closed_at")),
        closed_by=_person(part(answer, "closed_by")),
    )


def pick_comment(answer: Mapping[str, object]) -> Plain:
    """What is remembered of an event: on which issue, when, by whom as a number."""
    note = part(answer, "note")
    if note.get("noteable_type") != "Issue" or flag(note.get("system")):
        return None
    return picked_comment(
        issue=note.get("noteable_iid"),
        on=moment(note.get("created_at")) or moment(answer.get("created_at")),
        by=_person(part(note, "author")),
    )


def _person(user: Mapping[str, object]) -> int | None:
    return None if is_bot(user.get("username")) else person(user.get("username"))
