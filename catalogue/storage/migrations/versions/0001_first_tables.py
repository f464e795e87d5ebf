"""The first tables: solutions, lists, the published catalogue, and what is derived from them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables. There is no way down: an older program refuses a newer database."""
    op.create_table(
        "solution",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("open_source", sa.String(), nullable=True),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("text_de", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("first_published", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_changed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("latest_event", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_solution"),
    )
    op.create_table(
        "reference",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_reference"),
    )
    op.create_table(
        "catalogue",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("index_folder", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_catalogue_single")),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue"),
    )
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
        _of_solution("reuse"),
        sa.PrimaryKeyConstraint("solution_id", "position", name="pk_reuse"),
    )
    _index("reuse", "counts", "solution_id", "body", "confirmed")
    _index("reuse", "body", "counts", "solution_id", "position")
    op.create_table(
        "provision",
        sa.Column("solution_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        _of_solution("provision"),
        sa.PrimaryKeyConstraint("solution_id", "position", name="pk_provision"),
    )
    _index("provision", "body", "solution_id", "role")
    op.create_table(
        "link",
        sa.Column("solution_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        _of_solution("link"),
        sa.PrimaryKeyConstraint("solution_id", "kind", "target", name="pk_link"),
    )
    _index("link", "kind", "target", "solution_id")


def _of_solution(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["solution_id"], ["solution.id"], name=f"fk_{table}_solution_id_solution", ondelete="CASCADE"
    )


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
