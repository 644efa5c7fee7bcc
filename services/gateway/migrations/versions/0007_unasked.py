"""One store for what is told unasked, in place of the reminders; the outbox, the lease, the scheduler's jobs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_unasked"
down_revision = "0006_feedback"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("fraction", sa.String(16), nullable=False),
        sa.Column("at", sa.String(5)),
        sa.Column("quiet_from", sa.String(5)),
        sa.Column("quiet_until", sa.String(5)),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("next_at", _INSTANT, nullable=False),
        sa.Column("seen", _JSON),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.UniqueConstraint("conversation_id", "kind", "subject", "fraction", name="uq_subscriptions_conversation_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_subscriptions_conversation_id_conversations",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_subscriptions_kind_next_at", "subscriptions", ["kind", "next_at"])
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("message_id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("next_at", _INSTANT, nullable=False),
        sa.Column("until", _INSTANT),
        sa.Column("quiet_from", sa.String(5)),
        sa.Column("quiet_until", sa.String(5)),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("message_id", "channel", name="uq_deliveries_message_id"),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name="fk_deliveries_message_id_messages", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_deliveries_conversation_id_conversations",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_deliveries_conversation_id", "deliveries", ["conversation_id"])
    op.create_index("ix_deliveries_state_next_at", "deliveries", ["state", "next_at"])
    op.create_table(
        "leases",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("holder", sa.String(32), nullable=False),
        sa.Column("until_s", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_table(
        "scheduled_jobs",
        sa.Column("id", sa.Unicode(191), nullable=False),
        sa.Column("next_run_time", sa.Float(25)),
        sa.Column("job_state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scheduled_jobs"),
    )
    op.create_index("ix_scheduled_jobs_next_run_time", "scheduled_jobs", ["next_run_time"])
    _move_reminders()
    op.drop_table("reminders")


def _move_reminders() -> None:
    """Keep every reminder; of several that were the same for a place and a bag, the one that was set last."""
    connection = op.get_bind()
    reminders = sa.table(
        "reminders",
        *map(sa.column, ("id", "conversation_id", "place", "fraction", "at", "last_seq")),
        sa.column("name", sa.JSON()),
        sa.column("since", _INSTANT),
        sa.column("next_at", _INSTANT),
        sa.column("last_put_out", sa.Date()),
    )
    subscriptions = sa.table(
        "subscriptions",
        *map(sa.column, ("id", "conversation_id", "kind", "subject", "fraction", "at", "quiet_from", "quiet_until")),
        *map(sa.column, ("version", "last_seq")),
        sa.column("name", sa.JSON()),
        sa.column("since", _INSTANT),
        sa.column("next_at", _INSTANT),
        sa.column("seen", _JSON),
    )
    kept = {}
    for row in connection.execute(sa.select(reminders).order_by(reminders.c.since)):
        kept[row.conversation_id, row.place, row.fraction] = {
            "id": row.id,
            "conversation_id": row.conversation_id,
            "kind": "collections",
            "subject": row.place,
            "name": row.name,
            "fraction": row.fraction or "",
            "at": row.at,
            "quiet_from": "22:00",
            "quiet_until": "07:00",
            "since": row.since,
            "next_at": row.next_at,
            "seen": {"put_out": row.last_put_out.isoformat()} if row.last_put_out else None,
            "version": 0,
            "last_seq": row.last_seq,
        }
    if kept:
        connection.execute(sa.insert(subscriptions), list(kept.values()))


def downgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("fraction", sa.String(16)),
        sa.Column("at", sa.String(5)),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("next_at", _INSTANT, nullable=False),
        sa.Column("last_put_out", sa.Date()),
        sa.Column("last_seq", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_reminders_conversation_id_conversations",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_reminders_conversation_id", "reminders", ["conversation_id"])
    op.create_index("ix_reminders_next_at", "reminders", ["next_at"])
    for table in ("scheduled_jobs", "leases", "deliveries", "subscriptions"):
        op.drop_table(table)
