"""What each forge's recorded answers become; `recorded/README.md` says where their shape comes from."""

from datetime import date

import pytest
from forge_answers import (
    FORGEJO,
    FORGEJO_ANSWERS,
    FORGEJO_ASKED,
    GITHUB,
    GITHUB_ANSWERS,
    GITHUB_ASKED,
    GITLAB,
    GITLAB_ANSWERS,
    GITLAB_ARCHIVED,
    GITLAB_ASKED,
    GITLAB_PROJECT,
    FakeAsk,
    recorded,
)

from catalogue.domain.snapshot import Question, Reason, Release
from harvest.asking import Trouble
from harvest.forges.forgejo import Forgejo
from harvest.forges.github import GitHub
from harvest.forges.gitlab import GitLab

LOOKS = [
    pytest.param(GitHub(), GITHUB_ASKED, GITHUB_ANSWERS, id="github"),
    pytest.param(GitLab(), GITLAB_ASKED, GITLAB_ANSWERS, id="gitlab"),
    pytest.param(Forgejo(), FORGEJO_ASKED, FORGEJO_ANSWERS, id="forgejo"),
]


def reasons(says):
    return {gap.question: gap.reason for gap in says.gaps}


@pytest.mark.parametrize(("forge", "asked", "answers"), LOOKS)
def test_a_forge_tells_what_git_cannot(forge, asked, answers):
    ask = FakeAsk(answers)

    says = forge.look(asked, ask)

    assert says.forge == forge.name
    assert says.description == "Meldet Schäden im Stadtgebiet"
    assert says.topics == ("civic-tech", "maengelmelder")
    assert says.default_branch == "main"
    assert says.licence == "EUPL-1.2"
    assert says.created == date(2021, 3, 4)
    assert says.releases is not None
    assert says.releases[-1].source == "forge"
    # Issue 1 was answered after 2 days, 2 after 4, 3 after 6. No others count: a pull request or task, one
    # of a bot, one that its reporter closed, one whose comments are not all known.
    assert (says.reaction_days, says.reaction_issues) == (4.0, 3)
    assert says.gaps == ()
    assert sorted(ask.asked) == sorted(answers)  # not one question more


def test_a_moved_repository_is_said_to_be_where_it_is_now():
    says = GitHub().look(GITHUB_ASKED, FakeAsk(GITHUB_ANSWERS))

    assert says.address == "https://github.com/musterstadt/maengelmelder"
    assert says.fork_of == "https://github.com/civic-tools/maengelmelder"
    assert says.homepage == "https://maengelmelder.musterstadt.example/"
    assert says.is_archived is False


def test_a_repository_of_github_may_say_very_little():
    ask = FakeAsk({GITHUB: recorded("github-repository-sparse"), f"{GITHUB}/releases?per_page=100": []})

    says = GitHub().look("https://www.github.com/musterstadt/maengelmelder/", ask)

    assert says.is_archived is True
    assert (says.description, says.homepage, says.licence, says.fork_of) == (None, None, None, None)
    assert says.topics == ()
    assert says.mirror_of == "https://git.musterstadt.example/maengelmelder.git"
    assert says.releases == ()  # looked for, and there are none
    assert reasons(says) == {Question.REACTION: Reason.ABSENT}  # issues are switched off, nobody is asked
    assert len(ask.asked) == 2


def test_drafts_are_no_releases_and_previews_are_marked():
    says = GitHub().look(GITHUB_ASKED, FakeAsk(GITHUB_ANSWERS))

    assert says.releases == (
        Release(name="v2.1.0-rc.1", on=date(2026, 4, 2), source="forge", is_preview=True),
        Release(name="v2.0.0", on=date(2026, 1, 10), source="forge"),
    )


def test_a_release_that_gitlab_only_announces_is_none_yet():
    says = GitLab().look(GITLAB_ASKED, FakeAsk(GITLAB_ANSWERS))

    assert [(one.name, one.on) for one in says.releases or ()] == [
        ("v2.0.0", date(2026, 1, 10)),
        ("v1.0.0", date(2025, 1, 3)),
    ]


def test_gitlab_tells_what_it_knows_to_those_who_have_a_token():
    answers = {
        GITLAB_PROJECT: recorded("gitlab-project"),
        f"{GITLAB}/42/releases?per_page=100": recorded("gitlab-releases"),
    }
    ask = FakeAsk(answers)

    says = GitLab().look(GITLAB_ASKED, ask)

    assert says.is_archived is True
    assert says.address == "https://gitlab.opencode.de/musterstadt/fachverfahren/maengelmelder"
    assert says.fork_of == "https://gitlab.opencode.de/civic-tools/maengelmelder"
    assert reasons(says) == {Question.REACTION: Reason.ABSENT}
    assert sorted(ask.asked) == sorted(answers)


@pytest.mark.parametrize(
    ("answer", "archived", "gaps"),
    [
        (recorded("gitlab-projects-archived"), True, {}),
        ([], False, {}),  # not among the archived ones
        ([{"id": 1}, {"id": 42}], None, {Question.ARCHIVED: Reason.UNREADABLE}),  # an old GitLab: any list
        (Trouble(Reason.REFUSED, "403"), None, {Question.ARCHIVED: Reason.REFUSED}),
    ],
)
def test_whether_a_project_is_archived_gitlab_tells_strangers_by_a_list(answer, archived, gaps):
    says = GitLab().look(GITLAB_ASKED, FakeAsk({**GITLAB_ANSWERS, GITLAB_ARCHIVED: answer}))

    assert says.is_archived is archived
    assert reasons(says) == gaps
    assert says.reaction_days == 4.0  # the rest is known all the same


