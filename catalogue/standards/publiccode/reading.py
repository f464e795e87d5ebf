"""What a publiccode.yml says, as far as it is usable, each value with its line and whether it is sound."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from catalogue.standards.publiccode.problem import Problem


@dataclass(frozen=True, slots=True)
class Stated:
    """A value as text. `sound`: it stands where it belongs, and the check has no error about it."""

    text: str
    key: str
    line: int
    sound: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody who answers, or is paid to: a contact or (with `until`, `website`) a contractor."""

    line: int
    name: Stated | None = None
    email: Stated | None = None
    phone: Stated | None = None
    affiliation: Stated | None = None
    website: Stated | None = None
    until: Stated | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Who is behind the software, or pays for it."""

    line: int
    name: Stated | None = None
    uri: Stated | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """What the software needs. `kind` is open, proprietary or hardware."""

    kind: str
    line: int
    name: Stated
    version: Stated | None = None
    version_min: Stated | None = None
    version_max: Stated | None = None
    optional: Stated | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """The texts in one language."""

    language: str
    line: int
    localised_name: Stated | None = None
    generic_name: Stated | None = None
    short: Stated | None = None
    long: Stated | None = None
    documentation: Stated | None = None
    api_documentation: Stated | None = None
    features: tuple[Stated, ...] = ()
    screenshots: tuple[Stated, ...] = ()
    videos: tuple[Stated, ...] = ()
    awards: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCode:
    """A file, read tolerantly. `problems` is the check's verdict; `lost` are keys whose YAML is broken.

    `licence_is_spdx`: the licence is an expression that can be understood, though perhaps not by the letter.
    """

    problems: tuple[Problem, ...] = ()
    lost: tuple[str, ...] = ()
    version: Stated | None = None
    name: Stated | None = None
    application_suite: Stated | None = None
    url: Stated | None = None
    landing_url: Stated | None = None
    is_based_on: tuple[Stated, ...] = ()
    software_version: Stated | None = None
    release_date: Stated | None = None
    logo: Stated | None = None
    organisation: Organisation | None = None
    funded_by: tuple[Organisation, ...] = ()
    input_types: tuple[Stated, ...] = ()
    output_types: tuple[Stated, ...] = ()
    platforms: tuple[Stated, ...] = ()
    categories: tuple[Stated, ...] = ()
    used_by: tuple[Stated, ...] = ()
    roadmap: Stated | None = None
    development_status: Stated | None = None
    software_type: Stated | None = None
    supports: tuple[Stated, ...] = ()
    scopes: tuple[Stated, ...] = ()
    countries: tuple[Stated, ...] = ()
    unsupported_countries: tuple[Stated, ...] = ()
    descriptions: Mapping[str, Description] = field(default_factory=dict)
    licence: Stated | None = None
    licence_is_spdx: bool = False
    main_copyright_owner: Stated | None = None
    repo_owner: Stated | None = None
    authors_file: Stated | None = None
    maintenance_type: Stated | None = None
    contacts: tuple[Contact, ...] = ()
    contractors: tuple[Contact, ...] = ()
    localisation_ready: Stated | None = None
    languages: tuple[Stated, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    italian_code: Stated | None = None

    def addresses(self) -> tuple[Stated, ...]:
        """All that only the network could answer for: addresses of pages, pictures and files."""
        return tuple(one for one in self._outside() if one.text.lower().startswith(("http://", "https://")))

    def _outside(self) -> Iterator[Stated]:
        for one in (self.url, self.landing_url, self.roadmap, self.logo, self.authors_file):
            if one:
                yield one
        for description in self.descriptions.values():
            for one in (description.documentation, description.api_documentation, *description.screenshots):
                if one:
                    yield one
