"""Bodies: whoever offers or reuses. A municipality or district of the register, or an organisation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from catalogue.domain.register import Municipality, Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A body that is in no official register. `land` has 2 digits, None where unknown or national."""

    id: str
    name: str
    kind: str
    short_name: str | None = None
    land: str | None = None
    members: tuple[str, ...] = ()
    homepage: str | None = None
    note_de: str | None = None
    note_en: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelProject:
    """One funded project of the programme; `solutions` are provided, used or tested by a member."""

    id: str
    name: str
    round: str
    category: str
    members: tuple[str, ...]
    solutions: tuple[str, ...] = ()
    note_de: str | None = None
    note_en: str | None = None
    evidence: tuple[tuple[str | None, str | None], ...] = ()  # (address, source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One of the closed list of topics. `parent` is the id of the broader topic that it is part of."""

    id: str
    de: str
    en: str
    description_de: str = ""
    description_en: str = ""
    icon: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body ready to be shown: its canonical key, a label that is unique enough, its Land and kind.

    `kind` is municipality, district or an organisation's kind.
    """

    key: str
    label: str
    kind: str
    land: str | None
    municipality: Municipality | None = None
    organisation: Organisation | None = None

    @property
    def is_official(self) -> bool:
        """Whether the body is in the register of municipalities and districts."""
        return self.municipality is not None


class Bodies:
    """Finds bodies by key: AGS, district key (also an old one) or id of an organisation."""

    def __init__(self, register: Register, organisations: Mapping[str, Organisation]) -> None:
        self.register = register
        self.organisations = organisations

    def find(self, key: str) -> Body | None:
        """The body, or None. A key of before a merger finds the body of today."""
        municipality = self.register.find(key)
        if municipality is not None:
            return Body(
                key=municipality.key,
                label=self.register.label(municipality.key),
                kind=municipality.kind.value,
                land=municipality.land,
                municipality=municipality,
            )
        organisation = self.organisations.get(key)
        if organisation is None:
            return None
        return Body(
            key=organisation.id,
            label=organisation.name,
            kind=organisation.kind,
            land=organisation.land,
            organisation=organisation,
        )

    def get(self, key: str) -> Body:
        """The body, or one that shows its bare key where nobody knows it any more."""
        return self.find(key) or Body(key=key, label=key, kind="unknown", land=None)

    def canonical(self, keys: Iterable[str]) -> frozenset[str]:
        """The keys of today; what nobody knows stays as it is."""
        return frozenset(body.key if (body := self.find(key)) else key for key in keys)

    def members(self, key: str) -> Iterator[Body]:
        """The direct members of an organisation."""
        organisation = self.organisations.get(key)
        for member in organisation.members if organisation else ():
            yield self.get(member)
