"""GitHub: github.com, and GitHub Enterprise Server where the settings name its host.

At most four questions: the repository, its releases, its newest issues, the newest comments on issues.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from catalogue.domain.snapshot import Plain
from catalogue.standards.address import parse_address
from harvest.asking import Ask
from harvest.forges.answers import address, fields_of, flag, is_bot, moment, name, part, person
from harvest.forges.look import (
    Look,
    not_a_repository,
    picked_project,
    picked_release,
)
from harvest.forges.places import segments
from harvest.forges.reaction import picked_comment, picked_issue
from harvest.sighting import ForgeSays

_PUBLIC = ("github.com", "www.github.com")
_ISSUE_NUMBER = re.compile(r"/issues/([0-9]{1,15})$")


@dataclass(frozen=True, slots=True)
class GitHub:
    """GitHub. It always fills a host of its own, so `folder` is of no use to it."""

    folder: str = ""
    name: ClassVar[str] = "github"
    sign: ClassVar[str] = "/api/v3/meta"

    @staticmethod
    def is_sign(answer: object) -> bool:
        """Whether this is what a GitHub Enterprise Server says of itself."""
        return "verifiable_password_authentication" in fields_of(answer)

    def look(self, address: str, ask: Ask) -> ForgeSays:
        """What GitHub says of the repository at the address."""
        asked = project_path(address)
        if asked is None:
            return not_a_repository(self.name, address)
        host = parse_address(address).host
        api = "https://api.github.com" if host in _PUBLIC else f"https://{host}/api/v3"
        look = Look(self.name, ask)
        project = look.project(f"{api}/repos/{asked}", pick_project)
        if project is None:
            return look.nothing()
        here = f"{api}/repos/{project['path']}"  # a moved repository answers faster under its own name
        return look.complete(
            look.says(f"https://{host.removeprefix('www.')}", project),
            releases=look.releases(f"{here}/releases?per_page=100", pick_release),
            reaction=look.reaction(
                project,
                f"{here}/issues?state=all&sort=created&direction=desc&per_page=100",
                pick_issue,
                lambda _: f"{here}/issues/comments?sort=created&direction=desc&per_page=100",
                pick_comment,
            ),
        )


def project_path(address: str) -> str | None:
    """`owner/repository` of an address on GitHub, whatever page of it is meant."""
    parts = segments(address)
    return "/".join(parts[:2]) if len(parts) >= 2 else None


def pick_project(answer: Mapping[str, object]) -> Plain:
    """What is remembered of a repository (`full-repository`)."""
    return picked_project(
        full_path=answer.get("full_name"),
        archived=answer.get("archived"),
        description=answer.get("description"),
        topics_of=answer.get("topics"),
        branch=answer.get("default_branch"),
        created=answer.get("created_at"),
        homepage=address(answer.get("homepage")),
        licence=name(part(answer, "license").get("spdx_id")),
        fork_of=name(part(answer, "parent").get("full_name")) if flag(answer.get("fork")) else None,
        mirror_of=address(answer.get("mirror_url")),
        has_issues=flag(answer.get("has_issues")),
    )


def pick_release(answer: Mapping[str, object]) -> Plain:
    """What is remembered of a release (`release`); drafts are nobody's business yet."""
    if flag(answer.get("draft")):
        return None
    on = moment(answer.get("published_at")) or moment(answer.get("created_at"))
    return picked_release(tag=answer.get("tag_name"), on=on, is_preview=answer.get("prerelease"))


def pick_issue(answer: Mapping[str, object]) -> Plain:
    """What is remembered of an issue (`issue`); pull requests and what bots opened are left out."""
    if answer.get("pull_request") is not None or _is_bot(part(answer, "user")):
        return None
    return picked_issue(
        number=answer.get("number"),
        opened=moment(answer.get("created_at")),
        by=_person(part(answer, "user")),
        comments=answer.get("comments"),
        closed=moment(answer.get("closed_at")),
        closed_by=_person(part(answer, "closed_by")),
    )


def pick_comment(answer: Mapping[str, object]) -> Plain:
    """What is remembered of a comment (`issue-comment`): on what, when, by whom as a number."""
    found = _ISSUE_NUMBER.search(name(answer.get("issue_url")) or "")
    return picked_comment(
        issue=int(found[1]) if found else None,
        on=moment(answer.get("created_at")),
        by=_person(part(answer, "user")),
    )


def _is_bot(user: Mapping[str, object]) -> bool:
    return user.get("type") == "Bot" or is_bot(user.get("login"))


def _person(user: Mapping[str, object]) -> int | None:
    return None if _is_bot(user) else person(user.get("login"))
