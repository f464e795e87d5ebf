"""A provider of OpenID Connect on the loopback, as obedient or as wicked as a test wants it."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT, SECRET = "katalog", "client secret"


def _part(data: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


@dataclass
class FakeProvider:
    """What it says of whoever logs in, and how it lies."""

    url: str = ""
    now: float = 0
    claims: dict[str, object] = field(default_factory=dict)  # of the person
    wrong: dict[str, object] = field(default_factory=dict)  # claims that are wrong; None: missing
    algorithm: str = "RS256"
    forged: bool = False  # signed with a key that nobody published
    discovery: dict[str, object] = field(default_factory=dict)  # what the discovery says instead
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)  # path -> status and text, instead
    codes: dict[str, dict[str, str]] = field(default_factory=dict)  # code -> what was asked for
    asked: list[str] = field(default_factory=list)
    rsa: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "r"}, auto_kid=False))
    ec: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "e"}, auto_kid=False))
    stranger: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "r"}, auto_kid=False))

    def authorize(self, address: str) -> str:
        """What the browser of a person does who agrees: the address to which it is sent back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        assert asked["client_id"] == CLIENT
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?code={code}&state={asked['state']}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, object]:
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".replace(" ", "%20").encode()).decode()
        plain = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        assert authorization in (f"Basic {expected}", f"Basic {plain}")
        asked = self.codes.pop(form["code"], None)  # a code is good once
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        proof = (challenge, form["redirect_uri"])
        if asked is None or proof != (asked["code_challenge"], asked["redirect_uri"]):
            return 400, {"error": "invalid_grant"}
        token = {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token(asked["nonce"])}
        return 200, token

    def id_token(self, nonce: str) -> str:
        said = {
            "iss": self.url,
            "aud": CLIENT,
            "iat": int(self.now),
            "exp": int(self.now) + 300,
            "nonce": nonce,
            **self.claims,
            **self.wrong,
        }
        claims = {name: value for name, value in said.items() if value is not None}
        if self.algorithm == "none":
            return f"{_part({'alg': 'none'})}.{_part(claims)}."
        header = {"alg": self.algorithm, "kid": "e" if self.algorithm == "ES256" else "r"}
        if self.algorithm == "HS256":  # the public key taken for a shared secret
            signed = f"{_part(header)}.{_part(claims)}"
            mac = hmac.digest(self.rsa.as_pem(private=False), signed.encode(), "sha256")
            return f"{signed}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"
        key = self.stranger if self.forged else self.ec if self.algorithm == "ES256" else self.rsa
        return jwt.encode(header, claims, key, algorithms=[self.algorithm])

    def answer(self, path: str, form: dict[str, str], authorization: str) -> tuple[int, object]:
        if path == "/.well-known/openid-configuration":
            found: dict[str, object] = {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
            }
            return 200, {**found, **self.discovery}
        if path == "/keys":
            keys = [key.as_dict(private=False) for key in (self.rsa, self.ec)]
            return 200, {"keys": keys}
        if path == "/token":
            return self.token(form, authorization)
        return 404, {}


class _Handler(BaseHTTPRequestHandler):
    provider: FakeProvider

    def do_GET(self) -> None:
        self._send({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._send({name: values[0] for name, values in parse_qs(body).items()})

    def _send(self, form: dict[str, str]) -> None:
        path = urlsplit(self.path).path
        self.provider.asked.append(path)
        if path == "/authorize":  # a person who agrees at once
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(self.path))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if path in self.provider.answers:
            status, text = self.provider.answers[path]
        else:
            status, said = self.provider.answer(path, form, self.headers.get("Authorization", ""))
            text = json.dumps(said)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        if 300 <= status < 400:
            self.send_header("Location", "/keys")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is http.server's
        pass


@contextmanager
def a_provider() -> Iterator[FakeProvider]:
    """A running provider."""
    provider = FakeProvider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
