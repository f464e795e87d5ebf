"""Forgejo and Gitea, which speak the same language: Codeberg and many hosts of towns and universities.

At most four questions: the repository, its releases, its newest issues, the comments since the oldest of
these. Neither says who closed an issue, so a closed one without a comment of another says nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote

from catalogue.domain.snapshot import Plain
from catalogue.standards.address import parse_address
from harvest.asking import Ask
from harvest.forges.answers import address, fields_of, flag, is_bot, moment, name, part, person
from harvest.forges.look import Look, not_a_repository, picked_project, picked_release
from harvest.forges.places import root, segments
from harvest.forges.reaction import Issue, picked_comment, picked_issue
from harvest.sighting import ForgeSays

# Comments come the oldest first and at most 50 at a time, so few issues are better known than many.
_ISSUES, _COMMENTS = 20, 50
_ISSUE_NUMBER = re.compile(r"/issues/([0-9]{1,15})$")


@dataclass(frozen=True, slots=True)
class Forgejo:
    """Forgejo or Gitea, perhaps in a folder of its host (`/gitea`)."""

    folder: str = ""
    name: ClassVar[str] = "forgejo"
    sign: ClassVar[str] = "/api/v1/settings/api"

    @staticmethod
    def is_sign(answer: object) -> bool:
        """Whether these are the limits that Forgejo and Gitea tell everybody."""
        return {"max_response_items", "default_git_trees_per_page"} <= set(fields_of(answer))

    def look(self, address: str, ask: Ask) -> ForgeSays:
        """What Forgejo or Gitea says of the repository at the address."""
        asked = project_path(address, self.folder)
        if asked is None:
            return not_a_repository(self.name, address)
        api = f"https://{parse_address(address).host}{self.folder}/api/v1"
        look = Look(self.name, ask)
        project = look.project(f"{api}/repos/{asked}", pick_project)
        if project is None:
            return look.nothing()
        here = f"{api}/repos/{project['path']}"
        return look.complete(
            look.says(root(address, self.folder), project),
            releases=look.releases(f"{here}/releases?draft=false&limit=50", pick_release),
            reaction=look.reaction(
                project,
                f"{here}/issues?state=all&type=issues&limit={_ISSUES}",
                pick_issue,
                lambda issues: f"{here}/issues/comments?since={_since(issues)}&limit={_COMMENTS}",
                pick_comment,
            ),
        )


def _since(issues: Sequence[Issue]) -> str:
    oldest = min(issue.opened for issue in issues)
    return quote(oldest.strftime("%Y-%m-%dT%H:%M:%SZ"), safe="")


def project_path(address: str, folder: str = "") -> str | None:
    """`owner/repository` of an address on Forgejo or Gitea, whatever page of it is meant."""
    parts = segments(address, folder)
    return "/".join(parts[:2]) if len(parts) >= 2 else None


def pick_project(answer: Mapping[str, object]) -> Plain:
    """What is remembered of a repository (`Repository`)."""
    licences = answer.get("licenses")
    one_licence = licences[0] if isinstance(licences, list) and len(licences) == 1 else None
    has_issues = False if part(answer, "external_tracker") else flag(answer.get("has_issues"))
    return picked_project(
        full_path=answer.get("full_name"),
        archived=answer.get("archived"),
        description=answer.get("description"),
        topics_of=answer.get("topics"),
        branch=answer.get("default_branch"),
        created=answer.get("created_at"),
        homepage=address(answer.get("website")),
        licence=name(one_licence),
        fork_of=name(part(answer, "parent").get("full_name")) if flag(answer.get("fork")) else None,
        # A repository that was only moved here names its origin too, but is no mirror of it.
        mirror_of=address(answer.get("original_url")) if flag(answer.get("mirror")) else None,
        has_issues=has_issues,
    )


def pick_release(answer: Mapping[str, object]) -> Plain:
    """What is remembered of a release (`Release`); drafts are nobody's business yet."""
    if flag(answer.get("draft")):
        return None
    on = moment(answer.get("published_at")) or moment(answer.get("created_at"))
    return picked_release(tag=answer.get("tag_name"), on=on, is_preview=answer.get("prerelease"))


def pick_issue(answer: Mapping[str, object]) -> Plain:
    """What is remembered of an issue (`Issue`); pull requests and what bots opened are left out."""
    if answer.get("pull_request") is not None or is_bot(_login(answer)):
        return None
    return picked_issue(
        number=answer.get("number"),
        opened=moment(answer.get("created_at")),
        by=person(_login(answer)),
        comments=answer.get("comments"),
        closed=moment(answer.get("closed_at")),
    )


def pick_comment(answer: Mapping[str, object]) -> Plain:
    """What is remembered of a comment (`Comment`): on which issue, when, by whom as a number."""
    found = _ISSUE_NUMBER.search(name(answer.get("issue_url")) or "")
    login = _login(answer)
    return picked_comment(
        issue=int(found[1]) if found else None,
        on=moment(answer.get("created_at")),
        by=None if is_bot(login) else person(login),
    )


def _login(answer: Mapping[str, object]) -> object:
    """Who wrote it; in what came from another forge the account is that of whoever brought it here."""
    return answer.get("original_author") or part(answer, "user").get("login")
