"""Items of the lists beside the solutions."""

import pytest
from builders import HALLE, an_item

from catalogue.domain.bodies import ModelProject, Organisation, Topic
from catalogue.domain.lists import model_project_of, organisation_of, synonym_group_of, topic_of
from catalogue.domain.synonyms import SynonymGroup


def test_an_organisation_has_what_its_item_says():
    item = an_item(
        "kielregion",
        name=" KielRegion ",
        short_name="Kiel",
        kind="region",
        land="01",
        members=["01002000", " "],
        homepage="https://example.org/",
        note={"de": "Hinweis", "en": "Note"},
    )

    assert organisation_of(item) == Organisation(
        id="kielregion",
        name="KielRegion",
        short_name="Kiel",
        kind="region",
        land="01",
        members=("01002000",),
        homepage="https://example.org/",
        note_de="Hinweis",
        note_en="Note",
    )


def test_a_model_project_has_what_its_item_says():
    item = an_item(
        "halle",
        name="Halle",
        round="2021",
        category="large-city",
        members=[HALLE],
        solutions=["hal-plan"],
        evidence=[{"address": "https://example.org/"}, {"source": "Broschüre"}],
    )

    assert model_project_of(item) == ModelProject(
        id="halle",
        name="Halle",
        round="2021",
        category="large-city",
        members=(HALLE,),
        solutions=("hal-plan",),
        evidence=(("https://example.org/", None), (None, "Broschüre")),
    )


def test_a_topic_has_what_its_item_says():
    item = an_item(
        "energy", de="Energie", en="Energy", description={"de": "a", "en": "b"}, icon="bolt", parent="climate"
    )

    assert topic_of(item) == Topic(
        id="energy",
        de="Energie",
        en="Energy",
        description_de="a",
        description_en="b",
        icon="bolt",
        parent="climate",
    )


def test_a_synonym_group_has_the_words_of_its_item_in_their_order():
    item = an_item("gdi", words=[" GDI ", "Geodateninfrastruktur", ""], asked=["Karten teilen"])

    assert synonym_group_of(item) == SynonymGroup("gdi", ("GDI", "Geodateninfrastruktur"), ("Karten teilen",))
    assert synonym_group_of(an_item("gdi", words=["GDI"])).asked == ()


@pytest.mark.parametrize("value", [None, "", "x", ["x"], [["x"]], {"de": ["x"]}, {"x": "y"}])
def test_whatever_stands_there_an_item_can_be_read(value):
    fields = dict.fromkeys(
        [
            "name",
            "kind",
            "land",
            "members",
            "note",
            "round",
            "evidence",
            "solutions",
            "de",
            "en",
            "description",
            "words",
            "asked",
            "parent",
        ],
        value,
    )
    item = an_item("a", **fields)

    assert organisation_of(item).name in ("a", "x")
    assert model_project_of(item).id == "a"
    assert topic_of(item).de in ("a", "x")
    assert set(synonym_group_of(item).words) <= {"x"}
