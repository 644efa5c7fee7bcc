"""Answers that operators found wrong or missing: told to the team that owns them, and what became of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from sqlalchemy import Connection, Row, insert, select, update

from kit.languages import Language, as_language
from kit.redaction import redact
from services.desk.accounts.account import Account
from services.desk.tables import Tables

State = Literal["open", "in_work", "done", "rejected"]
STATES: Final[tuple[State, ...]] = get_args(State)
What = Literal["wrong", "missing"]

#: So many are shown, the newest of them.
_SHOWN: Final = 200


@dataclass(frozen=True)
class Remark:
    """A remark as it is shown."""

    id: str
    at: datetime
    who: str
    what: What
    question: str
    language: Language | None
    team: str
    state: State
    reason: str | None


class Remarks:
    """The remarks of a database."""

    def __init__(self, tables: Tables) -> None:
        self._table = tables.remarks

    def add(
        self,
        connection: Connection,
        at: datetime,
        account: Account,
        *,
        what: What,
        question: str,
        language: Language | None,
        team: str,
        texts: Sequence[str],
    ) -> None:
        """Note a remark; what could tell who called is masked in its question."""
        values = {"what": what, "question": redact(question), "language": language, "team": team, "texts": list(texts)}
        own = {"id": uuid.uuid4().hex, "account_id": account.id, "who": account.name}
        connection.execute(insert(self._table).values(**own, **values, at=at, changed_at=at, state="open"))

    def all(self, connection: Connection, account_id: str | None = None) -> Sequence[Remark]:
        """Return the remarks, the newest first; ``account_id``: those of one operator only."""
        query = select(self._table).order_by(self._table.c.at.desc(), self._table.c.id).limit(_SHOWN)
        if account_id is not None:
            query = query.where(self._table.c.account_id == account_id)
        return [_remark(row) for row in connection.execute(query)]

    def move(self, connection: Connection, at: datetime, remark_id: str, state: State, reason: str | None) -> bool:
        """Say what has become of a remark; tell whether there is such a one."""
        changed = update(self._table).where(self._table.c.id == remark_id)
        return bool(connection.execute(changed.values(state=state, reason=reason, changed_at=at)).rowcount)


def _remark(row: Row[tuple[object, ...]]) -> Remark:
    return Remark(
        id=row.id,
        at=row.at,
        who=row.who,
        what=row.what,
        question=row.question,
        language=as_language(row.language),
        team=row.team,
        state=row.state,
        reason=row.reason,
    )
