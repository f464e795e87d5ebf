"""The one table of the keys of publiccode.yml 0.7: kinds, rules, old keys; all else follows from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "flag", "url", "urls", "texts", "map", "maps", "languages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key. `rule` is what its value must be (of a list: each item), a name in `rules.RULES`.

    `required`: it must be there and not be empty. `old`: the code of the warning where it is used.
    `optional_text`: an empty text counts as nothing and is not judged.
    """

    name: str
    kind: Kind
    required: bool = False
    rule: str = ""
    old: str = ""
    optional_text: bool = False
    keys: tuple["Key", ...] = ()

    def child(self, name: str) -> "Key | None":
        """The key of that name within this one."""
        return next((key for key in self.keys if key.name == name), None)


def _key(name: str, kind: Kind = "text", **rest: object) -> Key:
    return Key(name=name, kind=kind, **rest)  # type: ignore[arg-type]


_ORGANISATION = (_key("name"), _key("uri", required=True, rule="organisation-uri"))
_DEPENDENCY = (
    _key("name", required=True),
    _key("versionMin"),
    _key("versionMax"),
    _key("optional", "flag"),
    _key("version"),
)
_CONTACT = (
    _key("name", required=True),
    _key("email", rule="email"),
    _key("affiliation"),
    _key("phone"),
)
_CONTRACTOR = (
    _key("name", required=True),
    _key("email", rule="email"),
    _key("website", "url", rule="http-url"),
    _key("until", required=True, rule="date"),
)
_DESCRIPTION = (
    _key("localisedName"),
    _key("genericName", rule="length-generic", old="old-drop", optional_text=True),
    _key("shortDescription", required=True, rule="length-short"),
    _key("longDescription", required=True, rule="length-long"),
    _key("documentation", "url", rule="http-url"),
    _key("apiDocumentation", "url", rule="http-url"),
    _key("features", "texts", required=True),
    _key("screenshots", "texts", rule="screenshot"),
    _key("videos", "urls", rule="video"),
    _key("awards", "texts"),
)
_ITALY = (
    _key("countryExtensionVersion", rule="country-extension"),
    _key(
        "conforme",
        "map",
        old="old-drop",
        keys=tuple(
            _key(name, "flag")
            for name in ("lineeGuidaDesign", "modelloInteroperabilita", "misureMinimeSicurezza", "gdpr")
        ),
    ),
    _key(
        "riuso",
        "map",
        keys=(_key("codiceIPA", rule="italian-code", old="old-italian-code", optional_text=True),),
    ),
    _key(
        "piattaforme",
        "map",
        keys=tuple(_key(name, "flag") for name in ("spid", "pagopa", "cie", "anpr", "io")),
    ),
)

TOP = Key(
    name="",
    kind="map",
    keys=(
        _key("publiccodeYmlVersion", required=True),
        _key("name", required=True),
        _key("applicationSuite"),
        _key("url", "url", required=True, rule="url"),
        _key("landingURL", "url", rule="http-url"),
        _key("isBasedOn", "urls", rule="url"),
        _key("softwareVersion"),
        _key("releaseDate", rule="date"),
        _key("logo", rule="logo", optional_text=True),
        _key("monochromeLogo", rule="logo", old="old-logo", optional_text=True),
        _key("organisation", "map", keys=_ORGANISATION),
        _key("inputTypes", "texts", rule="mime", old="old-drop"),
        _key("outputTypes", "texts", rule="mime", old="old-drop"),
        _key("platforms", "texts", required=True),
        _key("categories", "texts", rule="category"),
        _key("usedBy", "texts"),
        _key("fundedBy", "maps", keys=_ORGANISATION),
        _key("roadmap", "url", rule="http-url"),
        _key("developmentStatus", required=True, rule="development-status"),
        _key("softwareType", required=True, rule="software-type"),
        _key("supports", "maps", keys=(_key("id", required=True, rule="supports"),)),
        _key(
            "intendedAudience",
            "map",
            keys=(
                _key("scope", "texts", rule="scope"),
                _key("countries", "texts", rule="country"),
                _key("unsupportedCountries", "texts", rule="country"),
            ),
        ),
        _key("description", "languages", required=True, keys=_DESCRIPTION),
        _key(
            "legal",
            "map",
            required=True,
            keys=(
                _key("license", required=True, rule="licence"),
                _key("mainCopyrightOwner"),
                _key("repoOwner", old="old-repo-owner"),
                _key("authorsFile", rule="authors-file", old="old-drop"),
            ),
        ),
        _key(
            "maintenance",
            "map",
            required=True,
            keys=(
                _key("type", required=True, rule="maintenance-type"),
                _key("contractors", "maps", keys=_CONTRACTOR),
                _key("contacts", "maps", keys=_CONTACT),
            ),
        ),
        _key(
            "localisation",
            "map",
            required=True,
            keys=(
                _key("localisationReady", "flag", required=True),
                _key("availableLanguages", "texts", required=True, rule="language"),
            ),
        ),
        _key(
            "dependsOn",
            "map",
            keys=tuple(_key(name, "maps", keys=_DEPENDENCY) for name in ("open", "proprietary", "hardware")),
        ),
        _key("IT", "map", keys=_ITALY),
        _key("it", "map", old="old-lower-case", keys=_ITALY),
    ),
)

# Old or foreign spellings that are met in the wild -> what the standard calls it today ("" for: nothing).
OLD_SPELLINGS: Mapping[str, str] = {
    "publiccode-yaml-version": "publiccodeYmlVersion",
    "publiccodeYamlVersion": "publiccodeYmlVersion",
    "publiccode-version": "publiccodeYmlVersion",
    "landing-url": "landingURL",
    "landingUrl": "landingURL",
    "is-based-on": "isBasedOn",
    "software-version": "softwareVersion",
    "release-date": "releaseDate",
    "development-status": "developmentStatus",
    "software-type": "softwareType",
    "intended-audience": "intendedAudience",
    "onlyFor": "intendedAudience.scope",
    "only-for": "intendedAudience.scope",
    "depends-on": "dependsOn",
    "dependencies": "dependsOn",
    "used-by": "usedBy",
    "tags": "categories",
    "freeTags": "",
    "short-description": "shortDescription",
    "long-description": "longDescription",
    "licence": "license",
    "main-copyright-owner": "mainCopyrightOwner",
    "repo-owner": "organisation.name",
    "authors-file": "",
    "localization": "localisation",
    "localizationReady": "localisationReady",
    "localisation-ready": "localisationReady",
    "available-languages": "availableLanguages",
    "organization": "organisation",
    "apiDocumentationUrl": "apiDocumentation",
    "countryExtensionVersion": "IT.countryExtensionVersion",
    "maintenanceType": "maintenance.type",
    "contact": "contacts",
    "until-date": "until",
    "It": "IT",
    "version": "softwareVersion",
    "latestRelease": "releaseDate",
    "documentationURL": "description.LANG.documentation",
    "documentationUrl": "description.LANG.documentation",
    "homepage": "landingURL",
}


def paths_of(name: str) -> tuple[str, ...]:
    """Where a key of that name belongs, such as `legal.license`; `description.LANG.features` for texts."""
    return tuple(path for path, key in _walk(TOP, "") if key.name == name)


def _walk(key: Key, prefix: str) -> Iterator[tuple[str, Key]]:
    for child in key.keys:
        path = f"{prefix}.{child.name}" if prefix else child.name
        yield path, child
        yield from _walk(child, {"languages": f"{path}.LANG", "maps": f"{path}[0]"}.get(child.kind, path))
