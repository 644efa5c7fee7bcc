"""The record of acts on the desk's accounts, which is the gateway's."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from services.desk.port import Act
from services.gateway.conversations import audit


def record(connection: Connection, at: datetime, who: str, act: Act) -> None:
    """Note an act on an account."""
    audit.note(connection, at, who, act)
