"""Answers that an operator has pinned, in the operator's own order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from services.desk.tables import Tables

Move = Literal["up", "down"]

#: So many fit on a screen.
MOST: Final = 20


class FullError(Exception):
    """There is no room for another pin."""


class Pins:
    """The pins of a database."""

    def __init__(self, tables: Tables) -> None:
        self._table = tables.pins

    def of(self, connection: Connection, account_id: str) -> Sequence[str]:
        """Return the ids of what somebody has pinned, in order."""
        mine = self._table.c.account_id == account_id
        query = select(self._table.c.item_id).where(mine).order_by(self._table.c.position, self._table.c.item_id)
        return list(connection.execute(query).scalars())

    def add(self, connection: Connection, account_id: str, item_id: str) -> None:
        """Pin something behind what is pinned already; once only. Raises FullError."""
        pinned = self.of(connection, account_id)
        if item_id in pinned:
            return
        if len(pinned) >= MOST:
            raise FullError
        values = {"account_id": account_id, "item_id": item_id, "position": len(pinned)}
        try:
            with connection.begin_nested():
                connection.execute(insert(self._table).values(**values))
        except IntegrityError:
            return  # pinned in another tab at the same moment

    def toggle(self, connection: Connection, account_id: str, item_id: str) -> None:
        """Pin something, or take its pin away. Raises FullError."""
        if item_id in self.of(connection, account_id):
            self.remove(connection, account_id, item_id)
        else:
            self.add(connection, account_id, item_id)

    def remove(self, connection: Connection, account_id: str, item_id: str) -> None:
        """Take a pin away, if it is there."""
        table = self._table
        connection.execute(delete(table).where(table.c.account_id == account_id, table.c.item_id == item_id))
        self._number(connection, account_id, self.of(connection, account_id))

    def move(self, connection: Connection, account_id: str, item_id: str, move: Move) -> None:
        """Change places with the pin above or below, if there is one."""
        pinned = list(self.of(connection, account_id))
        if item_id not in pinned:
            return
        here = pinned.index(item_id)
        there = here + (1 if move == "down" else -1)
        if 0 <= there < len(pinned):
            pinned[here], pinned[there] = pinned[there], pinned[here]
            self._number(connection, account_id, pinned)

    def _number(self, connection: Connection, account_id: str, pinned: Sequence[str]) -> None:
        table = self._table
        for position, item_id in enumerate(pinned):
            mine = update(table).where(table.c.account_id == account_id, table.c.item_id == item_id)
            connection.execute(mine.values(position=position))
