"""The one cookie of the catalogue: it holds the secret of a login at the office. Readers never get it.

`SameSite=Lax`: with `Strict` nobody would be logged in who comes from the login service or from a link in a
mail. Whatever changes something is a form with a ticket (`catalogue.web.forms`) that no other site can make.
"""

import hashlib
import hmac
import ipaddress
from urllib.parse import urlsplit

from flask import Response, request

from catalogue.web.context import secret_key, settings

_PLAIN, _SECURE = "office", "__Host-office"


def is_safe_here() -> bool:
    """Whether a password may be sent: over https, or to this very machine."""
    return _is_https() or _is_loopback(urlsplit(request.url_root).hostname or "")


def login_secret() -> str:
    """The secret that the browser sent; empty where there is none."""
    return request.cookies.get(_name(), "")


def set_login(response: Response, secret: str) -> None:
    """Give the browser the secret of a login; gone when the browser is closed."""
    response.set_cookie(_name(), secret, path="/", secure=_is_https(), httponly=True, samesite="Lax")


def clear_login(response: Response) -> None:
    """Take the secret away."""
    response.delete_cookie(_name(), path="/", secure=_is_https(), httponly=True, samesite="Lax")


def mark_of(secret: str) -> str:
    """The same as long as a login lasts; tells nothing of its secret and is known to nobody else."""
    return hmac.new(secret_key(), f"login\0{secret}".encode(), hashlib.sha256).hexdigest()


def _is_https() -> bool:
    return request.is_secure or settings().base_url.startswith("https://")


def _name() -> str:
    """Browsers take `__Host-` only with Secure, for this host alone and for all of its paths."""
    return _SECURE if _is_https() else _PLAIN


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
