"""What can be found, kept ready for searching while the versions of the data are the same."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from sqlalchemy.orm import Session

from kit.languages import LANGUAGES, Language
from services.city.core import datasets
from services.city.core.schemas import Source
from services.city.knowledge.documents import Entry, entries
from services.city.transport.memory import Kept, Reading
from services.city.transport.realtime.statement import together
from services.common.ranking import Part, Ranking

#: Real time makes a new version twice a minute.
_MOST_VERSIONS: Final = 2


@dataclass(frozen=True)
class Knowledge:
    """All that can be found, by its id."""

    entries: Mapping[str, Entry]

    @cached_property
    def source(self) -> Source:
        """The sources of everything."""
        found = [entry.item.source for entry in self.entries.values()]
        return together(found) if found else Source(name="city façade")

    @cached_property
    def as_of(self) -> datetime | None:
        """The age of the oldest part."""
        return min((entry.item.as_of for entry in self.entries.values()), default=None)

    @cached_property
    def rankings(self) -> Mapping[Language | None, Ranking]:
        """The words of each language, and under None of all three."""
        found: dict[Language | None, Ranking] = {
            None: Ranking({key: _all_words(entry) for key, entry in self.entries.items()})
        }
        for language in LANGUAGES:
            found[language] = Ranking({key: entry.words[language] for key, entry in self.entries.items()})
        return found


class KnowledgeMemory:
    """The memory of one process; threads share it."""

    def __init__(self) -> None:
        self._kept = Kept(_MOST_VERSIONS)

    def current(self, session: Session, reading: Reading, now: datetime) -> Knowledge:
        """Return what can be found in the data in use."""

        def make() -> Knowledge:
            return Knowledge({entry.item.id: entry for entry in entries(session, reading, now)})

        found: Knowledge = self._kept.get(_versions(session, reading), make)
        return found


def _all_words(entry: Entry) -> list[Part]:
    return [part for language in LANGUAGES for part in entry.words[language]]


def _versions(session: Session, reading: Reading) -> Hashable:
    """Return what tells the data in use from any that was in use before."""
    in_use = tuple((each.id, each.imported_at) for each in datasets.in_use(session))
    return in_use, tuple(sorted(reading.versions.snapshots.items()))
