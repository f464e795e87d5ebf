"""Who is like us, and what those who are have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.peers import EACH, Peer, Why, peers_of, shared_by
from catalogue.domain.register import Municipality

HERE = Municipality(key="15003000", name="Magdeburg", population=240_000, lat=52.13, lon=11.63)
FAR = {"lat": 48.1, "lon": 11.6}  # 450 km away
NEAR = {"lat": 52.3, "lon": 11.4}  # 25 km away


def a_town(key: str = "09162000", *, population: int | None = 5_000, lat=None, lon=None) -> Municipality:
    return Municipality(key=key, name=key, population=population, lat=lat, lon=lon)


@pytest.mark.parametrize(
    ("town", "why"),
    [
        (a_town(**NEAR), {Why.NEAR}),  # over the border of the Land, and small
        (a_town("03154", **NEAR), {Why.NEAR}),  # a district may be a neighbour
        (a_town(population=120_000, **FAR), {Why.SIZE}),  # just half
        (a_town(population=480_000, **FAR), {Why.SIZE}),  # just twice
        (a_town(population=119_000, **FAR), None),
        (a_town("15082005", **FAR), {Why.LAND}),
        (a_town("15082005", population=200_000, **NEAR), {Why.NEAR, Why.SIZE, Why.LAND}),
        (a_town("15082", population=200_000, **FAR), None),  # a district is no town, whatever its size
        (a_town(population=None), None),  # nothing is known
        (a_town("15082005", population=None), {Why.LAND}),
        (HERE, None),  # not oneself
    ],
)
def test_a_peer_is_near_or_of_similar_size_or_in_the_same_land(
    town: Municipality, why: set[Why] | None
) -> None:
    assert [set(peer.why) for peer in peers_of(HERE, [town])] == ([why] if why else [])


@pytest.mark.parametrize(("population", "is_alike"), [(300, True), (4_999, True), (5_000, False)])
def test_villages_are_alike_however_small(population: int, is_alike: bool) -> None:
    village = a_town("15081001", population=950, **NEAR)

    assert bool(peers_of(village, [a_town(population=population, **FAR)])) is is_alike


def test_whoever_is_like_us_in_more_ways_comes_first_then_who_is_nearer() -> None:
    alike = a_town("15002000", population=240_000, lat=51.48, lon=11.97)
    close, closer = a_town("03154013", **NEAR), a_town("03154014", lat=52.2, lon=11.6)

    assert [peer.town for peer in peers_of(HERE, [close, alike, closer])] == [alike, closer, close]


def test_many_towns_of_the_same_land_do_not_crowd_out_neighbours() -> None:
    same_land = [a_town(f"1508{number:04}", population=200_000, **FAR) for number in range(40)]
    neighbours = [a_town(f"0315{number:04}", **NEAR) for number in range(5)]

    found = peers_of(HERE, [*same_land, *neighbours])

    assert sum(Why.NEAR in peer.why for peer in found) == 5
    assert len(found) == 5 + EACH


def a_peer(key: str, *why: Why) -> Peer:
    return Peer(town=a_town(key), why=frozenset(why), km=10.0)


def test_what_most_peers_run_comes_first_then_what_neighbours_run() -> None:
    near, size, land = a_peer("1", Why.NEAR), a_peer("2", Why.SIZE), a_peer("3", Why.LAND)
    runs = {"1": ["b", "c"], "2": ["a", "c", "c"], "3": ["c"], "4": ["d"]}

    shared = shared_by([near, size, land], runs)

    assert [(one.solution, [peer.town.key for peer in one.peers]) for one in shared] == [
        ("c", ["1", "2", "3"]),
        ("b", ["1"]),
        ("a", ["2"]),
    ]
    assert [shared[0].count(why) for why in Why] == [1, 1, 1]


@given(st.dictionaries(st.sampled_from("123456"), st.lists(st.sampled_from("abc"), max_size=4), max_size=6))
def test_every_run_of_a_peer_is_counted_once(runs: dict[str, list[str]]) -> None:
    peers = [a_peer(key, Why.NEAR) for key in "1234"]

    shared = shared_by(peers, runs)

    assert {(one.solution, peer.town.key) for one in shared for peer in one.peers} == {
        (solution, key) for key in "1234" for solution in runs.get(key, ())
    }
    sizes = [len(one.peers) for one in shared]
    assert sizes == sorted(sizes, reverse=True)
