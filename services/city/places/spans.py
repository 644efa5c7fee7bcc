"""Where names stand in a sentence: as they are listed, shortened, or misspelt beside a word that says what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.city.places import matching
from services.city.places.index import AREAS, KnownName, PlaceIndex
from services.city.places.query import Reading
from services.city.places.spelling import is_filler, is_type_word, spell
from services.city.places.spotting_words import spotting_words
from services.city.places.tokens import Token

#: Kinds that are named in a sentence; addresses are streets with a number.
NAMED: Final = ("street", "stop", "commune", "locality", "landmark")
_LONGEST_NAME: Final = 12
_LONGEST_AFTER_TYPE: Final = 6
#: Letters of a word from which on it may be a misspelt name, and how similar the name has to be.
_SHORTEST_MISSPELT: Final = 6
_SIMILAR: Final = 0.84
#: Searches for similar names in one text: what bounds the work.
_MOST_MISSPELT: Final = 16


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens ``first`` to ``last`` (left out) that are a name; ``names`` are those they may be."""

    first: int
    last: int
    names: tuple[KnownName, ...]

    @property
    def is_area(self) -> bool:
        """Whether it may be a commune or a part of one."""
        return any(name.place.kind in AREAS for name in self.names)

    @property
    def is_street(self) -> bool:
        """Whether it may be a street."""
        return any(name.place.kind == "street" for name in self.names)


def spans(index: PlaceIndex, words: Sequence[Token]) -> list[Span]:
    """Return the names in a sentence in their order, the longest where they overlap."""
    found = [span for at in range(len(words)) if (span := _listed(index, words, at) or _shortened(index, words, at))]
    kept = _longest(found)
    taken = {at for span in kept for at in range(span.first, span.last)}
    left = _MOST_MISSPELT
    for at in range(len(words)):
        if left <= 0:
            break
        for last in _windows(words, at, taken):
            left -= 1
            span = _misspelt(index, words, at, last)
            if span is not None:
                kept = _longest([*kept, span])
                taken.update(range(span.first, span.last))
                break
    return sorted(kept, key=lambda span: span.first)


def _longest(found: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(found, key=lambda span: (span.first - span.last, span.first)):
        if all(span.last <= other.first or other.last <= span.first for other in kept):
            kept.append(span)
    return kept


def _listed(index: PlaceIndex, words: Sequence[Token], at: int) -> Span | None:
    """Return the longest name that begins at a word, if it can be one there."""
    best, key = None, ""
    for last in range(at + 1, min(at + _LONGEST_NAME, len(words)) + 1):
        key += words[last - 1].word
        if not index.begins_a_key(key):
            break
        names = tuple(name for name in index.by_key(key, NAMED) if _is_meant(words, at, last, name))
        if names:
            best = Span(at, last, names)
    return best


def _is_meant(words: Sequence[Token], first: int, last: int, name: KnownName) -> bool:
    """Tell whether words that could be a name are one: not ordinary ones, nor letters that only look like it."""
    lists = spotting_words()
    written = [token.plain for token in words[first:last]]
    before = words[first - 1].plain if first else ""
    if all(word.isdigit() for word in written) or all(is_filler(word) for word in written):
        return False
    if (
        len(written) > 1
        and min(map(len, written)) < 3
        and tuple(t.word for t in words[first:last]) != name.spelling.words
    ):
        return False
    if " ".join(written) in lists.ordinary:
        both_ends = before in lists.journeys and not (last < len(words) and words[last].plain in lists.units)
        return before in lists.stop_cues or both_ends
    if " ".join(written) in lists.half_ordinary:
        return before in lists.half_cues
    return len("".join(written)) > 2 or before in lists.cues


def _shortened(index: PlaceIndex, words: Sequence[Token], at: int) -> Span | None:
    """Return the street of a word for a road and what follows, fillers aside or in the other language."""
    if not is_type_word(words[at].word):
        return None
    for last in range(min(at + _LONGEST_AFTER_TYPE, len(words)), at + 1, -1):
        if is_filler(words[last - 1].plain):
            continue
        asked = spell(" ".join(token.plain for token in words[at:last]))
        names = tuple(
            name
            for name in index.by_core(asked.core, ("street",))
            if asked.content and asked.types == name.spelling.types
        )
        if names:
            return Span(at, last, names)
    return None


def _windows(words: Sequence[Token], at: int, taken: set[int]) -> Iterator[int]:
    """Yield the ends of what may be a misspelt name from a word on, longest first."""
    lists = spotting_words()
    if at in taken:
        return
    if is_type_word(words[at].word):
        for last in range(min(at + 4, len(words)), at + 1, -1):
            free = not taken & set(range(at, last))
            if free and not is_filler(words[last - 1].plain) and words[last - 1].plain not in lists.cues:
                yield last
    elif len(words[at].plain) >= _SHORTEST_MISSPELT and words[at].plain not in lists.ordinary | lists.half_ordinary:
        before = words[at - 1].plain if at else ""
        numbered = at + 1 < len(words) and words[at + 1].plain.isdigit()
        if numbered or at == 0 or before in lists.cues or before in lists.stop_cues:
            yield at + 1


def _misspelt(index: PlaceIndex, words: Sequence[Token], first: int, last: int) -> Span | None:
    text = " ".join(token.plain for token in words[first:last])
    reading = Reading(text, spell(text))
    kinds = ("street",) if is_type_word(words[first].word) else NAMED
    fits = [fit for fit in matching.misspelt(index, reading, kinds) if fit.score >= _SIMILAR]
    best = max((fit.score for fit in fits), default=0.0)
    names = tuple(fit.name for fit in fits if fit.score == best)
    return Span(first, last, names) if names else None
