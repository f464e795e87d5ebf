"""An office to test: a clock that can be moved, somebody logged in, and reports to decide on."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from builders import a_reuse, an_entries_folder, as_file
from flask import Flask
from flask.testing import FlaskClient
from html_page import Page
from page_checks import check_page
from sqlalchemy import event, insert, update
from werkzeug.datastructures import MultiDict
from werkzeug.test import stream_encode_multipart

from catalogue.app import create_app
from catalogue.commands.publish import run
from catalogue.config import Settings
from catalogue.domain.access import Role
from catalogue.domain.reuse import Stage, Step
from catalogue.domain.reuse_report import Action, Claim, ReuseReport, Source, State
from catalogue.storage.precious import AccountRow
from catalogue.storage.reuse_book import Reporter, keep_reporter
from catalogue.storage.store import Store

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MAGDEBURG, HALLE, COLOGNE = "15003000", "15002000", "05315000"
MAIL = "digital@magdeburg.example.org"


@dataclass
class Office:
    """The office behind a client; `role` and `now` may be changed between requests."""

    app: Flask
    store: Store
    role: Role | None = Role.EDITOR
    account: int = 7
    now: datetime = NOW
    changed: list[frozenset[str]] = field(default_factory=list)  # what was published, request by request
    delivered: int = 0
    logins: dict[int, str] = field(default_factory=dict)  # the secret in the browser of each account

    @property
    def client(self) -> FlaskClient:
        """The browser of the account, which has the role of now; without a role, of nobody."""
        client = self.app.test_client()
        if self.role:
            with self.store._engine.begin() as connection:
                mine = update(AccountRow).where(AccountRow.__table__.c.id == self.account)  # type: ignore[attr-defined]
                connection.execute(mine.values(role=self.role.value))
            secret = self.logins.get(self.account, "")
            if not self.store.sessions.account(secret, self.now):
                secret = self.logins[self.account] = self.store.sessions.open(self.account, self.now)
            client.set_cookie("office", secret)
        return client

    def page(self, path: str, lang: str = "de", status: int = 200) -> Page:
        """A page of the office, which is as every page of the catalogue is."""
        address = f"/{lang}{path}"
        answer = self.client.get(address)
        assert answer.status_code == status, f"{address}: {answer.status}"
        page = Page(answer.text, status=status, headers=answer.headers, address=address)
        check_page(page, lang)
        assert answer.headers["Cache-Control"] == "no-store"
        return page

    def ticket(self, path: str = "/office/reports/new") -> str:
        found = re.findall(r'name="ticket" value="([^"]+)"', self.client.get(f"/de{path}").text)
        assert found, f"no ticket on {path}"
        return str(found[-1])  # the first one is for logging out

    def send(self, path: str, lang: str = "de", **fields: object):
        """Send a form of the office with its ticket."""
        if "ticket" not in fields:
            fields["ticket"] = self.ticket()
        # All in memory: for more than 500 kB the client would open a file and never close it.
        body, _, boundary = stream_encode_multipart(MultiDict(fields), threshold=10**8)
        kind = f'multipart/form-data; boundary="{boundary}"'
        return self.client.post(f"/{lang}{path}", data=body.read(), content_type=kind)

    def decide(self, number: int, do: str, **fields: object):
        """Send a form of a report's page, which knows the report as it stands."""
        return self.send(f"/office/reports/{number}", do=do, seen=self.seen(number), **fields)

    def seen(self, number: int) -> str:
        return f"{number}.{self.report(number).version}"

    def report(self, number: int) -> ReuseReport:
        found = self.store.reuse.find(number)
        assert found is not None
        return found

    def add(
        self, claim: Claim | None = None, *, email: str = "", at: datetime | None = None, **changes: object
    ) -> int:
        """A report that waits, unless told otherwise."""
        report = a_report(claim or a_claim(), reported_at=at or self.now, **changes)
        also = None
        if email:
            reporter = Reporter(email=email, language="de")
            also = lambda connection, kept: keep_reporter(connection, kept.number, reporter, self.now)  # noqa: E731
        kept = self.store.reuse.keep(
            report, action=Action.SUBMITTED, actor="reporter", now=at or self.now, also=also
        )
        return kept.number

    def mails(self) -> list[Mapping[str, object]]:
        with self.store._engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT address, title, text FROM outbox ORDER BY id")
            return [dict(row) for row in rows.mappings()]

    @contextmanager
    def queries(self) -> Iterator[list[str]]:
        """The statements that are sent to the database meanwhile."""
        sent: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            sent.append(statement)

        event.listen(self.store._engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(self.store._engine, "before_cursor_execute", note)


def a_claim(**changes: object) -> Claim:
    """Magdeburg runs HAL-Plan since May 2025."""
    claim = Claim(solution="hal-plan", body=MAGDEBURG, steps=(Step(stage=Stage.IN_USE, since="2025-05"),))
    return replace(claim, **changes)


def a_report(claim: Claim | None = None, **changes: object) -> ReuseReport:
    """A report of a municipality that waits for the office."""
    report = ReuseReport(
        state=State.PENDING, source=Source.OWN_REPORT, claim=claim or a_claim(), reported_at=NOW
    )
    return replace(report, **changes)


def confirmed(at: datetime = NOW, **changes: object) -> dict[str, object]:
    """The changes of a report that was confirmed at a moment."""
    return {"state": State.CONFIRMED, "decided_at": at, "affirmed_at": at, **changes}


def publish_office(folder: Path) -> Path:
    """A small catalogue: HAL-Plan, which its entry says Magdeburg uses, and another solution."""
    uses = a_reuse(MAGDEBURG, confirmed="no")
    entries = an_entries_folder(
        folder / "entries",
        **{
            "hal-plan": as_file(
                reuses=[uses], repositories=[{"address": "https://example.org/hal-plan", "role": "main"}]
            ),
            "civitas-core": as_file(name="CIVITAS/CORE", funding={"mpsc": "yes"}),
        },
    )
    data = folder / "var"
    environ = {"data": str(data), "entries": str(entries), "semantic": "off"}
    done = run(Settings.from_environ({f"CATALOGUE_{name.upper()}": value for name, value in environ.items()}))
    assert not done.plan.refused
    return data


A_YEAR_AGO = NOW - timedelta(days=400)


def open_office(folder: Path) -> Office:
    """An application on a data folder of its own, with an account that is logged in."""
    settings = Settings.from_environ({"CATALOGUE_DATA": str(folder), "CATALOGUE_SEMANTIC": "off"})
    held: list[Office] = []
    app = create_app(settings, clock=lambda: held[0].now)
    store = Store.open(settings.database_url, migrate=False)
    office = Office(app=app, store=store)
    held.append(office)
    app.extensions["reuse_changed"] = [lambda solutions: office.changed.append(frozenset(solutions))]
    app.extensions["deliver_soon"] = [lambda: setattr(office, "delivered", office.delivered + 1)]
    with store._engine.begin() as connection:
        for number, name in ((7, "Editha Beispiel"), (8, "Ada Verwaltung")):
            row = {"id": number, "login": f"account{number}", "name": name, "role": "editor", "password": ""}
            connection.execute(insert(AccountRow).values(**row, made=NOW))
    return office


def close(office: Office) -> None:
    office.store.close()
    if held := office.app.extensions["catalogue"].store:
        held.close()
