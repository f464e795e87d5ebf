"""Whether a form was sent from a page of ours, by what browsers say of it (Fetch Metadata, RFC 6454)."""

from collections.abc import Collection
from urllib.parse import urlsplit


def is_own_form(*, fetch_site: str | None, origin: str | None, hosts: Collection[str]) -> bool:
    """Whether a request that changes something may be answered.

    `fetch_site` and `origin` are the headers `Sec-Fetch-Site` and `Origin`, None where there are none; no
    page can set or suppress them in a browser. `hosts` are our own, with their port where it is named. What
    has neither header is no browser of today, and carries nobody's rights with it.
    """
    if fetch_site is not None:
        return fetch_site.strip().lower() in ("same-origin", "none")
    if origin is None:
        return True
    try:
        parts = urlsplit(origin.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() in {host.lower() for host in hosts}
