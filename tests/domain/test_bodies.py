"""Bodies are found by key."""

import pytest
from builders import DISTRICT, HALLE, MERGED, ORGANISATIONS, REGISTER

from catalogue.domain.bodies import Bodies, Organisation

BODIES = Bodies(
    REGISTER,
    {
        **ORGANISATIONS,
        "union": Organisation(id="union", name="U", kind="association", members=(HALLE, "xyz")),
    },
)


@pytest.mark.parametrize(
    ("key", "found", "label", "kind", "land"),
    [
        (HALLE, HALLE, "Halle (Saale)", "municipality", "15"),
        (DISTRICT, DISTRICT, "Altmarkkreis", "district", "15"),
        (MERGED, "15081001", "Kleinstadt", "municipality", "15"),  # a key of before the merger
        ("kielregion", "kielregion", "KielRegion", "region", "01"),
        ("dataport", "dataport", "Dataport AöR", "it-provider", None),
    ],
)
def test_a_body_is_found_by_its_key(key, found, label, kind, land):
    body = BODIES.find(key)

    assert (body.key, body.label, body.kind, body.land) == (found, label, kind, land)


@pytest.mark.parametrize("key", ["", "99999999", "Halle", "15"])
def test_whom_nobody_knows_is_not_found_but_can_be_shown(key):
    assert BODIES.find(key) is None
    assert (BODIES.get(key).label, BODIES.get(key).kind) == (key, "unknown")


def test_only_the_register_is_official():
    assert BODIES.get(HALLE).is_official
    assert BODIES.get(HALLE).municipality.key == HALLE
    assert not BODIES.get("kielregion").is_official
    assert BODIES.get("kielregion").organisation.land == "01"


def test_keys_become_those_of_today_and_unknown_ones_stay():
    assert BODIES.canonical([MERGED, HALLE, "xyz", HALLE]) == {"15081001", HALLE, "xyz"}


def test_an_organisation_has_members_and_others_have_none():
    assert [body.label for body in BODIES.members("union")] == ["Halle (Saale)", "xyz"]
    assert list(BODIES.members(HALLE)) == []
