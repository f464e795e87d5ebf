"""Unpacks answers from strangers piece by piece, so that a small answer never becomes a huge one."""

import zlib
from collections.abc import Iterable


class TooMuch(Exception):
    """More came, packed or unpacked, than may come."""


def unpacked(pieces: Iterable[bytes], encoding: str, most: int) -> bytes:
    """The content of an answer. Raises `TooMuch` and, for what cannot be unpacked, `OSError`."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return _joined(pieces, most)
    if encoding not in ("gzip", "x-gzip"):
        raise OSError(f"the answer is packed as {encoding[:40]!r}, which was not asked for")
    return _gunzipped(pieces, most)


def _joined(pieces: Iterable[bytes], most: int) -> bytes:
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > most:
            raise TooMuch
    return bytes(data)


def _gunzipped(pieces: Iterable[bytes], most: int) -> bytes:
    data, packed = bytearray(), 0
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        for piece in pieces:
            packed += len(piece)
            data += unpack.decompress(piece, most + 1 - len(data))
            if len(data) > most or packed > most:
                raise TooMuch
    except zlib.error as error:
        raise OSError(f"the answer cannot be unpacked: {error}") from None
    if packed and not unpack.eof:
        raise OSError("the answer ends in the middle")
    return bytes(data)
