"""The books of the store: what is remembered beside the published catalogue, one class a topic."""

from sqlalchemy import Engine

from catalogue.storage.accounts import Accounts
from catalogue.storage.audit import Audit
from catalogue.storage.harvest_book import HarvestBook
from catalogue.storage.hints import Hints
from catalogue.storage.keys import Keys
from catalogue.storage.limits import Limits
from catalogue.storage.outbox import Outbox
from catalogue.storage.outbox_log import OutboxLog
from catalogue.storage.pairs import Pairs
from catalogue.storage.published_reuse import PublishedReuse
from catalogue.storage.purging import Purging
from catalogue.storage.report_lists import ReportLists
from catalogue.storage.reporters import Reporters
from catalogue.storage.reuse_book import ReuseBook
from catalogue.storage.sessions import Sessions
from catalogue.storage.statistics_book import StatisticsBook
from catalogue.storage.subscriptions import Subscriptions
from catalogue.storage.terms import Terms
from catalogue.storage.work_queues import WorkQueues


class Books:
    """All books over one database. Threads and processes may share them."""

    def __init__(self, engine: Engine) -> None:
        """`Store` makes it."""
        self.harvest = HarvestBook(engine)
        self.reuse = ReuseBook(engine)
        self.published_reuse = PublishedReuse(engine)
        self.keys = Keys(engine)
        self.outbox = Outbox(engine)
        self.outbox_log = OutboxLog(engine)
        self.limits = Limits(engine)
        self.subscriptions = Subscriptions(engine)
        self.accounts = Accounts(engine)
        self.sessions = Sessions(engine)
        self.hints = Hints(engine)
        self.terms = Terms(engine)
        self.statistics = StatisticsBook(engine)
        self.pairs = Pairs(engine)
        self.reporters = Reporters(engine)
        self.purging = Purging(engine)
        self.report_lists = ReportLists(engine)
        self.work_queues = WorkQueues(engine)
        self.audit = Audit(engine)
