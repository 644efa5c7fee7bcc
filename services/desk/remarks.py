"""Answers that operators found wrong or missing: told to the team that owns them, and what became of it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from sqlalchemy import Connection, Row, case, func, insert, select, update

from kit.languages import Language, as_language
from kit.redaction import redact
from services.desk.accounts.account import Account
from services.desk.tables import Tables

State = Literal["open", "in_work", "done", "rejected"]
STATES: Final[tuple[State, ...]] = get_args(State)
What = Literal["wrong", "missing"]

#: Those that somebody still has to do something about.
_UNSETTLED: Final[tuple[State, ...]] = ("open", "in_work")


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
    #: When its state changed last.
    changed_at: datetime


@dataclass(frozen=True)
class Wanted:
    """Which remarks: of one operator, in one state, of one team; None leaves it open."""

    account_id: str | None = None
    state: State | None = None
    team: str | None = None


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

    def listed(
        self, connection: Connection, wanted: Wanted, *, first_teams: Collection[str] = (), limit: int, offset: int
    ) -> tuple[Sequence[Remark], int]:
        """Return some of the remarks, and how many there are: what is to be settled first, of it that of some teams,
        and the newest of these."""
        table = self._table
        given = {"account_id": wanted.account_id, "state": wanted.state, "team": wanted.team}
        conditions = [table.c[name] == value for name, value in given.items() if value is not None]
        order = (
            case((table.c.state.in_(_UNSETTLED), 0), else_=1),
            case((table.c.team.in_(first_teams), 0), else_=1),
            table.c.at.desc(),
            table.c.id,
        )
        count = connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one()
        rows = connection.execute(select(table).where(*conditions).order_by(*order).limit(limit).offset(offset))
        return [_remark(row) for row in rows], count

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
        changed_at=row.changed_at,
    )
