"""What is written beside names in a sentence and belongs to them: house numbers, postcodes and communes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kit.text import fold
from services.city.places.index import PlaceIndex
from services.city.places.spans import Span
from services.city.places.spotting_words import spotting_words
from services.city.places.tokens import Token

_NUMBER: Final = r"(?<!\w)\d{1,4}(?:\s?(?:bis|ter|[b-z]|a(?!\s+\w))(?!\w))?(?:\s?[-–/]\s?\d{1,4}[a-z]?(?!\w))?(?!\w)"
_BOX: Final = r"(?:[\s,./-]*\(?(?:bo[iî]te|bte|bus|box|b\.)[\s.:]*[a-z]{0,2}\d{0,4}[a-z]?(?!\w)\)?)?"
_NUMBER_BEFORE: Final = re.compile(r"(?<![\w-])(\d{1,4}(?:\s?[a-z](?!\w))?)[\s,]+$", re.IGNORECASE | re.ASCII)
#: Characters before a name in which a number may stand.
_BEFORE: Final = 12
_AREA_GAP: Final = re.compile(
    r"[\s,;(]*(?:(?:[àa]|in|te|at)\s+)?(?:b\s?-\s?)?(?P<code>\d{4}(?!\w))?[\s,(-]*(?:(?:[àa]|in|te|at)\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a place stands in a text, and how it would be written alone."""

    start: int
    end: int
    written: str
    numbered: bool


@dataclass(frozen=True, slots=True)
class _Area:
    """A name that may be that of communes, from character ``start`` to ``end``."""

    start: int
    end: int
    communes: frozenset[str]


def extents(index: PlaceIndex, text: str, words: Sequence[Token], named: Sequence[Span]) -> list[Extent]:
    """Return the places that names stand for with what belongs to them, none overlapping another."""
    found: list[Extent] = []
    at = 0
    while at < len(named):
        span = named[at]
        start, end = words[span.first].start, words[span.last - 1].end
        name, number = text[start:end], None
        if span.is_street:
            earliest = found[-1].end if found else 0
            start, end, number = _with_number(index, text, words, span, earliest)
        with_area, joined = _with_area(index, text, end, span, _area(words, named[at + 1 : at + 2]))
        written = " ".join(f"{name} {number or ''} {text[end:with_area]}".split())
        found.append(Extent(start, with_area, written, number is not None))
        at += 2 if joined else 1
    return found


def _with_number(
    index: PlaceIndex, text: str, words: Sequence[Token], span: Span, earliest: int
) -> tuple[int, int, str | None]:
    """Return the start and end of a street with its house number, and that number as it is written."""
    lists = spotting_words()
    start, end = words[span.first].start, words[span.last - 1].end
    before = _NUMBER_BEFORE.search(text, max(earliest, start - _BEFORE), start)
    if before and (span.first < 2 or words[span.first - 2].plain not in lists.no_house_before):
        return before.start(), end, before[1]
    after = _number_after().match(text, end)
    # "1000" after a street is its postcode; searches try it as a number too.
    if after and after["number"] not in index.postcodes and not _begins_with(text[after.end() :], lists.units):
        return start, after.end(), after["number"] + after["box"]
    return start, end, None


def _with_area(index: PlaceIndex, text: str, end: int, span: Span, area: _Area | None) -> tuple[int, bool]:
    """Return the end with the postcode and commune that follow, and whether the following name was taken for it."""
    gap = _AREA_GAP.match(text, end)
    if gap is None:
        return end, False
    code = gap["code"]
    if code and (code not in index.postcodes or _begins_with(text[gap.end("code") :], spotting_words().units)):
        return end, False
    if area and area.start == gap.end():
        lies_in = {slug for name in span.names for slug in name.place.commune_ids}
        if code or not lies_in or lies_in & area.communes:
            return area.end, True
    return (gap.end("code"), False) if code else (end, False)


def _area(words: Sequence[Token], following: Sequence[Span]) -> _Area | None:
    for span in following:
        if span.is_area:
            communes = frozenset(slug for name in span.names for slug in name.place.commune_ids)
            return _Area(words[span.first].start, words[span.last - 1].end, communes)
    return None


def _begins_with(text: str, words: frozenset[str]) -> bool:
    return fold(text[:20]).partition(" ")[0] in words


@lru_cache(maxsize=1)
def _number_after() -> re.Pattern[str]:
    label = rf"(?:(?:{'|'.join(spotting_words().number_labels)})\s*)?"
    return re.compile(rf"[\s,]*{label}(?P<number>{_NUMBER})(?P<box>{_BOX})", re.IGNORECASE | re.ASCII)
