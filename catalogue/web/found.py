"""What repositories say that the entry leaves open: each fact in words, with its voice, place and day."""

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote

from flask_babel import gettext

from catalogue.domain.provenance import Statement
from catalogue.domain.snapshot import Plain, Question
from catalogue.domain.used_by import unassigned
from catalogue.services.browse import Profile
from catalogue.standards.email import belongs_to
from catalogue.standards.forge_links import usual_kind
from catalogue.web import labels
from catalogue.web.addresses import host_of
from catalogue.web.context import catalogue
from catalogue.web.fact_words import package_words, short, standard_name, value_words
from catalogue.web.shapes import Shape
from catalogue.web.statements import (
    all_of,
    checked,
    checked_mail,
    source_of,
    sources_of,
)
from catalogue.web.voices import QUESTION, note_words

_MOST = 8  # of several answers side by side
_FOREIGN = "describes-another-repository"


def found_shape(profile: Profile) -> Shape:
    """What the repositories say, by the place of the profile where it stands."""
    return {
        "maturity": _believed(profile, Question.MATURITY),
        "homepage": _believed(profile, Question.HOMEPAGE),
        "documentation": _believed(profile, Question.DOCUMENTATION),
        "technology": [row for question in _ROWS if (row := _row(profile, question))],
        "version": _stated_version(profile),
        "contacts": _contacts(profile),
        "users": _users(profile),
    }


def _believed(profile: Profile, question: Question) -> list[Shape]:
    """Who says what is shown."""
    found = profile.card.observed.answers.get(question)
    return [source_of(found.said, profile.card.entry)] if found else []


def _seen(profile: Profile, question: Question) -> list[Statement]:
    """What the repositories say to a question, without what speaks of others, the surest first."""
    found = profile.card.observed.answers.get(question)
    return [one for one in all_of(found) if one.address is not None and _FOREIGN not in one.notes]


def _stated_version(profile: Profile) -> Shape | None:
    """The version that a file states; it is asked where none was published."""
    stated = _seen(profile, Question.VERSION)
    if not stated:
        return None
    return {"text": short(stated[0].value, 60), "sources": [source_of(stated[0], profile.card.entry)]}


# question -> its value in words
_ROWS: Mapping[Question, Callable[[Plain], Iterable[str]]] = {
    Question.LANGUAGES: lambda value: map(str, value) if isinstance(value, tuple) else (),
    Question.STANDARDS: lambda value: (standard_name(value),),
    Question.PACKAGING: lambda value: (package_words(value),),
    Question.OPERATION: lambda value: (value_words(Question.OPERATION, value),),
    Question.CHANGELOG: lambda value: (value_words(Question.CHANGELOG, value),),
    Question.SECURITY_POLICY: lambda value: (value_words(Question.SECURITY_POLICY, value),),
}


def _row(profile: Profile, question: Question) -> Shape | None:
    """A fact of the table: what several repositories and files say, each once."""
    known = {name.casefold() for name in profile.card.entry.standards}
    items: dict[str, Statement] = {}
    for statement in _seen(profile, question):
        for words in _ROWS[question](statement.value):
            if words and words.casefold() not in known:
                items.setdefault(short(words, 100), statement)
    if not items:
        return None
    kept = dict(list(items.items())[:_MOST])
    return {
        "label": _LABELS.get(question, lambda: labels.word(QUESTION, question))(),
        "items": [{"text": words, "url": checked(one.link)} for words, one in kept.items()],
        "more": len(items) - len(kept),
        "sources": sources_of(kept.values(), profile.card.entry)[:3],
    }


_LABELS: Mapping[Question, Callable[[], str]] = {
    Question.STANDARDS: lambda: gettext("Im Quelltext erkannte Standards"),
}


def _contacts(profile: Profile) -> list[Shape]:
    """Functional addresses that the repositories name and the entry does not."""
    contact = profile.card.entry.contact
    known = {text.casefold() for text in (contact.email, contact.page) if text}
    homes = _homes(profile)
    shapes: dict[str, Shape] = {}
    for statement in _seen(profile, Question.CONTACT):
        value = statement.value if isinstance(statement.value, Mapping) else {}
        mail, page = checked_mail(value.get("email")), checked(value.get("page"))
        text = mail or page
        if not text or text.casefold() in known:
            continue
        shapes.setdefault(
            text.casefold(),
            {
                "text": mail or host_of(str(page)),
                "url": f"mailto:{quote(mail, safe='@')}" if mail else page,
                "note": note_words(statement.notes) or (whose_domain(mail, homes) if mail else ""),
                "sources": [source_of(statement, profile.card.entry)],
            },
        )
    return list(shapes.values())[:_MOST]


def _homes(profile: Profile) -> frozenset[str]:
    """The hosts of those who provide the solution, as far as they are known; a forge is nobody's home."""
    entry = profile.card.entry
    organisations = (body.organisation for body, _ in profile.providers if body.organisation)
    addresses = (entry.homepage, entry.contact.page, *(one.homepage for one in organisations))
    return frozenset(host_of(one) for one in addresses if one and usual_kind(one) is None)


def whose_domain(mail: str, homes: frozenset[str]) -> str:
    """Whether a mailbox lies on a domain of the providers; nothing where none of theirs is known."""
    if not homes:
        return ""
    own = belongs_to(mail, homes)
    return str(gettext("Domain der Anbieter") if own else gettext("andere Domain als die der Anbieter"))


def _users(profile: Profile) -> Shape | None:
    """Whom publiccode.yml names as users and nobody can say for sure who that is: they do not count."""
    found = unassigned(profile.card.observed, catalogue().bodies)
    if not found:
        return None
    kept = list(dict.fromkeys(short(one.name, 120) for one in found))
    return {
        "names": kept[: 2 * _MOST],
        "more": max(0, len(kept) - 2 * _MOST),
        "sources": sources_of(dict.fromkeys(one.statement for one in found), profile.card.entry)[:3],
    }
