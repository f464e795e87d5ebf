"""The register: who is found by key, old key, name or place, and what they are called."""

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.register import (
    Kind,
    Municipality,
    Register,
    SizeClass,
    Successor,
    UnknownKey,
    distance_km,
    size_class,
    with_members,
)
from catalogue.domain.register_names import fold, head
from catalogue.storage.register import load_register

SHIPPED = Path(__file__).parents[2] / "catalogue" / "data" / "register"


@pytest.fixture(scope="module")
def shipped() -> Register:
    """The register that is shipped: rules about names are only worth something on all names."""
    return load_register(SHIPPED)


def a_town(key: str, name: str = "Musterstadt", **values: object) -> Municipality:
    """A municipality, complete but for what the test names."""
    known = {"population": 10_000, "lat": 52.0, "lon": 11.0, "district_name": "Musterkreis"}
    return Municipality(key=key, name=name, **(known | values))  # type: ignore[arg-type]  # a builder's freedom


@pytest.mark.parametrize(
    ("population", "expected"),
    [
        (None, None),  # not known is no class
        (0, SizeClass.RURAL),
        (4_999, SizeClass.RURAL),
        (5_000, SizeClass.SMALL_TOWN),
        (20_000, SizeClass.MEDIUM_TOWN),
        (99_999, SizeClass.MEDIUM_TOWN),
        (100_000, SizeClass.LARGE_CITY),
        (3_700_000, SizeClass.LARGE_CITY),
    ],
)
def test_the_size_class_changes_at_the_limits_of_the_bbsr(
    population: int | None, expected: SizeClass | None
) -> None:
    assert size_class(population) is expected


def test_a_key_of_before_finds_the_municipality_of_today_over_any_number_of_mergers() -> None:
    register = Register(
        [a_town("15001000")],
        {
            "15009001": Successor("15009002", date(2009, 1, 1)),
            "15009002": Successor("15001000"),
            "15009003": Successor("15009003"),  # leads to itself
            "15009004": Successor("15009999"),  # leads nowhere
        },
    )

    assert register.resolve("15009001") == "15001000"
    assert register.find("15009003") is None
    assert register.find("15009004") is None
    assert "15009001" not in register


def test_an_unknown_key_is_none_for_find_and_an_error_for_get() -> None:
    register = Register([])

    assert register.find("15002000") is None
    for look in (register.get, register.resolve, register.label, register.nearest, register.alike):
        with pytest.raises(UnknownKey, match="15002000"):
            look("15002000")


def test_a_key_that_comes_twice_makes_no_register() -> None:
    with pytest.raises(ValueError, match="15001000"):
        Register([a_town("15001000"), a_town("15001000")])


@given(st.permutations(["15001000", "03154", "01001000", "03154001", "15089"]))
def test_the_order_of_the_register_does_not_depend_on_the_file(keys: list[str]) -> None:
    register = Register(map(a_town, keys))

    assert [row.key for row in register] == sorted(keys)
    assert [row.key for row in register.municipalities()] == ["01001000", "03154001", "15001000"]
    assert [row.key for row in register.districts()] == ["03154", "15089"]


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("15002000", "Halle (Saale)"),  # unique without its designation
        ("15086015", "Burg (Jerichower Land)"),  # one of several Burg
        ("05515000", "Münster (Nordrhein-Westfalen)"),  # its district is itself, so the Land
        ("01054036", "Garding, Stadt (Nordfriesland)"),  # a town and a parish in one district
        ("13075101", "Neuenkirchen (Vorpommern-Greifswald, 17392)"),  # two villages in one district
        ("12052000", "Cottbus/Chóśebuz"),
        ("03154", "Landkreis Helmstedt"),
        ("01057", "Kreis Plön"),  # Kreis, not Landkreis, in Schleswig-Holstein
        ("07232", "Eifelkreis Bitburg-Prüm"),  # the name says it already
        ("05374", "Oberbergischer Kreis"),
        ("15081", "Altmarkkreis Salzwedel"),
        ("03241", "Region Hannover"),
        ("10041", "Regionalverband Saarbrücken"),
        ("16056000", "Eisenach (Wartburgkreis)"),  # an old key, and another Eisenach in the Eifel
    ],
)
def test_a_label_is_as_short_as_it_can_be(shipped: Register, key: str, label: str) -> None:
    assert shipped.label(key) == label


