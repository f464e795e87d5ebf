"""Which forge is asked, and for which repository."""

import pytest
from forge_answers import FakeAsk, recorded
from hypothesis import given
from hypothesis import strategies as some

from catalogue.domain.snapshot import Question, Reason
from harvest.asking import Trouble
from harvest.forges import KINDS, KNOWN, BadKind, find_forge, forgejo, github, gitlab, probe
from harvest.forges.forgejo import Forgejo
from harvest.forges.github import GitHub
from harvest.forges.gitlab import GitLab

SIGNS = {
    "gitlab": ("/api/v4/templates/licenses/mit", recorded("gitlab-license-template")),
    "forgejo": ("/api/v1/settings/api", recorded("forgejo-settings-api")),
    "github": ("/api/v3/meta", recorded("github-meta")),
}


@pytest.mark.parametrize(
    ("host", "kinds", "expected"),
    [
        ("github.com", {}, GitHub()),
        ("gitlab.opencode.de", {}, GitLab()),
        ("codeberg.org", {}, Forgejo()),
        ("git.osgeo.org", {}, Forgejo("/gitea")),  # in a folder of its host
        ("git.stadt.example", {}, None),
        ("git.stadt.example", {"git.stadt.example": "gitlab"}, GitLab()),
        ("git.stadt.example", {"git.stadt.example": "gitea"}, Forgejo()),
        ("git.stadt.example", {"git.stadt.example": "gitlab/a/b/"}, GitLab("/a/b")),
        ("codeberg.org", {"codeberg.org": "gitlab"}, GitLab()),  # who runs the catalogue knows better
        ("github.com.evil.example", {}, None),
    ],
)
def test_the_forge_of_a_host_is_what_the_settings_or_everybody_says(host, kinds, expected):
    assert find_forge(host, kinds) == expected


def test_a_kind_of_forge_that_there_is_not_is_refused_with_what_there_is():
    with pytest.raises(
        BadKind, match=r"git\.example\.org: 'sourcehut' is no kind of forge; write one of .*gitlab"
    ):
        find_forge("git.example.org", {"git.example.org": "sourcehut"})


def test_every_known_host_has_a_forge():
    assert all(find_forge(host, {}) for host in KNOWN)
    assert {make("").name for make in KINDS.values()} == {"github", "gitlab", "forgejo"}


@pytest.mark.parametrize("kind", SIGNS)
def test_an_unknown_host_is_recognised_by_what_only_its_forge_answers(kind):
    path, answer = SIGNS[kind]
    ask = FakeAsk({f"https://git.stadt.example{path}": answer})

    found = probe("git.stadt.example", ask)

    assert found == KINDS[kind]("")
    assert len(ask.asked) == len(set(ask.asked)) <= 3  # one question for each kind


@pytest.mark.parametrize("answer", [{}, [], "GitLab", None, Trouble(Reason.UNREADABLE, "HTML")])
def test_a_host_that_answers_something_else_is_no_forge_that_we_know(answer):
    ask = FakeAsk({f"https://git.stadt.example{path}": answer for path, _ in SIGNS.values()})

    assert probe("git.stadt.example", ask) is None


@pytest.mark.parametrize("reason", [Reason.LIMITED, Reason.UNREACHABLE, Reason.REFUSED])
def test_a_host_that_cannot_be_asked_is_not_taken_for_one_without_a_forge(reason):
    path, _ = SIGNS["gitlab"]
    ask = FakeAsk({f"https://git.stadt.example{path}": Trouble(reason, "why")})

    with pytest.raises(Trouble) as caught:
        probe("git.stadt.example", ask)

    assert caught.value.reason is reason


def test_a_refusal_on_the_way_does_not_hide_the_forge_that_answers():
    answers = {
        f"https://git.stadt.example{SIGNS['gitlab'][0]}": Trouble(Reason.REFUSED, "403"),
        f"https://git.stadt.example{SIGNS['forgejo'][0]}": SIGNS["forgejo"][1],
    }

    assert probe("git.stadt.example", FakeAsk(answers)) == Forgejo()


