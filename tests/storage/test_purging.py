"""What is no longer needed goes, on the day that the table of periods says, and nothing else goes with it."""

from datetime import datetime, timedelta

import pytest
from publishing import NOW, Desk
from sqlalchemy import Connection, insert, select
from sqlmodel import SQLModel, col

from catalogue.domain.retention import PERIODS, Kept
from catalogue.domain.reuse import Stage, Step
from catalogue.domain.reuse_report import Action, Claim, ReuseReport, State
from catalogue.storage.database import writer
from catalogue.storage.hints import Hint, HintState
from catalogue.storage.keys import LASTS, Purpose, make_key
from catalogue.storage.limits import LONGEST
from catalogue.storage.outbox import Channel, Message, post
from catalogue.storage.precious import (
    AttemptRow,
    EventRow,
    KeyRow,
    OutboxRow,
    ReporterRow,
    ReportRow,
    SessionRow,
    SubscriptionRow,
    TermRow,
)
from catalogue.storage.reuse_book import Reporter, keep_reporter
from catalogue.storage.subscription_rows import Subscription
from catalogue.storage.terms import Count, day_of

SECOND = timedelta(seconds=1)
KEY, DAY = b"key", timedelta(days=1)


def rows(desk: Desk, table: type[SQLModel]) -> int:
    with desk.store._engine.connect() as connection:
        return len(connection.execute(select(table.__table__)).all())  # type: ignore[attr-defined]


def add(desk: Desk, table: type[SQLModel], **values: object) -> None:
    with writer(desk.store._engine).begin() as connection:
        connection.execute(insert(table).values(**values))


def a_report(desk: Desk, state: State = State.UNCONFIRMED, *, stage: Stage = Stage.TRIAL) -> int:
    """A report of now with its reporter, link and mail."""
    claim = Claim(solution="hal-plan", body="15003000", steps=(Step(stage=stage, since="2024"),))
    report = ReuseReport(claim=claim, state=state, reported_at=NOW)

    def also(connection: Connection, kept: ReuseReport) -> None:
        keep_reporter(connection, kept.number, Reporter(email="it@magdeburg.de", language="de"), NOW)
        make_key(connection, Purpose.CONFIRM, kept.number, NOW)
        mail = Message(address="it@magdeburg.de", title="t", text="x", subject="report", number=kept.number)
        post(connection, mail, NOW)

    return desk.store.reuse.keep(report, action=Action.SUBMITTED, actor="reporter", now=NOW, also=also).number


def test_a_report_that_nobody_confirmed_vanishes_whole_and_no_other(desk: Desk) -> None:
    a_report(desk)
    kept = a_report(desk, State.PENDING)
    end = NOW + PERIODS[Kept.UNCONFIRMED].lasts

    assert desk.store.purging.run(end, KEY)[Kept.UNCONFIRMED] == 0
    assert desk.store.purging.run(end + SECOND, KEY)[Kept.UNCONFIRMED] == 1

    assert [report.number for report in desk.store.reuse.about()] == [kept]
    for table in (ReportRow, EventRow, ReporterRow, KeyRow, OutboxRow):
        assert rows(desk, table) == 1, table


def test_a_link_that_was_sent_anew_keeps_its_report(desk: Desk) -> None:
    number = a_report(desk)
    later = NOW + timedelta(days=5)
    desk.store.keys.renew(Purpose.CONFIRM, [number], now=later, also=lambda connection, secrets: None)

    assert desk.store.purging.run(NOW + timedelta(days=8), KEY)[Kept.UNCONFIRMED] == 0
    assert desk.store.purging.run(later + timedelta(days=8), KEY)[Kept.UNCONFIRMED] == 1


@pytest.mark.parametrize(
    ("state", "stage", "kept"),
    [
        (State.REJECTED, Stage.TRIAL, Kept.DECLINED),
        (State.WITHDRAWN, Stage.TRIAL, Kept.DECLINED),
        (State.CONFIRMED, Stage.ENDED, Kept.ENDED),
        (State.MERGED, Stage.TRIAL, Kept.MERGED),
        (State.CONFIRMED, Stage.IN_USE, None),
        (State.PENDING, Stage.ENDED, None),
    ],
)
def test_the_address_of_a_reporter_goes_when_it_is_of_no_more_use(
    desk: Desk, state: State, stage: Stage, kept: Kept | None
) -> None:
    number = a_report(desk, state, stage=stage)
    if kept:
        end = NOW + PERIODS[kept].lasts
        desk.store.purging.run(end - SECOND, KEY)
        assert desk.store.reuse.reporter(number)

        assert desk.store.purging.run(end, KEY)[kept] == 1
    else:
        desk.store.purging.run(NOW + timedelta(days=3650), KEY)

    assert (desk.store.reuse.reporter(number) is None) is bool(kept)
    assert desk.store.reuse.find(number)
    assert desk.store.reuse.history(number)


