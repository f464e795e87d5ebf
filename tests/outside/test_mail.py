"""Mails against a real server on the loopback: what is sent, and what comes of each kind of trouble."""

import shutil
import socket
import ssl
import subprocess
from datetime import UTC, datetime
from email import message_from_string
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_server import mail_server

from catalogue.domain.delivery import NotDelivered, Parcel, Way
from catalogue.domain.mail_message import mail_message
from catalogue.outside.mail import BadMailServer, MailCarrier, MailServer, parse_mail_server

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
PASSWORD = "sehr+geheim"


def a_parcel(**changes) -> Parcel:
    given = {
        "number": 7,
        "address": "amt@stadt.example",
        "title": "Bitte bestätigen: Straßenbäume",
        "text": "Grüße aus Köln\n.\n",
        "made": NOW,
    }
    return Parcel(**{**given, **changes})


def a_carrier(port: int, *, host: str = "127.0.0.1", user: str = "", encrypted: bool = False) -> MailCarrier:
    server = MailServer(
        host=host, port=port, is_encrypted=encrypted, user=user, password=PASSWORD if user else ""
    )
    return MailCarrier(server, "katalog@amt.example", now=lambda: NOW, seconds=2)


def trouble_of(carrier: MailCarrier, parcel: Parcel | None = None) -> NotDelivered:
    with pytest.raises(NotDelivered) as caught:
        carrier.carry(parcel or a_parcel())
    assert PASSWORD not in str(caught.value)
    assert "stadt.example" not in str(caught.value)
    assert caught.value.__cause__ is None
    return caught.value


def test_a_mail_is_plain_text_with_all_that_a_mailbox_wants_to_know():
    with mail_server() as box:
        a_carrier(box.port).carry(a_parcel(headers={"List-Unsubscribe": "<https://katalog.example/x>"}))

    [(sender, to, data)] = box.mails
    mail = message_from_string(data, policy=default)
    assert "FROM:<katalog@amt.example>" in sender
    assert [line.upper() for line in to] == ["RCPT TO:<AMT@STADT.EXAMPLE>"]
    assert mail["To"] == "amt@stadt.example"
    assert mail["From"] == "Nachnutzungskatalog <katalog@amt.example>"
    assert mail["Subject"] == "Bitte bestätigen: Straßenbäume"
    assert mail["Date"].datetime == NOW
    assert mail["Message-ID"] == "<7.20261201093000@amt.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == "<https://katalog.example/x>"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().replace("\r", "").replace("..", ".") == "Grüße aus Köln\n.\n"
    assert data.isascii()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Hallo\r\nBcc: alle@stadt.example"},
        {"title": "Hallo\nBcc: alle@stadt.example"},
        {"title": "Hallo\u2028Bcc: alle@stadt.example"},
        {"title": "x" * 301},
        {"address": "amt@stadt.example\r\nBcc: alle@stadt.example"},
        {"address": "amt@stadt.example>, <alle@stadt.example"},
        {"address": "Amt@Stadt.example"},  # as it was never given to the outbox
        {"headers": {"List-Unsubscribe": "<https://a>\r\nBcc: alle@stadt.example"}},
        {"headers": {"Bcc": "alle@stadt.example"}},
    ],
)
def test_nothing_can_be_slipped_into_the_head_of_a_mail(changes):
    with mail_server() as box:
        assert trouble_of(a_carrier(box.port), a_parcel(**changes)).way is Way.NEVER

    assert box.commands == []


