"""Whatever a forge answers, an adapter says something sound or why it says nothing."""

import copy
import unicodedata
from datetime import date

import pytest
from forge_answers import (
    FORGEJO_ANSWERS,
    FORGEJO_ASKED,
    GITHUB_ANSWERS,
    GITHUB_ASKED,
    GITLAB_ANSWERS,
    GITLAB_ASKED,
    FakeAsk,
)
from hypothesis import given, settings
from hypothesis import strategies as some

from catalogue.domain.snapshot import Gap, Question, Reason
from catalogue.standards.address import parse_address
from harvest.forges.answers import (
    address,
    count,
    is_bot,
    licence,
    line,
    moment,
    name,
    path,
    person,
    topics,
    when,
)
from harvest.forges.forgejo import Forgejo
from harvest.forges.github import GitHub
from harvest.forges.gitlab import GitLab
from harvest.sighting import ForgeSays

LOOKS = (
    (GitHub(), GITHUB_ASKED, GITHUB_ANSWERS),
    (GitLab(), GITLAB_ASKED, GITLAB_ANSWERS),
    (Forgejo(), FORGEJO_ASKED, FORGEJO_ANSWERS),
)
HOSTILE = some.sampled_from(
    (
        *("javascript:alert(1)", "https://user:secret@example.org/", "https://127.0.0.1/x", "a\u202eb"),
        *("\ud800", "\x00\x1b[31m", "x" * 100_000, "../../etc/passwd", "a/../b", "a/b?x=y", "a/b#c", "//b/c"),
        *("0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "-2026-01-01"),
        *("2026-01-01", "GPL-3.0", "MIT AND", "NONE", " ", "\u2028"),
        *(-1, 0, 2**63, 10**400, float("nan"), float("inf"), -0.0, True, None, [], {}, [[]], [None]),
    )
)
KEYS = some.sampled_from(("full_name", "path_with_namespace", "id", "user", "note", "tag_name", "created_at"))
JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=20) | HOSTILE,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(KEYS | some.text(max_size=8), inner),
    max_leaves=8,
)
READERS = (line, name, count, moment, when, address, topics, path, licence, person, is_bot)


def places(value: object, at: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The way to every value in a JSON document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, item in inner for place in places(item, (*at, key)))]


def changed(document: object, at: tuple[object, ...], value: object) -> object:
    """The document with another value in one place."""
    if not at:
        return value
    result = copy.deepcopy(document)
    holder = result
    for key in at[:-1]:
        holder = holder[key]
    holder[at[-1]] = value
    return result


def is_clean(text: str | None) -> bool:
    return text is None or (
        0 < len(text) <= 500 and not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in text)
    )


def assert_sound(says: ForgeSays) -> None:
    """Every value has the type that the contract names, and is harmless."""
    assert all(is_clean(text) for text in (says.description, says.default_branch, says.licence))
    assert all(is_clean(topic) for topic in says.topics)
    assert len(says.topics) <= 30
    for found in (says.address, says.homepage, says.fork_of, says.mirror_of):
        assert found is None or parse_address(found).text == found
    assert says.is_archived in (None, True, False)
    assert says.created is None or type(says.created) is date
    for one in says.releases or ():
        assert is_clean(one.name)
        assert type(one.on) is date
        assert type(one.is_preview) is bool
    assert says.reaction_days is None or (0 <= says.reaction_days < 40_000 and says.reaction_issues >= 3)
    assert all(isinstance(gap, Gap) and isinstance(gap.reason, Reason) for gap in says.gaps)
    asked = {gap.question for gap in says.gaps}
    assert (says.is_archived is None) == (Question.ARCHIVED in asked)
    assert (says.releases is None) == (Question.VERSION in asked)
    assert (says.reaction_days is None) == (Question.REACTION in asked)


@settings(deadline=None)
@given(some.data())
def test_one_odd_value_anywhere_in_an_answer_does_no_harm(data):
    forge, asked, answers = data.draw(some.sampled_from(LOOKS))
    which = data.draw(some.sampled_from(sorted(answers)))
    at = data.draw(some.sampled_from(places(answers[which])))
    odd = data.draw(HOSTILE | JSON)

    says = forge.look(asked, FakeAsk({**answers, which: changed(answers[which], at, odd)}))

    assert_sound(says)
    host = asked.split("/")[2]
    assert says.address is None or says.address.startswith(f"https://{host}/")  # never sent elsewhere


@settings(deadline=None)
@given(some.sampled_from(LOOKS), JSON, JSON)
def test_any_json_at_all_does_no_harm(look, first, others):
    forge, asked, answers = look
    ask = FakeAsk(dict.fromkeys(answers, others) | {next(iter(answers)): first})

    assert_sound(forge.look(asked, ask))


class OldMemory(FakeAsk):
    """Answers with what an earlier version of the program remembered, without asking `pick`."""

    def json(self, address, pick):
        self.asked.append(address)
        return self.answers.get(address)


@settings(deadline=None)
@given(some.sampled_from(LOOKS), JSON, JSON)
def test_what_an_earlier_version_remembered_does_no_harm(look, first, others):
    forge, asked, answers = look
    ask = OldMemory(dict.fromkeys(answers, others) | {next(iter(answers)): first})

    assert_sound(forge.look(asked, ask))


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@given(JSON)
def test_a_reader_takes_anything_and_is_content_with_its_own_result(read, value):
    once = read(value)

    if read not in (when, person, is_bot):
        assert read(once) == once or once is None


@pytest.mark.parametrize("forge", [GitHub(), GitLab(), Forgejo()], ids=lambda forge: forge.name)
@given(JSON)
def test_odd_json_is_not_taken_for_the_sign_of_a_forge(forge, value):
    try:
        found = forge.is_sign(value)
    except (LookupError, TypeError, ValueError):
        found = False

    assert found is False
