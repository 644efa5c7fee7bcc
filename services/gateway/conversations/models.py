"""Tables of the conversations. Deleting a conversation deletes all that was said in it (``ON DELETE CASCADE``)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Unicode,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from kit.clock import BRUSSELS


class Instant(TypeDecorator[datetime]):
    """An instant, stored in UTC because SQLite drops the zone, and given back in Europe/Brussels."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant as it is stored."""
        del dialect
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored instant with its zone."""
        del dialect
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(BRUSSELS) if value else None


class Base(DeclarativeBase):
    """Base of the tables, with names for constraints so that Alembic can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Conversation(Base):
    """A conversation. Its token is kept as a hash only; it names nobody."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64))  # SHA-256, hexadecimal
    channel: Mapped[str] = mapped_column(String(16))  # web, telegram, desk
    language: Mapped[str | None] = mapped_column(String(2))  # null while it is not known
    state: Mapped[str] = mapped_column(String(16), index=True)  # assistant, waiting, operator, closed
    last_seq: Mapped[int]  # number of its last message
    expects: Mapped[str | None] = mapped_column(String(16))  # contact: it was asked for just now
    created_at: Mapped[datetime] = mapped_column(Instant)
    active_at: Mapped[datetime] = mapped_column(Instant, index=True)  # when something was last said


class Turn(Base):
    """A message of the client that was answered; the same ``client_id`` again gives the same answer."""

    __tablename__ = "turns"
    __table_args__ = (UniqueConstraint("conversation_id", "client_id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    client_id: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of what was sent
    language: Mapped[str | None] = mapped_column(String(2))  # of the conversation, after it
    state: Mapped[str] = mapped_column(String(16))  # of the conversation, after it


class Understanding(Base):
    """What was understood of a question of a turn, and what came of it; the words are the turn's message."""

    __tablename__ = "understandings"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)  # 0, 1 …: several questions in one message
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    intent: Mapped[str] = mapped_column(String(80))  # what was decided on
    guess: Mapped[str | None] = mapped_column(String(80))  # the likeliest capability
    second: Mapped[str | None] = mapped_column(String(80))  # the next
    confidence: Mapped[float | None] = mapped_column(Float)  # of the likeliest, 0 to 1
    outcome: Mapped[str] = mapped_column(String(16))  # see kit.understanding
    typed: Mapped[bool]  # false: a choice was taken
    facts: Mapped[list[str]] = mapped_column(JSON)  # the kinds of facts in it, never their values
    commune: Mapped[str | None] = mapped_column(String(60))  # that it is about, where one was named


class Message(Base):
    """What someone said. Without a turn it came unasked."""

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("conversation_id", "seq"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    turn_id: Mapped[str | None] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), index=True)
    seq: Mapped[int]  # 1, 2, 3 … in the order in which it was said
    at: Mapped[datetime] = mapped_column(Instant)
    author: Mapped[str] = mapped_column(String(16))  # assistant, operator, resident, system
    language: Mapped[str | None] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(Text)
    cards: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    source: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    feedback: Mapped[str | None] = mapped_column(String(4))  # up, down: whether it helped; null: nothing was said


class Choice(Base):
    """A choice on offer: an opaque id for the resident, its meaning for the dialogue engine only."""

    __tablename__ = "choices"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(8))  # payload: a command; text: words to say again
    meaning: Mapped[str] = mapped_column(Text)


class Request(Base):
    """A request to the city that was made or followed in a conversation."""

    __tablename__ = "requests"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    reference: Mapped[str] = mapped_column(String(60), primary_key=True)
    key: Mapped[str | None] = mapped_column(String(200))  # erases the resident from it; null: nothing to erase
    subject: Mapped[str] = mapped_column(String(60))  # the intent that it began with
    at: Mapped[datetime] = mapped_column(Instant)


class Subscription(Base):
    """Something that a resident is told of unasked, in the conversation in which they asked for it."""

    __tablename__ = "subscriptions"
    __table_args__ = (
        UniqueConstraint("conversation_id", "kind", "subject", "fraction"),
        Index("ix_subscriptions_kind_next_at", "kind", "next_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))  # see kit.tasks.Followed
    subject: Mapped[str] = mapped_column(String(120))  # a place's id, a line's number, a reference
    name: Mapped[dict[str, str]] = mapped_column(JSON)  # of a place, by language
    fraction: Mapped[str] = mapped_column(String(16))  # of collections: the bag; empty: every one, or another kind
    at: Mapped[str | None] = mapped_column(String(5))  # of collections: 20:00; null: when bags may go out
    quiet_from: Mapped[str | None] = mapped_column(String(5))  # nothing is said from here…
    quiet_until: Mapped[str | None] = mapped_column(String(5))  # …to here; null: at any time
    last_day: Mapped[date | None]  # told of to the end of this day, in Brussels; null: it goes on
    since: Mapped[datetime] = mapped_column(Instant)
    next_at: Mapped[datetime] = mapped_column(Instant)  # when to look at it again
    seen: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # what is known and was told
    version: Mapped[int]  # counts what was told and seen: each version is claimed once
    last_seq: Mapped[int | None]  # number of the last message about it


class Delivery(Base):
    """The way of a message that came unasked to its channel. It goes with the message."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("message_id", "channel"),
        Index("ix_deliveries_state_next_at", "state", "next_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    seq: Mapped[int]  # the message's: what comes first is delivered first
    state: Mapped[str] = mapped_column(String(16))  # waiting, delivered, dropped, dead
    tries: Mapped[int]
    since: Mapped[datetime] = mapped_column(Instant)
    next_at: Mapped[datetime] = mapped_column(Instant)  # the next try; whoever tries moves it on first
    until: Mapped[datetime | None] = mapped_column(Instant)  # later it is of no use
    quiet_from: Mapped[str | None] = mapped_column(String(5))  # as of the subscription
    quiet_until: Mapped[str | None] = mapped_column(String(5))


class Lease(Base):
    """Which process does what one process at a time does; it has to say again and again that it still does."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(32))
    until_s: Mapped[float] = mapped_column(Float)  # seconds since 1970, of the machine's own clock


#: The scheduler's own store (APScheduler's ``SQLAlchemyJobStore``): when each job runs next.
SCHEDULED_JOBS = Table(
    "scheduled_jobs",
    Base.metadata,
    Column("id", Unicode(191), primary_key=True),
    Column("next_run_time", Float(25), index=True),
    Column("job_state", LargeBinary, nullable=False),
)


class Photo(Base):
    """A photo that a resident sent, as it was made anew; it goes with the conversation, or before it."""

    __tablename__ = "photos"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]  # bytes
    content: Mapped[bytes] = mapped_column(LargeBinary)  # JPEG, without metadata
    seq: Mapped[int | None]  # number of the message that it was sent as; null: it was uploaded only
    reference: Mapped[str | None] = mapped_column(String(60))  # the request that it belongs to
    key: Mapped[str | None] = mapped_column(String(200), index=True)  # of that request, while it is still to be sent


class Erasure(Base):
    """A request that a resident is to be erased from; the conversation it was made in is gone."""

    __tablename__ = "erasures"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    reference: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(60), server_default="")  # as in the request
    since: Mapped[datetime] = mapped_column(Instant)


class Audit(Base):
    """An act that somebody has to answer for: who did what to how much, and when. Of whom or what is not in it."""

    __tablename__ = "audit"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    who: Mapped[str] = mapped_column(String(60))  # resident, retention, or a name that an operator signs with
    what: Mapped[str] = mapped_column(String(40))  # erase, export, delete_conversations …
    count: Mapped[int]  # of how many conversations, photos or requests
