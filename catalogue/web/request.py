"""The request as pages see it: whatever bytes stand in its query string, it can be read."""

import string

from flask import Request, request

from catalogue.standards.requester import requester

_PLAIN = frozenset(string.printable) - frozenset(string.whitespace)


class AnyBytesRequest(Request):
    """A request whose query string is ASCII: bytes that a browser would have encoded are encoded here.

    Werkzeug decodes the raw query string as UTF-8 and fails where a crawler sends something else.
    """

    def __init__(self, environ: dict[str, object], *args: object, **more: object) -> None:
        query = environ.get("QUERY_STRING", "")
        if isinstance(query, str) and not _PLAIN.issuperset(query):
            # PEP 3333: each character stands for a byte.
            readable = "".join(sign if sign in _PLAIN else f"%{ord(sign):02X}" for sign in query)
            environ["QUERY_STRING"] = readable
        super().__init__(environ, *args, **more)  # type: ignore[arg-type]  # handed on as it came


def client() -> str:
    """Who sent this request, as attempts are counted: a household counts as one."""
    return requester(request.remote_addr or "")
