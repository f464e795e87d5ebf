"""The mails about subscriptions, in both languages: they are made where there is no request."""

from collections.abc import Callable, Mapping, Sequence

from catalogue.domain.mail_frame import Frame, footer
from catalogue.domain.reuse import Stage
from catalogue.domain.reuse_news import Happening

_LONGEST_NAME = 120
_MONTHS: Mapping[str, Sequence[str]] = {
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
STAGES: Mapping[str, Mapping[Stage, str]] = {
    "de": {
        Stage.INTERESTED: "interessiert",
        Stage.PLANNED: "geplant",
        Stage.TRIAL: "erprobt",
        Stage.IN_USE: "im Betrieb",
        Stage.ENDED: "beendet",
    },
    "en": {
        Stage.INTERESTED: "interested",
        Stage.PLANNED: "planned",
        Stage.TRIAL: "on trial",
        Stage.IN_USE: "in use",
        Stage.ENDED: "ended",
    },
}
_HAPPENED: Mapping[str, Mapping[Happening, str]] = {
    "de": {
        Happening.NEW: "{body}: neue Nachnutzung, Stufe: {stage}",
        Happening.STAGE: "{body}: neue Stufe: {stage}",
        Happening.ENDED: "{body}: Nachnutzung beendet",
        Happening.GONE: "{body}: Nachnutzung zurückgezogen oder nicht mehr bestätigt",
    },
    "en": {
        Happening.NEW: "{body}: new reuse, stage: {stage}",
        Happening.STAGE: "{body}: new stage: {stage}",
        Happening.ENDED: "{body}: reuse ended",
        Happening.GONE: "{body}: reuse withdrawn or no longer confirmed",
    },
}
_UNNAMED = {
    "de": "Eine Stelle, die nicht öffentlich genannt wird",
    "en": "A body that is not named publicly",
}
_SINCE = {"de": " (seit {date})", "en": " (since {date})"}
_WHEN: Mapping[Happening | Stage, Mapping[str, str]] = {  # where "since" would say something else
    Happening.ENDED: {"de": " ({date})", "en": " ({date})"},
    Stage.PLANNED: {"de": " (für {date})", "en": " (for {date})"},
}
# title, text; each with its own blanks
_CONFIRM = {
    "de": (
        "Bitte bestätigen: Abonnement zu {name}",
        "Guten Tag,\n\njemand möchte mit dieser Mailadresse erfahren, wenn sich an der Nachnutzung von\n"
        "{name} etwas ändert.\n\nWaren Sie das? Dann öffnen Sie diese Seite und bestätigen Sie dort:\n"
        "{link}\n\nDer Link gilt sieben Tage. Waren Sie es nicht, müssen Sie nichts tun: Ohne Bestätigung\n"
        "wird die Adresse nach sieben Tagen gelöscht.\n",
    ),
    "en": (
        "Please confirm: subscription to {name}",
        "Hello,\n\nsomebody would like to be told at this address when something changes in the reuse of\n"
        "{name}.\n\nWas it you? Then open this page and confirm there:\n{link}\n\n"
        "The link is valid for seven days. If it was not you, there is nothing to do: without a\n"
        "confirmation the address is deleted after seven days.\n",
    ),
}
_ALREADY = {
    "de": (
        "Ihr Abonnement zu {name}",
        "Guten Tag,\n\njemand hat mit dieser Mailadresse noch einmal die Nachnutzung von\n{name} abonniert.\n"
        "\nDas Abonnement besteht schon. Ändern oder beenden können Sie es hier:\n{link}\n",
    ),
    "en": (
        "Your subscription to {name}",
        "Hello,\n\nsomebody has subscribed again at this address to the reuse of\n{name}.\n\n"
        "The subscription exists already. You can change or end it here:\n{link}\n",
    ),
}
_STARTED = {
    "de": (
        "Abonnement bestätigt: {name}",
        "Guten Tag,\n\nab jetzt rufen wir Ihren Webhook auf, wenn sich an der Nachnutzung von\n{name}\n"
        "etwas ändert. Das Protokoll der Aufrufe sehen Sie hier; dort können Sie das Abonnement auch\n"
        "ändern oder beenden:\n{link}\n",
    ),
    "en": (
        "Subscription confirmed: {name}",
        "Hello,\n\nfrom now on we call your webhook when something changes in the reuse of\n{name}.\n"
        "Here you see the log of the calls, and can change or end the subscription:\n{link}\n",
    ),
}
_DIGEST = {
    "de": (
        "Neues zur Nachnutzung von {name}",
        "Guten Tag,\n\nan der Nachnutzung von {name} hat sich etwas geändert:\n\n{rows}\n\n"
        "Zum Steckbrief:\n{profile}\n\nSie erhalten diese Mail, weil Sie die Nachnutzung dieser Lösung\n"
        "abonniert haben. Ändern oder beenden:\n{link}\n",
    ),
    "en": (
        "News about the reuse of {name}",
        "Hello,\n\nsomething has changed in the reuse of {name}:\n\n{rows}\n\nTo the profile:\n{profile}\n\n"
        "You receive this mail because you have subscribed to the reuse of this solution.\n"
        "Change or end it:\n{link}\n",
    ),
}
Mail = tuple[str, str]  # title, text


def one_line(text: str, longest: int = _LONGEST_NAME) -> str:
    """A name as part of a title: one line of bounded length, without signs that do not show."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def date_in_words(text: str, language: str) -> str:
    """2024-02-11 -> 11. Februar 2024, 2024-02 -> Februar 2024, 2024 -> 2024."""
    year, *rest = text.split("-")
    if not rest:
        return year
    month = _MONTHS[language][int(rest[0]) - 1]
    day = f"{int(rest[1])}{'.' if language == 'de' else ''} " if len(rest) > 1 else ""
    return f"{day}{month} {year}"


def happening_in_words(
    happening: Happening, *, body: str, stage: Stage | None, since: str | None, language: str
) -> str:
    """ "Magdeburg: neue Stufe: im Betrieb (seit März 2026)"; an empty `body` is not named."""
    words = _HAPPENED[language][happening].format(
        body=one_line(body) or _UNNAMED[language], stage=STAGES[language][stage] if stage else ""
    )
    if not since or happening is Happening.GONE:
        return words
    when = _WHEN.get(happening) or (_WHEN.get(stage) if stage else None) or _SINCE
    return words + when[language].format(date=date_in_words(since, language))


def _mail(table: Mapping[str, Mail]) -> Callable[..., Mail]:
    def write(language: str, name: str, frame: Frame, **blanks: str) -> Mail:
        title, text = table[language]
        name, last = one_line(name), footer(frame, "en" if language == "en" else "de")
        return title.format(name=name), f"{text.format(name=name, **blanks)}\n{last}\n"

    return write


confirm_mail = _mail(_CONFIRM)  # link
already_mail = _mail(_ALREADY)  # link
started_mail = _mail(_STARTED)  # link
digest_mail = _mail(_DIGEST)  # rows, profile, link