@given(title=st.text(max_size=80), text=st.text(max_size=200))
def test_whatever_a_title_says_a_mail_has_the_same_headers(title, text):
    try:
        written = mail_message(a_parcel(title=title, text=text), "katalog@amt.example", NOW).as_bytes()
    except NotDelivered:
        return
    head = written.partition(b"\r\n\r\n")[0].decode("ascii")
    names = [line.partition(":")[0] for line in head.split("\r\n") if not line.startswith((" ", "\t"))]
    assert names[:6] == ["From", "To", "Date", "Message-ID", "Auto-Submitted", "Subject"]
    assert set(names[6:]) == {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"}


@pytest.mark.parametrize(
    ("answers", "way", "trouble"),
    [
        ({"RCPT": "450 4.2.1 <amt@stadt.example> come back"}, Way.LATER, "refused 450 4.2.1"),
        ({"RCPT": "550 5.1.1 <amt@stadt.example> unknown"}, Way.NEVER, "refused 550 5.1.1"),
        ({"END": "452 4.3.1 full"}, Way.LATER, "refused 452 4.3.1"),
        ({"END": "554 spam"}, Way.NEVER, "refused 554"),
        ({"MAIL": "530 5.7.0 amt@stadt.example may not"}, Way.CARRIER_DOWN, "refused 530"),
        ({"EHLO": "421 closing", "HELO": "421 closing"}, Way.CARRIER_DOWN, "refused 421"),
        ({"END": "HANG-UP"}, Way.CARRIER_DOWN, "unreachable"),
    ],
)
def test_what_the_server_says_decides_whether_it_is_tried_again(answers, way, trouble):
    with mail_server(answers) as box:
        refused = trouble_of(a_carrier(box.port))

    assert (refused.way, refused.trouble) == (way, trouble)
    assert box.mails == []


def test_a_mail_that_was_taken_is_taken_though_the_goodbye_fails():
    with mail_server({"QUIT": "500 what"}) as box:
        a_carrier(box.port).carry(a_parcel())

    assert len(box.mails) == 1


def test_without_starttls_nothing_goes_to_another_machine(monkeypatch):
    with mail_server() as box:
        # "mail.example" is the loopback here, and yet not this machine by its name.
        real = socket.create_connection
        monkeypatch.setattr(
            socket, "create_connection", lambda address, *args: real(("127.0.0.1", address[1]), *args)
        )
        refused = trouble_of(a_carrier(box.port, host="mail.example", user="name"))

    assert (refused.way, refused.trouble) == (Way.CARRIER_DOWN, "no-encryption")
    assert [line for line in box.commands if line.startswith(("AUTH", "MAIL"))] == []


def test_a_login_that_fails_says_so_without_the_password():
    with mail_server({"AUTH": f"535 5.7.8 wrong: {PASSWORD}"}, extensions=("AUTH PLAIN LOGIN",)) as box:
        refused = trouble_of(a_carrier(box.port, user="name"))

    assert (refused.way, refused.trouble) == (Way.CARRIER_DOWN, "login")


def test_a_server_that_speaks_no_tls_is_no_server_for_smtps():
    with mail_server() as box:
        assert trouble_of(a_carrier(box.port, encrypted=True)).trouble == "certificate"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of mail.example that nobody has signed, with its key."""
    if not shutil.which("openssl"):
        pytest.skip("needs openssl to make a certificate")
    folder = tmp_path_factory.mktemp("certificate")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    made += ["-subj", "/CN=mail.example", "-addext", "subjectAltName=DNS:mail.example"]
    made += ["-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run(made, cwd=folder, check=True, capture_output=True)
    return folder


@pytest.mark.parametrize("encrypted", [False, True], ids=["STARTTLS", "smtps"])
def test_only_a_server_whose_certificate_is_believed_gets_password_and_mail(
    certificate: Path, monkeypatch, encrypted: bool
):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    trust = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
    real = socket.create_connection
    monkeypatch.setattr(
        socket, "create_connection", lambda address, *args: real(("127.0.0.1", address[1]), *args)
    )
    extensions = ("STARTTLS", "AUTH PLAIN")
    with mail_server({"AUTH": "235 ok"}, tls=tls, is_encrypted=encrypted, extensions=extensions) as box:

        def carrier(host: str, trust: ssl.SSLContext | None) -> MailCarrier:
            server = MailServer(
                host=host, port=box.port, is_encrypted=encrypted, user="name", password=PASSWORD
            )
            return MailCarrier(server, "katalog@amt.example", now=lambda: NOW, seconds=5, trust=trust)

        for stranger in (carrier("mail.example", None), carrier("other.example", trust)):
            assert trouble_of(stranger).trouble == "certificate"
        assert [line for line in box.commands if line.upper().startswith(("AUTH", "MAIL"))] == []
        carrier("mail.example", trust).carry(a_parcel())

    assert len(box.mails) == 1
    assert [line for line in box.commands if line.upper().startswith("AUTH")]


def test_a_server_that_is_silent_or_not_there_is_tried_later():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        server = MailServer(host="127.0.0.1", port=port, is_encrypted=False)
        quick = MailCarrier(server, "katalog@amt.example", now=lambda: NOW, seconds=0.2)
        assert trouble_of(quick).way is Way.CARRIER_DOWN

    assert trouble_of(a_carrier(port)).trouble == "unreachable"


@pytest.mark.parametrize(
    ("text", "host", "port", "encrypted", "user"),
    [
        ("smtp://mail.example", "mail.example", 587, False, ""),
        ("smtps://mail.example", "mail.example", 465, True, ""),
        ("smtp://amt%40stadt:a%2Fb@mail.example:2525", "mail.example", 2525, False, "amt@stadt"),
        ("smtp://[::1]:25", "::1", 25, False, ""),
    ],
)
def test_the_setting_names_a_server(text, host, port, encrypted, user):
    server = parse_mail_server(text)

    assert (server.host, server.port, server.is_encrypted, server.user) == (host, port, encrypted, user)


@pytest.mark.parametrize(
    "text",
    [
        f"http://name:{PASSWORD}@mail.example",
        f"smtp://name:{PASSWORD}/x@mail.example",
        f"smtp://name:{PASSWORD}@mail.example:port",
        f"smtp://name:{PASSWORD}@mail.example/inbox",
        f"smtp://:{PASSWORD}@mail.example",
        "smtp://name@mail.example",
        "smtp://",
    ],
)
def test_a_setting_that_names_none_says_how_to_mend_it_and_never_what_it_holds(text):
    with pytest.raises(BadMailServer) as refused:
        parse_mail_server(text)
    assert PASSWORD not in str(refused.value)
    assert "name" not in str(refused.value).replace("name both", "")


def test_nobody_sees_a_password_by_looking_at_the_server():
    server = parse_mail_server(f"smtp://nutzerin:{PASSWORD}@mail.example")

    assert PASSWORD not in repr(server)
    assert "nutzerin" not in repr(server)
