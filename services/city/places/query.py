"""What a search text may mean: a name, perhaps with a house number, a postcode or a commune written beside it.

A text has several readings ("Chaussée de Wavre 1160" ends in a number or in a postcode). All of them are tried, and
the names that exist decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from kit.text import fold, fold_characters
from services.city.places.index import PlaceIndex
from services.city.places.spelling import Spelling, spell
from services.city.places.words import words

_QUOTES: Final = str.maketrans(
    dict.fromkeys("’‘ʼ`´′‛＇", "'") | dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("()[]", " ")
)
_POSTCODE: Final = re.compile(r"(?<![\w])(?:b ?- ?)?([1-9]\d{3})(?![\w])")
_WORD: Final = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a text.

    ``text`` is what is left as a name, and ``spelling`` its spelling; ``communes`` are the slugs of those that the text
    names; ``region`` tells that it names only the Region, ``stop`` and ``area`` that it says of itself that it is a
    stop's or a commune's name.
    """

    text: str
    spelling: Spelling
    number: str | None = None
    postcode: str | None = None
    communes: frozenset[str] | None = None
    region: bool = False
    stop: bool = False
    area: bool = False

    @property
    def only_postcode(self) -> bool:
        """Whether the text is a postcode and nothing else."""
        return self.postcode is not None and not self.spelling.key


def readings(text: str, index: PlaceIndex) -> list[Reading]:
    """Return the readings of a text, the whole text as a name first; none where it has no letter or digit."""
    # Folded from the text as it is, as stored names are, so that a name in full is always found.
    plain = " ".join(fold_characters(text.translate(_QUOTES)).split())
    whole = Reading(plain, spell(fold(text)))
    if not whole.spelling.key:
        return []
    known = {whole: None}
    waiting = [whole]
    while waiting:
        for reading in _shorter(waiting.pop(), index):
            if reading not in known:
                known[reading] = None
                waiting.append(reading)
    return [r for r in known if r is whole or r.spelling.content or (r.only_postcode and r.number is None)]


def _shorter(reading: Reading, index: PlaceIndex) -> Iterator[Reading]:
    if reading.postcode is None:
        yield from _without_postcode(reading, index)
    if reading.number is None:
        yield from _without_number(reading)
    if reading.communes is None and not reading.region:
        yield from _without_commune(reading, index)
    if not reading.stop and not reading.area:
        yield from _without_words(reading, words().stop_words, stop=True)
        yield from _without_words(reading, words().area_words, area=True)


def _without_postcode(reading: Reading, index: PlaceIndex) -> Iterator[Reading]:
    for match in reversed(list(_POSTCODE.finditer(reading.text))):
        if match[1] in index.postcodes:
            rest = f"{_without_joiner(reading.text[: match.start()])} , {reading.text[match.end() :]}"
            yield _shortened(reading, rest, postcode=match[1])
            return


def _without_number(reading: Reading) -> Iterator[Reading]:
    after, before = _number_patterns()
    if match := after.search(reading.text):
        yield _shortened(reading, reading.text[: match.start()], number=match["number"])
    if match := before.match(reading.text):
        yield _shortened(reading, reading.text[match.end() :], number=match["number"])


def _without_commune(reading: Reading, index: PlaceIndex) -> Iterator[Reading]:
    found = list(_WORD.finditer(reading.text))
    for count in range(min(index.longest_commune, len(found) - 1), 0, -1):
        for commune, rest in (
            (found[-count:], reading.text[: found[-count].start()]),
            (found[:count], reading.text[found[count - 1].end() :]),
        ):
            name = " ".join(word[0] for word in commune)
            communes = index.communes.get(spell(name).key)
            if communes is None:
                continue
            shorter = _shortened(reading, _without_joiner(rest))
            if name in words().region:
                yield replace(shorter, region=True)
                if reading.postcode:  # "1060 Bruxelles" is in Saint-Gilles
                    continue
            yield replace(shorter, communes=communes)


def _without_words(reading: Reading, said: frozenset[str], **understood: bool) -> Iterator[Reading]:
    """Yield the reading without these words at its ends,."""
    found = list(_WORD.finditer(reading.text))
    first = 0
    while first < len(found) - 1 and found[first][0] in said:
        first += 1
    last = len(found)
    while last - 1 > first and found[last - 1][0] in said:
        last -= 1
    if (first, last) != (0, len(found)):
        yield _shortened(reading, reading.text[found[first].start() : found[last - 1].end()], **understood)


def _without_joiner(text: str) -> str:
    head, _, last = text.rstrip(" ,").rpartition(" ")
    return head if last in words().joiners else text


def _shortened(reading: Reading, text: str, **understood: Any) -> Reading:
    text = text.strip(" ,.;:!?-/()'\"")
    return replace(reading, text=text, spelling=spell(fold(text)), **understood)


@lru_cache(maxsize=1)
def _number_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    label = rf"(?:(?<![a-z])(?:{'|'.join(words().number_words)})(?![a-z])[ .:°]*|°|#)?"
    number = r"(?<!\w)(?P<number>\d{1,4}(?: ?(?:bis|ter|[a-z])(?!\w))?(?: ?- ?\d{1,4}[a-z]?(?!\w))?)(?![a-z\d])"
    box_word = rf"(?:{'|'.join(words().box_words)})(?![a-z])"
    box = rf"(?:[ ,./-]*(?:{box_word}[ .:]*[a-z]{{0,2}}\d{{0,4}}[a-z]?|/ ?[a-z]?\d{{1,4}}))?"
    return (
        re.compile(rf"[ ,]*{label}{number}{box}[ ,.;:!?]*$"),
        re.compile(rf"[ ,]*{label}{number}{box}[ ,]+"),
    )
