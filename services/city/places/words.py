"""The word lists of ``words.yml``, checked once when they are first asked for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict

_FILE: Final = Path(__file__).with_name("words.yml")


class RoadType(BaseModel):
    """How one kind of road or building shows in a name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: tuple[str, ...]
    endings: tuple[str, ...] = ()


class Words(BaseModel):
    """What is known of how names are shortened and built; every word is folded."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    same: tuple[tuple[str, ...], ...]
    phrases: dict[str, tuple[str, ...]]
    endings: dict[str, str]
    types: dict[str, RoadType]
    fillers: frozenset[str]
    stop_words: frozenset[str]
    area_words: frozenset[str]
    joiners: frozenset[str]
    region: frozenset[str]
    number_words: tuple[str, ...]
    box_words: tuple[str, ...]

    @property
    def canonical(self) -> dict[str, str]:
        """Each spelling that a word has beside its first one."""
        return {spelling: row[0] for row in self.same for spelling in row[1:]}

    @property
    def type_words(self) -> dict[str, str]:
        """Each word that is a type of road by itself, and the type."""
        canonical = self.canonical
        return {canonical.get(word, word): name for name, kind in self.types.items() for word in kind.words}

    @property
    def type_endings(self) -> dict[str, str]:
        """Each ending that is a type of road, longest first, and the type."""
        found = {ending: name for name, kind in self.types.items() for ending in kind.endings}
        return dict(sorted(found.items(), key=lambda item: -len(item[0])))


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the word lists."""
    return Words.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
