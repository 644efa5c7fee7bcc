"""The names of all places in memory, by spelling."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.city.places.alike import Alike
from services.city.places.spelling import Spelling

#: Kinds of places that other places lie in.
AREAS: Final = ("commune", "locality")


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A place as the index holds it; ``street`` is the number of a street's id."""

    place_id: str
    kind: str
    name_fr: str
    name_nl: str
    lat: float
    lon: float
    cell: int
    commune_ids: tuple[str, ...]
    postcodes: tuple[str, ...]
    weight: float
    street: int | None
    dataset_id: int


@dataclass(frozen=True, slots=True, eq=False)
class KnownName:
    """One name of a place."""

    place: Known
    spelling: Spelling
    alias: bool
    language: str | None


@dataclass
class KindNames:
    """The names of one kind of place, by key, by core, and by what may be misspelt: the letters and the key."""

    keys: dict[str, list[KnownName]] = field(default_factory=lambda: defaultdict(list))
    cores: dict[str, list[KnownName]] = field(default_factory=lambda: defaultdict(list))
    written: dict[str, list[KnownName]] = field(default_factory=lambda: defaultdict(list))
    #: All words of names with the names that hold them, in alphabetical order.
    words: list[tuple[str, list[KnownName]]] = field(default_factory=list)
    alike_written: Alike = field(default_factory=lambda: Alike(()))
    alike_cores: Alike = field(default_factory=lambda: Alike(()))


class PlaceIndex:
    """Finds names by spelling. Never changed once made, so that threads may share it."""

    def __init__(self, places: Iterable[Known], names: Iterable[tuple[Known, Spelling, bool, str | None]]) -> None:
        self.places: Final = {place.place_id: place for place in places}
        self.kinds: Final[dict[str, KindNames]] = {}
        by_word: dict[str, dict[str, list[KnownName]]] = defaultdict(lambda: defaultdict(list))
        for place, spelling, alias, language in names:
            name = KnownName(place, spelling, alias, language)
            kind = self.kinds.setdefault(place.kind, KindNames())
            kind.keys[spelling.key].append(name)
            kind.cores[spelling.core].append(name)
            for written in {spelling.key, spelling.letters}:
                kind.written[written].append(name)
            for word in dict.fromkeys((*spelling.words, *spelling.content)):
                by_word[place.kind][word].append(name)
        for kind_name, kind in self.kinds.items():
            kind.words = sorted(by_word[kind_name].items())
            kind.alike_written, kind.alike_cores = Alike(list(kind.written)), Alike(list(kind.cores))
        self._sorted_keys = sorted({key for kind in self.kinds.values() for key in kind.keys})
        self.postcodes: Final = frozenset(code for place in self.places.values() for code in place.postcodes)
        self.communes: Final = self._communes()
        self.longest_commune: Final = max(
            (len(name.spelling.words) for kind in AREAS for names in self._named(kind) for name in names), default=0
        )
        cells: dict[int, list[Known]] = defaultdict(list)
        for place in self.places.values():
            cells[place.cell].append(place)
        self.cells: Final = dict(cells)

    def commune_name(self, slug: str) -> tuple[str, str]:
        """Return a commune's names in French and Dutch; made from its id where no such commune is known."""
        known = self.places.get(f"commune:{slug}")
        written = slug.replace("-", " ").title()
        return (known.name_fr, known.name_nl) if known else (written, written)

    def postcodes_of(self, slug: str) -> tuple[str, ...]:
        """Return a commune's postcodes; none where no such commune is known."""
        known = self.places.get(f"commune:{slug}")
        return known.postcodes if known else ()

    def in_postcode(self, postcode: str, kinds: Iterable[str]) -> Iterator[KnownName]:
        """Yield one name of each commune that has this postcode."""
        if "commune" in kinds and "commune" in self.kinds:
            found = {name.place.place_id: name for names in self.kinds["commune"].keys.values() for name in names}
            yield from (name for name in found.values() if postcode in name.place.postcodes)

    def by_key(self, key: str, kinds: Iterable[str]) -> Iterator[KnownName]:
        """Yield the names of exactly this key."""
        for kind in kinds:
            if kind in self.kinds:
                yield from self.kinds[kind].keys.get(key, ())

    def begins_a_key(self, start: str) -> bool:
        """Tell whether a key of any kind begins with these letters."""
        at = bisect_left(self._sorted_keys, start)
        return at < len(self._sorted_keys) and self._sorted_keys[at].startswith(start)

    def by_core(self, core: str, kinds: Iterable[str]) -> Iterator[KnownName]:
        """Yield the names of this core."""
        for kind in kinds:
            if kind in self.kinds:
                yield from self.kinds[kind].cores.get(core, ())

    def beginning(self, asked: Sequence[str], kinds: Iterable[str]) -> list[KnownName]:
        """Return the names in which each of these words begins a word."""
        found: list[KnownName] = []
        for kind in kinds:
            if kind not in self.kinds or not asked:
                continue
            remaining: dict[int, KnownName] | None = None
            for word in sorted(set(asked), key=lambda word: (-len(word), word)):
                here = {id(name): name for name in _beginning(self.kinds[kind].words, word)}
                remaining = here if remaining is None else {at: n for at, n in remaining.items() if at in here}
                if not remaining:
                    break
            found.extend((remaining or {}).values())
        return found

    def _named(self, kind: str) -> Iterable[list[KnownName]]:
        return self.kinds[kind].keys.values() if kind in self.kinds else ()

    def _communes(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for kind in AREAS:
            if kind not in self.kinds:
                continue
            for key, names in self.kinds[kind].keys.items():
                found[key].update(commune for name in names for commune in name.place.commune_ids[:1])
        return {key: frozenset(communes) for key, communes in found.items()}


def _beginning(ordered: Sequence[tuple[str, list[KnownName]]], start: str) -> Iterator[KnownName]:
    at = bisect_left(ordered, start, key=lambda entry: entry[0])
    while at < len(ordered) and ordered[at][0].startswith(start):
        yield from ordered[at][1]
        at += 1
