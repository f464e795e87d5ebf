"""Answers are unpacked piece by piece and never beyond the limit."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvest.unpacking import TooMuch, unpacked


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@given(st.binary(max_size=2000), st.integers(1, 700), st.sampled_from(["", "gzip", "GZIP "]))
def test_what_was_packed_comes_out_in_whatever_pieces_it_comes(data, size, encoding):
    packed = gzip.compress(data, mtime=0) if encoding else data

    assert unpacked(cut(packed, size), encoding, 3000) == data


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_exactly_the_limit_passes_and_one_more_does_not(encoding):
    for size, passes in ((1000, True), (1001, False)):
        data = gzip.compress(b"x" * size, mtime=0) if encoding else b"x" * size
        if passes:
            assert len(unpacked([data], encoding, 1000)) == size
        else:
            with pytest.raises(TooMuch):
                unpacked([data], encoding, 1000)


def test_what_follows_a_packed_answer_is_neither_read_nor_endless():
    def endless():
        yield gzip.compress(b"x", mtime=0)
        while True:
            yield b"y" * 100

    with pytest.raises(TooMuch):
        unpacked(endless(), "gzip", 1000)


@pytest.mark.parametrize(
    ("data", "encoding"), [(b"abc", "gzip"), (b"abc", "br"), (gzip.compress(b"x", mtime=0)[:-3], "gzip")]
)
def test_what_cannot_be_unpacked_is_an_error(data, encoding):
    with pytest.raises(OSError, match="answer"):
        unpacked([data], encoding, 1000)
