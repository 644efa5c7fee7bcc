"""Deletes what the desk keeps past its time: accounts that were disabled, sessions, wrong passwords, remarks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, and_, delete, not_

from services.desk.tables import Tables

#: Kinds of ``data/privacy/retention.yml`` that are kept here.
KINDS: Final = ("desk_account", "desk_session", "desk_attempt", "desk_remark")


def purge(connection: Connection, tables: Tables, before: Mapping[str, datetime]) -> int:
    """Delete what is older than its kind's instant; return how much."""
    accounts, sessions, attempts = tables.accounts, tables.sessions, tables.attempts
    disabled = and_(not_(accounts.c.enabled), accounts.c.changed_at < before["desk_account"])
    conditions = (
        delete(accounts).where(disabled),
        delete(sessions).where(sessions.c.created_at < before["desk_session"]),
        delete(attempts).where(attempts.c.at < before["desk_attempt"]),
        delete(tables.remarks).where(tables.remarks.c.changed_at < before["desk_remark"]),
    )
    return sum(connection.execute(each).rowcount for each in conditions)
