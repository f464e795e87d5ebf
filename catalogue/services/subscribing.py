"""Subscribe to what happens to the reuse of a solution, confirm it by mail, change it, end it."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from catalogue.domain.mail_words import Mail, already_mail, confirm_mail, started_mail
from catalogue.services.links import Links
from catalogue.services.telling import post_call, unsubscribe_headers
from catalogue.standards.address import BadAddress, parse_address
from catalogue.standards.mail_address import BadMailAddress, parse_mail_address
from catalogue.storage.events import Subject
from catalogue.storage.keys import Purpose, make_key
from catalogue.storage.outbox import Channel, Message, Transaction, place_of, post
from catalogue.storage.outbox_log import Line
from catalogue.storage.store import Store
from catalogue.storage.subscription_rows import DIGEST, Standing, Subscription
from harvest.settings import loopback_from

__all__ = ["Answer", "Confirmed", "Form", "Subscription", "Typed"]

log = logging.getLogger(__name__)

DAY = timedelta(days=1)
MOST_OF_ADDRESS = 3  # mails a day to one address because somebody filled in the form
MOST_OF_REQUESTER = 10  # forms an hour from one address of the network
SHOWN_LINES = 20
_SUBJECT = Subject.SUBSCRIPTION.value


class Answer(StrEnum):
    """What the form is told. Whether there was a subscription, or a mail is sent, is no part of it."""

    TAKEN = "taken"
    TOO_MANY = "too-many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody typed into the form."""

    channel: str = ""
    email: str = ""
    hook: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form that was sent: from where (`whom`), which one, when, and the key with which it is counted."""

    whom: str
    number: str  # the same however often it is sent, so that one form makes one subscription
    secret: bytes = field(repr=False)
    now: datetime

    def counts(self, store: Store, what: str, whom: str, *, most: int, within: timedelta) -> bool:
        """Count an attempt; False where there were too many."""
        return store.limits.take(what, whom, most=most, within=within, now=self.now, secret=self.secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """A subscription that has just begun, and the link with which it is changed or ended."""

    subscription: Subscription
    key: str


def check(typed: Typed, *, loopback: str) -> dict[str, str]:
    """What is wrong with it: field -> code of `standards`, or `missing`. Empty where all is well."""
    problems: dict[str, str] = {}
    if typed.channel not in [channel.value for channel in Channel]:
        problems["channel"] = "missing"
    try:
        parse_mail_address(typed.email)
    except BadMailAddress as error:
        problems["email"] = error.code
    if typed.channel == Channel.WEBHOOK:
        try:
            parse_hook(typed.hook, loopback=loopback)
        except BadAddress as error:
            problems["hook"] = error.code
    return problems


def parse_hook(text: str, *, loopback: str) -> str:
    """The address of a webhook: public and https, or one of this machine that tests have opened.

    Looks nothing up; that is done, and guarded, when it is called. Raises `BadAddress`.
    """
    text = text.strip()
    try:
        address = parse_address(text)
        if not address.is_encrypted:
            raise BadAddress("address-scheme")
    except BadAddress:
        if _is_opened(text, loopback):
            return text
        raise
    return address.text


def _is_opened(text: str, loopback: str) -> bool:
    try:
        parts = urlsplit(text)
        number = ip_address(parts.hostname or "")
        is_plain = parts.scheme in ("http", "https") and text.isascii() and text.isprintable()
        return is_plain and any(number in network for network in loopback_from(loopback))
    except ValueError:
        return False


def subscribe(
    store: Store, solution: str, typed: Typed, form: Form, *, language: str, loopback: str, links: Links
) -> Answer:
    """Somebody has sent the form, well filled in: a mail asks whether it was meant."""
    email, channel = parse_mail_address(typed.email), Channel(typed.channel)
    if not form.counts(store, "subscribe", form.whom, most=MOST_OF_REQUESTER, within=timedelta(hours=1)):
        return Answer.TOO_MANY
    # Who goes back and corrects the address sends anew: the same form counts once with the same content.
    content = f"{form.number}\0{email}\0{channel}\0{typed.hook}"
    is_first = form.counts(store, "subscribe form", content, most=1, within=DAY)
    if not is_first or not form.counts(store, "subscribe mail", email, most=MOST_OF_ADDRESS, within=DAY):
        return Answer.TAKEN
    hook = parse_hook(typed.hook, loopback=loopback) if channel is Channel.WEBHOOK else ""
    wanted = Subscription(
        solution=solution, channel=channel, address=hook or email, contact=email, language=language
    )
    name = name_of(store, solution)
    kept = store.subscriptions.subscribe(
        wanted, form.now, also=lambda connection, kept: _ask(connection, kept, name, links, form.now)
    )
    log.info("subscription asked for number=%s channel=%s", kept.number, channel)
    return Answer.TAKEN


def name_of(store: Store, solution: str) -> str:
    """The name of a solution; its id where it is published no more."""
    stored = store.solution(solution)
    return stored.solution.name if stored else solution


def confirm(store: Store, secret: str, links: Links, now: datetime) -> Confirmed | None:
    """The button behind the mailed link was used; None where the link opens nothing (any more)."""
    begun: list[Confirmed] = []

    def also(connection: Transaction, kept: Subscription) -> None:
        key = make_key(connection, Purpose.SUBSCRIPTION, kept.number, now)
        begun.append(Confirmed(subscription=kept, key=key))
        if kept.channel is Channel.WEBHOOK:
            link = links.subscription(kept.language, key)
            mail = started_mail(kept.language, name_of(store, kept.solution), links.frame, link=link)
            _post(connection, kept, mail, now, links.stop_subscription(kept.language, key))
            post_call(connection, kept, {"event": "subscribed", "solution": {"id": kept.solution}}, now)

    store.subscriptions.confirm(secret, now, also=also)
    if not begun:
        return None
    log.info("subscription confirmed number=%s", begun[0].subscription.number)
    return begun[0]


def is_confirmed(store: Store, secret: str) -> bool:
    """Whether this link has confirmed a subscription that is active."""
    key = store.keys.find(Purpose.SUBSCRIBE, secret)
    found = store.subscriptions.find(key.subject) if key and key.used else None
    return found is not None and found.standing is Standing.ACTIVE


def waiting(store: Store, secret: str, now: datetime) -> Subscription | None:
    """The subscription that a link would confirm; None where it opens nothing (any more)."""
    return _behind(store, Purpose.SUBSCRIBE, secret, now)


def managed(store: Store, secret: str, now: datetime) -> Subscription | None:
    """The subscription that a link may change or end; None where it opens nothing (any more)."""
    return _behind(store, Purpose.SUBSCRIPTION, secret, now)


def was_ended(store: Store, secret: str) -> bool:
    """Whether the subscription behind a link has ended."""
    key = store.keys.find(Purpose.SUBSCRIPTION, secret)
    return key is not None and key.revoked is not None


def change(
    store: Store, found: Subscription, now: datetime, *, language: str, hook: str, loopback: str
) -> dict[str, str]:
    """Change language and, where one is given, the address of a webhook; what is wrong, as `check` has it."""
    if hook and found.channel is Channel.WEBHOOK:
        try:
            hook = parse_hook(hook, loopback=loopback)
        except BadAddress as error:
            return {"hook": error.code}
    is_hook = found.channel is Channel.WEBHOOK
    store.subscriptions.change(found.number, now, language=language, address=hook if is_hook else "")
    return {}


def renew(store: Store, number: int, now: datetime) -> str | None:
    """A new key for the signatures of a webhook, to be shown once."""
    return store.subscriptions.renew_secret(number, now)


def place(found: Subscription) -> str:
    """What a page may say of the address: the domain of the mailbox, the host of the webhook."""
    return place_of(found.channel, found.address)


def deliveries(store: Store, subscription: Subscription) -> list[Line]:
    """The latest calls or mails of a subscription, latest first."""
    subject = _SUBJECT if subscription.channel is Channel.WEBHOOK else DIGEST
    return store.outbox_log.about(
        subject, subscription.number, channel=subscription.channel, limit=SHOWN_LINES
    )


def _behind(store: Store, purpose: Purpose, secret: str, now: datetime) -> Subscription | None:
    key = store.keys.find(purpose, secret)
    return store.subscriptions.find(key.subject) if key and key.opens(now) else None


def _ask(connection: Transaction, kept: Subscription, name: str, links: Links, now: datetime) -> None:
    """One mail either way, so that nobody learns from the form whether there is a subscription."""
    language = kept.language
    if kept.standing is Standing.ACTIVE:
        key = make_key(connection, Purpose.SUBSCRIPTION, kept.number, now)
        mail = already_mail(language, name, links.frame, link=links.subscription(language, key))
        _post(connection, kept, mail, now, links.stop_subscription(language, key))
        return
    key = make_key(connection, Purpose.SUBSCRIBE, kept.number, now)
    link = links.confirm_subscription(language, key)
    _post(connection, kept, confirm_mail(language, name, links.frame, link=link), now)


def _post(connection: Transaction, kept: Subscription, mail: Mail, now: datetime, stop: str = "") -> None:
    title, text = mail
    message = Message(
        address=kept.contact,
        title=title,
        text=text,
        headers=unsubscribe_headers(stop) if stop else {},
        subject=_SUBJECT,
        number=kept.number,
    )
    post(connection, message, now)


def listed(
    store: Store, *, offset: int, limit: int
) -> tuple[int, list[tuple[Subscription, datetime]], Mapping[str, str]]:
    """How many subscriptions there are, a page of them with when each was made, and the solutions' names."""
    total, found = store.subscriptions.all(offset=offset, limit=limit)
    names = store.report_lists.solution_names(list({one.solution for one, _ in found}))
    return total, found, names


def stop_by_office(store: Store, number: int, *, actor: str, reason: str, now: datetime) -> bool:
    """The office ends a subscription; False where it is gone already."""
    done = store.subscriptions.stop(number, now, actor=actor, reason=reason)
    if done:
        log.info("subscription stopped by the office number=%s", number)
    return done
