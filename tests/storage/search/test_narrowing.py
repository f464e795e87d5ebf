"""Narrowing and counting: exact as counting one by one, whatever is chosen, excluded or near."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from catalogue.domain.register import Municipality, distance_km
from catalogue.storage.search.facets import FACETS, Choice
from catalogue.storage.search.narrowing import FacetIndex, FacetValue, numbers_by_value
from catalogue.storage.search.near import Who
from catalogue.storage.search.query import Near, SearchQuery

# "data" is part of nothing, "sensors" of "data", "pegel" of "sensors".
PARENTS = {"sensors": "data", "pegel": "sensors"}
WITH_BROADER = {"data": ["data"], "sensors": ["sensors", "data"], "pegel": ["pegel", "sensors", "data"]}
AT_LEAST = ["1", "3", "5", "10"]
PLACES = {
    "15002000": (51.48, 11.97),
    "15003000": (52.12, 11.63),
    "05315000": (50.94, 6.96),
    "far": (-33.9, 18.4),
}
DOCUMENT = st.fixed_dictionaries(
    {
        "topic": st.lists(st.sampled_from([*WITH_BROADER, "energy"])).map(
            lambda keys: list(dict.fromkeys(t for key in keys for t in WITH_BROADER.get(key, [key])))
        ),
        "kind": st.lists(st.sampled_from(["software", "service", "concept"]), max_size=1),
        "quick": st.lists(st.sampled_from(["contact-and-licence", "small-towns", "confirmed"]), unique=True),
        "reused_at_least": st.integers(0, 4).map(lambda n: AT_LEAST[:n]),
        "provider-place": st.lists(st.sampled_from([*PLACES, "nowhere"]), unique=True),
        "reuser-place": st.lists(st.sampled_from([*PLACES, "nowhere"]), unique=True),
    }
)
VALUES = st.frozensets(
    st.sampled_from([*WITH_BROADER, "energy", "software", "concept", "confirmed", "small-towns", "3", "x"])
)
WANTED = st.dictionaries(st.sampled_from(["topic", "kind", "quick", "reused_at_least", "none"]), VALUES)
NEAR = st.none() | st.builds(
    Near, st.sampled_from([*PLACES, "nowhere"]), st.integers(1, 400), st.sampled_from(Who)
)
CHOICES = {facet.name: facet.choice for facet in FACETS}
LISTS = {facet.name: facet.order for facet in FACETS}


def an_index(documents: list[dict[str, list[str]]]) -> FacetIndex:
    return FacetIndex(numbers_by_value(documents), places=PLACES, parents={"topic": PARENTS})


def groups_of(documents, bits=-1, **query):
    index = an_index(documents)
    result, groups = index.narrow(bits & ((1 << len(documents)) - 1), SearchQuery(**query))
    return result, {group.name: group for group in groups}


class OneByOne:
    """The same rules, said for a single document."""

    def __init__(self, documents, chosen, excluded, near) -> None:
        self.values = {name: {v for d in documents for v in d.get(name, ())} for name in CHOICES}
        self.known = {
            name: values | set(LISTS[name]) if values else set() for name, values in self.values.items()
        }
        self.chosen = {name: self._known(name, wanted) for name, wanted in chosen.items()}
        self.excluded = {name: self._known(name, wanted) for name, wanted in excluded.items()}
        self.near = near

    def _known(self, name: str, wanted):
        return wanted & self.known.get(name, set())

    def has_chosen(self, document, name: str) -> bool:
        wanted, has = self.chosen.get(name), set(document.get(name, ()))
        if not wanted:
            return True
        return wanted <= has if CHOICES[name] is Choice.ALL else bool(wanted & has)

    def is_near(self, document) -> bool:
        if self.near is None or self.near.key not in PLACES:
            return True
        theirs = {
            Who.PROVIDERS: document["provider-place"],
            Who.REUSERS: document["reuser-place"],
            Who.ANYBODY: [*document["provider-place"], *document["reuser-place"]],
        }
        keys = [key for key in theirs[self.near.who] if key in PLACES]
        return any(_far(self.near.key, key) <= self.near.km for key in keys)

    def fits(self, document, *, apart_from: str = "", let: tuple[str, str] | None = None) -> bool:
        forbidden = {(n, v) for n, values in self.excluded.items() for v in values} - {let}
        return (
            self.is_near(document)
            and all(self.has_chosen(document, name) for name in self.chosen if name != apart_from)
            and not any(value in document.get(name, ()) for name, value in forbidden)
        )


def _far(one: str, other: str) -> float:
    (a, b), (c, d) = PLACES[one], PLACES[other]
    found = distance_km(
        Municipality(key="1", name="", lat=a, lon=b), Municipality(key="2", name="", lat=c, lon=d)
    )
    assert found is not None
    return found


@given(st.lists(DOCUMENT, max_size=30), WANTED, WANTED, NEAR, st.integers(min_value=0))
def test_counts_are_those_of_counting_one_by_one(documents, chosen, excluded, near, found):
    assume(near is None or all(abs(_far(a, b) - near.km) > 0.01 for a in PLACES for b in PLACES if a != b))
    among = [document for number, document in enumerate(documents) if found >> number & 1]
    rule = OneByOne(documents, chosen, excluded, near)

    result, groups = groups_of(documents, found, chosen=chosen, excluded=excluded, near=near)

    assert [d for n, d in enumerate(documents) if result >> n & 1] == [d for d in among if rule.fits(d)]
    assert groups.keys() == {name for name, values in rule.values.items() if values}
    for name, group in groups.items():
        apart = "" if group.choice is Choice.ALL else name
        assert group.without == sum(rule.fits(d, apart_from=name) for d in among)
        counts = dict.fromkeys(rule.known[name], 0)
        for value in counts:
            let = (name, value) if value in rule.excluded.get(name, ()) else None
            counts[value] = sum(
                value in d[name] and rule.fits(d, apart_from="" if let else apart, let=let) for d in among
            )
        shown = {row.value: row for row in group.values}
        assert len(shown) == len(group.values)
        for value, count in counts.items():
            is_chosen, is_out = value in chosen.get(name, ()), value in excluded.get(name, ())
            assert (value in shown) == bool(count or is_chosen or is_out)
            if value in shown:
                assert shown[value].count == count
                assert (shown[value].chosen, shown[value].excluded) == (is_chosen, is_out)


@given(st.lists(DOCUMENT, max_size=30), WANTED, WANTED)
def test_the_number_beside_a_value_is_what_choosing_it_alone_shows(documents, chosen, excluded):
    _, groups = groups_of(documents, chosen=chosen, excluded=excluded)

    for name, group in groups.items():
        for row in group.values:
            if row.excluded:
                continue
            kept = chosen.get(name, frozenset()) if group.choice is Choice.ALL else frozenset()
            alone = {**chosen, name: kept | {row.value}}
            result, _ = groups_of(documents, chosen=alone, excluded=excluded)
            assert result.bit_count() == row.count


@given(st.lists(DOCUMENT, max_size=30), WANTED)
def test_the_number_beside_an_excluded_value_is_what_it_would_bring_back(documents, excluded):
    before, groups = groups_of(documents, excluded=excluded)

    for name, group in groups.items():
        for row in group.values:
            if row.excluded:
                less = {**excluded, name: excluded[name] - {row.value}}
                after, _ = groups_of(documents, excluded=less)
                assert after.bit_count() - before.bit_count() == row.count


@given(st.lists(DOCUMENT, min_size=1, max_size=30), WANTED)
def test_parts_stand_below_what_they_are_part_of(documents, chosen):
    _, groups = groups_of(documents, chosen=chosen)
    rows = groups["topic"].values if "topic" in groups else ()
    above: list[FacetValue] = []

    for row in rows:
        above = above[: row.level]
        assert len(above) == row.level
        if above:
            assert row.parent == above[-1].value
            assert row.count <= above[-1].count
        above.append(row)


def test_a_broader_topic_counts_each_solution_once():
    _, groups = groups_of(
        [{"topic": ["sensors", "data", "pegel"]}, {"topic": ["data"]}, {"topic": ["energy"]}]
    )

    assert [(row.value, row.count, row.level) for row in groups["topic"].values] == [
        ("data", 2, 0),
        ("sensors", 1, 1),
        ("pegel", 1, 2),
        ("energy", 1, 0),
    ]


@pytest.mark.parametrize("parents", [{"a": "b", "b": "a"}, {"a": "a"}, {"a": "gone"}])
def test_parents_that_lead_nowhere_are_no_parents(parents):
    index = FacetIndex(numbers_by_value([{"topic": ["a", "b"]}]), parents={"topic": parents})

    _, groups = index.narrow(1, SearchQuery())

    assert [(row.value, row.level) for row in groups[0].values] == [("a", 0), ("b", 0)]


def test_a_facet_without_any_value_is_hidden_even_when_something_of_it_is_asked_for():
    documents = [{"licence": ["copyleft"], "maturity": []}]

    result, groups = groups_of(
        documents, chosen={"maturity": frozenset({"stable"})}, excluded={"vitality": frozenset({"good"})}
    )

    assert result == 1
    assert groups.keys() == {"licence"}


def test_chosen_and_excluded_values_stay_at_zero_and_unknown_ones_are_ignored():
    result, groups = groups_of(
        [{"licence": ["copyleft"], "topic": ["energy"]}],
        chosen={"licence": frozenset({"none"}), "topic": frozenset({"nonsense"})},
        excluded={"licence": frozenset({"unclear"})},
    )

    assert result == 0
    assert groups["licence"].values == (
        FacetValue("copyleft", 1),
        FacetValue("unclear", 0, excluded=True),
        FacetValue("none", 0, chosen=True),
    )
    assert (groups["licence"].without, groups["topic"].without) == (1, 0)


def test_values_of_equal_count_stand_in_the_order_of_their_list_and_ranges_always():
    _, groups = groups_of(
        [{"maturity": [m], "size": ["large-city"]} for m in ("stable", "beta", "obsolete", "stable")]
        + [{"size": ["rural"]}]
    )

    assert [row.value for row in groups["maturity"].values] == ["stable", "beta", "obsolete"]
    assert [(row.value, row.count) for row in groups["size"].values] == [("rural", 1), ("large-city", 4)]


def test_near_a_place_nobody_knows_narrows_nothing_and_without_a_place_nothing_is_near():
    documents = [{"provider-place": ["15003000"]}, {"reuser-place": []}]

    assert groups_of(documents, near=Near("00000000", 25))[0] == 0b11
    assert groups_of(documents, near=Near("15002000", 100))[0] == 0b01
    assert groups_of(documents, near=Near("15002000", 50))[0] == 0


def test_near_can_mean_those_who_offer_it_or_those_who_run_it():
    documents = [{"provider-place": ["15003000"]}, {"reuser-place": ["15003000"]}]
    around = {who: groups_of(documents, near=Near("15002000", 100, who))[0] for who in Who}

    assert around == {Who.PROVIDERS: 0b01, Who.REUSERS: 0b10, Who.ANYBODY: 0b11}


@pytest.mark.parametrize("name", [facet.name for facet in FACETS if facet.choice is Choice.ONE])
def test_values_of_which_one_is_chosen_are_a_closed_list_in_order(name):
    facet = next(facet for facet in FACETS if facet.name == name)

    assert facet.fixed
    assert facet.order
