"""The index as a whole: building, opening, asking."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storage.search.builders import a_context, a_solution, used_by

from catalogue.storage.search.build import build_index
from catalogue.storage.search.facts import IndexUnusable
from catalogue.storage.search.index import SearchIndex, open_index
from catalogue.storage.search.query import SearchQuery, Sort, Spelling

Make = Callable[..., SearchIndex]


def ids(index: SearchIndex, text: str = "", **query: object) -> list[str]:
    return [hit.id for hit in index.search(SearchQuery(text=text, **query)).hits]


def test_the_exact_name_comes_first_however_it_is_written(make_index: Make):
    twin = a_solution("twin", name="HAL-Plan")
    others = [a_solution(f"other-{n}", name=f"Plan {n}", tags=["Hal", "Plan", "HAL-Plan"]) for n in range(5)]
    index = make_index(*others, twin)

    for text in ("HAL-Plan", "hal plan", "halplan", "HALPLAN"):
        assert ids(index, text)[0] == "twin"


def test_a_match_in_the_name_weighs_more_than_one_in_the_text(make_index: Make):
    index = make_index(
        a_solution("text", text="Ein Kataster für Bäume, mit Kataster und noch einem Kataster."),
        a_solution("name", name="Neues Kataster"),
    )

    assert ids(index, "Kataster") == ["name", "text"]


@pytest.mark.parametrize(
    "text",
    [
        "Zähler",  # part of a compound
        "Wasser Zähler",
        "Wasserzählern",
        "WASSERZÄHLER",
        "Wasserzaehler",
        "Wasserz",  # the beginning
        "Waserzähler",  # one letter missing
        "Wassrezähler",  # two letters swapped
        "water meters",  # the English text
        "Acme",
        "Software aus Köln",
        "05315000",
        "EUPL",
        "EUPL-1.2",
        "Python",
    ],
)
def test_what_a_clerk_may_type_is_found(make_index: Make, text: str):
    wanted = a_solution(
        "wanted",
        summary={"de": "Liest jeden Wasserzähler aus.", "en": "Reads every water meter."},
        providers=[{"body": "acme", "role": "developer"}, {"body": "05315000", "role": "owner"}],
        licence={"expression": "EUPL-1.2", "source": "LICENSE"},
        technologies=["Python"],
    )
    index = make_index(a_solution("other"), wanted)

    assert ids(index, text)[:1] == ["wanted"]


@pytest.mark.parametrize("text", ["qwertzuiop", "Banane", "der die das", "Kassel", "Kasse"])
def test_what_no_entry_says_finds_nothing(make_index: Make, text: str):
    index = make_index(a_solution(text="Die Katze auf der Terrasse"))

    assert ids(index, text) == []


def test_a_misspelt_word_is_corrected_and_a_right_one_is_not(make_index: Make):
    index = make_index(a_solution(tags=["Beteiligung"], text="Beteiligung an der Kasse"))

    wrong = index.search(SearchQuery(text="die Beteilgung, online"))
    town = index.search(SearchQuery(text="Kassel"))

    assert wrong.corrected == "die Beteiligung, online"
    assert wrong.total == 1
    assert (town.corrected, town.total, town.ignored) == (None, 0, ("Kassel",))


def test_a_misspelt_word_can_be_searched_for_as_it_was_typed(make_index: Make):
    index = make_index(a_solution(tags=["Beteiligung"], text="Beteiligung an der Kasse"))

    found = index.search(SearchQuery(text="Beteilgung", spelling=Spelling.AS_TYPED))

    assert (found.total, found.corrected, found.ignored) == (0, None, ("Beteilgung",))


def test_an_order_that_nothing_has_a_value_for_is_that_of_relevance(make_index: Make):
    index = make_index(a_solution("text", text="Ein Kataster."), a_solution("name", name="Kataster"))

    assert Sort.LAST_ACTIVITY not in index.sorts
    assert ids(index, "Kataster", sort=Sort.LAST_ACTIVITY) == ids(index, "Kataster") == ["name", "text"]


def test_phrases_and_excluded_words_narrow_down(make_index: Make):
    index = make_index(
        a_solution("in-order", text="Ein Zwilling für die Stadt.", summary={"de": "digital"}),
        a_solution("apart", text="Die Stadt hat für den Zwilling gezahlt."),
    )

    assert ids(index, '"Zwilling für die Stadt"') == ["in-order"]
    assert ids(index, "Zwilling -digital") == ["apart"]
    assert ids(index, "-digital") == ["apart"]


def test_a_phrase_does_not_reach_from_one_text_into_the_next(make_index: Make):
    index = make_index(a_solution(tags=["Klima", "Schutz"]))

    assert ids(index, '"Klima Schutz"') == []


def test_a_common_word_alone_is_no_answer_to_a_question_with_a_rare_one(make_index: Make):
    common = [a_solution(f"common-{n}", text="digital") for n in range(9)]
    index = make_index(
        *common, a_solution("both", text="digital Zwilling"), a_solution("rare", text="Zwilling")
    )

    assert ids(index, "digitaler Zwilling") == ["both", "rare"]


def test_what_stands_below_equals_comes_after_them_and_reuse_decides_between_equals(make_index: Make):
    index = make_index(
        a_solution("a-obsolete", maturity="obsolete"),
        a_solution("b-concept", kind="concept"),
        a_solution("c-not-confirmed", open_source="not-confirmed"),
        a_solution("d-plain"),
        a_solution("e-reused", reuses=used_by("15003000", "05315000")),
    )

    expected = ["e-reused", "d-plain", "c-not-confirmed", "b-concept", "a-obsolete"]
    assert ids(index) == expected
    assert ids(index, "Rathaus") == expected


def test_results_are_sorted_and_paged(make_index: Make):
    index = make_index(
        a_solution("b", name="Ähre"),
        a_solution("a", name="Zebra", reuses=used_by("15003000")),
        a_solution("c", name="Affe"),
    )

    assert ids(index, sort=Sort.NAME) == ["b", "c", "a"]
    assert ids(index, sort=Sort.NEWEST) == ["c", "a", "b"]
    assert ids(index, sort=Sort.MOST_REUSED)[0] == "a"
    assert ids(index, sort=Sort.NAME, offset=1, limit=1) == ["c"]
    assert ids(index, sort=Sort.NAME, offset=-5, limit=-1) == []
    assert ids(index, offset=10**9) == []


def test_facets_narrow_down_and_never_change_what_the_text_finds(make_index: Make):
    index = make_index(
        a_solution("both", text="Kataster Baum", topics=["energy"]),
        a_solution("one", text="Kataster", topics=["mobility"]),
    )

    result = index.search(SearchQuery(text="Kataster", chosen={"topic": frozenset({"mobility"})}))

    assert [hit.id for hit in result.hits] == ["one"]
    topics = next(facet for facet in result.facets if facet.name == "topic")
    assert [(row.value, row.count, row.chosen) for row in topics.values] == [
        ("energy", 1, False),
        ("mobility", 1, True),
    ]


def test_suggestions_begin_like_the_text(make_index: Make):
    index = make_index(
        a_solution("map", name="Energiekarte", technologies=["Elixir"]),
        a_solution("x", name="Open Data Portal"),
    )

    assert [(s.kind, s.id) for s in index.suggest("e")] == [
        ("solution", "map"),
        ("topic", "energy"),
        ("technology", "Elixir"),
    ]
    assert [s.label for s in index.suggest("energ", lang="en")] == ["Energiekarte", "Energy"]
    assert [s.id for s in index.suggest("data op")][:2] == ["x", "open-data"]
    assert [(s.kind, s.label) for s in index.suggest("das rath")] == [("word", "das Rathaus")]
    assert index.suggest("") == index.suggest("zzz") == ()


HOSTILE = [
    "a" * 8000, "(" * 2000 + "x" + ")" * 2000, "* " * 4000, "NOT " * 2000, "\x00\u202e\u200f" * 2000,
    '"' * 8000, "-" * 8000, "ab-" * 2600, "Bürger*innen" * 600, "aA" * 4000, "bauhaus" * 1100,
    "\ud800 \udfff x", "ﷺ" * 2000, " ".join(f"wort{n}xyz" for n in range(900)),
    '"' + "und " * 2000 + '"', "~=+@.", "=wort ~wort",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:8]))
def test_hostile_questions_get_an_answer(real_index: SearchIndex, text: str):
    result = real_index.search(SearchQuery(text=text))

    assert result.total <= len(real_index)
    real_index.suggest(text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(), st.dictionaries(st.text(), st.frozensets(st.text())), st.integers(), st.integers())
def test_any_question_gets_an_answer(
    real_index: SearchIndex, text: str, chosen: object, offset: int, limit: int
):
    query = SearchQuery(text=text, chosen=chosen, offset=offset, limit=limit)  # type: ignore[arg-type]

    result = real_index.search(query)

    assert len(result.hits) <= result.total <= len(real_index)


def test_many_threads_get_the_same_answers(real_index: SearchIndex):
    texts = ["digitaler Zwilling", "Bürgerbeteilgung", "parken", "open data", '"digitaler Zwilling"'] * 8

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: ids(real_index, text), texts))

    assert answers[:5] * 8 == answers


def test_an_empty_catalogue_can_be_searched(make_index: Make):
    assert make_index().search(SearchQuery(text="Zwilling")).total == 0
    assert make_index().search(SearchQuery()).total == 0


def test_an_index_that_is_missing_or_damaged_is_unusable(tmp_path: Path):
    with pytest.raises(IndexUnusable):
        open_index(tmp_path / "nowhere")
    folder = tmp_path / "index"
    build_index(folder, [a_solution()], a_context(), changed={})
    for file in sorted(folder.iterdir()):
        content = file.read_bytes()
        for damage in (
            content[:-1],
            bytes(octet ^ (place == len(content) // 2) for place, octet in enumerate(content)),
            b"",
        ):
            file.write_bytes(damage)
            with pytest.raises(IndexUnusable):
                open_index(folder).close()
        file.unlink()
        with pytest.raises(IndexUnusable):
            open_index(folder)
        file.write_bytes(content)
    open_index(folder).close()


def test_an_index_of_another_version_is_unusable(tmp_path: Path):
    build_index(tmp_path / "index", [a_solution()], a_context(), changed={})
    manifest = tmp_path / "index" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"version": "', '"version": "0.'))

    with pytest.raises(IndexUnusable, match="another version"):
        open_index(tmp_path / "index")


def test_progress_counts_solutions(tmp_path: Path):
    seen: list[int] = []

    build_index(
        tmp_path / "index", [a_solution("a"), a_solution("b")], a_context(), changed={}, progress=seen.append
    )

    assert seen == [1, 2]


def test_who_wants_no_counts_and_no_reasons_gets_the_same_solutions(make_index: Make):
    index = make_index(
        a_solution("a", name="Parkraum", topics=["mobility"]), a_solution("b", text="Mit einem Parkplatz.")
    )
    for text in ("", "Parkraum", "parkraun", "Parkplatz"):
        whole = index.search(SearchQuery(text=text))
        bare = index.search(SearchQuery(text=text, counted=False, explained=False))

        assert [(hit.id, hit.score) for hit in bare.hits] == [(hit.id, hit.score) for hit in whole.hits]
        assert (bare.total, bare.corrected, bare.facets) == (whole.total, whole.corrected, ())
        assert whole.facets
        assert not any(hit.terms or hit.reasons for hit in bare.hits)


def test_pages_laid_side_by_side_are_the_whole_list_in_every_order(make_index: Make):
    index = make_index(
        *(
            a_solution(f"s{n}", name=f"Baum {9 - n}", reuses=used_by(*("15003000", "05315000")[: n % 3]))
            for n in range(10)
        )
    )
    for sort in Sort:
        for text in ("", "Baum"):
            whole = ids(index, text, sort=sort)
            pages = [ids(index, text, sort=sort, offset=begin, limit=3) for begin in range(0, 12, 3)]

            assert len(whole) == 10
            assert [one for page in pages for one in page] == whole


def test_a_question_asked_again_is_answered_as_before(make_index: Make):
    index = make_index(
        a_solution("a", name="Digitaler Zwilling"), a_solution("b", tags=["Open Data", "Wasserzähler"])
    )
    texts = ("digitaler Zwilling", "Zwiling", "open data", "opendata", "Wasserz", "Quark Zwilling", "wasser")

    first = [index.search(SearchQuery(text=text)) for text in texts]
    again = [index.search(SearchQuery(text=text)) for text in reversed(texts)]

    assert first == again[::-1]
    assert index.search(SearchQuery(text="Zwiling")).corrected == "Zwilling"
    assert index.search(SearchQuery(text="Zwiling", spelling=Spelling.AS_TYPED)).corrected is None


def test_damage_is_noticed_in_a_file_that_was_sound_when_it_was_read_before(tmp_path: Path):
    folder = tmp_path / "index"
    build_index(folder, [a_solution()], a_context(), changed={})
    for file in folder.iterdir():
        os.utime(file, (1, 1))  # long settled, so that its digest is remembered
    open_index(folder).close()

    (words,) = folder.glob("*.npz")
    content = words.read_bytes()
    words.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))

    with pytest.raises(IndexUnusable):
        open_index(folder)


def test_a_new_generation_has_in_memory_what_the_one_before_was_asked_for(make_index: Make):
    before, after = make_index(a_solution("a", tags=["Baum"])), make_index(a_solution("b", tags=["Baum"]))
    before.search(SearchQuery(text="Baum"))

    after.warm(before)

    assert set(after._postings.held()) == set(before._postings.held())
    assert ids(after, "Baum") == ["b"]
