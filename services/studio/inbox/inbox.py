"""The inbox: questions of the last weeks that somebody should look at and on which nothing was decided yet."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

from sqlalchemy import Connection

from kit.clock import Clock
from kit.languages import Language
from services.desk.port import Storage
from services.studio.inbox.decisions import Decision, Decisions, Kind, digest
from services.studio.inbox.grouping import Group, grouped
from services.studio.inbox.questions import Question, Reason

#: So many questions are looked at, the newest first.
MOST: Final = 50_000
#: How far back, where conversations are kept that long.
_DAYS: Final = 30


class Asked(Protocol):
    """The questions that residents typed."""

    def __call__(self, connection: Connection, since: datetime, most: int) -> list[Question]:
        """Return those since an instant that somebody should look at, the newest first, at most so many."""
        ...


@dataclass(frozen=True)
class Wanted:
    """Which questions: of some languages, for some reasons, on some topics; everything where none is named."""

    languages: Collection[Language | None] = ()
    reasons: Collection[Reason] = ()
    guesses: Collection[str | None] = ()

    def holds(self, question: Question) -> bool:
        """Tell whether a question is among them."""
        return (
            (not self.languages or question.language in self.languages)
            and (not self.reasons or not question.reasons.isdisjoint(self.reasons))
            and (not self.guesses or question.guess in self.guesses)
        )


@dataclass(frozen=True)
class Content:
    """What the inbox holds: the groups that are wanted, and how many questions there are for each reason in all."""

    groups: Sequence[Group]
    reasons: Mapping[Reason, int] = field(default_factory=dict)
    is_cut: bool = False


class Inbox:
    """Looks at questions and keeps what is decided on them."""

    def __init__(self, storage: Storage, asked: Asked, decisions: Decisions, clock: Clock) -> None:
        self._storage = storage
        self._asked = asked
        self._decisions = decisions
        self._clock = clock

    async def look(self, wanted: Wanted | None = None) -> Content:
        """Return the groups, the most frequent first."""
        wanted, since = wanted or Wanted(), self._clock.now() - timedelta(days=_DAYS)
        asked = await self._storage.read(lambda connection: self._asked(connection, since, MOST))
        digests = [digest(each.text, each.language) for each in asked]
        decided = await self._storage.read(lambda connection: self._decisions.decided(connection, set(digests)))
        left = [each for each, key in zip(asked, digests, strict=True) if key not in decided]
        groups = await asyncio.to_thread(grouped, filter(wanted.holds, left))
        reasons = Counter(reason for each in left for reason in each.reasons)
        return Content(groups, reasons, is_cut=len(asked) == MOST)

    async def decide(
        self,
        wordings: Sequence[tuple[str, Language | None]],
        kind: Kind,
        who: str,
        intent: str | None = None,
    ) -> None:
        """Keep a decision on wordings."""
        decision, digests = Decision(kind, who, self._clock.now(), intent), [digest(*each) for each in wordings]
        await self._storage.write(lambda connection: self._decisions.keep(connection, digests, decision))

    async def undo(self, who: str) -> int:
        """Take back what somebody decided last; return how many wordings are open again."""
        return await self._storage.write(lambda connection: self._decisions.forget_last(connection, who))
