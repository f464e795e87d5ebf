"""Standards are named where something shows that they are used."""

import json

import pytest
from sightings import a_sighting, reasons, values

from catalogue.domain.snapshot import Question
from harvest.readers.standards_used import read_standards


def standards(files: dict[str, str]) -> list[tuple[str, str]]:
    found = values(read_standards(a_sighting(files=files)), Question.STANDARDS)
    return [(value["id"], value["rule"]) for value in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Server spricht OParl 1.1.", ["oparl"]),
        ("Sensors via the OGC SensorThings API and MQTT", ["sensorthings", "mqtt"]),
        ("Importiert XPlanGML und XPlanung 5.4", ["xplanung"]),
        ("Karten über WMS, WMTS und WFS-T", ["wms", "wfs", "wmts"]),
        ("GTFS und GTFS-RT", ["gtfs", "gtfs-realtime"]),
        ("GTFS-Flex v2 feed", ["gtfs-flex"]),
        ("compatible to DATEX II", ["datex-ii"]),
        ("DCAT-AP.de export", ["dcat-ap-de"]),
        ("implements OGC API Features", ["ogc-api-features"]),
        ("OGC API – Processes", ["ogc-api-processes"]),
        ("Open311 (CitySDK)", ["open311"]),
        ("NGSI-LD broker", ["ngsi-ld"]),
        ("Anmeldung mit BundID und FIT-Connect", ["fit-connect", "bundid"]),
        ("data from The Things Network", ["lorawan"]),
    ],
)
def test_a_standard_is_recognised_by_its_name(text, expected):
    assert standards({"README.md": f"# T\n\n{text}\n"}) == [(name, "named") for name in expected]


@pytest.mark.parametrize(
    "text",
    [
        "see oparl.py",  # a file
        "https://wiki.org/WMS/OParl",  # an address is no statement
        "[docs](https://x.org/GTFS)",
        "`WMS`",
        "OParl is not supported",
        "OParl ist geplant",
        "- [ ] GBFS",
        "siri, show me the way",  # an assistant
        "an inspired design, SIRIUS, INSPIRED, XPlane, fim, matrix, the Matrix class",
        "SWMS and WMSX",
    ],
)
def test_what_only_sounds_like_a_standard_is_none(text):
    assert standards({"README.md": f"# T\n\n{text}\n"}) == []


def test_code_is_no_statement():
    assert standards({"README.md": "```\nWMS GTFS OParl\n```\n"}) == []


def test_a_dependency_is_better_evidence_than_a_word():
    files = {"README.md": "It speaks MQTT.\n", "package.json": json.dumps({"dependencies": {"mqtt": "^5"}})}

    assert standards(files) == [("mqtt", "dependency")]
    assert standards({"requirements.txt": "# x\npaho-mqtt==2.0\n"}) == [("mqtt", "dependency")]
    assert standards({"requirements.txt": "mqttish==2.0\n"}) == []


def test_a_file_of_a_standard_shows_it():
    assert standards({"api/openapi.yaml": "openapi: 3.1.0\n"}) == [("openapi", "file")]
    assert standards({"node_modules/x/openapi.yaml": "openapi: 3.1.0\n"}) == []


def test_the_place_is_named():
    (fact,) = read_standards(a_sighting(files={"README.md": "# T\n\nSpricht OParl.\n"}))

    assert (fact.where.path, fact.where.first_line) == ("README.md", 3)


def test_none_is_absent_only_where_all_was_seen():
    assert reasons(read_standards(a_sighting("a")), Question.STANDARDS) == ["absent"]
    assert reasons(read_standards(a_sighting("a", is_whole=False)), Question.STANDARDS) == ["too-large"]
