"""What was seen of repositories: repositories, aliases, snapshots, changes, contact pages, observations."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables. There is no way down: an older program refuses a newer database."""
    op.create_table(
        "repository",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        *(sa.Column(name, _MOMENT, nullable=True) for name in _MOMENTS),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("remembered", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_repository"),
    )
    op.create_index("ix_repository_due", "repository", ["due"])
    op.create_table(
        "alias",
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("repository_key", sa.String(), nullable=False),
        _of_repository("alias"),
        sa.PrimaryKeyConstraint("alias", name="pk_alias"),
    )
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("repository_key", sa.String(), nullable=False),
        sa.Column("first_seen", _MOMENT, nullable=False),
        sa.Column("last_seen", _MOMENT, nullable=False),
        sa.Column("is_shipped", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        _of_repository("snapshot"),
        sa.PrimaryKeyConstraint("id", name="pk_snapshot"),
    )
    op.create_index("ix_snapshot_repository_key_id", "snapshot", ["repository_key", "id"])
    op.create_table(
        "repository_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("repository_key", sa.String(), nullable=False),
        sa.Column("seen", _MOMENT, nullable=False),
        sa.Column("happened", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("voice", sa.String(), nullable=True),
        _of_repository("repository_change"),
        sa.PrimaryKeyConstraint("id", name="pk_repository_change"),
    )
    op.create_index("ix_repository_change_repository_key_id", "repository_change", ["repository_key", "id"])
    op.create_table(
        "page",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("looked_at", _MOMENT, nullable=False),
        sa.Column("last_there", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("address", name="pk_page"),
    )
    op.create_table(
        "observation",
        sa.Column("solution_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("repository_key", sa.String(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["solution_id"], ["solution.id"], name="fk_observation_solution_id_solution", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("solution_id", "position", name="pk_observation"),
    )
    op.create_index(
        "ix_observation_repository_key_solution_id", "observation", ["repository_key", "solution_id"]
    )


_MOMENTS = ("due", "asked_for", "last_attempt", "last_success", "failing_since", "lease_until")


def _of_repository(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["repository_key"],
        ["repository.key"],
        name=f"fk_{table}_repository_key_repository",
        onupdate="CASCADE",
        ondelete="CASCADE",
    )
