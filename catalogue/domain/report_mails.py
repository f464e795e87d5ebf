"""The mails to whoever reports a reuse: plain text that says why it came, what is stored, how to object.

A mail goes to somebody who may never have heard of us: so it says first what happened, and that doing nothing
is enough.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalogue.domain.mail_frame import Frame, Language, footer
from catalogue.domain.mail_words import STAGES, date_in_words
from catalogue.domain.reuse import Stage, Step
from catalogue.domain.reuse_report import Claim, Visibility
from catalogue.domain.wording import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A claim with the names of what its keys stand for."""

    claim: Claim
    solution: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Title and text of a mail."""

    title: str
    text: str


def language_of(text: str) -> Language:
    """The language of a reporter; German where it is not known."""
    return "en" if text == "en" else "de"


def confirm_link(frame: Frame, lang: Language, secret: str) -> str:
    """Where the reporter confirms the mail address."""
    return f"{frame.base}/{lang}/reuse/confirm/{secret}"


def receipt_link(frame: Frame, lang: Language, secret: str) -> str:
    """Where the reporter changes, ends or withdraws the report."""
    return f"{frame.base}/{lang}/reuse/receipt/{secret}"


def confirm_mail(named: Named, frame: Frame, lang: Language, secret: str) -> Letter:
    """Somebody reported with this address: is it you?"""
    link = confirm_link(frame, lang, secret)
    if lang == "en":
        return _letter(
            f"Please confirm your report: {named.solution}",
            [
                "Hello,",
                "somebody gave this mail address to the reuse catalogue and reported:",
                _claim(named, lang),
                "Is that right? Please confirm it within seven days, on this page with one button:",
                link,
                "It was not you? Then please do nothing. After seven days the report and this address are"
                " deleted, and nothing is published.",
                "What is stored: this address and the report. The address is used for this report only, and"
                " is published nowhere.",
            ],
            frame,
            lang,
        )
    return _letter(
        f"Bitte bestätigen Sie Ihre Meldung: {named.solution}",
        [
            "Guten Tag,",
            "jemand hat diese Mailadresse im Nachnutzungskatalog angegeben und gemeldet:",
            _claim(named, lang),
            "Stimmt das? Dann bestätigen Sie es bitte innerhalb von sieben Tagen, auf dieser Seite mit einer"
            " Schaltfläche:",
            link,
            "Sie waren das nicht? Dann tun Sie bitte nichts. Nach sieben Tagen werden die Meldung und diese"
            " Adresse gelöscht, und nichts wird veröffentlicht.",
            "Was gespeichert ist: diese Adresse und die Meldung. Die Adresse dient nur dieser Meldung und"
            " wird nirgends veröffentlicht.",
        ],
        frame,
        lang,
    )


def receipt_mail(named: Named, frame: Frame, lang: Language, secret: str) -> Letter:
    """The report has come in; with this link it can be changed."""
    link = receipt_link(frame, lang, secret)
    if lang == "en":
        return _letter(
            f"Your report has come in: {named.solution}",
            [
                "Hello,",
                "thank you. You confirmed this report; the coordination office looks at it next:",
                _claim(named, lang),
                "Please keep this link. With it you see how the report stands, and can change, end or"
                " withdraw it; it is yours alone and lasts two years:",
                link,
                f"Lost it? You get a new one here: {frame.base}/en/reuse/renew",
                "What is stored: this address, to ask back and to ask once in a while whether it is still"
                " true. You may object at any time: withdraw the report with the link, or write to us.",
            ],
            frame,
            lang,
        )
    return _letter(
        f"Ihre Meldung ist eingegangen: {named.solution}",
        [
            "Guten Tag,",
            "vielen Dank. Sie haben diese Meldung bestätigt; als Nächstes sieht sie die"
            " Koordinierungsstelle an:",
            _claim(named, lang),
            "Bitte heben Sie diesen Link auf. Mit ihm sehen Sie, wie es um die Meldung steht, und können sie"
            " ändern, beenden oder zurückziehen. Er gehört nur Ihnen und gilt zwei Jahre:",
            link,
            f"Verloren? Hier bekommen Sie einen neuen: {frame.base}/de/reuse/renew",
            "Was gespeichert ist: diese Adresse, für Rückfragen und um ab und zu zu fragen, ob es noch"
            " stimmt. Sie können jederzeit widersprechen: Ziehen Sie die Meldung mit dem Link zurück oder"
            " schreiben Sie uns.",
        ],
        frame,
        lang,
    )


def renewal_mail(reports: Iterable[tuple[Named, str]], frame: Frame, lang: Language) -> Letter:
    """New links to all reports of an address; each comes with its secret."""
    rows = [f"{_claim(named, lang)}\n{receipt_link(frame, lang, secret)}" for named, secret in reports]
    if lang == "en":
        return _letter(
            "New links to your reports",
            [
                "Hello,",
                "somebody asked for new links to the reports that were made with this mail address. The ones"
                " sent before no longer work.",
                *rows,
                "It was not you? Then please do nothing. Only who reads this mailbox can use the links.",
            ],
            frame,
            lang,
        )
    return _letter(
        "Neue Links zu Ihren Meldungen",
        [
            "Guten Tag,",
            "jemand hat neue Links zu den Meldungen angefordert, die mit dieser Mailadresse gemacht wurden."
            " Die früher verschickten gelten nicht mehr.",
            *rows,
            "Sie waren das nicht? Dann tun Sie bitte nichts. Die Links kann nur nutzen, wer dieses Postfach"
            " liest.",
        ],
        frame,
        lang,
    )


def still_true_mail(named: Named, frame: Frame, lang: Language, secret: str) -> Letter:
    """Is it still true? One button says yes."""
    link = receipt_link(frame, lang, secret) + "#still-true"
    if lang == "en":
        return _letter(
            f"Is this still true? {named.solution}",
            [
                "Hello,",
                "the reuse catalogue names this reuse, and this address as the contact for it:",
                _claim(named, lang),
                "Is it still true? On this page one button says yes; there you can also change or end it:",
                link,
                "Without an answer the statement stays, with its old date.",
                "If it is no longer your task, please pass this mail on, or write to us. If you do not want"
                " to be asked again, withdraw the report there or object with a short answer.",
            ],
            frame,
            lang,
        )
    return _letter(
        f"Stimmt das noch? {named.solution}",
        [
            "Guten Tag,",
            "der Nachnutzungskatalog nennt diese Nachnutzung und führt diese Adresse als Kontakt dazu:",
            _claim(named, lang),
            "Stimmt das noch? Auf dieser Seite sagt eine Schaltfläche Ja; dort können Sie die Angaben auch"
            " ändern oder die Nachnutzung beenden:",
            link,
            "Antworten Sie nicht, bleibt die Angabe stehen, mit ihrem alten Datum.",
            "Ist es nicht mehr Ihre Aufgabe, geben Sie die Mail bitte weiter oder schreiben Sie uns. Möchten"
            " Sie nicht mehr gefragt werden, ziehen Sie die Meldung dort zurück oder widersprechen Sie mit"
            " einer kurzen Antwort.",
        ],
        frame,
        lang,
    )


def _letter(title: str, paragraphs: Iterable[str], frame: Frame, lang: Language) -> Letter:
    return Letter(title=one_line(title)[:150], text="\n\n".join([*paragraphs, footer(frame, lang)]) + "\n")


def _claim(named: Named, lang: Language) -> str:
    english = lang == "en"
    rows = [
        ("Solution" if english else "Lösung", named.solution),
        ("Municipality or body" if english else "Kommune oder Stelle", named.body),
        ("Stage" if english else "Stufe", _stage(named.claim, lang)),
    ]
    if named.claim.visibility is Visibility.UNNAMED:
        rows.append(
            ("Visibility", "counted, but not named publicly")
            if english
            else ("Sichtbarkeit", "zählt mit, wird aber nicht öffentlich genannt")
        )
    return "\n".join(f"  {label}: {one_line(value)}" for label, value in rows)


def _stage(claim: Claim, lang: Language) -> str:
    if not claim.steps:
        return "is not used by this body" if lang == "en" else "wird von dieser Stelle nicht genutzt"
    return step_in_words(claim.steps[-1], lang)


_SINCE: Mapping[Language, Mapping[Stage, str]] = {
    "de": {Stage.PLANNED: "für {date}"},
    "en": {Stage.PLANNED: "for {date}", Stage.ENDED: "({date})"},
}
_SINCE_ELSE: Mapping[Language, str] = {"de": "seit {date}", "en": "since {date}"}


def step_in_words(step: Step, lang: Language) -> str:
    """ "im Betrieb seit 1. März 2024", "geplant für 2027"; in English what has ended "ended (2025)"."""
    stage = STAGES[lang][step.stage]
    if not step.since:
        return stage
    since = _SINCE[lang].get(step.stage, _SINCE_ELSE[lang])
    return f"{stage} {since.format(date=date_in_words(step.since, lang))}"
