"""The English half: complete, with the same placeholders, and shown."""

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from html_page import Node, Page
from page_kinds import KINDS, NOT_FOUND

from catalogue.places import PACKAGE, TRANSLATIONS

GetPage = Callable[..., Page]
CHECKOUT = PACKAGE.parent
FOLDER = TRANSLATIONS / "en" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


@cache
def german() -> dict[str, tuple[str, ...]]:
    """Every German text of code and templates, with its plural, by its singular.

    Found as pyproject.toml tells Babel to find them.
    """
    tool = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]
    found: dict[str, tuple[str, ...]] = {}
    for folder in ("catalogue", "templates"):
        mappings = [row for row in tool["mappings"] if row["pattern"].startswith(folder)]
        rows = extract_from_dir(
            CHECKOUT / folder,
            method_map=[(row["pattern"].removeprefix(f"{folder}/"), row["method"]) for row in mappings],
            options_map={row["pattern"].removeprefix(f"{folder}/"): options_of(row) for row in mappings},
            keywords=KEYWORDS,
        )
        for row in rows:
            texts = texts_of(row[2])
            found[texts[0]] = max(found.get(texts[0], ()), texts, key=len)
    return found


def options_of(mapping: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in mapping.items() if name not in ("pattern", "method")}


def texts_of(message: object) -> tuple[str, ...]:
    """A text alone, or one with its plural."""
    return (message,) if isinstance(message, str) else tuple(message)[:2]  # type: ignore[arg-type]


def table_of(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """German singular -> English texts."""
    return {texts_of(message.id)[0]: texts_of(message.string) for message in catalog if message.id}


@cache
def english() -> dict[str, tuple[str, ...]]:
    with (FOLDER / "messages.mo").open("rb") as file:
        return table_of(read_mo(file))


def test_every_german_text_has_an_english_one() -> None:
    missing = [
        key
        for key, texts in german().items()
        if [bool(text) for text in english().get(key, ())] != [True] * len(texts)
    ]

    assert len(german()) > 300
    assert not missing


def test_no_english_text_is_left_over() -> None:
    assert not english().keys() - german().keys()


def test_the_shipped_translation_is_that_of_its_source() -> None:
    with (FOLDER / "messages.po").open("rb") as file:
        source = read_po(file, locale="en")

    assert not [message.id for message in source if message.id and message.fuzzy]
    assert table_of(source) == english()


def test_both_languages_fill_in_the_same_values() -> None:
    wrong = {}
    for key, translated in english().items():
        known = set(PLACEHOLDER.findall(" ".join(german().get(key, (key,)))))
        used = set(PLACEHOLDER.findall(" ".join(translated)))
        if used != known or "%(" in PLACEHOLDER.sub("", " ".join(translated)):
            wrong[key] = translated

    assert not wrong


@pytest.mark.parametrize("kind", [*KINDS, "not found"])
def test_an_english_page_speaks_english(get_page: GetPage, kind: str) -> None:
    page = get_page(KINDS[kind], "en") if kind in KINDS else get_page(NOT_FOUND, "en", 404)
    untranslated = {
        text for key, texts in german().items() for text in texts if text not in english().get(key, ())
    }

    shown = {piece for piece in spoken(page.one("body")) if piece in untranslated}
    shown |= {page.title.split(" – ")[0], page.description} & untranslated

    # A word may be an English word or a name as well.
    assert not {text for text in shown if len(text.split()) > 1 or re.search("[äöüß]", text)}


def spoken(node: Node) -> set[str]:
    """The pieces of text that are not marked as German."""
    found: set[str] = set()
    for child in node.children:
        if isinstance(child, str):
            found.add(" ".join(child.split()))
        elif child.get("lang") != "de":
            found |= spoken(child)
            found |= {child.get(name) for name in ("aria-label", "placeholder", "alt", "title")}
    return found


def test_the_translations_lie_where_the_program_looks() -> None:
    assert Path(TRANSLATIONS).is_dir()
    assert (FOLDER / "messages.mo").is_file()
