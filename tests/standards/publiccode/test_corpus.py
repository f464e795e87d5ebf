"""The verdicts of the reference parser on its own test files, and real files of all kinds."""

import csv
import json
import sys
from collections.abc import Iterator

import pytest
from publiccode_samples import CORPUS, with_corpus

from catalogue.services.publiccode import check_file
from catalogue.standards.publiccode.read import read_publiccode
from catalogue.standards.publiccode.wording import sentences

PARSER = CORPUS / "publiccode-parser"
REAL = sorted((CORPUS / "publiccode").glob("*.yml"))
NETWORK = ("not reachable", "is not a valid code repository")


def _rows(name: str) -> Iterator[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    with (PARSER / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)


def _verdicts() -> list[tuple[str, str, list[dict[str, object]]]]:
    """File, verdict and messages, as they are without network."""
    if not PARSER.is_dir():
        return []
    offline = {row["file"]: row for row in _rows("verdicts-network-off.tsv")}
    judged = []
    for row in _rows("verdicts.tsv"):
        if row["verdict"] == "untested":
            continue
        verdict, messages = row["verdict"], json.loads(row["expected_json"] or "[]")
        if row["needs_network"] == "yes":
            verdict = offline[row["file"]]["verdict_network_off"]
            messages = json.loads(offline[row["file"]]["expected_json"])
        if row["needs_network"] == "some_messages":
            messages = [one for one in messages if not any(text in one["message"] for text in NETWORK)]
        judged.append((row["file"], verdict, messages))
    return judged


@with_corpus
@pytest.mark.parametrize(("file", "verdict", "messages"), _verdicts(), ids=lambda part: str(part)[:60])
def test_the_verdict_is_that_of_the_reference_parser(file, verdict, messages):
    checked = check_file(str(PARSER / "testdata" / file))

    ours = "invalid" if not checked.is_valid else "valid_with_warnings" if checked.problems else "valid"
    assert ours == verdict
    assert {(p.key, p.severity.value, p.line, p.column) for p in checked.problems} == {
        (one["key"], one["type"], one["line"], one["column"]) for one in messages
    }


@with_corpus
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_real_file_is_read_whatever_is_wrong_with_it(path):
    read = read_publiccode(path.read_bytes())

    assert read.name
    assert read.url or "deadcode" in path.stem
    assert read.descriptions or "vikunja" in path.stem
    for problem in check_file(str(path)).problems:
        for language in ("de", "en"):
            assert all(sentences(problem, language))
