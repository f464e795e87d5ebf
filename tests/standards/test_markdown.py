"""Markdown of strangers."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.standards.markdown import find_html, find_links, plain, render

ALLOWED = {
    *("p", "h2", "h3", "h4", "h5", "ul", "ol", "li", "em", "strong", "code", "pre", "blockquote"),
    *("a", "br", "hr", "table", "thead", "tbody", "tr", "th", "td"),
}


class _Tags(HTMLParser):
    """The tags that a browser would see, with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.seen = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))

    def handle_comment(self, data):
        self.seen.append(("comment", {}))

    def handle_decl(self, decl):
        self.seen.append(("declaration", {}))

    def handle_pi(self, data):
        self.seen.append(("instruction", {}))


def _assert_harmless(html):
    for tag, attributes in _Tags(html).seen:
        assert tag in ALLOWED, tag
        assert set(attributes) <= {"href", "rel"}, attributes
        if href := attributes.get("href"):
            assert re.match(r"(https?|mailto):|[^:]*$|[^:]*[/?#]", href), href
            assert not re.match(r"\s*(javascript|data|vbscript|file):", href, re.IGNORECASE)


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://example.org/pixel.png)",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:x)",
    "<javascript:alert(1)>",
    '[x](https://example.org "onclick=alert(1)")',
    "[x]: javascript:alert(1)\n\n[x]",
    "<svg/onload=alert(1)>",
    "<style>*{}</style>",
    "<iframe src=//example.org>",
    "<!-- <script> -->",
    "<?php echo 1 ?>",
    "<!DOCTYPE html>",
    "<![CDATA[<script>]]>",
    "`<script>`",
    "```html\n<script>alert(1)</script>\n```",
    '```x" onclick=alert(1)\nx\n```',
    "<a href='javascript:x'>x</a>",
    "# <b>x</b>",
    "| <b> | b |\n|:--|--:|\n| <img src=x> | x |",
    "[![x](a.png)](javascript:x)",
    "\x00<scr\x00ipt>",
]


@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from([*HOSTILE, "\n\n", " ", "> ", "- ", "*"]), max_size=8).map("".join),
    )
)
@example("<a  ")
def test_no_text_gets_anything_harmful_through(text):
    _assert_harmless(render(text))
    _assert_harmless(render(text, first_heading=4))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_not_run(text):
    _assert_harmless(render(text))


def test_ordinary_markdown_is_rendered():
    text = "# A\n\nb **c** [d](https://example.org/)\n\n- e\n\n| f |\n|---|\n| g |"

    html = render(text)

    assert "<h2>A</h2>" in html
    assert "<strong>c</strong>" in html
    assert '<a href="https://example.org/" rel="nofollow noopener">d</a>' in html
    assert "<li>e</li>" in html
    assert "<td>g</td>" in html


@pytest.mark.parametrize(
    ("text", "first", "tags"),
    [
        ("# a\n\n## b", 2, ["h2", "h3"]),
        ("## a\n\n### b", 2, ["h2", "h3"]),  # nothing above: nothing to move
        ("#### a", 2, ["h2"]),  # the highest gets the first level
        ("## a\n\n### b\n\n#### c", 4, ["h4", "h5", "h5"]),  # no deeper than five
        ("### a\n\n## b", 3, ["h4", "h3"]),
        ("a\n===", 2, ["h2"]),
    ],
)
def test_headings_fit_below_those_of_the_page(text, first, tags):
    assert re.findall(r"<(h\d)>", render(text, first_heading=first)) == tags


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a < b and c > d", []),  # no tag
        ("`<b>`", []),
        ("```\n<b>\n```", []),
        ("<https://example.org/>", []),  # a link
        ("a\nb <b>c</b>", [(2, "<b>")]),  # one remark a line, on its line
        ("<script>\nx\n</script>", [(1, "<script>")]),
        ("a\n\n<div\n>x</div>", [(3, "<div>")]),
        ("a <img\nsrc=x> b\n<i>", [(1, "<img>"), (3, "<i>")]),
        ("- a\n- b <br>", [(2, "<br>")]),
        ("a <!-- note --> b", [(1, "<!--…")]),  # would be shown as it stands
        ("<!-- note -->", [(1, "<!--…")]),
        ("<?php ?>", [(1, "<?…")]),
        ("<!DOCTYPE html>", [(1, "<!…")]),
        ("a </p>", [(1, "</p>")]),
    ],
)
def test_html_is_found_with_its_line(text, expected):
    assert list(find_html(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb [c](https://example.org/)", [(2, "https://example.org/", False)]),
        ("![c](d.png)", [(1, "d.png", True)]),
        ("[a](b.md) [c](#d)", [(1, "b.md", False), (1, "#d", False)]),
        ("[a](javascript:alert(1))", [(1, "javascript:alert(1)", False)]),  # found, so that it can be said
        ("<javascript:x>", [(1, "javascript:x", False)]),
        ("[a]\n\n[a]: vbscript:x", [(1, "vbscript:x", False)]),
        ("| a |\n|---|\n| [b](https://c.de/) |", [(3, "https://c.de/", False)]),
        ("`[a](b)`", []),
    ],
)
def test_links_and_pictures_are_found_with_their_line(text, expected):
    assert list(find_links(text)) == expected


def test_plain_text_has_the_words_without_the_marks():
    text = "# A *b*\n\nc [d](https://e.de)\nf\n\n- g\n\n```\nh\n```\n\n| i |\n|---|\n| j |"

    assert plain(text).split() == ["A", "b", "c", "d", "f", "g", "h", "i", "j"]


@given(st.text())
def test_looking_for_things_never_raises(text):
    list(find_html(text))
    list(find_links(text))
    plain(text)


@pytest.mark.parametrize("piece", ["[", "![", "*a ", "<a ", "> ", "`", "'a\" ", "|a", "](", "<!--", "\\"])
def test_a_text_made_to_cost_time_costs_little(piece):
    text = piece * (20_000 // len(piece))

    _assert_harmless(render(text))
    list(find_html(text))
