"""The real entries: without errors, complete, and with every reuse that the fact sheets know."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from catalogue import places
from catalogue.domain.bodies import Bodies
from catalogue.domain.entry import Severity
from catalogue.domain.reuse import Stage
from catalogue.domain.solution import Solution
from catalogue.domain.solution_from_entry import solution_of
from catalogue.domain.wording import line_of
from catalogue.services.check import CheckedFolder, check_folder
from catalogue.standards.dates import parse_date
from catalogue.storage.register import load_register
from catalogue.storage.search import stems
from catalogue.storage.search.tokens import tokenise

# What people call it, and what it is called in the town hall: one word of a group finds the other.
SAME = [
    ("GDI", "Geodateninfrastruktur"),
    ("Ratsinformationssystem", "Sitzungsdienst"),
    ("ÖPNV", "Nahverkehr"),
    ("Kita", "Kindergarten"),
    ("B-Plan", "Bebauungsplan"),
    ("ÖGD", "Gesundheitsamt"),
    ("participation", "Bürgerbeteiligung"),
]
ASKED = [
    ("Loch in der Straße", "Mängelmelder"),
    ("mitreden", "Bürgerbeteiligung"),
    ("Stadt von oben", "digitaler Zwilling"),
    ("wann wird der Müll abgeholt", "Abfallkalender"),
    ("appointment booking", "Terminbuchung"),
]
FACTS = places.PACKAGE.parent.parent / "shared" / "facts"
with_facts = pytest.mark.skipif(not FACTS.is_dir(), reason=f"the fact sheets are not at {FACTS}")
REGISTER = load_register(places.REGISTER)


@pytest.fixture(scope="module")
def checked() -> CheckedFolder:
    # The day of the entries' last review: a test must not fail because a year has passed.
    newest = max(re.findall(r"^reviewed: *(\S+)", _all_text(), re.MULTILINE))
    return check_folder(places.ENTRIES, REGISTER, today=parse_date(newest)[1])


@pytest.fixture(scope="module")
def solutions(checked: CheckedFolder) -> dict[str, Solution]:
    return {entry.id: solution_of(entry) for entry in checked.folder.entries}


def _all_text() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in _files())


def _files() -> list[Path]:
    return sorted((places.ENTRIES / "solutions").glob("*.md"))


def test_the_real_entries_have_no_errors(checked):
    errors = [line_of(problem, "en") for problem in checked.problems if problem.severity is Severity.ERROR]

    assert errors == []
    assert checked.bad_ids == frozenset()


def test_all_solutions_and_model_projects_are_there(checked):
    assert len(checked.folder.entries) == 74
    assert len(checked.folder.model_projects) == 73


def test_every_topic_is_used_and_every_organisation_known_for_something(checked, solutions):
    used_topics = {topic for solution in solutions.values() for topic in solution.topics}
    used_bodies = {
        body
        for solution in solutions.values()
        for body in (
            *(provider.body for provider in solution.providers),
            *(reuse.body for reuse in solution.reuses),
            *(support.body for support in solution.support),
        )
    }
    used_bodies |= {
        member for project in checked.folder.model_projects.values() for member in project.members
    }
    used_bodies |= {member for one in checked.folder.organisations.values() for member in one.members}

    assert set(checked.folder.topics) - used_topics == set()
    assert set(checked.folder.organisations) - used_bodies == set()


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_synonyms_know_what_means_the_same(checked, one, other):
    assert any({one, other} <= set(group.words) for group in checked.folder.synonyms.values())


@pytest.mark.parametrize(("asked", "meant"), ASKED)
def test_the_synonyms_know_what_a_question_means(checked, asked, meant):
    groups = checked.folder.synonyms.values()

    assert any(asked in group.asked and meant in group.words for group in groups)


def test_no_synonym_is_only_another_form_of_one_in_its_group(checked):
    for group in checked.folder.synonyms.values():
        forms = [tuple(stems.german(token.form) for token in tokenise(word)) for word in group.words]
        assert len(set(forms)) == len(forms), group


def test_words_of_two_groups_are_not_forms_of_one_word(checked):
    groups: dict[tuple[str, ...], str] = {}
    for group in checked.folder.synonyms.values():
        for word in group.words:
            form = tuple(stems.german(token.form) for token in tokenise(word))
            assert groups.setdefault(form, group.id) == group.id, word


def test_no_body_is_named_by_a_key_of_before_a_merger(checked, solutions):
    bodies = Bodies(REGISTER, checked.folder.organisations)
    named = {reuse.body for solution in solutions.values() for reuse in solution.reuses}

    assert bodies.canonical(named) == named


def test_the_texts_are_german_and_speak_of_use_and_takeover(solutions):
    for solution in solutions.values():
        assert len(solution.text_de) > 200, solution.id
        assert re.search(r"\b(der|die|das|und|für|nicht)\b", solution.text_de), solution.id
        assert solution.summary_de.endswith("."), solution.id


def test_magdeburg_uses_hal_plan_without_confirmation(solutions):
    (row,) = [reuse for reuse in solutions["hal-plan"].reuses if reuse.body == "15003000"]

    assert (row.stage, row.confirmed, row.seen, row.since) == (Stage.IN_USE, False, "2025", None)


def test_the_eleven_towns_of_the_competition_tried_hal_plan_until_2025(solutions):
    trials = [reuse for reuse in solutions["hal-plan"].reuses if reuse.stage is Stage.TRIAL]

    assert len(trials) == 11
    assert {(reuse.until, reuse.confirmed) for reuse in trials} == {("2025", False)}


def _sheets(name):
    return yaml.safe_load((FACTS / f"{name}.yml").read_text(encoding="utf-8"))


@with_facts
def test_the_ids_are_those_of_the_fact_sheets(solutions):
    assert solutions.keys() == {sheet["id"] for sheet in _sheets("solutions")}


# Rows of the sheets that count and name nobody: no municipality is invented for them.
ONLY_COUNTED = {
    ("integreat", "more than 70 cities and districts"),
    ("ga-lotse", "eleven further Hessian municipalities (health offices)"),
    ("ozg-cloud", "more than half of the municipalities in Schleswig-Holstein"),
}


def _rows_of_sheets():
    """(id of the solution, who, key) of each reuse that names somebody; the key may be a Land's or ""."""
    for sheet in _sheets("solutions"):
        for row in sheet.get("reuse") or []:
            if (sheet["id"], row["who"]) not in ONLY_COUNTED:
                yield sheet["id"], row["who"], str(row.get("ags") or "")


