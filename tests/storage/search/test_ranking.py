"""What answers a question, and what comes first: rare and common words, parts of compounds, reuse."""

import unicodedata

import pytest
from storage.search.builders import a_solution, used_by
from storage.search.conftest import Make

from catalogue.storage.search.index import SearchIndex
from catalogue.storage.search.query import SearchQuery, SearchResult
from catalogue.storage.search.ranking import reuse_factor


def ask(index: SearchIndex, text: str) -> SearchResult:
    return index.search(SearchQuery(text=text))


def ids(index: SearchIndex, text: str) -> list[str]:
    return [hit.id for hit in ask(index, text).hits]


def test_letters_in_two_signs_are_found_and_find(make_index: Make):
    apart = unicodedata.normalize("NFD", "Bürgerbeteiligung")
    index = make_index(a_solution("one", text="Bürgerbeteiligung"), a_solution("two", text=apart))

    for text in ("Bürgerbeteiligung", apart):
        assert sorted(ids(index, text)) == ["one", "two"]
        assert ask(index, text).ignored == ()


def test_addresses_are_no_words(make_index: Make):
    text = "Siehe https://example.org/zwilling/ und [hier](https://example.org/zwilling), www.zwilling.de."
    index = make_index(a_solution(text=text, text_en="See <https://example.org/zwilling>."))

    assert ids(index, "Zwilling") == []
    assert ids(index, "Siehe") == ["example"]


def test_a_rare_word_does_not_outdo_what_is_all_about_the_other(make_index: Make):
    about = [
        a_solution(f"about-{n}", name=f"Teilhabe {n}", tags=["Teilhabe"], text="Teilhabe") for n in range(6)
    ]
    index = make_index(
        *about, a_solution("rare", text="Senioren"), *(a_solution(f"other-{n}") for n in range(9))
    )

    assert ids(index, "Teilhabe Senioren")[-1] == "rare"
    assert len(ids(index, "Teilhabe Senioren")) == 7


def test_who_has_the_first_part_follows_who_has_the_whole_word(make_index: Make):
    index = make_index(
        a_solution("whole", summary={"de": "Ein Beteiligungsportal."}),
        a_solution("part", name="Beteiligungsplattform", tags=["Beteiligung"]),
        a_solution("form", name="Datenportal", tags=["Portal"]),
    )

    assert ids(index, "Beteiligungsportal") == ["whole", "part"]


@pytest.mark.parametrize(
    ("text", "ignored"),
    [
        ("Wärmeplanung", ("Wärmeplanung",)),
        ("kommunale Wärmeplanung", ("Wärmeplanung",)),
        ("Schulanmeldung", ("Schulanmeldung",)),
        ("Gibt es eine Software für Leerstand in der Innenstadt?", ("Leerstand",)),
    ],
)
def test_where_the_telling_word_is_missing_the_others_are_no_answer(
    make_index: Make, text: str, ignored: object
):
    index = make_index(
        a_solution("planning", text="Kommunale Planung mit Software."),
        a_solution("school", text="Für jede Schule."),
        a_solution("registration", text="Anmeldung"),
        a_solution("empty", text="Der leere Bus"),
        a_solution("state", text="Stand der Technik"),
    )

    result = ask(index, text)

    assert (result.total, result.ignored) == (0, ignored)


def test_words_that_say_little_are_an_answer_where_nothing_else_is_asked(make_index: Make):
    index = make_index(a_solution("software", text="Kommunale Software"), a_solution("tree", text="Baum"))

    assert ids(index, "kommunale Software") == ["software"]
    assert ids(index, "Software für Bäume") == ["tree"]


def test_a_telling_word_is_answered_though_another_is_missing(make_index: Make):
    index = make_index(a_solution("tree", tags=["Baum"]), a_solution("other"))

    result = ask(index, "Baum Banane")

    assert ([hit.id for hit in result.hits], result.ignored) == (["tree"], ("Banane",))


def test_reuse_decides_between_near_equals_but_never_over_the_name(make_index: Make):
    reused = a_solution(
        "reused", tags=["Zwilling"], text="Zwilling " * 5, reuses=used_by("15003000", "05315000")
    )
    near = a_solution("near", tags=["Zwilling"], text="Zwilling " * 6)
    named = a_solution("named", name="Zwilling")

    assert ids(make_index(near, reused, a_solution("other")), "Zwilling") == ["reused", "near"]
    assert ids(make_index(near, reused, named), "Zwilling")[0] == "named"


def test_the_factor_of_reuse_is_small_and_bounded():
    factors = [reuse_factor(count) for count in (0, 1, 3, 15, 31, 10**6)]

    assert factors == pytest.approx([1, 1.05, 1.1, 1.2, 1.25, 1.25])