def test_a_mirror_names_its_origin_and_issues_kept_elsewhere_are_not_asked_for():
    ask = FakeAsk(
        {FORGEJO: recorded("forgejo-repository-mirror"), f"{FORGEJO}/releases?draft=false&limit=50": []}
    )

    says = Forgejo().look(FORGEJO_ASKED, ask)

    assert says.mirror_of == "https://git.musterstadt.example/maengelmelder.git"
    assert says.is_archived is True
    assert (says.description, says.homepage, says.licence, says.topics) == (None, None, None, ())
    assert reasons(says) == {Question.REACTION: Reason.ABSENT}


def test_a_repository_that_was_only_moved_to_forgejo_is_no_mirror():
    moved = {**recorded("forgejo-repository"), "original_url": "https://github.com/musterstadt/x"}

    says = Forgejo().look(FORGEJO_ASKED, FakeAsk({**FORGEJO_ANSWERS, FORGEJO: moved}))

    assert says.mirror_of is None
    assert says.fork_of == "https://codeberg.org/civic-tools/maengelmelder"


@pytest.mark.parametrize(("forge", "asked", "answers"), LOOKS[1:])  # GitHub always fills its host
def test_a_forge_in_a_folder_of_its_host_is_asked_there(forge, asked, answers):
    host = asked.split("/")[2]
    inside = {key.replace(host, f"{host}/forge"): value for key, value in answers.items()}
    ask = FakeAsk(inside)

    says = type(forge)("/forge").look(asked.replace(host, f"{host}/forge"), ask)

    assert sorted(ask.asked) == sorted(inside)
    assert (says.address or "").startswith(f"https://{host}/forge/musterstadt/")


def test_a_github_of_ones_own_is_asked_on_its_own_host():
    ask = FakeAsk({"https://github.kreis.example/api/v3/repos/amt/werkzeug": recorded("github-repository")})

    says = GitHub().look("https://github.kreis.example/amt/werkzeug", ask)

    assert says.address == "https://github.kreis.example/musterstadt/maengelmelder"
    assert all(address.startswith("https://github.kreis.example/api/v3/repos/") for address in ask.asked)


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.PERSONAL])
@pytest.mark.parametrize(("forge", "asked", "answers"), LOOKS)
def test_where_the_repository_cannot_be_asked_for_every_part_is_a_gap(forge, asked, answers, reason):
    first = next(iter(answers))
    ask = FakeAsk({**answers, first: Trouble(reason, "why")})

    says = forge.look(asked, ask)

    assert reasons(says) == dict.fromkeys((Question.ARCHIVED, Question.VERSION, Question.REACTION), reason)
    assert {gap.detail for gap in says.gaps} == {"why"}
    assert (says.is_archived, says.releases, says.address) == (None, None, None)
    assert ask.asked == [first]  # nobody asks on where the first question failed


@pytest.mark.parametrize("part", ["releases", "issues", "comment"])
@pytest.mark.parametrize(("forge", "asked", "answers"), LOOKS)
def test_a_part_that_fails_does_not_spoil_the_others(forge, asked, answers, part):
    failing = next(key for key in answers if f"/{part}?" in key or (part == "comment" and part in key))
    question = Question.VERSION if part == "releases" else Question.REACTION

    says = forge.look(asked, FakeAsk({**answers, failing: Trouble(Reason.LIMITED, "later")}))

    assert reasons(says) == {question: Reason.LIMITED}
    assert says.gaps[0].where.address == failing
    assert says.is_archived is not None
    assert (says.releases is None) == (part == "releases")
    assert (says.reaction_days is None) == (part != "releases")


@pytest.mark.parametrize(("forge", "asked", "answers"), LOOKS)
def test_nobody_is_named_in_what_is_remembered(forge, asked, answers):
    remembered: list[str] = []

    class Remembering(FakeAsk):
        def json(self, address, pick):
            value = super().json(address, pick)
            remembered.append(str(value))
            return value

    forge.look(asked, Remembering(answers))

    people = ("meldende-person", "zweite-person", "team-mitglied", "pruef", "@")
    assert not [name for name in people if name in "".join(remembered)]


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("EUPL-1.2", "EUPL-1.2"),
        ("eupl-1.2", "EUPL-1.2"),
        ("GPL-3.0", None),  # GitHub does not know whether later versions apply
        ("AGPL-3.0-or-later", "AGPL-3.0-or-later"),
        ("NOASSERTION", None),
        ("other", None),
    ],
)
def test_a_licence_that_the_forge_is_not_sure_of_is_a_gap(licence, expected):
    project = {**recorded("github-repository"), "license": {"spdx_id": licence}}

    says = GitHub().look(GITHUB_ASKED, FakeAsk({**GITHUB_ANSWERS, next(iter(GITHUB_ANSWERS)): project}))

    assert says.licence == expected
    assert reasons(says) == ({} if expected else {Question.LICENCE: Reason.UNREADABLE})
