"""Solutions and bodies for the search's tests: complete by default, the test names what differs."""

from catalogue.domain.bodies import Bodies, Organisation, Topic
from catalogue.domain.entry import Value
from catalogue.domain.register import Municipality, Register
from catalogue.domain.solution import Solution
from catalogue.domain.solution_from_entry import solution_from, solution_of
from catalogue.places import ENTRIES, REGISTER
from catalogue.storage.entries import load_folder
from catalogue.storage.register import load_register
from catalogue.storage.search.documents import SearchContext

TOWNS = (
    ("15002000", "Halle (Saale), Stadt", 239_000),
    ("15003000", "Magdeburg, Landeshauptstadt", 237_000),
    ("05315000", "Köln, Stadt", 1_073_000),
    ("06611000", "Kassel, Stadt", 201_000),
    ("03154013", "Mariental", 1_100),
    ("03154", "Helmstedt", 90_000),
)
TOPICS = {
    "mobility": Topic(id="mobility", de="Mobilität", en="Mobility"),
    "energy": Topic(id="energy", de="Energie", en="Energy"),
    "open-data": Topic(id="open-data", de="Open Data", en="Open data"),
    "solar": Topic(id="solar", de="Sonnenstrom", en="Solar power", parent="energy"),
}


def a_context() -> SearchContext:
    """Towns, a district, one company and four topics, one of them part of another."""
    register = Register(Municipality(key=key, name=name, population=size) for key, name, size in TOWNS)
    organisations = {"acme": Organisation(id="acme", name="Acme GmbH", kind="company", land="11")}
    return SearchContext(Bodies(register, organisations), TOPICS, {})


def a_solution(
    solution_id: str = "example", *, text: str = "", text_en: str = "", **fields: Value
) -> Solution:
    """A solution of Halle with a plain text."""
    given: dict[str, Value] = {
        "name": f"Beispiel {solution_id}",
        "summary": {"de": "Etwas für das Rathaus."},
        "providers": [{"body": "15002000", "role": "owner"}],
        "topics": ["mobility"],
        **fields,
    }
    return solution_from(solution_id, given, text, text_en)


def used_by(*bodies: str) -> list[Value]:
    """Reuses that count."""
    return [{"body": body, "relation": "uses", "stage": "in-use", "confirmed": "yes"} for body in bodies]


def the_shipped() -> tuple[list[Solution], SearchContext]:
    """The solutions of the shipped entries and what they refer to."""
    entries = load_folder(ENTRIES)
    context = SearchContext(
        Bodies(load_register(REGISTER), entries.organisations),
        entries.topics,
        entries.model_projects,
        tuple(entries.synonyms.values()),
    )
    return [solution_of(entry) for entry in entries.entries], context
