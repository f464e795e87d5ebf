"""What only people can tell us (reports, decisions, accounts), and more columns for reuses as published."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables. There is no way down: an older program refuses a newer database."""
    _precious_tables()
    with op.batch_alter_table("catalogue") as catalogue:
        catalogue.add_column(sa.Column("reuse_event", sa.Integer(), nullable=False, server_default="0"))
    # Derived: the next publication fills it anew.
    op.drop_table("reuse")
    op.create_table(
        "reuse",
        sa.Column("solution_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("latest", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=True),
        sa.Column("affirmed", sa.String(), nullable=True),
        sa.Column("land", sa.String(), nullable=False),
        sa.Column("size", sa.String(), nullable=False),
        sa.Column("funded", sa.String(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=True)
            for name in ("interested", "planned", "trial", "in_use", "ended")
        ),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["solution_id"], ["solution.id"], name="fk_reuse_solution_id_solution", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("solution_id", "position", name="pk_reuse"),
    )
    _index("reuse", "counts", "solution_id", "body", "confirmed")
    _index("reuse", "body", "counts", "solution_id", "position")
    op.create_table(
        "shown",
        sa.Column("solution_id", sa.String(), nullable=False),
        sa.Column("signs", sa.String(), nullable=False),
        sa.Column("known", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["solution_id"], ["solution.id"], name="fk_shown_solution_id_solution", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("solution_id", name="pk_shown"),
    )


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _precious_tables() -> None:
    op.create_table(
        "report",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("solution", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("is_to_check", sa.Boolean(), nullable=False),
        sa.Column("reported_at", _MOMENT, nullable=False),
        sa.Column("affirmed_at", _MOMENT, nullable=True),
        sa.Column("asked_at", _MOMENT, nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_report"),
        sqlite_autoincrement=True,  # a number is never given twice
    )
    _index("report", "body", "solution", "state")
    _index("report", "is_to_check", "number")
    _index("report", "solution", "body")
    _index("report", "stage", "state", "number")
    _index("report", "state", "affirmed_at", "asked_at", "stage")
    _index("report", "state", "number")
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sqlite_autoincrement=True,  # a number is never given twice
    )
    _index("event", "at")
    _index("event", "subject", "number", "id")
    op.create_table(
        "reporter",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("report", name="pk_reporter"),
    )
    _index("reporter", "email")
    op.create_table(
        "link_key",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("expires", _MOMENT, nullable=False),
        sa.Column("used", _MOMENT, nullable=True),
        sa.Column("revoked", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("digest", name="pk_link_key"),
    )
    _index("link_key", "expires")
    _index("link_key", "purpose", "subject")
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("due", _MOMENT, nullable=False),
        sa.Column("lease_until", _MOMENT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done", _MOMENT, nullable=True),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sqlite_autoincrement=True,  # a number is never given twice
    )
    _index("outbox", "state", "due")
    _index("outbox", "subject", "number")
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
    )
    _index("attempt", "at")
    _index("attempt", "bucket", "at")
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=False),
        sa.Column("oidc_subject", sa.String(), nullable=True),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("disabled", _MOMENT, nullable=True),
        sa.Column("last_login", _MOMENT, nullable=True),
        sa.UniqueConstraint("login", name="uq_account_login"),
        sa.UniqueConstraint("oidc_subject", name="uq_account_oidc_subject"),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sqlite_autoincrement=True,  # a number is never given twice
    )
    op.create_table(
        "session",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("last_seen", _MOMENT, nullable=False),
        sa.Column("expires", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_session"),
    )
    _index("session", "account")
    _index("session", "expires")
    op.create_table(
        "hint",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("solution", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_hint"),
        sqlite_autoincrement=True,  # a number is never given twice
    )
    _index("hint", "state", "number")
    op.create_table(
        "subscription",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("solution", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("told_until", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_subscription"),
        sqlite_autoincrement=True,  # a number is never given twice
    )
    _index("subscription", "address")
    _index("subscription", "solution", "state")
    op.create_table(
        "search_term",
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("searches", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", "day", name="pk_search_term"),
    )
    _index("search_term", "day")
