"""Tell subscribers what has happened to the reuse of a solution: webhooks at once, mails once a day."""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from catalogue.domain.bodies import Bodies
from catalogue.domain.mail_words import digest_mail, happening_in_words
from catalogue.domain.reuse_news import News, news_of, summed_up
from catalogue.domain.reuse_report import Event
from catalogue.services.links import Links
from catalogue.storage.events import Subject
from catalogue.storage.keys import Purpose, make_key
from catalogue.storage.outbox import Channel, Message, Transaction, last_mail, post
from catalogue.storage.store import Store
from catalogue.storage.subscription_rows import DIGEST, Subscription

log = logging.getLogger(__name__)

BETWEEN_MAILS = timedelta(days=1)
SECRET = "secret"  # noqa: S105  # the header of a message that holds what signs it
_SUBJECT = Subject.SUBSCRIPTION.value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What all messages of a round are made of."""

    store: Store
    bodies: Bodies
    links: Links
    now: datetime
    histories: Mapping[str, Sequence[list[Event]]]  # of the reports that were touched, by solution

    def name_of(self, solution: str) -> str:
        stored = self.store.solution(solution)
        return stored.solution.name if stored else solution

    def label_of(self, news: News) -> str:
        return self.bodies.get(news.body).label if news.body else ""


def tell(store: Store, bodies: Bodies, links: Links, now: datetime) -> int:
    """Put into the outbox what subscribers are to be told; how many were told something."""
    last = store.reuse.last_event()
    behind = store.subscriptions.active(behind=last)
    if not behind:
        return 0
    touched = store.subscriptions.touched(
        {one.solution for one in behind}, since=min(one.told_until for one in behind)
    )
    histories: dict[str, list[list[Event]]] = {}
    for solution, number in touched:
        histories.setdefault(solution, []).append(store.reuse.history(number))
    known = _Known(store=store, bodies=bodies, links=links, now=now, histories=histories)
    told = sum(_TELL[one.channel](known, one, last) for one in behind)
    if told:
        log.info("subscribers told count=%s", told)
    return told


def _tell_by_mail(known: _Known, one: Subscription, last: int) -> bool:
    news = [
        said
        for history in known.histories.get(one.solution, ())
        if (said := summed_up([e for e in history if e.number <= last], since=one.told_until))
    ]
    if not news:
        known.store.subscriptions.tell(one, last)
        return False
    return known.store.subscriptions.tell(
        one,
        last,
        is_due=lambda connection: _is_due(connection, one.number, known.now),
        messages=lambda connection: _post_digest(connection, known, one, news),
    )


def _is_due(connection: Transaction, number: int, now: datetime) -> bool:
    before = last_mail(connection, DIGEST, number)
    return before is None or now - before >= BETWEEN_MAILS


def _post_digest(connection: Transaction, known: _Known, one: Subscription, news: Sequence[News]) -> None:
    key = make_key(connection, Purpose.SUBSCRIPTION, one.number, known.now)
    rows = [
        happening_in_words(
            said.happening,
            body=known.label_of(said),
            stage=said.stage,
            since=said.since,
            language=one.language,
        )
        for said in sorted(news, key=lambda said: said.event)
    ]
    title, text = digest_mail(
        one.language,
        known.name_of(one.solution),
        known.links.frame,
        rows="\n".join(f"- {row}" for row in rows),
        profile=known.links.solution(one.language, one.solution),
        link=known.links.subscription(one.language, key),
    )
    headers = unsubscribe_headers(known.links.stop_subscription(one.language, key))
    message = Message(
        address=one.address, title=title, text=text, headers=headers, subject=DIGEST, number=one.number
    )
    post(connection, message, known.now)


def unsubscribe_headers(address: str) -> Mapping[str, str]:
    """What lets a mail program end the subscription with one click (RFC 8058)."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _tell_by_call(known: _Known, one: Subscription, last: int) -> bool:
    news = [
        said
        for history in known.histories.get(one.solution, ())
        for said in news_of(history, since=one.told_until)
        if said.event <= last
    ]
    news.sort(key=lambda said: said.event)
    was_told = known.store.subscriptions.tell(
        one,
        last,
        messages=lambda connection: _post_calls(connection, known, one, news),
    )
    return was_told and bool(news)


def _post_calls(connection: Transaction, known: _Known, one: Subscription, news: Sequence[News]) -> None:
    for said in news:
        post_call(connection, one, _call_about(known, one, said), known.now)


def post_call(connection: Transaction, one: Subscription, body: Mapping[str, object], now: datetime) -> None:
    """Put a call of the webhook into the outbox."""
    message = Message(
        channel=Channel.WEBHOOK,
        address=one.address,
        title=str(body["event"]),
        text=json.dumps(body, ensure_ascii=False),
        headers={SECRET: one.secret},
        subject=_SUBJECT,
        number=one.number,
    )
    post(connection, message, now)


def _call_about(known: _Known, one: Subscription, said: News) -> Mapping[str, object]:
    """What a webhook is told; docs/operation.md describes it."""
    named = {"key": known.bodies.get(said.body).key, "name": known.label_of(said)} if said.body else None
    return {
        "event": f"reuse.{said.happening}",
        "id": said.event,
        "at": said.at.isoformat(timespec="seconds"),
        "solution": {
            "id": one.solution,
            "name": known.name_of(one.solution),
            "url": known.links.solution(one.language, one.solution),
        },
        "body": named,
        "stage": said.stage.value if said.stage else None,
        "since": said.since,
    }


_TELL = {Channel.MAIL: _tell_by_mail, Channel.WEBHOOK: _tell_by_call}
