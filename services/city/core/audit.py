"""Notes acts that somebody has to answer for; nothing in a note leads to a resident."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from services.city.models.audit import AuditNote

RESIDENT: Final = "resident"
STAFF: Final = "staff"
RETENTION: Final = "retention"


def note(session: Session, at: datetime, who: str, what: str, count: int = 1) -> None:
    """Note an act, in the transaction of the act itself."""
    session.add(AuditNote(at=at.astimezone(UTC), who=who, what=what, count=count))


def remove_older(session: Session, before: datetime) -> int:
    """Delete the notes of acts before an instant; return how many."""
    statement = delete(AuditNote).where(AuditNote.at < before.astimezone(UTC))
    result = session.execute(statement, execution_options={"synchronize_session": False})
    return int(result.rowcount)  # type: ignore[attr-defined]
