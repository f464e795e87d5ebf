"""Pages about bodies: municipalities, organisations, model projects, topics."""

from collections.abc import Sequence
from typing import cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from catalogue.domain.bodies import ModelProject
from catalogue.services import browse
from catalogue.services.search import SearchQuery, Sort
from catalogue.standards.ags import LAENDER
from catalogue.standards.text import sort_key
from catalogue.web import labels
from catalogue.web.addresses import host_of
from catalogue.web.blueprint import current_language, pages
from catalogue.web.cards import card_shape
from catalogue.web.context import catalogue
from catalogue.web.hints import report_url
from catalogue.web.participation import (
    groups_by_kind,
    groups_by_land,
    laender_shapes,
    near_shape,
    totals,
)
from catalogue.web.peers import like_us_shape
from catalogue.web.reuse_rows import reuse_shape
from catalogue.web.shapes import Shape, body_shape, topic_label

MOST_FOUND = 60


@pages.get("/municipalities")
def municipalities() -> ResponseReturnValue:
    """Who takes part, by Land; with `q` any municipality of the register."""
    text = request.args.get("q", "").strip()[:100]
    wanted = request.args.get("land", "")
    land = wanted if wanted in LAENDER else ""
    known = catalogue()
    rows = browse.taking_part(known)
    active = {body.key: part for body, part in rows}
    # A Land is chosen before the list is cut: a village must not be lost behind large towns of other Länder.
    hits = known.register.search(text, len(known.register) if land else MOST_FOUND + 1)
    hits = tuple(town for town in hits if not land or town.land == land)
    # A misspelt name is no empty page; the Land stays out of it, it may be the mistake.
    meant = known.register.suggest(text, 6) if text and not hits else ()
    shown = [(body, part) for body, part in rows if not land or body.land == land]
    return render_template(
        "pages/municipalities.html",
        text=text,
        land=land,
        land_name=labels.land_name(land, current_language()),
        laender=laender_shapes(rows, land),
        found=[near_shape(town, active.get(town.key)) for town in hits[:MOST_FOUND]],
        meant=[near_shape(town, active.get(town.key)) for town in meant],
        more_found=len(hits) > MOST_FOUND,
        groups=groups_by_land(shown),
        organisations=groups_by_kind(shown),
        totals=totals(shown),
        register_size=len(known.register.municipalities()),
        districts=len(known.register.districts()),
        noindex=bool(text or land),
    )


@pages.get("/municipalities/<key>")
def municipality(key: str) -> ResponseReturnValue:
    """What a municipality or district provides and reuses, and towns like it."""
    known = catalogue()
    current = known.register.find(key)
    if current is None:
        raise NotFound
    if current.key != key:  # merged: the old key leads to the municipality of today
        return redirect(url_for("pages.municipality", key=current.key), 301)
    page = browse.body_page(known, key)
    if page is None:
        raise NotFound
    peers = like_us_shape(page.body)
    known_peers = cast(Sequence[str], peers["keys"]) if peers else ()
    return render_template(
        "pages/body.html",
        town=current,
        land_name=labels.land_name(current.land, current_language()),
        designation=labels.designation_word(current),
        kind=labels.word(labels.BODY_KIND, page.body.kind),
        district_url=url_for("pages.municipality", key=current.district)
        if known.register.find(current.district) and current.district != key
        else "",
        neighbours=[near_shape(town, part) for town, part in page.neighbours],
        like_us=peers,
        alike=[near_shape(town, part) for town, part in page.alike if town.key not in known_peers],
        report_url=report_url(body=page.body.key),
        noindex=page.is_empty,
        **_page_shape(page),
    )


@pages.get("/organisations/<key>")
def organisation(key: str) -> ResponseReturnValue:
    """What an organisation provides and reuses, and who its members are."""
    known = catalogue()
    page = browse.body_page(known, key) if key in known.bodies.organisations else None
    if page is None or page.body.organisation is None:
        raise NotFound
    found = page.body.organisation
    note = found.note_en if current_language() == "en" and found.note_en else found.note_de
    return render_template(
        "pages/body.html",
        town=None,
        organisation=found,
        note=note,
        note_lang="en" if note == found.note_en and note else "de",
        land_name=labels.land_name(found.land, current_language()),
        kind=labels.word(labels.BODY_KIND, found.kind),
        noindex=page.is_empty,
        report_url=report_url(body=page.body.key),
        neighbours=[],
        like_us=None,
        alike=[],
        **_page_shape(page),
    )


