"""What Git servers answer, well formed and not."""

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harvest.asking import Trouble
from harvest.git_offer import (
    Names,
    abilities,
    names_in_advertisement,
    names_in_answer,
    natural,
    packets,
    question,
)

ONE, TWO, THREE = "1" * 40, "2" * 40, "3" * 40


def lines(*texts: str) -> bytes:
    return b"".join(b"%04x%s" % (len(text.encode()) + 4, text.encode()) for text in texts)


def test_an_answer_of_protocol_2_is_read():
    data = lines(
        f"{ONE} HEAD symref-target:refs/heads/main\n",
        f"{ONE} refs/heads/main\n",
        f"{TWO} refs/tags/v1 peeled:{ONE}\n",
        f"{THREE} refs/pull/1/head\n",
        "nonsense refs/heads/x\n",
    )

    names = names_in_answer(data + b"0000", {"fetch": "shallow filter"}, 10)

    assert names == Names(
        heads={"main": ONE}, tags={"v1": TWO}, peeled={"v1": ONE}, head=ONE, head_name="main", filters=True
    )


def test_an_advertisement_of_protocol_0_says_the_same():
    data = (
        lines(
            "# service=git-upload-pack\n",
        )
        + b"0000"
    )
    data += lines(
        f"{ONE} HEAD\0multi_ack symref=HEAD:refs/heads/main filter object-format=sha1\n",
        f"{ONE} refs/heads/main\n",
        f"{TWO} refs/tags/v1\n",
        f"{ONE} refs/tags/v1^{{}}\n",
    )

    assert abilities(data) is None
    assert names_in_advertisement(data + b"0000", 10) == Names(
        heads={"main": ONE},
        tags={"v1": TWO},
        peeled={"v1": ONE},
        head=ONE,
        head_name="main",
        filters=True,
        gives_any=False,
    )


def test_the_abilities_of_protocol_2_decide_how_to_ask():
    data = lines("# service=git-upload-pack\n") + b"0000"
    data += lines("version 2\n", "agent=git/x\n", "ls-refs=unborn\n", "object-format=sha256\n", "fetch\n")

    can = abilities(data + b"0000")

    assert can == {"agent": "git/x", "ls-refs": "unborn", "object-format": "sha256", "fetch": ""}
    asked = [line for line in packets(question(can)) if line]
    assert b"object-format=sha256\n" in asked
    assert b"unborn\n" in asked


def test_the_same_names_have_the_same_fingerprint_in_any_order_and_others_another():
    names = Names(heads={"a": ONE, "b": TWO}, tags={"v": THREE}, head=ONE, head_name="a")
    turned = Names(heads={"b": TWO, "a": ONE}, tags={"v": THREE}, head=ONE, head_name="a", filters=True)
    others = [
        Names(heads={"a": ONE, "b": TWO}, tags={"v": ONE}, head=ONE, head_name="a"),
        Names(heads={"a": ONE, "b": TWO, "v": THREE}, tags={}, head=ONE, head_name="a"),
        Names(heads={"a": ONE, "b": TWO}, tags={"v": THREE}, head=TWO, head_name="b"),
    ]

    assert names.fingerprint == turned.fingerprint
    assert len({one.fingerprint for one in (names, *others)}) == 4


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (Names(heads={"x": ONE, "y": TWO}, tags={}, head=TWO, head_name="y"), ("y", TWO)),
        (Names(heads={"x": ONE, "main": TWO}, tags={}, head_name="gone"), ("main", TWO)),
        (Names(heads={"y": ONE, "x": TWO}, tags={}), ("x", TWO)),
        (Names(heads={"x": ONE}, tags={}, head=THREE), (None, THREE)),
        (Names(heads={}, tags={"v9": ONE, "v10": TWO}, peeled={"v10": THREE}), (None, THREE)),
        (Names(heads={}, tags={}), (None, None)),
    ],
)
def test_the_default_branch_is_what_the_server_names_or_the_next_best(names, expected):
    assert names.default() == expected


def test_v10_comes_after_v9():
    assert sorted(["v10", "v9", "v9.1", "a", "10", ""], key=natural) == ["", "a", "v9", "v9.1", "v10", "10"]


@given(st.binary(max_size=300) | st.lists(st.text()).map(lambda texts: lines(*texts)))
@example(b"0000" * 9)
@example(b"0003")
@example(b"-001")
@example(lines(" HEAD", f"{ONE} HEAD symref-target:"))
def test_whatever_a_server_sends_is_names_or_trouble(data):
    for read in (
        abilities,
        lambda given: names_in_answer(given, {}, 5).default(),
        lambda given: names_in_advertisement(given, 5).fingerprint,
    ):
        with contextlib.suppress(Trouble):
            read(data)
