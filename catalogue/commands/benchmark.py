"""`catalogue benchmark`: how fast the search is, as ratios measured side by side."""

import json
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import click

from catalogue.benchmark.checkout import NoCheckout, find_peers, pages_measure
from catalogue.benchmark.ground import prepare
from catalogue.benchmark.measures import MEASURES
from catalogue.benchmark.table import Row, as_json, as_text


@click.command()
@click.option("--size", type=click.IntRange(100, 1_000_000), default=10_000, show_default=True)
@click.option("--peers/--no-peers", default=True, show_default=True, help="Compare with other engines.")
@click.option(
    "--only", multiple=True, type=click.Choice(list(MEASURES)), help="Take only this measure; repeatable."
)
@click.option("--pages", is_flag=True, help="Also put the results page under load, behind gunicorn.")
@click.option("--json", "as_data", is_flag=True, help="Print the rows as JSON.")
def benchmark(size: int, peers: bool, only: tuple[str, ...], pages: bool, as_data: bool) -> None:
    """Measure the search on generated entries, in a temporary folder."""
    try:
        rows = _measure(size, peers=peers, only=only, pages=pages)
    except NoCheckout as error:
        raise click.ClickException(f"{error}; add --no-peers") from None
    if as_data:
        click.echo(json.dumps({"size": size, "rows": as_json(rows)}, ensure_ascii=False, indent=1))
        return
    click.echo(f"{size:,} generated entries; ratios are ours / theirs, medians of alternating blocks")
    click.echo(as_text(rows))


def _measure(size: int, *, peers: bool, only: Sequence[str], pages: bool) -> list[Row]:
    measures = {name: MEASURES[name] for name in only or MEASURES}
    if pages:
        measures["pages"] = pages_measure()
    with tempfile.TemporaryDirectory(prefix="catalogue-benchmark-") as made:
        folder = Path(made)
        found, missing = find_peers(folder) if peers else ([], [])
        for sentence in missing:
            _say(f"note: {sentence}")
        rows: list[Row] = []
        with ExitStack() as stack:
            for peer in found:
                stack.callback(peer.close)
            ground = prepare(folder, size, found, say=_say)
            stack.callback(ground.index.close)
            for name, measure in measures.items():
                _say(f"measuring: {name}")
                rows += measure(ground)
    return rows


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)
