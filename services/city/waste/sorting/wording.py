"""What is left of a question when only the words that name a thing are kept, and the stems by which words are alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from kit.text import fold

#: Words that say little count this much of what they otherwise would.
WEAK: Final = 0.25
#: Longer texts are no question about a thing: only this many words are read.
_MOST_WORDS: Final = 30
_DOUBLE: Final = re.compile(r"(.)\1")
_SHORTEST_STEM: Final = 3
#: Endings of plurals and diminutives in the three languages, and what stands in their place.
_ENDINGS: Final = (
    ("etjes", ""), ("etje", ""), ("tjes", ""), ("tje", ""), ("pjes", ""), ("pje", ""), ("jes", ""), ("je", ""),
    ("aux", "al"), ("eaux", "eau"), ("ies", "y"), ("es", ""), ("en", ""), ("s", ""), ("x", ""), ("e", ""),
)  # fmt: skip


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a text that may name a thing; all of them where none else is left."""
    table = _table()
    folded = fold(table.respelt.sub(lambda found: table.respell[found[0]], text.lower()))
    asked = folded
    for pattern in table.asking:
        asked = " ".join(pattern.sub(" ", asked).split())
    found = tuple(word for word in asked.split() if word not in table.empty)
    return (found or tuple(folded.split()))[:_MOST_WORDS]


def weight(word: str) -> float:
    """Return what a word says, whatever the things are: nothing, little or all."""
    table = _table()
    return 0.0 if word in table.empty else WEAK if word in table.weak else 1.0


@lru_cache(maxsize=20_000)
def stems(word: str) -> frozenset[str]:
    """Return the stems that a word may have in any of the languages; words that share one are the same word."""
    bare = _bare(word)
    found = {bare}
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            found.add(_bare(word[: -len(ending)] + instead))
    return frozenset(found)


def _bare(word: str) -> str:
    """Return a word with single letters for double ones, and Dutch's voiced endings made mute ("dozen", "doos")."""
    bare = _DOUBLE.sub(r"\1", word)
    return bare[:-1] + {"z": "s", "v": "f"}.get(bare[-1], bare[-1]) if bare else bare


@dataclass(frozen=True)
class _Table:
    asking: tuple[re.Pattern[str], ...]
    empty: frozenset[str]
    weak: frozenset[str]
    respell: dict[str, str]
    respelt: re.Pattern[str]


@cache
def _table() -> _Table:
    known: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))

    def words(group: str) -> frozenset[str]:
        return frozenset(fold(str(word)) for each in known[group].values() for word in each)

    respell: dict[str, str] = known["respell"]
    return _Table(
        asking=tuple(re.compile(pattern) for pattern in known["asking"]),
        empty=words("empty"),
        weak=words("weak"),
        respell=respell,
        respelt=re.compile(r"\b(" + "|".join(map(re.escape, sorted(respell, key=len, reverse=True))) + r")\b"),
    )
