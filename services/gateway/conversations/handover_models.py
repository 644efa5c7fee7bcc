"""Tables of the hand-over. What belongs to a conversation goes with it (``ON DELETE CASCADE``)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from services.gateway.conversations.models import Base, Instant


class HandOver(Base):
    """A conversation in which a person was asked for. Who has it is said here and nowhere else."""

    __tablename__ = "hand_overs"
    __table_args__ = (Index("ix_hand_overs_owner_id", "owner_id"),)

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(20))  # transport, waste, permits, other
    team: Mapped[str | None] = mapped_column(String(40))  # null: any team
    since: Mapped[datetime] = mapped_column(Instant)  # when a person was asked for
    owner_id: Mapped[str | None] = mapped_column(String(32))
    owner_name: Mapped[str | None] = mapped_column(String(60))
    code: Mapped[str | None] = mapped_column(String(4), unique=True)
    code_until: Mapped[datetime | None] = mapped_column(Instant)
    facts: Mapped[dict[str, str]] = mapped_column(JSON)  # what is known: names of facts, and what they are
    phone: Mapped[str | None] = mapped_column(String(20))  # to call back, until that is done
    phone_at: Mapped[datetime | None] = mapped_column(Instant)
    approves: Mapped[bool] = mapped_column(default=False, server_default=false())  # the assistant proposes answers


class OperatorWords(Base):
    """A message of an operator: the same ``client_id`` says it once, and its name is the one it was said under."""

    __tablename__ = "operator_words"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    client_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    seq: Mapped[int]  # the message's
    name: Mapped[str] = mapped_column(String(60))


class Proposal(Base):
    """What the assistant proposes to say to a resident's last message; once it is settled, only that it was."""

    __tablename__ = "hand_over_proposals"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int]  # the message's that it answers
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(2))
    source: Mapped[str | None] = mapped_column(Text)
    waits: Mapped[bool]  # for an operator's click


class HandOverNote(Base):
    """What an operator noted for colleagues, or settled."""

    __tablename__ = "hand_over_notes"

    id: Mapped[int] = mapped_column(primary_key=True)  # in their order, also of one instant
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    name: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)


class HandOverAccess(Base):
    """That an operator looked at a conversation, or did something with it."""

    __tablename__ = "hand_over_accesses"

    id: Mapped[int] = mapped_column(primary_key=True)  # in their order, also of one instant
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    operator_id: Mapped[str | None] = mapped_column(String(32))  # null: it happened by itself
    name: Mapped[str] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(String(20))  # an id of access_<id> in the desk's texts


class Presence(Base):
    """Somebody at the desk, as they last said."""

    __tablename__ = "presences"

    operator_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(10))  # available, away
    teams: Mapped[list[str]] = mapped_column(JSON)  # none: every team
    languages: Mapped[list[str]] = mapped_column(JSON)
    seen_at: Mapped[datetime] = mapped_column(Instant, index=True)


class Wait(Base):
    """How long somebody waited before an operator took them; of whom is not in it."""

    __tablename__ = "waits"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    seconds: Mapped[int]
