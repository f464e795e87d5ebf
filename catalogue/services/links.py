"""Addresses of pages for mails and calls that are made where there is no request."""

from dataclasses import dataclass
from urllib.parse import quote

from catalogue.domain.mail_frame import Frame

NOWHERE = "http://localhost:8000"  # where nobody has set the public address: this machine


@dataclass(frozen=True, slots=True)
class Links:
    """Pages below the public address, and who writes of them; `base` has no slash at its end."""

    base: str
    operator: str = ""
    office_email: str = ""

    @property
    def frame(self) -> Frame:
        """What stands around the text of a mail."""
        return Frame(base=self.base, operator=self.operator, office_email=self.office_email)

    def solution(self, language: str, key: str) -> str:
        """The profile of a solution."""
        return f"{self.base}/{language}/solutions/{quote(key, safe='')}"

    def confirm_subscription(self, language: str, secret: str) -> str:
        """Where a subscription is confirmed."""
        return f"{self.base}/{language}/subscriptions/confirm/{secret}"

    def subscription(self, language: str, secret: str) -> str:
        """Where a subscription is changed or ended."""
        return f"{self.base}/{language}/subscriptions/{secret}"

    def stop_subscription(self, language: str, secret: str) -> str:
        """What a mail program calls to end a subscription (RFC 8058)."""
        return f"{self.base}/{language}/subscriptions/{secret}/stop"
