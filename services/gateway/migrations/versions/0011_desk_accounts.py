"""The desk: accounts, sessions, wrong passwords, and how far each operator has read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_desk_accounts"
down_revision = "0010_audit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "desk_accounts",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("login", sa.String(120)),
        sa.Column("issuer", sa.String(200)),
        sa.Column("subject", sa.String(255)),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("teams", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("preferences", sa.JSON(), nullable=False),
        sa.Column("password", sa.String(200)),
        sa.Column("secret", sa.LargeBinary()),
        sa.Column("enrolled", sa.Boolean(), nullable=False),
        sa.Column("last_step", sa.BigInteger()),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("changed_at", instant, nullable=False),
        sa.Column("signed_in_at", instant),
        sa.PrimaryKeyConstraint("id", name="pk_desk_accounts"),
        sa.UniqueConstraint("login", name="uq_desk_accounts_login"),
        sa.UniqueConstraint("issuer", "subject", name="uq_desk_accounts_issuer"),
    )
    op.create_table(
        "desk_sessions",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("stage", sa.String(8), nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("seen_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_sessions"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["desk_accounts.id"],
            name="fk_desk_sessions_account_id_desk_accounts",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_desk_sessions_account_id", "desk_sessions", ["account_id"])
    op.create_index("ix_desk_sessions_seen_at", "desk_sessions", ["seen_at"])
    op.create_table(
        "desk_attempts",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_desk_attempts"),
    )
    op.create_index("ix_desk_attempts_at", "desk_attempts", ["at"])
    op.create_table(
        "desk_seen",
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "conversation_id", name="pk_desk_seen"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["desk_accounts.id"], name="fk_desk_seen_account_id_desk_accounts", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_desk_seen_conversation_id_conversations",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_desk_seen_conversation_id", "desk_seen", ["conversation_id"])


def downgrade() -> None:
    op.drop_table("desk_seen")
    op.drop_table("desk_attempts")
    op.drop_table("desk_sessions")
    op.drop_table("desk_accounts")
