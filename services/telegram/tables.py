"""The channel's tables, in the conversations' database: what hangs on a conversation goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy.types import TypeEngine


@dataclass(frozen=True)
class Tables:
    """What the channel keeps: no name, number or address of anybody that can be read without its keys."""

    #: Updates that came; content and chat are there only while one waits for its answer.
    updates: Table
    #: Which conversation a chat has, and its address.
    chats: Table
    #: What was done once and must not be done again.
    done: Table


def tables(metadata: MetaData, instant: TypeEngine[datetime]) -> Tables:
    """Make the tables beside that of the conversations; ``instant`` is the type of points in time there."""
    updates = Table(
        "telegram_updates",
        metadata,
        Column("id", BigInteger, primary_key=True, autoincrement=False),  # Telegram's update_id
        Column("chat", String(64), index=True),  # keyed hash; null once it is done
        Column("content", LargeBinary),  # the update, encrypted; null once it is done
        Column("conversation_id", String(32)),  # in which it was begun; null before, and once it is done
        Column("at", instant, nullable=False, index=True),
        Column("tries", Integer, nullable=False, server_default="0"),
    )
    chats = Table(
        "telegram_chats",
        metadata,
        Column("chat", String(64), primary_key=True),  # keyed hash of the chat's id
        Column(
            "conversation_id",
            String(32),
            ForeignKey("conversations.id", ondelete="CASCADE"),
            nullable=False,
            unique=True,
        ),
        Column("address", LargeBinary, nullable=False),  # the chat's id, encrypted
        Column("language", String(2)),  # of the conversation, or what Telegram says of its sender
        Column("last_said", String(64)),  # keyed hash of the last message's number, and of its words
        Column("last_words", String(64)),
    )
    done = Table(
        "telegram_done",
        metadata,
        Column("key", String(80), primary_key=True),  # ids of messages, or a keyed hash
        Column("value", String(40)),  # of Telegram's message, of the photo, of the update that did it
        Column("at", instant, nullable=False, index=True),
    )
    return Tables(updates, chats, done)
