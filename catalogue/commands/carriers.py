"""What carries mails and calls out of the house, as the settings want it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from catalogue.config import BadSetting, Settings
from catalogue.outside.mail import BadMailServer, MailCarrier, parse_mail_server
from catalogue.outside.webhook import WebhookCarrier
from catalogue.services.deliver import Carrier
from catalogue.standards.mail_address import BadMailAddress, parse_mail_address
from catalogue.storage.mail_folder import MailFolder
from catalogue.storage.outbox import Channel
from harvest import settings as read
from harvest.fetch import Door
from harvest.guard import Guard
from harvest.limits import Limits

NOBODY = "katalog@katalog.example"  # the sender of mails that are files, until the operator names one
# A call may take ten seconds and is made once: the outbox knows when to try again.
WEBHOOK_LIMITS = Limits(request_seconds=10, connect_seconds=5, retries=0, redirects=0)


def _now() -> datetime:
    return datetime.now(UTC)


def carriers_from(settings: Settings, *, clock: Callable[[], datetime] = _now) -> Mapping[Channel, Carrier]:
    """A carrier for each channel. Raises `BadSetting` for what cannot be meant; connects to nothing yet."""
    try:
        allow = read.loopback_from(settings.harvest_loopback)
    except read.BadSetting as error:
        raise BadSetting(str(error)) from None
    calls = WebhookCarrier(lambda: Door(limits=WEBHOOK_LIMITS, guard=Guard(allow=allow)), now=clock)
    return {Channel.MAIL: _mail_carrier(settings, clock), Channel.WEBHOOK: calls}


def _mail_carrier(settings: Settings, clock: Callable[[], datetime]) -> Carrier:
    if settings.smtp and not settings.mail_from:
        raise BadSetting(
            "CATALOGUE_MAIL_FROM: set the sender of mails, or CATALOGUE_OFFICE_EMAIL, to use CATALOGUE_SMTP"
        )
    try:
        sender = parse_mail_address(settings.mail_from or NOBODY)
        if not settings.smtp:
            return MailFolder(settings.data, sender, now=clock)
        return MailCarrier(parse_mail_server(settings.smtp), sender, now=clock)
    except BadMailAddress:
        raise BadSetting("CATALOGUE_MAIL_FROM: no mail address that mails can be sent from") from None
    except BadMailServer as error:
        raise BadSetting(f"CATALOGUE_SMTP: {error}") from None
