"""Runs migrations on the connection that `catalogue.storage.migrate` hands over."""

from alembic import context

from catalogue.storage.precious import PRECIOUS
from catalogue.storage.tables import METADATA

assert PRECIOUS  # its tables are part of the metadata only once the module is loaded
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite cannot alter a table in place
    transactional_ddl=True,  # whole or not at all; SQLite can, Alembic does not expect it to
)
with context.begin_transaction():
    context.run_migrations()