def test_no_two_bodies_of_the_shipped_register_share_a_label(shipped: Register) -> None:
    assert len({shipped.label(row.key) for row in shipped}) == len(shipped)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Madgeburg", "15003000"),  # two letters swapped
        ("Magdeburg", "15003000"),
        ("Stadt Halle", "15002000"),  # the largest of four Halle
        ("Halle", "15002000"),
        ("Halle/Saale", "15002000"),  # as the region writes it
        ("Halle (Westf.)", "05754012"),
        ("Landeshauptstadt Magdeburg", "15003000"),
        ("Magdeburg, Landeshauptstadt", "15003000"),
        ("Lutherstadt Wittenberg", "15091375"),  # the list has it after the comma
        ("Stadt Wehlen", "14628370"),  # Stadt is part of the name
        ("Köln", "05315000"),
        ("Koeln", "05315000"),
        ("koln", "05315000"),  # no umlaut on the keyboard
        ("KO\u0308LN", "05315000"),  # decomposed, as macOS writes it
        ("Frankfurt", "06412000"),  # the larger of two
        ("St. Augustin", "05382056"),
        ("Cottbus", "12052000"),  # one half of a bilingual name
        ("Gelsenkirchn", "05513000"),
        ("Landkreis Helmstedt", "03154"),
        ("Kreis Helmstedt", "03154"),  # not its official designation
        ("LK Helmstett", "03154"),
        ("Helmstedt", "03154028"),  # the town before its district
        ("Emsland", "03454"),  # only a district is called so
        ("Kreis Neuss", "05162"),  # a part of the name
        ("Burg (Jerichower Land)", "15086015"),  # our own label
        ("15002", "15002000"),  # the key of an independent city as a district
    ],
)
def test_a_name_as_people_write_it_suggests_the_key(shipped: Register, name: str, key: str) -> None:
    assert shipped.suggest(name)[0].key == key


@pytest.mark.parametrize("name", ["", "  ", "x", "Bürgermeisterei", "?!", "a" * 5_000])
def test_a_name_that_is_like_none_suggests_nothing(shipped: Register, name: str) -> None:
    assert shipped.suggest(name) == ()


def test_of_equally_near_names_the_larger_comes_first(shipped: Register) -> None:
    populations = [row.population or 0 for row in shipped.suggest("Neustadt", limit=5)]

    assert len(populations) == 5
    assert populations == sorted(populations, reverse=True)


@given(text=st.text(max_size=40))
def test_any_text_can_be_searched_and_suggested(shipped: Register, text: str) -> None:
    assert len(shipped.search(text, limit=2)) <= 2
    assert len(shipped.suggest(text, limit=2)) <= 2


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("hal", "Halle (Saale)"),  # not Haltern, which is smaller
        ("köl", "Köln"),
        ("KOEL", "Köln"),
        ("kol", "Köln"),
        ("main frankf", "Frankfurt am Main"),  # words in any order
        ("saale hal", "Halle (Saale)"),
        ("15002", "Halle (Saale)"),  # a key
        ("39288", "Burg (Jerichower Land)"),  # a postcode
        ("39288 bu", "Burg (Jerichower Land)"),
        ("burg jer", "Burg (Jerichower Land)"),  # as the label tells it apart
        ("landkreis helm", "Landkreis Helmstedt"),
        ("choseb", "Cottbus/Chóśebuz"),
    ],
)
def test_a_search_finds_by_the_beginning_of_words_the_largest_first(
    shipped: Register, text: str, first: str
) -> None:
    found = shipped.search(text, limit=5)

    assert shipped.label(found[0].key) == first
    assert len(found) <= 5


@pytest.mark.parametrize("text", ["", " ", "()", "urg", "halle xyz"])
def test_a_search_finds_nothing_by_the_middle_of_words(shipped: Register, text: str) -> None:
    assert "Hamburg" not in {row.short_name for row in shipped.search(text, limit=500)}


def test_the_distance_of_halle_and_magdeburg_is_that_of_the_map(shipped: Register) -> None:
    halle, magdeburg = shipped.get("15002000"), shipped.get("15003000")

    assert distance_km(halle, magdeburg) == pytest.approx(77, abs=3)
    assert distance_km(halle, magdeburg) == distance_km(magdeburg, halle)
    assert distance_km(halle, halle) == 0
    assert distance_km(halle, a_town("15999999", lat=None)) is None


_POINTS = st.tuples(st.floats(47, 56), st.floats(5, 16))


@given(_POINTS, _POINTS, _POINTS)
def test_a_detour_is_never_shorter(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
) -> None:
    here, there, between = (a_town("15001000", lat=lat, lon=lon) for lat, lon in (a, b, c))

    direct, first, second = distance_km(here, there), distance_km(here, between), distance_km(between, there)

    assert direct is not None
    assert first is not None
    assert second is not None
    assert direct <= first + second + 1e-6


