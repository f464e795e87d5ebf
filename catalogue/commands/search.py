"""`catalogue search`: the ranking of the pages on the command line, for one question, many, or measured."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import click
from click.core import ParameterSource

from catalogue import places
from catalogue.commands.evaluation import as_json as figures_as_json
from catalogue.commands.evaluation import as_text as figures_as_text
from catalogue.commands.publish import run
from catalogue.config import Settings
from catalogue.services import browse
from catalogue.services.catalogue import Catalogue, index_format, open_catalogue
from catalogue.services.evaluate import answer, evaluate, is_semantic_installed
from catalogue.services.search import Hit, SearchQuery
from catalogue.storage.errors import StoreMissing
from catalogue.storage.questions import QuestionsFault, load_questions
from catalogue.storage.register import load_register
from catalogue.storage.store import Store


@click.command()
@click.argument("text", required=False)
@click.option("--batch", type=click.File("rb"), metavar="FILE", help="Answer each line of FILE; - is stdin.")
@click.option(
    "--evaluate",
    "measured",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Measure the search by the graded queries of FILE; repeatable.",
)
@click.option("--worst", type=click.IntRange(1, 1000), help="With --evaluate: also show the N worst queries.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON; of a batch, one object a line.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.pass_context
def search(
    context: click.Context,
    text: str | None,
    batch: BinaryIO | None,
    measured: tuple[Path, ...],
    worst: int | None,
    as_json: bool,
    limit: int,
) -> None:
    """Search the published catalogue for TEXT, or for each line of a file, or measure the search.

    Where nothing is published yet, the entries are published first.
    """
    if [text is not None, batch is not None, bool(measured)].count(True) != 1:
        raise click.UsageError("Give one of these: TEXT, --batch FILE, --evaluate FILE (repeatable).")
    if batch and not as_json:
        raise click.UsageError("A batch is answered as JSON: add --json.")
    if worst and not measured:
        raise click.UsageError("--worst belongs to --evaluate.")
    if measured and context.get_parameter_source("limit") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--evaluate looks at the first ten hits; leave out --limit.")
    if measured:
        _evaluate(context.obj, measured, worst or 0, as_json=as_json)
    elif batch:
        _answer_lines(context.obj, batch, limit)
    else:
        _answer(context.obj, text or "", limit, as_json=as_json)


def _answer(settings: Settings, text: str, limit: int, *, as_json: bool) -> None:
    with _opened(settings) as catalogue:
        found = browse.find(catalogue, SearchQuery(text=text, limit=limit))
    names = {card.solution.id: card.solution.name for card in found.cards}
    if as_json:
        facets = {
            group.name: {value.value: value.count for value in group.values} for group in found.result.facets
        }
        hits = [{"name": names.get(hit.id, hit.id), **_plain(hit)} for hit in found.result.hits]
        click.echo(
            json.dumps({"total": found.result.total, "hits": hits, "facets": facets}, ensure_ascii=False)
        )
        return
    click.echo(f"{found.result.total}")
    for hit in found.result.hits:
        click.echo(f"{round(hit.score, 4):>10}  {hit.id:<32} {names.get(hit.id, hit.id)}")


def _answer_lines(settings: Settings, lines: BinaryIO, limit: int) -> None:
    with _opened(settings) as catalogue:
        for line in lines:
            text = line.decode("utf-8-sig", "replace").removesuffix("\n").removesuffix("\r")
            found = answer(catalogue.index, text, limit)
            row = {"query": text, "total": found.total, "hits": [_plain(hit) for hit in found.hits]}
            # Beyond ASCII all is escaped: there are letters that other programs take for the end of a line.
            click.echo(json.dumps(row))  # flushes, for whoever asks the next question after the answer


def _plain(hit: Hit) -> dict[str, object]:
    row: dict[str, object] = {"id": hit.id, "score": round(hit.score, 4)}
    return row if hit.by == "words" else {**row, "by": hit.by}


def _evaluate(settings: Settings, files: tuple[Path, ...], worst: int, *, as_json: bool) -> None:
    try:
        questions = {path: load_questions(path) for path in files}
    except QuestionsFault as error:
        raise click.ClickException(f"these queries cannot be used\n{error}") from None
    with _opened(settings) as catalogue:
        published = catalogue.store.published().keys()
        for path, of_file in questions.items():
            if unknown := {key for one in of_file for key in one.grades} - published:
                click.echo(
                    f"note: {path} grades what is not published, which counts as not found:"
                    f" {', '.join(sorted(unknown))}",
                    err=True,
                )
        found = {str(path): evaluate(catalogue.index, of_file) for path, of_file in questions.items()}
    if as_json:
        click.echo(json.dumps(figures_as_json(found, worst), ensure_ascii=False, indent=1))
        return
    for name, evaluation in found.items():
        click.echo(f"{name}\n\n{figures_as_text(evaluation, worst)}\n")
    if not catalogue.index.knows_meanings:
        why = "the index was made without it" if is_semantic_installed() else "it is not installed"
        click.echo(f"meaning was not measured: the extra `semantic` is needed, and {why}")


@contextmanager
def _opened(settings: Settings) -> Iterator[Catalogue]:
    """The published catalogue; what is not published yet is published first."""
    register = load_register(places.register_folder(settings.data))
    with closing(_store(settings)) as store:
        index = index_format(semantic=settings.semantic)
        catalogue = open_catalogue(store, settings.data, register, index=index)
        with catalogue.index:
            yield catalogue


def _store(settings: Settings) -> Store:
    with suppress(StoreMissing):
        store = Store.open(settings.database_url, migrate=False)
        if store.find_state():
            return store
        store.close()
    click.echo("note: nothing is published yet; publishing the entries", err=True)
    refused = run(settings).plan.refused
    if refused:
        click.echo(f"note: refused, see catalogue check: {', '.join(refused)}", err=True)
    return Store.open(settings.database_url, migrate=False)