def test_a_change_begins_the_period_anew(desk: Desk) -> None:
    number = a_report(desk, State.REJECTED)
    report = desk.store.reuse.find(number)
    assert report is not None
    desk.store.reuse.keep(report, action=Action.REJECTED, actor="office:1", now=NOW + timedelta(days=80))

    desk.store.purging.run(NOW + timedelta(days=100), KEY)

    assert desk.store.reuse.reporter(number)


def test_expired_links_marks_and_logins_go(desk: Desk) -> None:
    desk.store.limits.take("x", "y", most=1, within=LONGEST, now=NOW, secret=b"s")
    with writer(desk.store._engine).begin() as connection:
        make_key(connection, Purpose.RECEIPT, 1, NOW)
    add(desk, SessionRow, digest="d", account=1, made=NOW, last_seen=NOW, expires=NOW + timedelta(days=1))
    links_end = NOW + LASTS[Purpose.RECEIPT] + PERIODS[Kept.LINKS].lasts

    early = desk.store.purging.run(NOW + LONGEST, KEY)
    late = desk.store.purging.run(links_end + SECOND, KEY)

    assert (early[Kept.ATTEMPTS], early[Kept.SESSIONS], early[Kept.LINKS]) == (0, 1, 0)
    assert (late[Kept.ATTEMPTS], late[Kept.LINKS]) == (1, 1)
    assert [rows(desk, table) for table in (AttemptRow, KeyRow, SessionRow)] == [0, 0, 0]


def test_text_and_address_of_a_mail_that_was_given_up_go_and_its_line_stays(desk: Desk) -> None:
    a_report(desk, State.PENDING)
    with writer(desk.store._engine).begin() as connection:
        table = OutboxRow.__table__  # type: ignore[attr-defined]
        connection.execute(table.update().values(state="given-up", done=NOW))

    counts = desk.store.purging.run(NOW + PERIODS[Kept.MESSAGES].lasts + SECOND, KEY)

    assert counts[Kept.MESSAGES] == 1
    with desk.store._engine.connect() as connection:
        line = connection.execute(select(col(OutboxRow.address), col(OutboxRow.text), col(OutboxRow.title)))
        assert line.all() == [("magdeburg.de", "", "t")]
    assert desk.store.purging.run(NOW + timedelta(days=100), KEY)[Kept.MESSAGES] == 0


def test_a_mail_that_waits_is_left_alone(desk: Desk) -> None:
    a_report(desk, State.PENDING)

    assert desk.store.purging.run(NOW + timedelta(days=100), KEY)[Kept.MESSAGES] == 0


def test_the_address_of_an_open_hint_goes_after_its_period_and_a_closed_one_whole(desk: Desk) -> None:
    for text in ("offen", "erledigt"):
        desk.store.hints.add(Hint(solution="a", text=text, email="a@b.de", made=NOW))
    desk.store.hints.close(2, HintState.DONE, "office:1", NOW + timedelta(days=30))
    end = NOW + PERIODS[Kept.HINTS].lasts

    assert [hint.email for number in (1, 2) if (hint := desk.store.hints.find(number))] == ["a@b.de", ""]
    early, late = (desk.store.purging.run(at, KEY) for at in (end, end + SECOND))

    assert (early[Kept.HINTS], early[Kept.HINT_ADDRESSES]) == (0, 0)
    assert (late[Kept.HINTS], late[Kept.HINT_ADDRESSES]) == (1, 1)
    assert [(hint.text, hint.email) for hint in desk.store.hints.open()] == [("offen", "")]
    assert desk.store.hints.find(2) is None


