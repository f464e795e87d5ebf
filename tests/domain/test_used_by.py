"""Whom a name in publiccode.yml means, and when nobody can say."""

import pytest
from builders import HALLE, MAGDEBURG
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.bodies import Bodies, Organisation
from catalogue.domain.register import Municipality, Register
from catalogue.domain.used_by import find_body

STADT, NUREMBERG, FALKENBERG = "05515000", "09564000", "12062124"
REGISTER = Register(
    [
        Municipality(key=HALLE, name="Halle (Saale), Stadt", designation="Stadt"),
        Municipality(key="05754012", name="Halle (Westf.), Stadt", designation="Stadt"),
        Municipality(key=MAGDEBURG, name="Magdeburg, Landeshauptstadt", designation="Landeshauptstadt"),
        Municipality(key=STADT, name="Münster, Stadt", designation="Stadt"),
        Municipality(key="06432015", name="Münster (Hessen)"),
        Municipality(key=NUREMBERG, name="Nürnberg"),
        Municipality(key=FALKENBERG, name="Falkenberg/Elster, Stadt", designation="Stadt"),
        Municipality(key="12064428", name="Rüdersdorf bei Berlin"),
        Municipality(key="12067544", name="Storkow (Mark), Stadt", designation="Stadt"),
        Municipality(key="15084000", name="Neuenkirchen"),
        Municipality(key="13075105", name="Neuenkirchen"),
        Municipality(key="14628410", name="Stadt Wehlen, Stadt", designation="Stadt"),
        Municipality(key="12063", name="Havelland", designation="Landkreis"),
        Municipality(key="15090", name="Stendal", designation="Landkreis"),
        Municipality(key="15090535", name="Stendal, Hansestadt", designation="Hansestadt"),
    ]
)
ORGANISATIONS = {
    "kielregion": Organisation(
        id="kielregion", name="KielRegion GmbH", short_name="KielRegion", kind="region"
    ),
    "twin": Organisation(id="twin", name="Magdeburg", kind="association"),
    "a": Organisation(id="a", name="Der Verbund", kind="association"),
    "b": Organisation(id="b", name="der Verbund", kind="association"),
}
BODIES = Bodies(REGISTER, {key: ORGANISATIONS[key] for key in ("kielregion", "a", "b")})


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Halle (Saale)", HALLE),
        ("Stadt Halle (Saale)", HALLE),
        ("Halle (Saale), Stadt", HALLE),
        ("STADT HALLE/SAALE", HALLE),
        ("Landeshauptstadt Magdeburg", MAGDEBURG),
        ("Stadtverwaltung Magdeburg", MAGDEBURG),
        ("City of Magdeburg", MAGDEBURG),
        ("Germany - City of Nuremberg", NUREMBERG),
        ("Deutschland: Nürnberg", NUREMBERG),
        ("Nuernberg", NUREMBERG),
        ("Stadt Münster", STADT),  # the other one is no Stadt
        ("Stadt Falkenberg (Elster)", FALKENBERG),
        ("Gemeinde Rüdersdorf bei Berlin", "12064428"),
        ("Stadt Wehlen", "14628410"),
        ("Landkreis Havelland", "12063"),
        ("Havelland", "12063"),
        ("Landkreis Stendal", "15090"),
        ("Hansestadt Stendal", "15090535"),
        ("KielRegion", "kielregion"),
        ("KielRegion GmbH", "kielregion"),
    ],
)
def test_a_name_that_is_exactly_that_of_one_body_means_it(name: str, key: str) -> None:
    assert find_body(name, BODIES) == key


@pytest.mark.parametrize(
    "name",
    [
        "Halle",  # Saale or Westfalen
        "Stadt Halle",
        "Münster",
        "Neuenkirchen",
        "Stendal",  # town or district
        "Gemeinde Rüdersdorf",
        "Stadt Storkow",
        "Landkreis Magdeburg",
        "Gemeinde Magdeburg",
        "Magdeburgg",
        "Stadt Münster: Fork unter anderem Namen",
        "Germany - Bavaria",
        "der Verbund",
        HALLE,
        "~7",
        "Stadt",
        "Stadt ",
        "",
        " - ",
    ],
)
def test_what_may_mean_another_body_or_none_means_nobody(name: str) -> None:
    assert find_body(name, BODIES) is None


def test_a_town_and_an_organisation_of_one_name_are_not_told_apart() -> None:
    assert find_body("Magdeburg", Bodies(REGISTER, ORGANISATIONS)) is None


@given(
    st.text(max_size=40) | st.sampled_from(["Stadt ", "City of "]).flatmap(lambda t: st.text().map(t.__add__))
)
def test_whatever_is_written_there_means_a_known_body_or_none(name: str) -> None:
    found = find_body(name, BODIES)

    assert found is None or BODIES.find(found)