@with_facts
def test_every_reuse_of_the_fact_sheets_is_a_row_of_its_entry(checked, solutions):
    bodies = Bodies(REGISTER, checked.folder.organisations)

    missing = []
    for solution_id, who, key in _rows_of_sheets():
        rows = [bodies.get(reuse.body) for reuse in solutions[solution_id].reuses]
        if len(key) > 2:
            found = bodies.canonical([key]) <= {body.key for body in rows}
        else:  # no key, or that of the Land alone: an organisation or a district, by its name
            found = any(_is_named(who, body.label) for body in rows)
        if not found:
            missing.append((solution_id, who, key))

    assert missing == []


def _is_named(who, label):
    """Whether the two names share a word that is more than "Stadt" or "Landkreis"."""
    ordinary = {
        "stadt",
        "landkreis",
        "kreis",
        "land",
        "amt",
        "bezirk",
        "gemeinde",
        "und",
        "der",
        "des",
        "berlin",
    }
    words = [set(re.findall(r"\w{3,}", text.casefold())) - ordinary for text in (who, label)]
    return bool(words[0] & words[1])


@with_facts
def test_no_entry_has_fewer_reuse_rows_than_its_sheet_names(solutions):
    named = Counter(solution_id for solution_id, _, _ in _rows_of_sheets())

    assert {key: count for key, count in named.items() if len(solutions[key].reuses) < count} == {}
    assert named.total() == 109


@with_facts
def test_who_is_only_counted_is_stated_reach_or_said_to_be_unconfirmed(solutions):
    for solution_id, _ in ONLY_COUNTED:
        solution = solutions[solution_id]
        assert solution.stated_reach or any("nicht namentlich" in text for text in solution.unconfirmed)


@with_facts
def test_the_model_projects_are_those_of_the_fact_sheets(checked):
    projects = list(checked.folder.model_projects.values())
    bodies = Bodies(REGISTER, checked.folder.organisations)

    for sheet, project in zip(_sheets("model-projects"), projects, strict=True):
        assert str(sheet["round"]) == project.round, sheet["name"]
        assert set(sheet.get("solutions_in_this_sheet") or []) == set(project.solutions), sheet["name"]
        keys = {member["ags"] for member in sheet["members"] if len(str(member.get("ags") or "")) in (5, 8)}
        assert bodies.canonical(keys) <= bodies.canonical(project.members), sheet["name"]