def test_a_subscription_that_nobody_confirmed_vanishes_with_its_links_and_mails(desk: Desk) -> None:
    asked, later = NOW, NOW + timedelta(days=5)
    wanted = Subscription(
        solution="a", channel=Channel.MAIL, address="a@b.de", contact="a@b.de", language="de"
    )

    def also(connection: Connection, kept: Subscription) -> None:
        make_key(connection, Purpose.SUBSCRIBE, kept.number, NOW)
        mail = Message(address="a@b.de", title="t", text="x", subject="subscription", number=kept.number)
        post(connection, mail, NOW)

    for at in (asked, later):  # asked for twice: the second mail has a link of its own
        desk.store.subscriptions.subscribe(wanted, at, also=also)
    end = later + PERIODS[Kept.SUBSCRIPTIONS].lasts

    assert desk.store.purging.run(end, KEY)[Kept.SUBSCRIPTIONS] == 0
    assert desk.store.purging.run(end + SECOND, KEY)[Kept.SUBSCRIPTIONS] == 1
    assert [rows(desk, table) for table in (SubscriptionRow, KeyRow)] == [0, 0]
    assert desk.store.outbox.claim(Channel.MAIL, end + SECOND) is None


def test_a_subscription_that_is_active_stays(desk: Desk) -> None:
    subscription = {"solution": "a", "channel": "mail", "address": "a@b.de", "contact": "a@b.de"}
    more = {"language": "de", "secret": "", "state": "active", "made": NOW, "told_until": 0}
    add(desk, SubscriptionRow, **subscription, **more)

    assert desk.store.purging.run(NOW + timedelta(days=3650), KEY)[Kept.SUBSCRIPTIONS] == 0
    assert rows(desk, SubscriptionRow) == 1


def test_lines_of_what_was_sent_go_after_their_period(desk: Desk) -> None:
    a_report(desk, State.PENDING)
    claimed = desk.store.outbox.claim(Channel.MAIL, NOW)
    assert claimed is not None
    desk.store.outbox.sent(claimed, NOW)
    end = NOW + PERIODS[Kept.SENDINGS].lasts

    assert desk.store.purging.run(end, KEY)[Kept.SENDINGS] == 0
    assert desk.store.purging.run(end + SECOND, KEY)[Kept.SENDINGS] == 1
    assert rows(desk, OutboxRow) == 0


def test_search_terms_go_as_the_table_says(desk: Desk) -> None:
    terms = desk.store.terms
    for day in range(3):
        terms.add(
            {("radverkehr", day_of(NOW + day * DAY)): Count(searches=2)}, now=NOW + day * DAY, secret=KEY
        )
    terms.add({("frau meier", day_of(NOW)): Count(searches=1)}, now=NOW, secret=KEY)

    same_day = desk.store.purging.run(NOW, KEY)
    counted = desk.store.purging.count(NOW + DAY, KEY)
    next_day = desk.store.purging.run(NOW + DAY, KEY)
    month = desk.store.purging.run(NOW + PERIODS[Kept.TERM_MARKS].lasts + DAY, KEY)
    year = desk.store.purging.run(NOW + PERIODS[Kept.TERMS].lasts + 4 * DAY, KEY)

    assert same_day[Kept.RARE_TERMS] == 0
    assert counted == next_day
    assert next_day[Kept.RARE_TERMS] == 1
    assert month[Kept.TERM_MARKS] == 1
    assert year[Kept.TERMS] == 3
    assert rows(desk, TermRow) == 0


def test_counting_changes_nothing(desk: Desk) -> None:
    a_report(desk)
    a_report(desk, State.REJECTED)
    later = NOW + timedelta(days=91)

    counted = desk.store.purging.count(later, KEY)

    assert counted == desk.store.purging.count(later, KEY)
    assert (counted[Kept.UNCONFIRMED], counted[Kept.DECLINED]) == (1, 1)
    assert rows(desk, ReportRow) == rows(desk, ReporterRow) == 2
    assert desk.store.purging.run(later, KEY) == counted


def test_a_number_is_never_given_twice_even_after_its_report_vanished(desk: Desk) -> None:
    first = a_report(desk)
    desk.store.purging.run(NOW + timedelta(days=8), KEY)

    assert a_report(desk) > first


def test_words_and_deeds_agree() -> None:
    assert PERIODS[Kept.UNCONFIRMED].lasts == LASTS[Purpose.CONFIRM]  # "seven days", say the mails
    assert PERIODS[Kept.UNCONFIRMED].days == 7
    assert LASTS[Purpose.RECEIPT] == timedelta(days=730)  # "two years"
    assert all(period.lasts == timedelta(days=period.days) for period in PERIODS.values())


def test_a_naive_moment_is_no_moment(desk: Desk) -> None:
    with pytest.raises(Exception, match=r"naive|aware|zone|offset"):
        desk.store.purging.run(datetime(2026, 11, 20), KEY)
