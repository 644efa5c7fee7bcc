"""What was decided on a wording; kept by a digest, so that the same question does not come back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from sqlalchemy import Connection, Table, delete, func, insert, select

from kit.languages import Language
from kit.text import fold

#: An example for training, a sentence for testing, none of ours, one that nothing answers yet, nothing to be done.
Kind = Literal["example", "test", "out_of_scope", "new_capability", "ignored"]
KINDS: Final = get_args(Kind)

_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Decision:
    """What was decided, by whom (an account's id) and when; ``intent`` of an example or a test sentence."""

    kind: Kind
    who: str
    at: datetime
    intent: str | None = None


def digest(text: str, language: Language | None) -> str:
    """Return what stands for a wording, whatever its accents, capitals and marks."""
    return hashlib.sha256(f"{language or ''}\n{fold(text)}".encode()).hexdigest()


class Decisions:
    """The decisions of a database. Methods take a connection; who opened it commits."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def keep(self, connection: Connection, digests: Iterable[str], decision: Decision) -> None:
        """Keep a decision on wordings, in place of any before."""
        wanted = list(dict.fromkeys(digests))
        self.forget(connection, wanted)
        values = {"kind": decision.kind, "intent": decision.intent, "who": decision.who, "at": decision.at}
        if wanted:
            connection.execute(insert(self._table), [{"digest": each, **values} for each in wanted])

    def forget(self, connection: Connection, digests: Iterable[str]) -> None:
        """Drop decisions: the wordings are open again."""
        for some in _parts(list(digests)):
            connection.execute(delete(self._table).where(self._table.c.digest.in_(some)))

    def forget_last(self, connection: Connection, who: str) -> int:
        """Drop what somebody decided last, all of one time; return how many wordings are open again."""
        table = self._table
        last = select(func.max(table.c.at)).where(table.c.who == who).scalar_subquery()
        return connection.execute(delete(table).where(table.c.who == who, table.c.at == last)).rowcount

    def decided(self, connection: Connection, digests: Iterable[str]) -> dict[str, Decision]:
        """Return the decisions that there are on wordings, by their digests."""
        found: dict[str, Decision] = {}
        for some in _parts(list(digests)):
            for row in connection.execute(select(self._table).where(self._table.c.digest.in_(some))):
                found[row.digest] = Decision(row.kind, row.who, row.at, row.intent)
        return found


def _parts(digests: list[str]) -> Iterable[list[str]]:
    return (digests[start : start + _AT_ONCE] for start in range(0, len(digests), _AT_ONCE))
