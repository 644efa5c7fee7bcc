"""A write that is repeated or retried happens once: the ``Idempotency-Key`` of a request and the answer to it.

The key is stored in the transaction of the write itself, so that either both are there or neither. After
:data:`KEPT` the key may be used again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

from fastapi import Header
from pydantic import BaseModel
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services.city.core.errors import CityError
from services.city.models.idempotency import IdempotencyKey

#: How long an answer is kept for a retry.
KEPT: Final = timedelta(days=2)

KeyHeader = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Any text that is new for each new write; the same key again gives the same answer and no second "
        "write.",
        min_length=8,
        max_length=200,
        examples=["5b0b8f0c-6e5b-4f0c-9f3a-2f1a4b7c9d10"],
    ),
]


def once(
    session: Session,
    key: str | None,
    *,
    scope: str,
    asked: BaseModel,
    now: datetime,
    write: Callable[[], BaseModel],
) -> dict[str, Any]:
    """Return the JSON of what ``write`` answers, or of what it answered when this key came before.

    ``session`` is one of ``WriteSessionDep``; without a key, ``write`` is always called. Raises CityError
    ``idempotency_key_reused`` (422) where the key came with something else.
    """
    if key is None:
        return write().model_dump(mode="json")
    fingerprint = hashlib.sha256(asked.model_dump_json().encode()).hexdigest()
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < now - KEPT))
    row = {"scope": scope, "key": key, "fingerprint": fingerprint, "status": 0, "body": {}, "created_at": now}
    if not _inserted(session, row):
        return _answered(session, scope, key, fingerprint)
    body = write().model_dump(mode="json")
    stored = session.get_one(IdempotencyKey, (scope, key))
    stored.status, stored.body = 200, body
    session.flush()
    return body


def remove_older(session: Session, before: datetime) -> int:
    """Delete the answers from before an instant; return how many."""
    statement = delete(IdempotencyKey).where(IdempotencyKey.created_at < before)
    result = session.execute(statement, execution_options={"synchronize_session": False})
    return int(result.rowcount)  # type: ignore[attr-defined]


def _inserted(session: Session, row: dict[str, Any]) -> bool:
    """Insert a key unless it is there; another transaction that is inserting it is waited for."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(IdempotencyKey).values(**row).on_conflict_do_nothing()
    return bool(session.execute(statement.returning(IdempotencyKey.key)).all())


def _answered(session: Session, scope: str, key: str, fingerprint: str) -> dict[str, Any]:
    stored = session.get_one(IdempotencyKey, (scope, key))
    if stored.fingerprint != fingerprint:
        raise CityError(422, "idempotency_key_reused", "This Idempotency-Key came before, with another request.")
    return stored.body
