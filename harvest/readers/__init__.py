"""From what was seen to what was learned: each reader is pure and answers its questions or says why not."""

from collections.abc import Callable, Iterable

from catalogue.domain.snapshot import Fact, Gap
from harvest.readers.contact import read_contact
from harvest.readers.dependencies import read_dependencies
from harvest.readers.described import read_described
from harvest.readers.forge_facts import read_forge
from harvest.readers.languages import read_languages
from harvest.readers.licence import read_licence
from harvest.readers.operation import read_operation
from harvest.readers.packaging import read_packaging
from harvest.readers.publiccode import read_publiccode_file
from harvest.readers.standards_used import read_standards
from harvest.readers.tree_signs import read_tree_signs
from harvest.sighting import Sighting

# Raise it with any change of what a reader makes of a repository: quiet ones are then read anew once.
VERSION = "1"

Reader = Callable[[Sighting], Iterable[Fact | Gap]]

# A new question is a new reader here; no reader knows another one's answer.
READERS: tuple[Reader, ...] = (
    read_publiccode_file,
    read_licence,
    read_described,
    read_contact,
    read_tree_signs,
    read_operation,
    read_packaging,
    read_languages,
    read_standards,
    read_dependencies,
    read_forge,
)


def read(sighting: Sighting) -> tuple[tuple[Fact, ...], tuple[Gap, ...]]:
    """All facts and all gaps of one look, in the order of the readers; the sighting's own gaps come first.

    The history is read apart: `activity.read_activity` and `activity.read_releases`.
    """
    found = [one for reader in READERS for one in reader(sighting)]
    facts = tuple(one for one in found if isinstance(one, Fact))
    return facts, (*sighting.gaps, *(one for one in found if isinstance(one, Gap)))
