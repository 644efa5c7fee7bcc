"""What can be found, kept ready for searching while the versions of the data are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final

from sqlalchemy.orm import Session

from kit.languages import LANGUAGES, Language
from services.city.core import datasets
from services.city.core.schemas import Source
from services.city.knowledge.documents import Entry, told, written
from services.city.transport.memory import Kept, Reading, TransportMemory
from services.city.transport.realtime.statement import together
from services.common.ranking import Part, Ranking

#: Real time makes a new version twice a minute.
_MOST_VERSIONS: Final = 2


@dataclass(frozen=True)
class Knowledge:
    """All that can be found, by its id."""

    entries: Mapping[str, Entry]
    _rankings: Kept = field(default_factory=lambda: Kept(len(LANGUAGES) + 1), repr=False, compare=False)

    @cached_property
    def source(self) -> Source:
        """The sources of everything."""
        found = [entry.item.source for entry in self.entries.values()]
        return together(found) if found else Source(name="city façade")

    @cached_property
    def as_of(self) -> datetime | None:
        """The age of the oldest part."""
        return min((entry.item.as_of for entry in self.entries.values()), default=None)

    def ranking(self, language: Language | None) -> Ranking:
        """Return the words of a language ready for searching; of all three where none is named."""
        languages = LANGUAGES if language is None else (language,)

        def make() -> Ranking:
            return Ranking({key: _words(entry, languages) for key, entry in self.entries.items()})

        return self._rankings.get(language, make)


class KnowledgeMemory:
    """The memory of one process; threads share it."""

    def __init__(self) -> None:
        self._kept = Kept(_MOST_VERSIONS)
        self._written = Kept(1)

    def current(self, session: Session, reading: Reading, now: datetime) -> Knowledge:
        """Return what can be found in the data in use."""
        in_use = tuple((each.id, each.imported_at) for each in datasets.in_use(session))

        def make() -> Knowledge:
            texts = self._written.get(in_use, lambda: written(session, now))
            return Knowledge({entry.item.id: entry for entry in (*texts, *told(reading, now))})

        return self._kept.get((in_use, tuple(sorted(reading.versions.snapshots.items()))), make)

    def warm(self, sessions: Callable[[], Session], transport: TransportMemory, now: datetime) -> None:
        """Make the first search as quick as the next."""
        with sessions() as session:
            self.current(session, Reading(session, transport), now).ranking(None)


def _words(entry: Entry, languages: Iterable[Language]) -> list[Part]:
    return [part for language in languages for part in entry.words[language]]
