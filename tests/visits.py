"""A browser page that notes whatever a visitor should never meet."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Cookie, Page

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
    expected_status: int = 200,
    cookies: Sequence[Cookie] = (),
) -> Iterator[Page]:
    """A new visitor at `url`; with the cookies of somebody who is logged in, that one.

    Afterwards there was no message in the console, no failed answer, no other host asked and no cookie set.
    """
    context = browser.new_context(
        base_url=url,
        locale="de-DE" if lang == "de" else "en-GB",
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        java_script_enabled=javascript,
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    context.add_cookies(cookies)  # type: ignore[arg-type]  # as the browser has given them
    context.add_init_script(_WATCH)
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: _note_message(message.type, message.text, expected_status, trouble))
    page.on("pageerror", lambda error: trouble.append(f"script: {error}"))
    page.on("request", lambda request: _note_stranger(request.url, url, trouble))
    page.on("response", lambda answer: _note_failure(answer.status, answer.url, expected_status, trouble))
    try:
        yield page
        assert not trouble, trouble
        assert {cookie["name"] for cookie in context.cookies()} == {cookie["name"] for cookie in cookies}
    finally:
        context.close()


def _note_stranger(asked: str, url: str, trouble: list[str]) -> None:
    parts = urlsplit(asked)
    if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(url).netloc:
        trouble.append(f"another host was asked: {asked}")


def _note_message(kind: str, text: str, expected_status: int, trouble: list[str]) -> None:
    if kind in ("error", "warning") and f"status of {expected_status} " not in text:
        trouble.append(f"console: {text}")


def _note_failure(status: int, asked: str, expected_status: int, trouble: list[str]) -> None:
    if status >= 400 and status != expected_status:
        trouble.append(f"{status}: {asked}")