PAIR = "https://git.example.org/amt/werkzeug"
PAGES = [
    (PAIR, "amt/werkzeug"),
    (f"{PAIR}.git", "amt/werkzeug"),
    (f"{PAIR}/", "amt/werkzeug"),
    (f"{PAIR}.git/", "amt/werkzeug"),
    ("https://git.example.org//amt///werkzeug", "amt/werkzeug"),
    (f"{PAIR}?tab=readme#oben", "amt/werkzeug"),
    ("https://git.example.org/amt/werk.zeug-2_x", "amt/werk.zeug-2_x"),
    ("https://git.example.org/amt", None),
    ("https://git.example.org/", None),
    ("https://git.example.org/amt/..", None),
    ("https://git.example.org/amt/%2e%2e", None),
    ("https://git.example.org/amt/.git", None),
    ("https://git.example.org/a%2Fb/c", None),
    ("git@git.example.org:amt/werkzeug.git", None),
    ("javascript:alert(1)", None),
    ("", None),
]


@pytest.mark.parametrize(("address", "path"), PAGES)
@pytest.mark.parametrize("forge", [github, gitlab, forgejo], ids=lambda forge: forge.__name__.split(".")[-1])
def test_an_address_leads_to_the_path_of_its_repository(forge, address, path):
    assert forge.project_path(address) == path


@pytest.mark.parametrize(
    ("forge", "rest", "path"),
    [
        (github, "/tree/main/Ordner%20mit%20Leerzeichen", "amt/werkzeug"),
        (github, "/issues/3", "amt/werkzeug"),
        (forgejo, "/src/branch/main/docs", "amt/werkzeug"),
        (gitlab, "/-/tree/main/Ordner%201", "amt/werkzeug"),
        (gitlab, "/tree/master", "amt/werkzeug"),  # as addresses were before GitLab 12
        (gitlab, "/unter/gruppe", "amt/werkzeug/unter/gruppe"),
        (gitlab, "/unter/gruppe.git", "amt/werkzeug/unter/gruppe"),
        (gitlab, "/issues", "amt/werkzeug/issues"),  # a project may have this name
    ],
)
def test_a_page_of_a_repository_leads_to_the_repository(forge, rest, path):
    assert forge.project_path(PAIR + rest) == path


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://example.org/gitlab/amt/werkzeug", "amt/werkzeug"),
        ("https://example.org/gitlab/amt/unter/werkzeug/-/blob/main/a.md", "amt/unter/werkzeug"),
        ("https://example.org/gitlab/amt", None),
        ("https://example.org/gitlabor/amt/werkzeug", None),  # another folder
        ("https://example.org/amt/werkzeug", None),
    ],
)
def test_the_folder_of_a_forge_is_not_part_of_the_path(address, path):
    assert gitlab.project_path(address, "/gitlab") == path


@given(some.text(max_size=60), some.sampled_from([github, gitlab, forgejo]))
def test_whatever_follows_the_host_a_path_is_harmless_or_there_is_none(text, forge):
    found = forge.project_path("https://example.org/" + text)

    if found is not None:
        assert found.isascii()
        assert len(found.split("/")) >= 2
        assert not {"", ".", ".."} & set(found.split("/"))
        assert not set("?#%&\\ ") & set(found)


@pytest.mark.parametrize("forge", [GitHub(), GitLab(), Forgejo()], ids=lambda forge: forge.name)
def test_for_an_address_that_is_no_repository_nobody_is_asked(forge):
    ask = FakeAsk({})

    says = forge.look("https://git.example.org/amt", ask)

    assert ask.asked == []
    assert {gap.reason for gap in says.gaps} == {Reason.NOT_ASKED}
    assert Question.ARCHIVED in {gap.question for gap in says.gaps}
