"""What a transaction is called on the floors above, where SQLAlchemy has no place."""

from typing import TypeAlias

from sqlalchemy import Connection

Transaction: TypeAlias = Connection
