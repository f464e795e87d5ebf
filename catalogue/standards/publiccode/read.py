"""Reads a publiccode.yml tolerantly: whatever is usable in an imperfect file is used, and marked.

Half of all real files break the standard: broken YAML, keys at the wrong place or in old spelling, one
value where a list is due. The check says so; the reader takes what is meant all the same.
"""

import re
from collections.abc import Iterator

from catalogue.standards.publiccode.beside import Look
from catalogue.standards.publiccode.check import LARGEST, check_bytes, judge
from catalogue.standards.publiccode.nodes import Node, NotYaml, parse_nodes
from catalogue.standards.publiccode.problem import Problem, Severity
from catalogue.standards.publiccode.reading import (
    Contact,
    Dependency,
    Description,
    Organisation,
    PublicCode,
    Stated,
)
from catalogue.standards.publiccode.salvage import salvage
from catalogue.standards.spdx import NotAnExpression, parse_expression

MOST_ITEMS = 200
MOST_LANGUAGES = 50
LONGEST = 20_000  # characters of one value
_DASHED = re.compile(r"[A-Z]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_OLD_KEYS = {"license": ("licence",), "contacts": ("contact",), "platforms": ("platform",)}
# path -> where else real files put it
_ELSEWHERE = {
    "softwareVersion": ("version", "latestRelease.version"),
    "releaseDate": ("latestRelease.date", "releasedate"),
    "landingURL": ("landingUrl", "homepage"),
    "legal.license": ("license", "licence", "legal.licence", "legal.licenses"),
    "legal.mainCopyrightOwner": ("mainCopyrightOwner",),
    "legal.repoOwner": ("repoOwner",),
    "maintenance.type": ("maintenanceType",),
    "maintenance.contacts": ("contacts", "maintenance.contact", "contact", "legal.contacts"),
    "maintenance.contractors": ("contractors",),
    "localisation.localisationReady": ("localization.localizationReady", "localisationReady"),
    "localisation.availableLanguages": ("localization.availableLanguages", "availableLanguages"),
    "intendedAudience.scope": ("intendedAudience.onlyFor", "scope"),
    "intendedAudience.countries": ("countries",),
    "categories": ("tags",),
    "organisation": ("organization",),
    "IT.riuso.codiceIPA": ("it.riuso.codiceIPA",),
}


def read_publiccode(data: bytes | str, look: Look | None = None) -> PublicCode:
    """All that is usable in the file, with the check's verdict. Never raises on bad input."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    problems = tuple(check_bytes(raw, look))
    if len(raw) > LARGEST:
        return PublicCode(problems=problems)
    text = _decoded(raw).removeprefix("\ufeff")
    lost: tuple[str, ...] = ()
    try:
        root = parse_nodes(text) or Node("map", 1, 1)
    except NotYaml:
        root, lost = salvage(text)
    return _Reader(root, problems).read(lost)


def _decoded(raw: bytes) -> str:
    """The text, in whatever encoding an editor may have saved it."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


class _Reader:
    """Finds nodes by path, forgivingly, and turns them into values."""

    def __init__(self, root: Node, problems: tuple[Problem, ...]) -> None:
        self.root = root
        self.problems = problems
        # The check of a file ends at its first grave fault; its keys are judged all the same.
        self.wrong = {one.key for one in (*problems, *judge(root)) if one.severity is Severity.ERROR}

    def read(self, lost: tuple[str, ...]) -> PublicCode:
        licence = self.text("legal.license")
        return PublicCode(
            problems=self.problems,
            lost=lost,
            version=self.text("publiccodeYmlVersion"),
            name=self.text("name"),
            application_suite=self.text("applicationSuite"),
            url=self.text("url"),
            landing_url=self.text("landingURL"),
            is_based_on=self.texts("isBasedOn"),
            software_version=self.text("softwareVersion"),
            release_date=self.text("releaseDate"),
            logo=self.text("logo") or self.text("monochromeLogo"),
            organisation=next(iter(self.organisations("organisation")), None),
            funded_by=self.organisations("fundedBy"),
            input_types=self.texts("inputTypes"),
            output_types=self.texts("outputTypes"),
            platforms=self.texts("platforms"),
            categories=self.texts("categories"),
            used_by=self.texts("usedBy"),
            roadmap=self.text("roadmap"),
            development_status=self.text("developmentStatus"),
            software_type=self.text("softwareType"),
            supports=tuple(
                one for node, key in self.maps("supports") if (one := self.inside(node, key, "id"))
            ),
            scopes=self.texts("intendedAudience.scope"),
            countries=self.texts("intendedAudience.countries"),
            unsupported_countries=self.texts("intendedAudience.unsupportedCountries"),
            descriptions=dict(self.descriptions()),
            licence=licence,
            licence_is_spdx=licence is not None and _is_expression(licence.text),
            main_copyright_owner=self.text("legal.mainCopyrightOwner"),
            repo_owner=self.text("legal.repoOwner"),
            authors_file=self.text("legal.authorsFile"),
            maintenance_type=self.text("maintenance.type"),
            contacts=self.contacts("maintenance.contacts"),
            contractors=self.contacts("maintenance.contractors"),
            localisation_ready=self.text("localisation.localisationReady"),
            languages=self.texts("localisation.availableLanguages"),
            dependencies=tuple(self.dependencies()),
            italian_code=self.text("IT.riuso.codiceIPA"),
        )

    def text(self, path: str) -> Stated | None:
        """The first place among those for the path that holds something."""
        for node, key, moved in self._places(path):
            if stated := self._stated(node, key, moved):
                return stated
        return None

    def texts(self, path: str) -> tuple[Stated, ...]:
        """A list, or the one value that stands in its place."""
        for node, key, moved in self._places(path):
            if found := self._list(node, key, moved):
                return found
        return ()

    def maps(self, path: str) -> tuple[tuple[Node, str], ...]:
        """The maps of a list, or the one map that stands in its place."""
        for node, key, _ in self._places(path):
            if node.kind == "map":
                return ((node, key),)
            items = [(item.meant(), f"{key}[{index}]") for index, item in enumerate(node.items[:MOST_ITEMS])]
            if found := tuple((item, key) for item, key in items if item.kind in ("map", "text")):
                return found
        return ()

    def inside(self, node: Node, key: str, name: str) -> Stated | None:
        """A text of a map."""
        found = _child(node, name)
        return self._stated(found, f"{key}.{name}", moved=False) if found else None

    def inside_list(self, node: Node, key: str, name: str) -> tuple[Stated, ...]:
        """A list of texts of a map."""
        found = _child(node, name)
        return self._list(found, f"{key}.{name}", moved=False) if found else ()

    def organisations(self, path: str) -> tuple[Organisation, ...]:
        """Name and address of each; a bare text is a name."""
        return tuple(
            Organisation(
                line=node.line,
                name=self.inside(node, key, "name") or self._bare(node, key),
                uri=self.inside(node, key, "uri") or self.inside(node, key, "url"),
            )
            for node, key in self.maps(path) or self._bare_map(path)
        )

    def contacts(self, path: str) -> tuple[Contact, ...]:
        """Everybody of whom at least a name or an address is given."""
        found = (
            Contact(
                line=node.line,
                name=self.inside(node, key, "name") or self._bare(node, key),
                email=self.inside(node, key, "email"),
                phone=self.inside(node, key, "phone"),
                affiliation=self.inside(node, key, "affiliation"),
                website=self.inside(node, key, "website"),
                until=self.inside(node, key, "until"),
            )
            for node, key in self.maps(path)
        )
        return tuple(one for one in found if one.name or one.email or one.website)

    def dependencies(self) -> Iterator[Dependency]:
        """Everything of `dependsOn` that has a name."""
        for kind in ("open", "proprietary", "hardware"):
            for node, key in self.maps(f"dependsOn.{kind}"):
                if name := self.inside(node, key, "name") or self._bare(node, key):
                    yield Dependency(
                        kind=kind,
                        line=node.line,
                        name=name,
                        version=self.inside(node, key, "version"),
                        version_min=self.inside(node, key, "versionMin"),
                        version_max=self.inside(node, key, "versionMax"),
                        optional=self.inside(node, key, "optional"),
                    )

    def descriptions(self) -> Iterator[tuple[str, Description]]:
        """The texts by language; a language that stands at the top level counts, too."""
        places = [node for node, _, _ in self._places("description")] + [self.root]
        seen: set[str] = set()
        for place in places:
            for key_node, value in place.entries[:MOST_LANGUAGES]:
                language, node = key_node.meant().text, value.meant()
                if node.kind != "map" or not _LANGUAGE.fullmatch(language) or language in seen:
                    continue
                if place is self.root and not _child(node, "shortDescription"):
                    continue
                seen.add(language)
                yield language, self._description(language, node)

    def _description(self, language: str, node: Node) -> Description:
        key = f"description.{language}" if language.isalpha() else f"description[{language}]"
        return Description(
            language=language,
            line=node.line,
            localised_name=self.inside(node, key, "localisedName"),
            generic_name=self.inside(node, key, "genericName"),
            short=self.inside(node, key, "shortDescription"),
            long=self.inside(node, key, "longDescription"),
            documentation=self.inside(node, key, "documentation"),
            api_documentation=self.inside(node, key, "apiDocumentation"),
            features=self.inside_list(node, key, "features"),
            screenshots=self.inside_list(node, key, "screenshots"),
            videos=self.inside_list(node, key, "videos"),
            awards=self.inside_list(node, key, "awards"),
        )

    def _places(self, path: str) -> Iterator[tuple[Node, str, bool]]:
        """The node at the path, then those at places where real files put it."""
        for number, one in enumerate((path, *_ELSEWHERE.get(path, ()))):
            node: Node | None = self.root
            for name in one.split("."):
                node = _child(node, name) if node else None
            if node:
                yield node, one, number > 0

    def _stated(self, node: Node, key: str, moved: bool) -> Stated | None:
        if node.kind == "list" and node.items:
            node, moved = node.items[0].meant(), True
        text = node.text.strip()[:LONGEST] if node.kind in ("text", "number", "flag") else ""
        return Stated(text, key, node.line, not moved and key not in self.wrong) if text else None

    def _list(self, node: Node, key: str, moved: bool) -> tuple[Stated, ...]:
        if node.kind != "list":
            one = self._stated(node, key, moved)
            return (one,) if one else ()
        found = (
            self._stated(item.meant(), f"{key}[{index}]", moved)
            for index, item in enumerate(node.items[:MOST_ITEMS])
        )
        return tuple(one for one in found if one)

    def _bare(self, node: Node, key: str) -> Stated | None:
        return self._stated(node, key, moved=True)

    def _bare_map(self, path: str) -> tuple[tuple[Node, str], ...]:
        return tuple((node, key) for node, key, _ in self._places(path) if node.kind == "text")


def _child(node: Node, name: str) -> Node | None:
    """The value of a key, in today's spelling or an older one."""
    dashed = _DASHED.sub(lambda letter: f"-{letter.group().lower()}", name)
    for spelling in (name, dashed, name.lower(), *_OLD_KEYS.get(name, ())):
        if pair := node.pair(spelling):
            return pair[1].meant()
    return None


def _is_expression(text: str) -> bool:
    try:
        parse_expression(text)
    except NotAnExpression:
        return False
    return True
