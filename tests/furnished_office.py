"""An office in the middle of its work: something on each of its pages, among the real entries."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from office_login import hashed

from catalogue.domain.access import Role
from catalogue.domain.delivery import Trouble
from catalogue.domain.reuse import Stage, Step, What
from catalogue.domain.reuse_report import (
    Action,
    Claim,
    MailDomain,
    ReuseReport,
    State,
    Visibility,
    moved,
    office,
)
from catalogue.storage.accounts import NewAccount
from catalogue.storage.database import writer
from catalogue.storage.hints import Hint
from catalogue.storage.outbox import Channel, Message, post
from catalogue.storage.reuse_book import Reporter, keep_reporter
from catalogue.storage.store import Store
from catalogue.storage.subscription_rows import Standing, Subscription
from catalogue.storage.terms import Count, day_of

LOGIN = "editha"
MAGDEBURG, HALLE, COLOGNE, DISTRICT = "15003000", "15002000", "05315000", "03154"
LONG = (
    "Die Anbindung an das Geoinformationssystem hat länger gedauert als gedacht, weil die Dienste der"
    " Landesvermessung eine andere Projektion verwenden: https://geodaten.example.org/dienste/wms/uebersicht"
)
# What is wrong is different in each row; two are right, and one of them says something new.
BAD_TABLE = """Lösung;Kommune;Stand;Im Betrieb seit;Was;Adresse;Ansprechstelle;Bemerkung
hal-plan;Dresden;im Betrieb;2024-05;ganz;;;gut
hal-plan;Neustadt;im Betrieb;2024;;;;
unbekannt;Köln;demnächst;bald;alles;intranet/baum;kein Postfach;
hal-plan;Dresden;im Betrieb;2025;;;;
hal-plan;Magdeburg;erprobt;;;;;
;Leipzig;;;;;;
"""


@dataclass(frozen=True, kw_only=True)
class Furnished:
    """Numbers of what is in the office."""

    first: int  # event of that report
    full: int  # a report that says everything, with a long history
    waiting: int
    same: int  # says what another one says
    changed: int
    rejected: int
    hint: int
    account: int  # Editha's


def furnish(store: Store, now: datetime) -> Furnished:
    """Fill an office; Editha Beispiel administers it."""
    editha = _account(store, LOGIN, "Editha Beispiel", Role.ADMINISTRATOR, now)
    other = _account(store, "bjoern.oestreich-langendorf", "Björn Oestreich-Langendorf", Role.EDITOR, now)
    gone = _account(store, "cem", "Cem Vormals", Role.READER, now)
    store.accounts.disable(gone, actor=office(editha), now=now)
    full = _full(store, office(editha), office(other), now)
    waiting = _reported(store, _claim(MAGDEBURG), "gis@magdeburg.de", now, mail_domain=MailDomain.OWN)
    same = _reported(store, _claim(MAGDEBURG), "erika@gmx.de", now, mail_domain=MailDomain.FREE)
    unnamed = _claim(DISTRICT, solution="masterportal", visibility=Visibility.UNNAMED)
    _reported(store, unnamed, "info@dataport.de", now, mail_domain=MailDomain.PROVIDER)
    _denied(store, office(editha), now)
    _old(store, office(other), now)
    _subscriptions(store, now)
    _outbox(store, now)
    _searches(store, now)
    return Furnished(
        first=store.reuse.history(full)[0].number,
        full=full,
        waiting=waiting,
        same=same,
        changed=_changed(store, office(editha), now),
        rejected=_rejected(store, office(other), now),
        hint=_hints(store, now),
        account=editha,
    )


def _account(store: Store, login: str, name: str, role: Role, now: datetime) -> int:
    new = NewAccount(login=login, name=name, role=role, password=hashed())
    return store.accounts.add(new, actor="system", now=now).id


def _claim(body: str, since: str = "2026-05", **more: object) -> Claim:
    steps = (Step(stage=Stage.IN_USE, since=since),)
    return Claim(**{"solution": "hal-plan", "body": body, "steps": steps, **more})  # type: ignore[arg-type]


def _reported(store: Store, claim: Claim, email: str, at: datetime, **more: object) -> int:
    """A report that somebody made and whose mail was confirmed."""
    report = ReuseReport(claim=claim, reported_at=at, affirmed_at=at, **more)  # type: ignore[arg-type]
    kept = store.reuse.keep(
        report,
        action=Action.SUBMITTED,
        actor="reporter",
        now=at,
        also=lambda connection, kept: keep_reporter(
            connection, kept.number, Reporter(email=email, language="de"), at
        ),
    )
    pending = moved(kept, State.PENDING)
    return store.reuse.keep(pending, action=Action.MAIL_CONFIRMED, actor="reporter", now=at).number


def _step(store: Store, number: int, action: Action, actor: str, now: datetime, **changes: object) -> None:
    """One more event of a report. `claim_…` changes what is claimed."""
    report = store.reuse.find(number)
    assert report is not None
    claim = {name.removeprefix("claim_"): changes.pop(name) for name in list(changes) if "claim_" in name}
    reason = str(changes.pop("why", ""))
    new = replace(report, claim=replace(report.claim, **claim), **changes)  # type: ignore[arg-type]
    store.reuse.keep(new, action=action, actor=actor, now=now, reason=reason)


def _confirm(store: Store, number: int, actor: str, now: datetime, why: str = "") -> None:
    _step(
        store, number, Action.CONFIRMED, actor, now,
        state=State.CONFIRMED, decided_at=now, affirmed_at=now, why=why,
    )  # fmt: skip


def _full(store: Store, first: str, second: str, now: datetime) -> int:
    """Everything that a report can say, and much of what can be done to it."""
    claim = _claim(
        COLOGNE,
        what=What.ADAPTED,
        part="Baumkataster und Beteiligung, ohne die Schnittstelle zum Fachverfahren",
        version="4.2.0-rc1",
        operator="Kommunales Rechenzentrum Niederrhein",
        address="https://plan.stadt-koeln.example.org/anwendungen/digitaler-zwilling/index.html?ansicht=karte",
        effort=LONG,
        obstacles="Die Schulung der Fachämter.",
        contact="digitale-stadt@stadt-koeln.example.org",
        evidence="https://ratsinformation.stadt-koeln.example.org/vorlage/2026-0815.pdf",
    )
    past = now - timedelta(days=500)
    number = _reported(store, claim, "digitale-stadt@stadt-koeln.de", past, mail_domain=MailDomain.OWN)
    _confirm(store, number, second, past + timedelta(days=2), "Anruf beim Amt für Digitales.")
    _step(store, number, Action.CORRECTED, first, past + timedelta(days=9), claim_version="4.3", why=LONG)
    _step(store, number, Action.ASKED, first, now - timedelta(days=70), asked_at=now - timedelta(days=70))
    ended = (Step(stage=Stage.IN_USE, since="2026-05"), Step(stage=Stage.ENDED, since="2026-10-31"))
    _step(
        store, number, Action.CHANGED, "reporter", now - timedelta(days=1),
        claim_steps=ended, is_to_check=True,
    )  # fmt: skip
    return number


def _denied(store: Store, actor: str, now: datetime) -> None:
    """Magdeburg says that what an entry says of it is not so."""
    number = _reported(store, _claim(HALLE, steps=()), "it@halle.de", now, mail_domain=MailDomain.OWN)
    _confirm(store, number, actor, now)


def _old(store: Store, actor: str, now: datetime) -> None:
    for days, body in ((400, "09162000"), (800, "02000000")):
        at = now - timedelta(days=days)
        number = _reported(store, _claim(body, "2023"), "post@stadt.example.org", at)
        _confirm(store, number, actor, at)


def _changed(store: Store, actor: str, now: datetime) -> int:
    number = _reported(store, _claim("11000000", "2024-01"), "post@berlin.example.org", now)
    _confirm(store, number, actor, now)
    _step(store, number, Action.CHANGED, "reporter", now, claim_operator="ITDZ", is_to_check=True)
    return number


def _rejected(store: Store, actor: str, now: datetime) -> int:
    number = _reported(store, _claim("08111000", "2025"), "ein.scherz@gmx.de", now)
    why = "Die Stadt sagt am Telefon, dass sie die Lösung nicht kennt."
    _step(
        store, number, Action.REJECTED, actor, now, state=State.REJECTED, decided_at=now, reason=why, why=why
    )
    return number


def _hints(store: Store, now: datetime) -> int:
    long = Hint(solution="hal-plan", body=MAGDEBURG, text=LONG, place=LONG[-70:], email="x@y.de", made=now)
    kept = store.hints.add(long)
    store.hints.add(Hint(solution="masterportal", text="Die Lizenz ist eine andere.", made=now))
    return kept.number


def _subscriptions(store: Store, now: datetime) -> None:
    for channel, address, standing in (
        (Channel.MAIL, "smartcity@halle.de", Standing.ACTIVE),
        (Channel.WEBHOOK, "https://hook.stadt.example.org/x", Standing.UNCONFIRMED),
    ):
        wanted = Subscription(
            solution="hal-plan", channel=channel, address=address, contact="smartcity@halle.de",
            language="de", standing=standing,
        )  # fmt: skip
        store.subscriptions.subscribe(wanted, now, also=lambda connection, kept: None)


def _outbox(store: Store, now: datetime) -> None:
    """One that waits, one that failed for good, one that was sent."""
    titles = ("HAL-Plan: Magdeburg meldet eine Nachnutzung", "Stimmt Ihre Meldung noch?", "Ihr Abonnement")
    with writer(store._engine).begin() as connection:
        for number, title in enumerate(titles, start=1):
            message = Message(
                address="smartcity@kommunales-rechenzentrum-niederrhein.de", title=title, text="Guten Tag",
                subject="report", number=number,
            )  # fmt: skip
            post(connection, message, now)
    outbox = store.outbox
    for what in ("sent", "failed", "later"):
        claimed = outbox.claim(Channel.MAIL, now)
        assert claimed is not None
        if what == "sent":
            outbox.sent(claimed, now)
        elif what == "failed":
            outbox.failed(claimed, now, f"{Trouble.REFUSED.value} 550")
        else:
            outbox.later(claimed, now + timedelta(hours=2), Trouble.CERTIFICATE.value)


def _searches(store: Store, now: datetime) -> None:
    """Terms that were asked often enough to be kept: one finds nothing, one nobody opened, one is hidden."""
    terms = {"hundesteuerbefreiungsantrag": (0, 0), "wlan": (12, 0), "zwilling": (9, 30), "unflätig": (0, 0)}
    for back in range(4):
        day = day_of(now - timedelta(days=back))
        counts = {(term, day): Count(searches=3, found=f, opened=o) for term, (f, o) in terms.items()}
        store.terms.add(counts, now=now - timedelta(days=back), secret=b"x" * 32)
    store.terms.hide("unflätig", actor="office:1", now=now)
