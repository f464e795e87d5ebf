"""A valid publiccode.yml to change in tests, and where the real ones lie."""

import pytest

from catalogue import places
from catalogue.standards.publiccode.check import check_text

CORPUS = places.PACKAGE.parent.parent / "shared" / "corpus"
with_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the corpus is not at {CORPUS}")

LONG = "Die Anwendung zeigt Bürgerinnen und Bürgern, was ihre Stadt plant. " * 3
VALID = f"""publiccodeYmlVersion: "0"
name: Planfenster
url: https://git.stadt.example/planfenster
platforms:
  - web
developmentStatus: stable
softwareType: standalone/web
description:
  de:
    shortDescription: Zeigt, was die Stadt plant.
    longDescription: {LONG}
    features:
      - Karte
legal:
  license: EUPL-1.2
maintenance:
  type: internal
  contacts:
    - name: Stadt Beispiel
localisation:
  localisationReady: true
  availableLanguages:
    - de
"""


def changed(old: str, new: str) -> str:
    """The valid file with one part replaced; the part must be there once."""
    assert VALID.count(old) == 1
    return VALID.replace(old, new)


def found(text: str, look=None) -> list[tuple[str, str, int]]:
    """Key, code and line of each problem."""
    return [(problem.key, problem.code, problem.line) for problem in check_text(text, look)]


def found_with(addition: str) -> list[tuple[str, str]]:
    """Key and code of each problem of the valid file with lines added to its end."""
    return [(key, code) for key, code, _ in found(VALID + addition)]