def _page_shape(page: browse.BodyPage) -> Shape:
    provides: dict[str, Shape] = {}
    for card, role in page.provides:
        shape = provides.setdefault(card.solution.id, {"card": card_shape(card), "roles": []})
        roles = shape["roles"]
        if isinstance(roles, list):
            roles.append(labels.word(labels.PROVIDER_ROLE, role))
    return {
        "body": page.body,
        "provides": list(provides.values()),
        "reuses": [reuse_shape(row, by_body=False) for row in page.reuses if row.reuse.counts],
        "other_reuses": [reuse_shape(row, by_body=False) for row in page.reuses if not row.reuse.counts],
        "projects": [_project_link(project) for project in page.model_projects],
        "member_of": [body_shape(body) for body in page.member_of],
        "members": [body_shape(body) for body in page.members],
        "is_empty": page.is_empty,
    }


def _project_link(project: ModelProject) -> Shape:
    return {
        "label": project.name,
        "url": url_for("pages.model_project", key=project.id),
        "round": project.round,
        "category": labels.word(labels.PROJECT_CATEGORY, project.category),
    }


@pages.get("/model-projects")
def model_projects() -> ResponseReturnValue:
    """All model projects by the round in which they were chosen."""
    known = catalogue()
    rounds: dict[str, list[Shape]] = {}
    for project in sorted(known.model_projects.values(), key=lambda p: (p.round, sort_key(p.name))):
        lands = {known.bodies.get(key).land for key in project.members}
        rounds.setdefault(project.round, []).append(
            {
                **_project_link(project),
                "members": [known.bodies.get(key).label for key in project.members],
                "lands": sorted(labels.land_name(land, current_language()) for land in lands if land),
                # A measure may be missing in the project's own list; its page shows both.
                "solutions": len({*project.solutions, *known.store.measures_of(project.id)}),
            }
        )
    return render_template(
        "pages/model_projects.html", rounds=list(rounds.items()), count=len(known.model_projects)
    )


@pages.get("/model-projects/<key>")
def model_project(key: str) -> ResponseReturnValue:
    """A model project: its members, its measures, and what its members offer, use or try."""
    page = browse.project_page(catalogue(), key)
    if page is None:
        raise NotFound
    project = page.project
    note = project.note_en if current_language() == "en" and project.note_en else project.note_de
    return render_template(
        "pages/model_project.html",
        project=project,
        category=labels.word(labels.PROJECT_CATEGORY, project.category),
        members=[body_shape(body) for body in page.members],
        measures=[card_shape(card) for card in page.measures],
        others=[card_shape(card) for card in page.others],
        note=note,
        note_lang="en" if note == project.note_en and note else "de",
        sources=[
            {"label": host_of(address) if address else source or "", "url": address}
            for address, source in project.evidence
        ],
    )


@pages.get("/topics")
def topics() -> ResponseReturnValue:
    """All topics with the number of their solutions."""
    counts = catalogue().store.topic_counts()
    return render_template(
        "pages/topics.html",
        topics=[
            {
                "label": topic_label(topic),
                "description": topic.description_en if current_language() == "en" else topic.description_de,
                "url": url_for("pages.topic", key=topic.id),
                "count": counts.get(topic.id, 0),
                "icon": topic.icon,
            }
            for topic in catalogue().topics.values()
        ],
    )


@pages.get("/topics/<key>")
def topic(key: str) -> ResponseReturnValue:
    """The solutions of one topic, the most reused first."""
    known = catalogue()
    found = known.topics.get(key)
    if found is None:
        raise NotFound
    query = SearchQuery(
        chosen={"topic": frozenset({key})}, sort=Sort.MOST_REUSED, limit=100, counted=False, explained=False
    )
    results = browse.find(known, query)
    return render_template(
        "pages/topic.html",
        label=topic_label(found),
        description=found.description_en if current_language() == "en" else found.description_de,
        cards=[card_shape(card) for card in results.cards],
        total=results.result.total,
        filter_url=url_for("pages.solutions", topic=key),
    )
