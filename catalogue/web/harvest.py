"""The state of the harvest: figures, and the work list of what somebody should mend; as page and as CSV."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.domain.finding_words import words_of_finding
from catalogue.domain.findings import Finding, FindingKind
from catalogue.domain.looking_again import is_alive
from catalogue.domain.vitality_words import level_in_words
from catalogue.services.harvest_overview import Overview
from catalogue.web import labels
from catalogue.web.blueprint import pages
from catalogue.web.context import catalogue, settings
from catalogue.web.downloads import csv_file
from catalogue.web.findings import finding_shape, language
from catalogue.web.hints import base_url
from catalogue.web.repository_status import moment_words
from catalogue.web.shapes import Shape

MOST_ROWS = 100  # of one kind on the page; the CSV has all


@pages.get("/harvest")
def harvest() -> ResponseReturnValue:
    """How the harvest stands, and what there is to mend."""
    known, kinds = catalogue().harvest.get(catalogue().store), _wanted()
    shown = [finding for finding in known.findings if not kinds or finding.kind in kinds]
    return render_template(
        "pages/harvest.html",
        figures=known.figures,
        levels=[
            {
                "label": labels.word(labels.VITALITY, level),
                "rule": level_in_words(level, language())[1],
                "count": count,
            }
            for level, count in known.figures.levels.items()
        ],
        kinds=_kind_links(known, kinds),
        groups=_groups(shown, known),
        total=len(known.findings),
        state=_state(known),
        csv_url=url_for("pages.harvest_csv", **_query(kinds)),  # type: ignore[arg-type]  # of a query
        noindex=bool(request.args),
    )


@pages.get("/harvest.csv")
def harvest_csv() -> ResponseReturnValue:
    """The work list as CSV."""
    known, kinds = catalogue().harvest.get(catalogue().store), _wanted()
    head = [
        *(gettext("Befund"), gettext("Lösung"), gettext("Was"), gettext("Adresse"), gettext("Wann")),
        *(gettext("Was zu tun ist"), gettext("Stand der Ernte")),
    ]
    found = [finding for finding in known.findings if not kinds or finding.kind in kinds]
    rows = [_cells(finding_shape(finding, known.names)) for finding in found]
    return csv_file([head, *rows], gettext("ernte.csv"))


def _cells(shape: Shape) -> list[str]:
    said = shape["said"] if isinstance(shape["said"], list) else []
    voices = "; ".join(f"{one['voice']}: {one['value']}" for one in said)
    what = " ".join(str(part) for part in (shape["sentence"], voices) if part)
    heading = words_of_finding(FindingKind(str(shape["kind"])), language()).heading
    status = f"{base_url()}{shape['status_url']}"
    return [
        heading, str(shape["solution"]), what, str(shape["address"]), str(shape["when"]),
        str(shape["remedy"]), status,
    ]  # fmt: skip


def _wanted() -> tuple[FindingKind, ...]:
    known = {kind.value for kind in FindingKind}
    return tuple(FindingKind(kind) for kind in dict.fromkeys(request.args.getlist("kind")) if kind in known)


def _query(kinds: Sequence[FindingKind]) -> dict[str, list[str]]:
    return {"kind": [kind.value for kind in kinds]} if kinds else {}


def _kind_links(known: Overview, kinds: Sequence[FindingKind]) -> list[Shape]:
    """Each kind that was found, with its number, as a link to it alone."""
    counts = Counter(finding.kind for finding in known.findings)
    rows: list[Shape] = [
        {
            "label": gettext("Alles"),
            "url": url_for("pages.harvest"),
            "count": len(known.findings),
            "current": not kinds,
        }
    ]
    for kind in FindingKind:
        if counts[kind]:
            heading = words_of_finding(kind, language()).heading
            url = url_for("pages.harvest", kind=kind.value)
            rows.append(
                {"label": heading, "url": url, "count": counts[kind], "current": tuple(kinds) == (kind,)}
            )
    return rows


def _groups(findings: Sequence[Finding], known: Overview) -> list[Shape]:
    """The findings by kind, each kind with what to do about it."""
    groups: list[Shape] = []
    for kind, rows in groupby(findings, key=lambda finding: finding.kind):
        found = list(rows)
        words = words_of_finding(kind, language())
        groups.append(
            {
                "kind": kind.value,
                "heading": words.heading,
                "remedy": words.remedy,
                "count": len(found),
                "rows": [finding_shape(finding, known.names) for finding in found[:MOST_ROWS]],
                "left_out": max(0, len(found) - MOST_ROWS),
            }
        )
    return groups


def _state(known: Overview) -> Shape:
    """Whether the harvest is at work, and when it last looked anywhere."""
    now = catalogue().now()
    return {
        "is_off": not settings().harvest,
        "is_alive": is_alive(known.last_look, now),
        "last_look": moment_words(known.last_look, now) if known.last_look else "",
        "made": moment_words(known.made_at, now),
    }
