"""A parcel as a mail (RFC 5322): plain text, one recipient, headers into which nothing can be slipped."""

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from catalogue.domain.delivery import NotDelivered, Parcel, Trouble, Way
from catalogue.standards.mail_address import BadMailAddress, domain_of, parse_mail_address

SENDER = "Nachnutzungskatalog"
_MAY_BE_GIVEN = frozenset({"List-Unsubscribe", "List-Unsubscribe-Post"})
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_TITLE = 300


def mail_message(parcel: Parcel, sender: str, now: datetime) -> EmailMessage:
    """The mail. Raises `NotDelivered` for an address, title or header that is none, such as two lines."""
    if not _is_well_formed(parcel):
        raise NotDelivered(Way.NEVER, Trouble.NOT_WELL_FORMED)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name=SENDER, addr_spec=sender)
    message["To"] = Address(addr_spec=parcel.address)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id(parcel, sender)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office reply, please
    for name, value in {"Subject": parcel.title, **parcel.headers}.items():
        message[name] = value
    message.set_content(parcel.text, charset="utf-8", cte="quoted-printable")
    return message


def message_id(parcel: Parcel, sender: str) -> str:
    """The same however often the mail is tried, so that a mailbox may notice a second copy."""
    return f"<{parcel.number}.{parcel.made:%Y%m%d%H%M%S}@{domain_of(sender)}>"


def _is_well_formed(parcel: Parcel) -> bool:
    lines = (parcel.title, *parcel.headers.values())
    return (
        not any(_BREAKS.search(line) for line in lines)
        and not _SURROGATE.search(parcel.title + parcel.text)
        and len(parcel.title) <= _LONGEST_TITLE
        and parcel.headers.keys() <= _MAY_BE_GIVEN
        and _is_plain(parcel.address)
    )


def _is_plain(address: str) -> bool:
    try:
        return parse_mail_address(address) == address
    except BadMailAddress:
        return False
