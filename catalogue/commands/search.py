"""`catalogue search`: the ranking of the pages, on the command line."""

import json

import click

from catalogue import places
from catalogue.config import Settings
from catalogue.services import browse
from catalogue.services.catalogue import open_catalogue
from catalogue.services.search import SearchQuery, Sort
from catalogue.storage.register import load_register
from catalogue.storage.store import Store


@click.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print total, hits and facets as JSON.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.pass_obj
def search(settings: Settings, text: str, as_json: bool, limit: int) -> None:
    """Search the published catalogue for TEXT."""
    store = Store.open(settings.database_url, migrate=False)
    catalogue = open_catalogue(store, settings.data, load_register(places.register_folder(settings.data)))
    query = SearchQuery(text=text, chosen={}, sort=Sort.RELEVANCE, offset=0, limit=limit)
    found = browse.find(catalogue, query)
    names = {card.solution.id: card.solution.name for card in found.cards}
    hits = [
        {"id": hit.id, "name": names.get(hit.id, hit.id), "score": round(hit.score, 4)}
        for hit in found.result.hits
    ]
    if as_json:
        facets = {
            counts.name: {value: count for value, count, _ in counts.values} for counts in found.result.facets
        }
        click.echo(
            json.dumps({"total": found.result.total, "hits": hits, "facets": facets}, ensure_ascii=False)
        )
        return
    click.echo(f"{found.result.total}")
    for hit in hits:
        click.echo(f"{hit['score']:>10}  {hit['id']:<32} {hit['name']}")
