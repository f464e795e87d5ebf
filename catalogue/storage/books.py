"""The books of the store: what is remembered beside the published catalogue, one class a topic."""

from sqlalchemy import Engine

from catalogue.storage.harvest_book import HarvestBook
from catalogue.storage.keys import Keys
from catalogue.storage.limits import Limits
from catalogue.storage.outbox import Outbox
from catalogue.storage.purging import Purging
from catalogue.storage.reporters import Reporters
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
        self.reporters = Reporters(engine)
        self.purging = Purging(engine)
