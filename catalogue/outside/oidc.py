"""Logs somebody in at an OpenID Connect provider: authorization code with PKCE, state and nonce.

Needs the extra `oidc`; `catalogue.config` says so before this module is loaded.
"""

import json
import secrets
import threading
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from catalogue.domain.access import Role
from catalogue.domain.login_service import Begun, Identity, LoginFailed, RoleRule, Trouble, role_of

ALGORITHMS = ("RS256", "ES256")  # neither `none` nor a shared secret
_TIMEOUT = (5, 10)  # seconds to connect, and between two bytes of the answer
_LEEWAY = 60  # seconds that two clocks may differ
_LARGEST = 1_000_000  # bytes of an answer
_LONGEST_SUBJECT = 255  # OpenID Connect Core 1.0, section 2
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")

Plain = Mapping[str, object]


class Provider:
    """One provider. Asks for its addresses with the first login, and for its keys with each."""

    def __init__(
        self, *, issuer: str, client_id: str, client_secret: str, rules: tuple[RoleRule, ...]
    ) -> None:
        self.issuer = issuer.rstrip("/")
        self.has_rules = bool(rules)
        self._rules = rules
        self._client_id = client_id
        self._client_secret = client_secret
        self._known: Mapping[str, str] | None = None
        self._lock = threading.Lock()

    def begin(self, came_back_at: str) -> Begun:
        """Where to send the browser. Raises `LoginFailed`."""
        known = self._addresses()
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        with self._session(came_back_at) as session:
            address, _ = session.create_authorization_url(
                known["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        return Begun(address=address, state=state, nonce=nonce, verifier=verifier)

    def finish(self, begun: Begun, code: str, came_back_at: str, now: datetime) -> Identity:
        """Who came back. Raises `LoginFailed`."""
        token = self._token(begun, code, came_back_at)
        claims = self._claims(token, begun, now)
        subject = claims.get("sub")
        if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
            raise LoginFailed(Trouble.UNBELIEVABLE, "the token has no subject")
        return Identity(
            issuer=self.issuer,
            subject=subject,
            login=str(claims.get("preferred_username", "")),
            name=str(claims.get("name", "")),
            role=self._role(claims),
        )

    def _role(self, claims: Plain) -> Role | None:
        return role_of(claims, self._rules)

    def _session(self, came_back_at: str) -> OAuth2Session:
        session = OAuth2Session(
            self._client_id,
            self._client_secret or None,
            scope="openid profile",
            redirect_uri=came_back_at,
            code_challenge_method="S256",
            default_timeout=_TIMEOUT,
        )
        session.trust_env = False  # no proxy and no .netrc of the environment
        session.max_redirects = 0  # a redirect would take the secret elsewhere
        return session

    def _token(self, begun: Begun, code: str, came_back_at: str) -> str:
        try:
            with self._session(came_back_at) as session:
                found = session.fetch_token(
                    self._addresses()["token_endpoint"],
                    code=code,
                    code_verifier=begun.verifier,
                    grant_type="authorization_code",
                )
        except OAuthError as error:
            raise LoginFailed(Trouble.REFUSED, "the service did not take the code") from error
        except (requests.RequestException, ValueError) as error:
            raise LoginFailed(Trouble.UNREACHABLE, f"no token: {type(error).__name__}") from error
        token = found.get("id_token")
        if not isinstance(token, str):
            raise LoginFailed(Trouble.UNBELIEVABLE, "the answer has no id_token")
        return token

    def _claims(self, token: str, begun: Begun, now: datetime) -> Plain:
        known = self._addresses()
        try:
            # Fetched for each login: few log in, and a key that was withdrawn is not believed any longer.
            keys = KeySet.import_key_set(_asked(known["jwks_uri"]))  # type: ignore[arg-type]
            decoded = jwt.decode(token, keys, algorithms=ALGORITHMS)
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                options={"iss": {"essential": True, "value": known["issuer"]}, "aud": _is(self._client_id)},
                params={"nonce": begun.nonce, "client_id": self._client_id},
            )
            claims.validate(now=int(now.timestamp()), leeway=_LEEWAY)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise LoginFailed(
                Trouble.UNBELIEVABLE, f"the token does not hold: {type(error).__name__}"
            ) from error
        found: Plain = claims
        return found

    def _addresses(self) -> Mapping[str, str]:
        """What the provider says of itself (OpenID Connect Discovery 1.0); asked until it answered once."""
        with self._lock:
            if self._known is None:
                self._known = self._discovered()
            return self._known

    def _discovered(self) -> Mapping[str, str]:
        said = _asked(f"{self.issuer}/.well-known/openid-configuration")
        known = {name: str(said.get(name, "")) for name in _NEEDED}
        if known["issuer"].rstrip("/") != self.issuer:
            raise LoginFailed(Trouble.UNBELIEVABLE, "the service names another issuer")
        if not all(_is_private(known[name]) for name in _NEEDED[1:]):
            raise LoginFailed(Trouble.UNBELIEVABLE, "the service names an address without https")
        return known


def _is(client_id: str) -> Mapping[str, object]:
    return {"essential": True, "value": client_id}


def _is_private(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def _asked(address: str) -> Plain:
    """The JSON object at an address. Raises `LoginFailed`."""
    try:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(address, timeout=_TIMEOUT, allow_redirects=False, stream=True)
            body = answer.raw.read(_LARGEST + 1, decode_content=True)
            if answer.status_code != 200 or len(body) > _LARGEST:
                raise LoginFailed(Trouble.UNREACHABLE, f"{address} answers {answer.status_code}")
            said = json.loads(body)
    except (requests.RequestException, ValueError, OSError) as error:
        raise LoginFailed(Trouble.UNREACHABLE, f"{address}: {type(error).__name__}") from error
    if not isinstance(said, dict):
        raise LoginFailed(Trouble.UNREACHABLE, f"{address} answers no object")
    return said