def test_the_nearest_are_of_the_same_kind_and_do_not_include_oneself(shipped: Register) -> None:
    labels = [shipped.label(row.key) for row in shipped.nearest("15002000", 3)]

    assert labels == ["Schkopau", "Salzatal", "Kabelsketal"]
    assert {row.kind for row in shipped.nearest("03154", 10)} == {Kind.DISTRICT}


def test_who_has_no_point_is_near_to_nobody() -> None:
    register = Register([a_town("15001000", lat=None), a_town("15002000"), a_town("15003000")])

    assert register.nearest("15001000") == ()
    assert [row.key for row in register.nearest("15002000")] == ["15003000"]


def test_alike_are_first_those_of_the_same_size_class_and_land() -> None:
    here = a_town("15001000", population=10_000)
    rows = [
        here,
        a_town("15001001", population=19_000, lat=52.9),  # same class and Land, else unlike
        a_town("15001002", population=10_000, lat=52.4),  # same class and Land, nearer in both
        a_town("03001003", population=10_000),  # same class, same place, another Land
        a_town("15001004", population=4_000),  # another class
        a_town("15001005", population=None),  # not known
        a_town("15001", population=10_000),  # a district
    ]

    for limit in (2, 5):  # with enough of the first choice, and without
        keys = [row.key for row in Register(rows).alike(here.key, limit)]

        assert keys == ["15001002", "15001001", "03001003", "15001004", "15001005"][:limit]


def test_alike_is_the_same_every_time(shipped: Register) -> None:
    labels = [shipped.label(row.key) for row in shipped.alike("15002000", 3)]

    assert labels == ["Magdeburg", "Erfurt", "Chemnitz"]  # the only large city of its Land first


def test_a_district_is_where_most_of_its_people_live() -> None:
    district = Municipality(key="15001", name="Musterkreis", designation="Landkreis")
    members = [
        a_town("15001001", population=3_000, lat=52.0, lon=11.0),
        a_town("15001002", population=1_000, lat=53.0, lon=12.0),
        a_town("15001003", population=500, lat=None),
        a_town("15001004", population=None),
    ]

    full, empty = with_members(district, members), with_members(district, [])

    assert (full.population, full.lat, full.lon) == (4_500, 52.25, 11.25)
    assert (empty.population, empty.lat, empty.lon) == (None, None, None)


def test_a_municipality_knows_its_land_district_kind_and_short_name() -> None:
    halle = a_town("15002000", "Halle (Saale), Stadt")

    assert (halle.land, halle.district, halle.kind) == ("15", "15002", Kind.MUNICIPALITY)
    assert halle.short_name == "Halle (Saale)"


@pytest.mark.parametrize(
    ("text", "folded", "bare"),
    [
        ("Köln-Süd", "koeln sued", "koln sud"),
        ("Groß Kreutz (Havel)", "gross kreutz havel", "gross kreutz havel"),
        ("Beła Góra", "bela gora", "bela gora"),  # Sorbian
        ("O\u0308", "oe", "o"),  # decomposed
        ("a.d. Ilm", "a d ilm", "a d ilm"),
        ("", "", ""),
    ],
)
def test_spellings_are_folded_with_and_without_umlauts(text: str, folded: str, bare: str) -> None:
    assert fold(text) == folded
    assert fold(text, bare=True) == bare


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Frankfurt am Main", "Frankfurt"),
        ("Halle (Saale)", "Halle"),
        ("Cottbus/Chóśebuz", "Cottbus"),
        ("Bad Neustadt a.d.Saale", "Bad Neustadt"),
        ("Neustadt an der Weinstraße", "Neustadt"),
        ("Köln", "Köln"),
        ("Kaiser-Wilhelm-Koog", "Kaiser-Wilhelm-Koog"),
        ("(Ort)", "(Ort)"),  # nothing before the addition
    ],
)
def test_the_head_of_a_name_is_what_namesakes_share(name: str, first: str) -> None:
    assert head(name) == first


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_suggestion_is_quick_once_the_tables_are_there(shipped: Register) -> None:
    shipped.suggest("warm")
    before = time.process_time()

    for name in ("Madgeburg", "Gelsenkirchn", "Rothenburg ob der Taubr"):
        shipped.suggest(name)

    assert (time.process_time() - before) / 3 < 0.3  # measured: 0.02; far above, for busy machines
