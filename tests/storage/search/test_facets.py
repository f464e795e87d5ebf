"""Facets: exact counts, choices and what they leave."""

from hypothesis import given
from hypothesis import strategies as st
from storage.search.builders import a_context, a_solution, used_by

from catalogue.storage.search.facets import FACETS, FacetIndex, values_of

TOPICS, KINDS = ["mobility", "energy", "open-data"], ["software", "service", "concept"]
DOCUMENTS = st.lists(
    st.fixed_dictionaries(
        {
            "topic": st.lists(st.sampled_from(TOPICS), unique=True),
            "kind": st.lists(st.sampled_from(KINDS), max_size=1),
        }
    ),
    max_size=40,
)
CHOICES = st.dictionaries(
    st.sampled_from(["topic", "kind"]), st.frozensets(st.sampled_from(TOPICS + KINDS)), max_size=2
)


def test_a_solution_has_values_in_every_facet():
    solution = a_solution(
        kind="software",
        open_source="yes",
        maturity="stable",
        licence={"expression": "EUPL-1.2 OR MIT", "source": "LICENSE"},
        technologies=["Python", "Python"],
        providers=[{"body": "15002000", "role": "owner"}, {"body": "acme", "role": "developer"}],
        reuses=used_by("15003000"),
    )

    assert values_of(solution, a_context()) == {
        "topic": ["mobility"],
        "licence": ["permissive"],
        "open_source": ["yes"],
        "kind": ["software"],
        "maturity": ["stable"],
        "reused": ["yes"],
        "land": ["15", "11"],
        "provider_kind": ["municipality", "company"],
        "technology": ["Python"],
    }


def test_what_is_not_known_is_in_no_facet_but_unclear_licence_and_no_reuse():
    values = values_of(a_solution(), a_context())

    assert (values["licence"], values["reused"]) == (["unclear"], ["no"])
    assert values["kind"] == values["maturity"] == values["open_source"] == []


@given(DOCUMENTS, CHOICES, st.integers(min_value=0))
def test_counts_are_those_of_counting_one_by_one(documents, chosen, found):
    facets = FacetIndex(documents)
    among = [number for number in range(len(documents)) if found >> number & 1]

    bits, counts = facets.narrow(sum(1 << number for number in among), chosen)

    known = facets.known(chosen)

    def fits(number: int, *, apart_from: str = "") -> bool:
        return all(
            set(documents[number][name]) & values for name, values in known.items() if name != apart_from
        )

    assert [number for number in range(len(documents)) if bits >> number & 1] == [n for n in among if fits(n)]
    for facet in counts:
        for value, count, is_chosen in facet.values:
            under_others = [n for n in among if fits(n, apart_from=facet.name)]
            assert count == sum(value in documents[n].get(facet.name, ()) for n in under_others)
            assert is_chosen == (value in chosen.get(facet.name, ()))
            assert count or is_chosen


def test_a_chosen_value_stays_at_zero_and_an_unknown_one_is_ignored():
    facets = FacetIndex([{"licence": ["copyleft"], "topic": ["energy"]}])

    bits, counts = facets.narrow(1, {"licence": frozenset({"none"}), "topic": frozenset({"nonsense"})})

    assert bits == 0
    assert {c.name: c.values for c in counts}["licence"] == (("copyleft", 1, False), ("none", 0, True))
    assert [count.name for count in counts] == [facet.name for facet in FACETS]


def test_values_of_equal_count_stand_in_the_order_of_their_list():
    facets = FacetIndex([{"maturity": [m]} for m in ("stable", "beta", "obsolete", "stable")])

    _, counts = facets.narrow(0b1111, {})

    maturity = next(facet for facet in counts if facet.name == "maturity")
    assert [value for value, _, _ in maturity.values] == ["stable", "beta", "obsolete"]
