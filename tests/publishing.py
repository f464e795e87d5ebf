"""What tests of publishing need: entries, folders, a small register, an index that is a JSON file."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from catalogue.domain.entry import Entry, Problem, Value
from catalogue.domain.register import Municipality, Register, Successor
from catalogue.services.check import CheckedFolder
from catalogue.services.publish import Published, publish
from catalogue.services.republish import republish
from catalogue.services.search_index import Contents, IndexFormat
from catalogue.storage.entries import LISTS, EntriesFolder
from catalogue.storage.store import Store

HALLE, MAGDEBURG, SMALL, MERGED = "15002000", "15003000", "15081001", "15081000"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 12, tzinfo=UTC)

REGISTER = Register(
    [
        Municipality(key=HALLE, name="Halle (Saale), Stadt", designation="Stadt", population=240_000),
        Municipality(key=MAGDEBURG, name="Magdeburg, Landeshauptstadt", population=240_000),
        Municipality(key=SMALL, name="Kleinstadt", population=4_000),
        Municipality(key="15081", name="Altmarkkreis", designation="Landkreis"),
    ],
    {MERGED: Successor(SMALL)},
)


def an_entry(entry_id: str = "hal-plan", /, *, text: str = "Was es tut", **fields: Value) -> Entry:
    """A good entry; whatever differs is named."""
    complete: dict[str, Value] = {
        "name": entry_id.title(),
        "summary": {"de": "Ein Satz über Bäume und Straßen."},
        "providers": [{"body": HALLE, "role": "owner"}],
        "topics": ["digital-twin"],
        "contact": {"page": "https://example.org/"},
        "evidence": [{"address": "https://example.org/beleg"}],
    }
    return Entry(
        id=entry_id,
        file=f"entries/solutions/{entry_id}.md",
        fields={**complete, **fields},
        lines={},
        text=text,
    )


def a_reuse(body: str, *, stage: str = "in-use", confirmed: str = "yes", **more: Value) -> dict[str, Value]:
    """A row of `reuses`."""
    return {"body": body, "relation": "uses", "stage": stage, "confirmed": confirmed, **more}


def an_item(kind: str, item_id: str, /, **fields: Value) -> Entry:
    """An item of a list."""
    return Entry(id=item_id, file=f"entries/{LISTS[kind]}", fields=fields, lines={}, prefix=(item_id,))


TOPIC = an_item("topic", "digital-twin", de="Digitaler Zwilling", en="Digital twin")
ORGANISATION = an_item("organisation", "kielregion", name="KielRegion", kind="region", land="01")
PROJECT = an_item("model-project", "halle", name="Halle", round="1", category="large-city", members=[HALLE])
ITEMS: Mapping[str, tuple[Entry, ...]] = {
    "topic": (TOPIC,),
    "organisation": (ORGANISATION,),
    "model-project": (PROJECT,),
}


def a_folder(
    *entries: Entry,
    items: Mapping[str, tuple[Entry, ...]] = ITEMS,
    bad_ids: Iterable[str] = (),
    bad_lists: Iterable[str] = (),
    problems: Iterable[Problem] = (),
) -> CheckedFolder:
    """A checked entries folder."""
    return CheckedFolder(
        folder=EntriesFolder(entries=entries, items=items),
        problems=tuple(problems),
        bad_ids=frozenset(bad_ids),
        bad_lists=frozenset(bad_lists),
    )


def build(
    folder: Path,
    contents: Contents,
    progress: Callable[[int], None] | None,
    previous: Path | None = None,
) -> None:
    """An index of two files, the second of which says what the first must hold."""
    documents = {
        s.id: [s.name, s.text_de, contents.dates[s.id][1].isoformat(), sorted(r.body for r in s.reuses)]
        for s in contents.solutions
    }
    (folder / "documents.json").write_text(json.dumps(documents))
    if progress:
        progress(len(documents))
    (folder / "complete.json").write_text(json.dumps(len(documents)))


def change(folder: Path, contents: Contents, previous: Path) -> bool:
    """The index of `previous` with these documents in the place of older ones; False where it is broken."""
    if not is_usable(previous):
        return False
    build(folder, contents, None)
    changed = json.loads((folder / "documents.json").read_text())
    documents = {**json.loads((previous / "documents.json").read_text()), **changed}
    (folder / "documents.json").write_text(json.dumps(documents))
    (folder / "complete.json").write_text(json.dumps(len(documents)))
    return True


def is_usable(folder: Path) -> bool:
    """Whether the folder holds such an index, complete."""
    try:
        documents = json.loads((folder / "documents.json").read_text())
        return len(documents) == json.loads((folder / "complete.json").read_text())
    except (OSError, ValueError):
        return False


INDEX = IndexFormat(version="1", build=build, change=change, is_usable=is_usable)


class Desk:
    """A store with its data folder, and publishing with few words."""

    def __init__(self, data_folder: Path, *, register: Register = REGISTER) -> None:
        self.data_folder = data_folder
        self.register = register
        self.store = Store.open(f"sqlite:///{data_folder}/catalogue.db", migrate=True)

    def publish(
        self,
        *entries: Entry,
        folder: CheckedFolder | None = None,
        register: Register | None = None,
        index: IndexFormat = INDEX,
        now: datetime = NOW,
        **more: object,
    ) -> Published:
        """Publish these entries, or the folder."""
        return publish(
            self.store,
            folder or a_folder(*entries),
            register or self.register,
            self.data_folder,
            index=index,
            now=now,
            **more,
        )

    def republish(self, *, now: datetime = LATER, **more: object) -> int | None:
        """Publish what reports say now."""
        return republish(self.store, self.register, self.data_folder, index=INDEX, now=now, **more)

    def reusers(self, solution: str = "hal-plan") -> set[str]:
        """The bodies that the published catalogue names or counts as users."""
        rows = self.store.published_reuse.of([solution]).get(solution, ())
        return {row.body for row in rows if row.counts}

    @property
    def index_names(self) -> list[str]:
        """The names below `index/`."""
        return sorted(path.name for path in (self.data_folder / "index").glob("*"))

    def assert_whole(self) -> set[str]:
        """The store and the index that it names hold the same; returns the names of the solutions."""
        state = self.store.state()
        folder = self.data_folder / "index" / state.index_folder
        assert is_usable(folder)
        reuses = self.store.published_reuse.of()
        stored = {
            s.solution.id: [
                s.solution.name,
                s.solution.text_de,
                s.last_changed.isoformat(),
                sorted(reuse.body for reuse in reuses.get(s.solution.id, ())),
            ]
            for s in self.store.all_solutions()
        }
        assert json.loads((folder / "documents.json").read_text()) == stored
        assert self.store.reuse_counts().keys() == stored.keys()
        return {name for name, *_ in stored.values()}
