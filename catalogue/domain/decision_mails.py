"""What whoever reported is told when the office has decided: title and text, German and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from catalogue.domain.reuse_report import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided about which report. `address` leads to the solution's profile."""

    state: State
    number: int
    solution: str
    body: str
    address: str
    reason: str = ""


class Mail(NamedTuple):
    """Title and text of a mail."""

    title: str
    text: str


_GREETINGS = {"de": "Guten Tag,\n\n", "en": "Hello,\n\n"}
_ENDINGS = {
    "de": (
        "\n\nMit dem Link aus der Mail, die Ihre Meldung bestätigt hat, ändern oder beenden Sie die Meldung"
        " oder ziehen sie zurück. Gilt er nicht mehr, fordern Sie im Katalog einen neuen an."
        "\n\nDie Koordinierungsstelle\n"
    ),
    "en": (
        "\n\nWith the link in the mail that acknowledged your report you change, end or withdraw the report."
        " Where it does not work any more, ask for a new one in the catalogue."
        "\n\nThe coordination office\n"
    ),
}
_MAILS: Mapping[tuple[State, str], Mail] = {
    (State.CONFIRMED, "de"): Mail(
        "Ihre Meldung {number} ist bestätigt",
        "wir haben Ihre Meldung geprüft und bestätigt: {body} und „{solution}“.\n\n"
        "So steht es jetzt im Katalog:\n{address}",
    ),
    (State.CONFIRMED, "en"): Mail(
        "Your report {number} is confirmed",
        "we have checked and confirmed your report: {body} and “{solution}”.\n\n"
        "This is how the catalogue shows it:\n{address}",
    ),
    (State.REJECTED, "de"): Mail(
        "Ihre Meldung {number} konnten wir nicht bestätigen",
        "Ihre Meldung zu {body} und „{solution}“ konnten wir nicht bestätigen.\n\nDer Grund:\n{reason}\n\n"
        "Ist das ein Irrtum? Dann berichtigen Sie die Meldung mit ihrem Link; wir sehen sie noch einmal an.",
    ),
    (State.REJECTED, "en"): Mail(
        "We could not confirm your report {number}",
        "we could not confirm your report about {body} and “{solution}”.\n\nThe reason:\n{reason}\n\n"
        "Is that a mistake? Then correct the report with its link, and we look at it again.",
    ),
}


def mail_of(decided: Decided, language: str) -> Mail:
    """The mail in this language (de or en); lines of the title stay on one line."""
    lang = "en" if language == "en" else "de"
    title, text = _MAILS[decided.state, lang]
    words = {
        "number": decided.number, "solution": _one_line(decided.solution), "body": _one_line(decided.body),
        "address": decided.address, "reason": decided.reason,
    }  # fmt: skip
    return Mail(title.format(**words), _GREETINGS[lang] + text.format(**words) + _ENDINGS[lang])


def _one_line(text: str) -> str:
    return " ".join(text.split())
