"""Forges that answer from a table, as the door to the network would hand their answers on."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from catalogue.domain.snapshot import Plain, Reason
from harvest.asking import Trouble

RECORDED = Path(__file__).parent / "harvest" / "forges" / "recorded"


def recorded(name: str) -> object:
    """A recorded answer."""
    return json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))


GITHUB = "https://api.github.com/repos/musterstadt/maengelmelder"
GITHUB_ASKED = "https://github.com/musterstadt/alter-name"
GITHUB_ANSWERS = {
    # A repository that has moved: the door followed a redirect, the answer names the place of today.
    "https://api.github.com/repos/musterstadt/alter-name": recorded("github-repository"),
    f"{GITHUB}/releases?per_page=100": recorded("github-releases"),
    f"{GITHUB}/issues?state=all&sort=created&direction=desc&per_page=100": recorded("github-issues"),
    f"{GITHUB}/issues/comments?sort=created&direction=desc&per_page=100": recorded("github-comments"),
}
GITLAB = "https://gitlab.opencode.de/api/v4/projects"
GITLAB_ASKED = "https://gitlab.opencode.de/musterstadt/fachverfahren/maengelmelder.git"
GITLAB_PROJECT = f"{GITLAB}/musterstadt%2Ffachverfahren%2Fmaengelmelder?license=true"
GITLAB_ARCHIVED = f"{GITLAB}?archived=true&simple=true&id_after=41&id_before=43"
GITLAB_ANSWERS = {
    GITLAB_PROJECT: recorded("gitlab-project-public"),
    GITLAB_ARCHIVED: recorded("gitlab-projects-archived"),
    f"{GITLAB}/42/releases?per_page=100": recorded("gitlab-releases"),
    f"{GITLAB}/42/issues?scope=all&state=all&order_by=created_at&sort=desc&per_page=100": recorded(
        "gitlab-issues"
    ),
    f"{GITLAB}/42/events?action=commented&sort=desc&per_page=100": recorded("gitlab-events"),
}
FORGEJO = "https://codeberg.org/api/v1/repos/musterstadt/maengelmelder"
FORGEJO_ASKED = "https://codeberg.org/musterstadt/maengelmelder"
FORGEJO_ANSWERS = {
    FORGEJO: recorded("forgejo-repository"),
    f"{FORGEJO}/releases?draft=false&limit=50": recorded("forgejo-releases"),
    f"{FORGEJO}/issues?state=all&type=issues&limit=20": recorded("forgejo-issues"),
    f"{FORGEJO}/issues/comments?since=2026-03-01T00%3A00%3A00Z&limit=50": recorded("forgejo-comments"),
}


class FakeAsk:
    """Answers by address; `Trouble` in the table is raised, what is not in the table is not there.

    Values come back as from a memory that is kept as JSON: tuples as lists.
    """

    def __init__(self, answers: Mapping[str, object]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def json(self, address: str, pick: Callable[[object], Plain]) -> Plain:
        self.asked.append(address)
        answer = self.answers.get(address, Trouble(Reason.ABSENT, "404"))
        if isinstance(answer, Trouble):
            raise answer
        try:
            picked = pick(answer)
        except (LookupError, TypeError, ValueError) as error:
            raise Trouble(Reason.UNREADABLE, str(error)) from None
        return json.loads(json.dumps(picked))
