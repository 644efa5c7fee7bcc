"""The hand-over: who waits for a person and who has whom, notes, accesses, presence and waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_hand_over"
down_revision = "0011_desk_accounts"
branch_labels = None
depends_on = None


def _conversation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["conversation_id"],
        ["conversations.id"],
        name=f"fk_{table}_conversation_id_conversations",
        ondelete="CASCADE",
    )


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "hand_overs",
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("topic", sa.String(20), nullable=False),
        sa.Column("team", sa.String(40)),
        sa.Column("since", instant, nullable=False),
        sa.Column("owner_id", sa.String(32)),
        sa.Column("owner_name", sa.String(60)),
        sa.Column("code", sa.String(4)),
        sa.Column("code_until", instant),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("phone", sa.String(20)),
        sa.Column("phone_at", instant),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_hand_overs"),
        sa.UniqueConstraint("code", name="uq_hand_overs_code"),
        _conversation("hand_overs"),
    )
    op.create_index("ix_hand_overs_owner_id", "hand_overs", ["owner_id"])
    op.create_table(
        "operator_words",
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("client_id", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "client_id", name="pk_operator_words"),
        _conversation("operator_words"),
    )
    own = {
        "hand_over_notes": (sa.Column("text", sa.Text(), nullable=False),),
        "hand_over_accesses": (
            sa.Column("operator_id", sa.String(32)),
            sa.Column("what", sa.String(20), nullable=False),
        ),
    }
    for table, columns in own.items():
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("conversation_id", sa.String(32), nullable=False),
            sa.Column("at", instant, nullable=False),
            sa.Column("name", sa.String(60), nullable=False),
            *columns,
            sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
            _conversation(table),
        )
        op.create_index(f"ix_{table}_conversation_id", table, ["conversation_id"])
    op.create_table(
        "presences",
        sa.Column("operator_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("teams", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("seen_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("operator_id", name="pk_presences"),
    )
    op.create_index("ix_presences_seen_at", "presences", ["seen_at"])
    op.create_table(
        "waits",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_waits"),
    )
    op.create_index("ix_waits_at", "waits", ["at"])
    op.create_index("ix_conversations_state", "conversations", ["state"])


def downgrade() -> None:
    op.drop_index("ix_conversations_state", "conversations")
    for table in ("waits", "presences", "hand_over_accesses", "hand_over_notes", "operator_words", "hand_overs"):
        op.drop_table(table)
