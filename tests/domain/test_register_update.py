"""Updates: what a newer list changes, what is kept, and what must not be lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.register import Municipality, Register, Successor, UnknownKey
from catalogue.domain.register_update import Update, UpdateBlocked, as_municipality, plan_update
from catalogue.standards.gv100 import Row

TODAY = date(2026, 1, 1)
MERGED = date(2025, 1, 1)


def a_town(key: str, name: str = "Musterstadt", **values: object) -> Municipality:
    """A municipality, complete but for what the test names."""
    known = {
        "population": 1_000,
        "lat": 52.0,
        "lon": 11.0,
        "postcode": "39000",
        "district_name": "Musterkreis",
    }
    return Municipality(key=key, name=name, **(known | values))  # type: ignore[arg-type]  # a builder's freedom


def bare(key: str, name: str = "Musterstadt", **values: object) -> Municipality:
    """A municipality as GV100AD may have it: with little more than a name."""
    return Municipality(key=key, name=name, **values)  # type: ignore[arg-type]  # a builder's freedom


# Enough towns that one more or less does not look like a list that was cut off.
OTHERS = [a_town(f"01001{number:03}") for number in range(1, 31)]


def plan(
    current: list[Municipality],
    newer: list[Municipality],
    *,
    successors: dict[str, tuple[str, date | None]] | None = None,
    aliases: dict[str, Successor] | None = None,
    used: set[str] | None = None,
) -> Update:
    """A plan in which the other towns stay as they are."""
    register = Register([*OTHERS, *current], aliases or {})
    return plan_update(register, [*OTHERS, *newer], successors or {}, used or set(), TODAY)


def test_the_same_list_changes_nothing() -> None:
    update = plan([a_town("15001000")], [a_town("15001000")], aliases={"15009000": Successor("15001000")})

    assert (update.added, update.renamed, update.changed, update.vanished_unused) == ((), (), (), ())
    assert update.apply().aliases == {"15009000": ("15001000", None)}


def test_what_joins_is_renamed_or_changes_is_told_apart() -> None:
    update = plan(
        [a_town("15001000", "Alt"), a_town("15002000")],
        [a_town("15001000", "Neu", population=5), a_town("15002000", population=2_000), a_town("15003000")],
    )

    assert [row.key for row in update.added] == ["15003000"]
    assert [(old.name, new.name) for old, new in update.renamed] == [("Alt", "Neu")]
    assert [(old.population, new.population) for old, new in update.changed] == [(1_000, 2_000)]
    assert update.apply().get("15001000").population == 5


def test_what_the_newer_list_does_not_say_is_kept() -> None:
    known = a_town("15001000", ars="150010000000")

    update = plan([known], [bare("15001000", population=900)])

    after = update.apply().get("15001000")
    assert after.population == 900
    assert (after.lat, after.lon, after.postcode) == (known.lat, known.lon, known.postcode)
    assert (after.district_name, after.ars) == (known.district_name, known.ars)


def test_half_a_point_is_no_point() -> None:
    update = plan([a_town("15001000")], [bare("15001000", lat=54.0)])

    assert (update.apply().get("15001000").lat, update.apply().get("15001000").lon) == (52.0, 11.0)


def test_merged_municipalities_become_aliases_so_that_no_reuse_is_lost() -> None:
    update = plan(
        [a_town("15001001"), a_town("15001002")],
        [a_town("15001009")],
        successors={"15001001": ("15001009", MERGED), "15001002": ("15001009", None)},
        used={"15001001"},
    )

    register = update.apply()
    assert update.vanished_with_successor == {
        "15001001": Successor("15001009", MERGED),
        "15001002": Successor("15001009", None),
    }
    assert register.resolve("15001001") == register.resolve("15001002") == "15001009"


def test_a_new_municipality_has_the_people_of_all_and_the_place_of_its_namesake() -> None:
    update = plan(
        [
            a_town("15001001", "Groß", population=3_000, lat=53.0),
            a_town("15001002", "Klein", population=1_000, lat=51.5, postcode="39111"),
        ],
        [bare("15001009", "Klein, Stadt")],
        successors={"15001001": ("15001009", MERGED), "15001002": ("15001009", MERGED)},
    )

    new = update.apply().get("15001009")
    assert (new.population, new.lat, new.postcode) == (4_000, 51.5, "39111")
    assert new.district_name == "Musterkreis"


def test_without_a_namesake_it_has_the_place_of_the_largest_and_no_guessed_people() -> None:
    update = plan(
        [a_town("15001001", population=3_000, lat=53.0), a_town("15001002", population=None)],
        [bare("15002009", "Neu")],  # in another district
        successors={"15001001": ("15002009", MERGED), "15001002": ("15002009", MERGED)},
    )

    new = update.apply().get("15002009")
    assert (new.population, new.lat, new.district_name) == (None, 53.0, "")


def test_a_used_key_that_vanishes_without_successor_stops_the_update() -> None:
    update = plan([a_town("15001000"), a_town("15002000")], [], used={"15001000"})

    assert (update.blocked, update.vanished_unused) == (("15001000",), ("15002000",))
    with pytest.raises(UpdateBlocked, match="15001000") as caught:
        update.apply()
    assert (caught.value.code, caught.value.keys) == ("used-key-vanishes", ("15001000",))


@pytest.mark.parametrize(
    ("successor", "reason"),
    [
        (("15009000", MERGED), "the new key is in no list"),
        (("15001000", MERGED), "it leads to itself"),
        (("01001001", date(2026, 7, 1)), "the merger is still to come"),
    ],
)
def test_a_successor_that_does_not_hold_is_none(successor: tuple[str, date], reason: str) -> None:
    update = plan([a_town("15001000")], [], successors={"15001000": successor}, used={"15001000"})

    assert update.blocked == ("15001000",), reason


def test_a_key_that_is_used_by_its_old_name_counts_as_used() -> None:
    update = plan([a_town("15001000")], [], aliases={"15009000": Successor("15001000")}, used={"15009000"})

    assert update.blocked == ("15001000",)


def test_old_aliases_follow_when_their_target_merges_too() -> None:
    update = plan(
        [a_town("15001000")],
        [a_town("15002000")],
        aliases={"15009000": Successor("15001000", date(2010, 1, 1))},
        successors={"15001000": ("15003000", MERGED), "15003000": ("15002000", MERGED)},  # two steps at once
        used={"15009000"},
    )

    assert update.blocked == ()
    assert update.aliases["15009000"] == Successor("15002000", date(2010, 1, 1))
    assert update.apply().resolve("15009000") == "15002000"


def test_a_key_that_lives_is_no_alias() -> None:
    update = plan(
        [a_town("15001000")],
        [a_town("15001000"), a_town("15002000")],
        aliases={"15002000": Successor("15001000")},  # split off again
        successors={"15001000": ("15002000", MERGED)},  # only a part of it went there
    )

    assert update.aliases == {}
    assert update.apply().resolve("15002000") == "15002000"


def test_a_list_without_districts_leaves_the_districts_alone() -> None:
    district = bare("15001", "Musterkreis", designation="Landkreis", population=1_000)

    update = plan([a_town("15001000"), district], [a_town("15001000")], used={"15001"})

    assert update.apply().get("15001") == district


def test_districts_are_updated_where_the_list_has_them() -> None:
    update = plan(
        [bare("15001", "Alt"), bare("15002", "West"), bare("15003", "Ost")],
        [bare("15001", "Neu"), bare("15004", "Mitte")],
        successors={"15002": ("15004", MERGED)},
        used={"15002", "15003"},
    )

    assert [new.name for _, new in update.renamed] == ["Neu"]
    assert update.vanished_with_successor == {"15002": Successor("15004", MERGED)}
    assert update.blocked == ("15003",)


def test_a_list_that_lacks_too_much_is_taken_for_cut_off() -> None:
    update = plan_update(Register(OTHERS), OTHERS[:20], {}, set(), TODAY)

    assert update.looks_cut_off
    with pytest.raises(UpdateBlocked) as caught:
        update.apply()
    assert caught.value.code == "list-cut-off"
    assert len(caught.value.keys) == 10


def test_a_row_of_an_official_list_is_taken_over_whole() -> None:
    row = Row(
        "15002000",
        "Halle (Saale), Stadt",
        "Stadt",
        "150020000000",
        "Halle (Saale), Stadt",
        5,
        "06108",
        51.5,
        12,
    )

    municipality = as_municipality(row)

    assert {name: getattr(municipality, name) for name in Row.__slots__} == {
        name: getattr(row, name) for name in Row.__slots__
    }


_KEYS = st.sampled_from([f"15001{number:03}" for number in range(8)])


@given(
    before=st.sets(_KEYS),
    after=st.sets(_KEYS),
    aliases=st.dictionaries(_KEYS, st.builds(Successor, _KEYS)),
    successors=st.dictionaries(_KEYS, st.tuples(_KEYS, st.none())),
    used=st.sets(_KEYS),
)
def test_after_an_update_that_is_not_blocked_every_used_key_still_finds_someone(
    before: set[str],
    after: set[str],
    aliases: dict[str, Successor],
    successors: dict[str, tuple[str, None]],
    used: set[str],
) -> None:
    current = Register([*OTHERS, *map(a_town, before)], aliases)
    newer = [*OTHERS, *map(a_town, after)]
    update = plan_update(current, newer, dict(successors), used, TODAY)
    assert set(update.blocked) <= before - after

    try:
        register = update.apply()
    except UpdateBlocked:
        return

    assert {row.key for row in register} == {row.key for row in newer}
    for key in used:
        if current.find(key):
            register.get(key)
    for old in register.aliases:
        register.get(old)
        assert old not in register


def test_an_unknown_used_key_does_not_hinder() -> None:
    update = plan([], [], used={"99999999", "15999999"})

    assert update.blocked == ()
    with pytest.raises(UnknownKey):
        update.apply().get("15999999")


CYCLES: list[dict[str, tuple[str, date | None]]] = [
    {"15001001": ("15001001", None)},
    {"15001001": ("15001002", None), "15001002": ("15001001", None)},
    {"15001001": ("15999999", None)},
]


@pytest.mark.parametrize("successors", CYCLES)
def test_a_successor_table_that_leads_nowhere_takes_no_known_alias_away(
    successors: dict[str, tuple[str, date | None]],
) -> None:
    town = a_town("15001009")

    update = plan(
        [town],
        [town],
        aliases={"15001001": Successor("15001009", MERGED)},
        successors=successors,
        used={"15001001"},
    )

    assert update.apply().resolve("15001001") == "15001009"
    assert update.apply().aliases["15001001"].date == MERGED


def test_a_used_key_whose_only_successor_is_itself_stops_the_update() -> None:
    update = plan([a_town("15001000")], [], successors={"15001000": ("15001000", None)}, used={"15001000"})

    assert update.blocked == ("15001000",)


def test_a_blocked_update_says_whom_it_is_about_and_what_to_do() -> None:
    update = plan([a_town("15001000", "Kleinstadt")], [], used={"15001000"})

    with pytest.raises(UpdateBlocked) as caught:
        update.apply()

    first, row, last = str(caught.value).splitlines()
    assert first.startswith("Entries name 1 keys")
    assert row == "  15001000 Kleinstadt"
    assert "--successors" in last


def test_a_list_that_was_cut_off_is_explained_without_all_its_keys() -> None:
    update = plan_update(Register(OTHERS), OTHERS[:2], {}, set(), TODAY)

    with pytest.raises(UpdateBlocked) as caught:
        update.apply()

    lines = str(caught.value).splitlines()
    assert lines[0].startswith("More than a tenth of the register would vanish, 28 keys")
    assert lines[-2:] == ["  and 18 more", lines[-1]]
    assert "whole official list" in lines[-1]
