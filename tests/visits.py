"""A browser page that notes whatever a visitor should never meet."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

DESKTOP, PHONE = (1280, 900), (360, 800)
_WATCH = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


@contextmanager
def visit(
    browser: Browser,
    url: str,
    *,
    size: tuple[int, int] = DESKTOP,
    lang: str = "de",
    javascript: bool = True,
    dark: bool = False,
) -> Iterator[Page]:
    """A new visitor at `url`. Afterwards: no message in the console, no failed answer, no other host asked."""
    context = browser.new_context(
        base_url=url,
        locale="de-DE" if lang == "de" else "en-GB",
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        java_script_enabled=javascript,
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    context.add_init_script(_WATCH)
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda m: trouble.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: trouble.append(f"script: {error}"))
    page.on("request", lambda request: _note_stranger(request.url, url, trouble))
    page.on(
        "response",
        lambda answer: trouble.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None,
    )
    try:
        yield page
        assert not trouble, trouble
        assert context.cookies() == []
    finally:
        context.close()


def _note_stranger(asked: str, url: str, trouble: list[str]) -> None:
    parts = urlsplit(asked)
    if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(url).netloc:
        trouble.append(f"another host was asked: {asked}")
