"""What clerks type, on the shipped entries: the wanted solution is among the first few."""

import pytest

from catalogue.storage.search.index import SearchIndex
from catalogue.storage.search.query import SearchQuery


@pytest.mark.parametrize(
    ("text", "wanted", "first"),
    [
        ("Digitale Zwillinge", "hal-plan", 3),
        ("digital twin", "hal-plan", 5),
        ("hal plan", "hal-plan", 1),
        ("Wo kann ich ein Schlagloch melden?", "klarschiff", 1),
        ("Wie bekommen wir Leute dazu, beim neuen Marktplatz mitzureden?", "dipas", 3),
        ("Bürger*innen-Beteiligungsplattform", "consul", 3),
        ("Buergerbeteiligung", "dipas", 3),
        ("Bürgerbeteilgung", "dipas", 3),  # a letter is missing
        ("Termine online buchen im Bürgeramt", "zms-eappointment", 1),
        ("appointment booking for citizens", "zms-eappointment", 2),
        ("Where are free parking spaces?", "parkapi", 2),
        ("Ratsinformationssystem", "meine-stadt-transparent", 2),
        ("Schöffenwahl", "ehrenamtjustiz", 1),
        ("Kita-Plätze planen", "isi", 1),
        ("Starkregen Warnung", "hochwasserinfo-lemgo-kalletal", 1),
        ("Bäume gießen", "giess-den-kiez", 1),
        ("Mitfahren auf dem Land", "amarillo", 2),
        ("KI für Anfragen im Stadtrat", "parla", 2),
        ("digitaler Zwilling", "hal-plan", 1),
        ("Citizen participation", "consul", 3),
        ("Citizen participation", "dipas", 3),
        ("Beteiligungsportal", "consul", 4),
        ("Bu\u0308rgerbeteiligung", "dipas", 3),
        ("Wahlhelfer", "wahllokalsystem", 1),
    ],
)
def test_clerks_find_what_they_look_for(real_index: SearchIndex, text: str, wanted: str, first: int):
    hits = [hit.id for hit in real_index.search(SearchQuery(text=text, limit=first)).hits]

    assert wanted in hits


def test_magdeburg_leads_to_what_it_reuses(real_index: SearchIndex):
    assert "hal-plan" in [hit.id for hit in real_index.search(SearchQuery(text="Madgeburg")).hits]


@pytest.mark.parametrize(
    "text", ["asdfgh qwertz", "Quantenphysik Vorlesung", "Banane", "Rezept für Apfelkuchen", "xx yy zz"]
)
def test_nonsense_finds_nothing(real_index: SearchIndex, text: str):
    assert real_index.search(SearchQuery(text=text)).total == 0


def test_who_asks_for_the_planning_of_heat_gets_no_tool_for_all_other_planning(real_index: SearchIndex):
    found = [hit.id for hit in real_index.search(SearchQuery(text="kommunale Wärmeplanung")).hits]

    assert not {"xplanbox", "demosplan", "hal-plan"} & set(found)
