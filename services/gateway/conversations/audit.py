"""The record of acts that somebody has to answer for; nothing in it leads to a resident."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, delete, insert

from services.gateway.conversations.models import Audit

What = Literal[
    "erase",
    "export",
    "erase_requests",
    "delete_conversations",
    "delete_photos",
    "drop_erasures",
    "drop_call_backs",
    "add_account",
    "enable_account",
    "disable_account",
    "reset_account",
]

RESIDENT = "resident"
RETENTION = "retention"


def note(connection: Connection, at: datetime, who: str, what: What, count: int = 1) -> None:
    """Note an act, in the transaction of the act itself."""
    connection.execute(insert(Audit).values(id=uuid.uuid4().hex, at=at, who=who, what=what, count=count))


def remove_older(connection: Connection, before: datetime) -> int:
    """Delete the notes of acts before an instant; return how many."""
    return connection.execute(delete(Audit).where(Audit.at < before)).rowcount
