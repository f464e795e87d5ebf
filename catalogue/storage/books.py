"""The books of the store: what is remembered beside the published catalogue, one class a topic."""

from sqlalchemy import Engine

from catalogue.storage.audit import Audit
from catalogue.storage.harvest_book import HarvestBook
from catalogue.storage.keys import Keys
from catalogue.storage.limits import Limits
from catalogue.storage.outbox import Outbox
from catalogue.storage.report_lists import ReportLists
from catalogue.storage.reuse_book import ReuseBook


class Books:
    """All books over one database. Threads and processes may share them."""

    def __init__(self, engine: Engine) -> None:
        """`Store` makes it."""
        self.harvest = HarvestBook(engine)
        self.reuse = ReuseBook(engine)
        self.keys = Keys(engine)
        self.outbox = Outbox(engine)
        self.limits = Limits(engine)
        self.report_lists = ReportLists(engine)
        self.audit = Audit(engine)
