"""Lists as CSV to download; nothing in them is a formula (see `storage.sheets`)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from flask import Response, stream_with_context

from catalogue.services.files import Cell, csv_parts


def csv_file(rows: Iterable[Sequence[Cell]], name: str) -> Response:
    """Rows as a file of this name, made at once."""
    return _answer("".join(csv_parts(rows)), name)


def csv_stream(rows: Iterable[Sequence[Cell]], name: str) -> Response:
    """The same, sent in parts while the rows are read: for lists of any length."""
    return _answer(stream_with_context(csv_parts(rows)), name)


def _answer(text: str | Iterator[str], name: str) -> Response:
    headers: Mapping[str, str] = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Robots-Tag": "noindex",
    }
    return Response(text, content_type="text/csv; charset=utf-8", headers=headers)
