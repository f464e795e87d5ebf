"""Sends mails by SMTP: encrypted, to one recipient each; no password and no address in any error."""

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from catalogue.domain.delivery import NotDelivered, Parcel, Trouble, Way
from catalogue.domain.mail_message import mail_message
from catalogue.standards.mail_address import domain_of

SECONDS = 30.0  # for each answer of the server
_PORTS = {"smtp": 587, "smtps": 465}
_ENHANCED = re.compile(rb"\b[245]\.\d{1,3}\.\d{1,3}\b")


class BadMailServer(ValueError):
    """The setting names no mail server that we would use; says why, and never what it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mails go. Neither user nor password is ever shown."""

    host: str
    port: int
    is_encrypted: bool  # from the first byte on; else STARTTLS is demanded, but on this machine
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def is_near(self) -> bool:
        """Whether it is this machine: what does not leave it may go unencrypted."""
        with suppress(ValueError):
            return ip_address(self.host).is_loopback
        return self.host == "localhost"


def parse_mail_server(text: str) -> MailServer:
    """The server of `smtp://user:password@host:port` or `smtps://...`. Raises `BadMailServer`."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise BadMailServer(
            "no address; signs such as / or @ in a password are written %2F and %40"
        ) from None
    if parts.scheme not in _PORTS:
        raise BadMailServer("begin it with smtp:// or smtps://")
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise BadMailServer("write smtp://user:password@host:port and nothing else")
    if bool(parts.username) != bool(parts.password):
        raise BadMailServer("name both user and password, or neither")
    return MailServer(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        is_encrypted=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


class MailCarrier:
    """Carries parcels as mails to one server. `trust` are the certificates that are believed."""

    def __init__(
        self,
        server: MailServer,
        sender: str,
        *,
        now: Callable[[], datetime],
        seconds: float = SECONDS,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._server = server
        self._sender = sender
        self._now = now
        self._seconds = seconds
        self._trust = trust

    def carry(self, parcel: Parcel) -> None:
        """Hand the mail to the server. Raises `NotDelivered`."""
        message = mail_message(parcel, self._sender, self._now())
        try:
            self._send(message, parcel.address)
        except smtplib.SMTPRecipientsRefused as refused:
            raise _refused(*next(iter(refused.recipients.values()))) from None
        except smtplib.SMTPDataError as error:
            raise _refused(error.smtp_code, error.smtp_error) from None
        except smtplib.SMTPResponseException as error:  # of the greeting or the sender: not of this mail
            raise NotDelivered(Way.CARRIER_DOWN, Trouble.REFUSED, str(error.smtp_code)) from None
        except smtplib.SMTPNotSupportedError:
            raise NotDelivered(Way.CARRIER_DOWN, Trouble.NO_ENCRYPTION) from None
        except ssl.SSLError:
            raise NotDelivered(Way.CARRIER_DOWN, Trouble.CERTIFICATE) from None
        except TimeoutError:
            raise NotDelivered(Way.CARRIER_DOWN, Trouble.TIMEOUT) from None
        except (smtplib.SMTPException, OSError, UnicodeError):
            raise NotDelivered(Way.CARRIER_DOWN, Trouble.UNREACHABLE) from None

    def _send(self, message: EmailMessage, address: str) -> None:
        server = self._server
        trust = self._trust or ssl.create_default_context()
        smtp = self._connection(trust)
        try:
            if not server.is_encrypted and not server.is_near:
                smtp.starttls(context=trust)
            if server.user:
                self._log_in(smtp)
            smtp.send_message(message, from_addr=self._sender, to_addrs=[address])
        finally:
            with suppress(smtplib.SMTPException, OSError):  # the mail is taken or not, whatever comes now
                smtp.quit()

    def _connection(self, trust: ssl.SSLContext) -> smtplib.SMTP:
        server, own = self._server, domain_of(self._sender)
        if server.is_encrypted:
            return smtplib.SMTP_SSL(server.host, server.port, own, timeout=self._seconds, context=trust)
        return smtplib.SMTP(server.host, server.port, own, timeout=self._seconds)

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.login(self._server.user, self._server.password)
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, UnicodeError):
            raise NotDelivered(Way.CARRIER_DOWN, Trouble.LOGIN) from None


def _refused(code: int, said: bytes | str) -> NotDelivered:
    """What the server said of this mail, without its words: they often repeat the address."""
    text = said if isinstance(said, bytes) else said.encode("utf-8", "replace")
    found = _ENHANCED.search(text)
    way = Way.NEVER if 500 <= code < 600 else Way.LATER
    return NotDelivered(way, Trouble.REFUSED, f"{code} {found.group().decode() if found else ''}".strip())
