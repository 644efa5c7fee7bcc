"""The desk's tables, in the conversations' database: who may sign in, who has, how far each has read, remarks, pins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine


@dataclass(frozen=True)
class Tables:
    """What the desk keeps: of those who work at it, and of residents no more than a question somebody remarked on."""

    #: Who may sign in, with a password here or by the organisation's own sign-in.
    accounts: Table
    #: Who has signed in; the token is kept as a hash only.
    sessions: Table
    #: Passwords that were wrong, by a keyed hash of the name that was typed.
    attempts: Table
    #: How far an operator has read a conversation.
    seen: Table
    #: Answers that operators found wrong or missing.
    remarks: Table
    #: What each operator has pinned.
    pins: Table


def tables(metadata: MetaData, instant: TypeEngine[datetime]) -> Tables:
    """Make the tables beside that of the conversations; ``instant`` is the type of points in time there."""
    accounts = Table(
        "desk_accounts",
        metadata,
        Column("id", String(32), primary_key=True),
        Column("login", String(120), unique=True),  # lower case; null: signs in at the organisation's
        Column("issuer", String(200)),  # of the organisation's sign-in (OpenID Connect `iss`)
        Column("subject", String(255)),  # who it is there (`sub`)
        Column("name", String(60), nullable=False),  # as colleagues and the record of acts have it
        Column("roles", JSON, nullable=False),  # operator, supervisor, editor, administrator
        Column("teams", JSON, nullable=False),
        Column("languages", JSON, nullable=False),  # in which they answer
        Column("preferences", JSON, nullable=False),  # language of the screens, light or dark, sound
        Column("password", String(200)),  # argon2id
        Column("secret", LargeBinary),  # of the codes (TOTP), encrypted
        Column("enrolled", Boolean, nullable=False),  # a code of that secret was typed once
        Column("last_step", BigInteger),  # time step of the last code: none is taken twice
        Column("enabled", Boolean, nullable=False),
        Column("created_at", instant, nullable=False),
        Column("changed_at", instant, nullable=False),  # made, disabled or reset
        Column("signed_in_at", instant),
        UniqueConstraint("issuer", "subject"),
    )
    sessions = Table(
        "desk_sessions",
        metadata,
        Column("id", String(64), primary_key=True),  # SHA-256 of the cookie's token
        Column(
            "account_id", String(32), ForeignKey("desk_accounts.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        Column("stage", String(8), nullable=False),  # code: the second factor is missing; whole
        Column("created_at", instant, nullable=False),
        Column("seen_at", instant, nullable=False, index=True),
    )
    attempts = Table(
        "desk_attempts",
        metadata,
        Column("key", String(64), primary_key=True),
        Column("failures", Integer, nullable=False),
        Column("at", instant, nullable=False, index=True),  # of the last one
    )
    seen = Table(
        "desk_seen",
        metadata,
        Column("account_id", String(32), ForeignKey("desk_accounts.id", ondelete="CASCADE"), primary_key=True),
        Column(
            "conversation_id",
            String(32),
            ForeignKey("conversations.id", ondelete="CASCADE"),
            primary_key=True,
            index=True,
        ),
        Column("seq", Integer, nullable=False),  # number of the last message on the screen
    )
    return Tables(accounts, sessions, attempts, seen, _remarks(metadata, instant), _pins(metadata))


def _remarks(metadata: MetaData, instant: TypeEngine[datetime]) -> Table:
    return Table(
        "desk_remarks",
        metadata,
        Column("id", String(32), primary_key=True),
        Column(
            "account_id", String(32), ForeignKey("desk_accounts.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        Column("who", String(60), nullable=False),  # the name at that time
        Column("at", instant, nullable=False),
        Column("what", String(8), nullable=False),  # wrong, missing
        Column("question", String(1000), nullable=False),  # numbers and addresses for mail are masked
        Column("language", String(2)),  # of the caller, where it was chosen
        Column("team", String(40), nullable=False),  # that owns the answer
        Column("texts", JSON, nullable=False),  # ids of the texts that it was made of
        Column("state", String(10), nullable=False),  # open, in_work, done, rejected
        Column("reason", String(300)),
        Column("changed_at", instant, nullable=False, index=True),
    )


def _pins(metadata: MetaData) -> Table:
    account = ForeignKey("desk_accounts.id", ondelete="CASCADE")
    return Table(
        "desk_pins",
        metadata,
        Column("account_id", String(32), account, primary_key=True),
        Column("item_id", String(120), primary_key=True),  # of the knowledge search
        Column("position", Integer, nullable=False),
    )
