"""YAML as people write it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.standards.yaml_text import DEEPEST, Document, read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ags: 05315000", "05315000"),  # no octal number
        ("ags: 01001000", "01001000"),
        ("answer: no", "no"),  # not False
        ("version: 1.10", "1.10"),  # not 1.1
        ("date: 2024-02-30", "2024-02-30"),  # no day, but text
        ("date: 2024-01-01", "2024-01-01"),
        ("count: 1_000", "1_000"),
        ("time: 12:30:45", "12:30:45"),  # not base 60
        ("a: .inf", ".inf"),
        ("a: 'null'", "null"),
        ("a: ", None),
        ("a: ~", None),
        ("a: null", None),
        ("a: |\n  b\n  c\n", "b\nc\n"),
        ("a: !!int '1'", "1"),  # a harmless tag
    ],
)
def test_every_scalar_stays_text(text, value):
    document = read_yaml(text)

    assert document.faults == ()
    assert list(document.value.values()) == [value]


def test_every_value_knows_its_line():
    text = "# comment\na:\n  - b: 1\n    c: 2\n  - d\n\ne: |\n  x\n"

    document = read_yaml(text, first_line=11)

    assert document.lines == {
        (): 12,
        ("a",): 12,
        ("a", 0): 13,
        ("a", 0, "b"): 13,
        ("a", 0, "c"): 14,
        ("a", 1): 15,
        ("e",): 17,
    }


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: [1, 2", "yaml-syntax", 1),
        ("a: b\n\tc: d", "yaml-syntax", 2),
        ("a: b: c", "yaml-syntax", 1),
        ("a: @x", "yaml-syntax", 1),
        ("a: \x07", "yaml-syntax", 1),
        ("a: \x00", "yaml-syntax", 1),
        ("a: 1\nb: \ud800", "yaml-syntax", 2),
        ("%YAML 3.0\n---\na: b", "yaml-syntax", 1),
        (BOMB, "yaml-alias", 1),
        ("a: *nobody", "yaml-alias", 1),
        ("a: 1\nb: &unused 2", "yaml-alias", 2),
        ("a: " + "[" * 20 + "]" * 20, "yaml-deep", 1),
        ("[" * 100_000, "yaml-deep", 1),  # costs nothing
        ("- " * 1000 + "a", "yaml-deep", 1),
        ("a: 1\n---\nb: 2", "yaml-many", 2),
        ("a: 1\nb: !!python/object/apply:os.system ['true']", "yaml-tag", 2),
        ("a: !!python/object:os.system {}", "yaml-tag", 1),
        ("!!python/name:os.system a: 1", "yaml-tag", 1),  # in a key as well
        ("a: !own x", "yaml-tag", 1),
        ("a: !!binary aGFsbG8=", "yaml-tag", 1),
        ("a: 1\nb: 2\na: 3", "yaml-duplicate", 3),
        ("a: {b: 1, b: 2}", "yaml-duplicate", 1),
        ("1: x\n'1': y", "yaml-duplicate", 2),  # the same when all is text
        ("? [a, b]\n: c", "yaml-key", 1),
        ("{a: b}: c", "yaml-key", 1),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, code, line):
    faults = read_yaml(text).faults

    assert [(fault.code, fault.line) for fault in faults] == [(code, line)]


def test_the_deepest_that_is_allowed_is_read():
    text = "[" * DEEPEST + "]" * DEEPEST

    assert read_yaml(text).faults == ()


def test_all_faults_are_found_at_once_and_the_rest_is_read():
    document = read_yaml("a: 1\na: 2\nb: !x 3\nc: 4\n? [d]\n: 5\n")

    assert [fault.code for fault in document.faults] == ["yaml-duplicate", "yaml-tag", "yaml-key"]
    assert document.value == {"a": "1", "b": None, "c": "4"}
    assert document.faults[0].facts == {"key": "a", "first": "1"}


def test_nothing_is_no_value():
    assert read_yaml("# only a comment") == Document(None, {}, ())


PIECES = st.sampled_from(
    [
        *("a", "b", ": ", "- ", "\n", "  ", "[", "]", "{", "}", ", ", "&x ", "*x", "!!str ", "!t ", "|", ">"),
        *("?", "'", '"', "#", "---\n", "...", "%YAML 1.1\n", "\t", "\x00", "\u2028", "\x85", "\ufeff"),
        *("<<", "=", "\\ud800", "🙂"),
    ]
)


@given(
    st.one_of(
        st.text(alphabet=st.characters(exclude_categories=[])),
        st.lists(PIECES, max_size=40).map("".join),
        st.from_regex(r"(a|b)?: [\[{&*!|>'\"%@`-].{0,10}(\n.{0,10}){0,3}"),
    )
)
@example("\ud800")
@example('"\\ud800"')
def test_no_text_makes_it_raise(text):
    document = read_yaml(text)

    _assert_text_only(document.value)
    assert all(fault.line >= 1 for fault in document.faults)


def _assert_text_only(value):
    if isinstance(value, dict):
        assert all(type(key) is str for key in value)
        for inner in value.values():
            _assert_text_only(inner)
    elif isinstance(value, list):
        for inner in value:
            _assert_text_only(inner)
    else:
        assert value is None or type(value) is str
