"""Which of several processes runs the scheduler: the one that holds the lease, which it renews while it lives."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from functools import partial
from typing import Final

from sqlalchemy import Connection, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from services.gateway.conversations.models import Lease
from services.gateway.core.database import Database

#: How long a process that died is waited for. The clocks of the machines have to agree to a fraction of it; where they
#: do not, two schedule for a while, and claims still let each message be told once.
LEASE_S: Final = 30.0


class Leading:
    """One process's hold on a lease."""

    def __init__(
        self, database: Database, name: str, *, lease_s: float = LEASE_S, now: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._name = name
        self._holder = uuid.uuid4().hex
        self._lease_s = lease_s
        self._now = now

    async def hold(self) -> bool:
        """Take the lease where it is free, or renew it; tell whether this process holds it."""
        try:
            return await self._database.write(
                partial(_hold, name=self._name, holder=self._holder, now=self._now(), lease_s=self._lease_s)
            )
        except IntegrityError:  # another one made it in that moment
            return False

    async def release(self) -> None:
        """Give the lease up, so that another process need not wait."""
        await self._database.write(partial(_release, name=self._name, holder=self._holder))


def _hold(connection: Connection, name: str, holder: str, now: float, lease_s: float) -> bool:
    free = or_(Lease.holder == holder, Lease.until_s < now)
    statement = update(Lease).where(Lease.name == name, free).values(holder=holder, until_s=now + lease_s)
    if connection.execute(statement).rowcount == 1:
        return True
    if connection.execute(select(Lease.name).where(Lease.name == name)).first() is not None:
        return False
    connection.execute(insert(Lease).values(name=name, holder=holder, until_s=now + lease_s))
    return True


def _release(connection: Connection, name: str, holder: str) -> None:
    connection.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))
