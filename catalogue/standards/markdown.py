"""Markdown of strangers: rendered to harmless HTML, and searched for what does not belong in it."""

import re
from collections.abc import Iterator
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {
    "p", "h2", "h3", "h4", "h5", "ul", "ol", "li", "em", "strong", "code", "pre", "blockquote", "a", "br",
    "hr", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_BREAKS = ("softbreak", "hardbreak")
_HTML = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:-]*|<!--|<!|<\?")


class _EveryLink(MarkdownIt):
    """Takes `[x](javascript:...)` for the link that it is meant to be, so that a check can say so."""

    def validateLink(self, url: str) -> bool:
        return True


_SHOW = MarkdownIt("commonmark", {"html": False, "typographer": True, "quotes": "„“‚‘"}).enable(
    ["table", "replacements", "smartquotes"]
)
_LOOK = _EveryLink("commonmark", {"html": True}).enable("table")


@lru_cache(maxsize=4096)
def render(text: str, *, first_heading: int = 2) -> str:
    """Safe HTML: no raw HTML, no pictures, no first-level heading, links only to https, http and mailto.

    `first_heading` is the level (2 to 4) that the text's highest heading gets.
    """
    tokens = _SHOW.parse(text)
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    shift = first_heading - min(levels, default=first_heading)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(max(int(token.tag[1]) + shift, 2), 5)}"
    html = _SHOW.renderer.render(tokens, _SHOW.options, {})
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, "th": {"scope"}, "*": set()},
        url_schemes={"https", "http", "mailto"},
        link_rel="nofollow noopener",
    )


def find_html(text: str) -> Iterator[tuple[int, str]]:
    """Raw HTML in a text: its line, counted from 1, and the beginning of the tag."""
    last = 0  # one remark a line: who mends <b> mends </b> as well
    for line, token in _tokens(text):
        if token.type not in ("html_block", "html_inline") or line == last:
            continue
        if match := _HTML.search(token.content):
            yield line, match.group() + (">" if match.group()[-1].isalnum() else "…")
            last = line


def find_links(text: str) -> Iterator[tuple[int, str, bool]]:
    """Links and pictures in a text: line from 1, target, and whether it is a picture."""
    for line, token in _tokens(text):
        if token.type == "link_open":
            yield line, str(token.attrGet("href") or ""), False
        elif token.type == "image":
            yield line, str(token.attrGet("src") or ""), True


def _tokens(text: str) -> Iterator[tuple[int, Token]]:
    """The tokens of blocks and, within them, of what stands in a line; each with its line from 1."""
    for block in _LOOK.parse(text):
        line = (block.map[0] if block.map else 0) + 1
        yield line, block
        for token in block.children or ():
            yield line, token
            # A line break in a tag, or one that continues the paragraph.
            line += token.content.count("\n") if token.type == "html_inline" else token.type in _BREAKS


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The words of a text without its marks, for the index and for excerpts."""
    words = []
    for token in _SHOW.parse(text):
        if token.children:
            words.append(
                "".join(
                    " " if child.type in ("softbreak", "hardbreak") else child.content
                    for child in token.children
                )
            )
        elif token.type in ("fence", "code_block"):
            words.append(token.content)
    return "\n".join(word.strip() for word in words if word.strip())
