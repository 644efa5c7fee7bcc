"""The guide in memory, ready to be searched: made once a data set, and anew when an import switches to another."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kit.languages import LANGUAGES, Language
from services.city.models.datasets import Dataset
from services.city.waste import repository
from services.city.waste.sorting.facts import AmbiguityFacts, DestinationFacts, NamedFacts, SortingItem
from services.city.waste.sorting.search import Found, ThingIndex

#: Before the id of a word that means several things, in the index.
_SEVERAL = "?"

_lock = threading.Lock()
_made: WeakKeyDictionary[Engine, tuple[int, Guide]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Match:
    """A thing that a question may be about; ``name`` is the one that fits."""

    item: SortingItem
    score: float
    name: str


class Guide:
    """All things, where they go, and the words for several."""

    def __init__(
        self,
        items: Iterable[SortingItem],
        destinations: Iterable[DestinationFacts],
        ambiguities: Iterable[AmbiguityFacts],
    ) -> None:
        self.items: Mapping[str, SortingItem] = {item.id: item for item in items}
        self.destinations: Mapping[str, DestinationFacts] = {each.id: each for each in destinations}
        self._ambiguities = {_SEVERAL + each.id: each for each in ambiguities}
        named: dict[str, NamedFacts] = {**self.items, **{key: each.words for key, each in self._ambiguities.items()}}
        self._index = ThingIndex({key: {one: each.of(one) for one in LANGUAGES} for key, each in named.items()})

    def search(self, query: str, language: Language) -> list[Match]:
        """Return the things that a text may mean, best first; a word for several means all of them."""
        found: dict[str, Match] = {}
        for each in self._index.search(query, language):
            for item in self._meant(each):
                found.setdefault(item.id, Match(item, each.score, each.name))
        return list(found.values())

    def alike(self, query: str, most: int) -> list[SortingItem]:
        """Return the things with the most similar names."""
        keys = self._index.alike(query, most)
        return list({item.id: item for key in keys for item in self._meant(Found(key, 0.0, ""))}.values())[:most]

    def _meant(self, found: Found) -> list[SortingItem]:
        ambiguity = self._ambiguities.get(found.id)
        ids = ambiguity.items if ambiguity else (found.id,)
        return [self.items[each] for each in ids if each in self.items]


def current(session: Session) -> tuple[Guide, list[Dataset]]:
    """Return the guide in use, and its dataset; an empty guide where none was imported."""
    dataset = repository.newest(session, "sorting")
    if dataset is None:
        return Guide((), (), ()), []
    engine = session.get_bind().engine
    made = _made.get(engine)
    if made is None or made[0] != dataset.id:
        with _lock:
            made = _made.get(engine)
            if made is None or made[0] != dataset.id:
                made = dataset.id, _make(session, dataset.id)
                _made[engine] = made
    return made[1], [dataset]


def _make(session: Session, dataset_id: int) -> Guide:
    return Guide(
        map(SortingItem.model_validate, repository.documents(session, dataset_id, "item")),
        map(DestinationFacts.model_validate, repository.documents(session, dataset_id, "destination")),
        map(AmbiguityFacts.model_validate, repository.documents(session, dataset_id, "ambiguity")),
    )
