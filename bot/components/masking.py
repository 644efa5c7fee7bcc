"""Masked sentences: what is named is replaced by the sign of its kind, so that no name decides the intent.

``"C'est quand les sacs jaunes rue Blaes 20 ?"`` -> ``"c'est quand les sacs jaunes ⑦ ① ?"``. A value of the vocabulary
("sacs jaunes") keeps its words, as they say what is asked, and gets its kind's sign behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bot.components.folding import FoldedText, folded
from bot.components.mentions import Mention, overlaps

#: What gives way to the sign of its kind: names and moments, then what has a shape of its own.
_NAMES: Final = {
    "address": "①",
    "street": "②",
    "stop": "③",
    "commune": "④",
    "locality": "④",
    "landmark": "③",
    "line": "⑤",
    "date": "⑥",
    "time": "⑥",
}
_CODES: Final = {"reference": "⑰", "euro_norm": "⑱", "age": "⑲", "email": "⑳", "phone": "⑳"}
#: What keeps its words.
_MARKED: Final = {
    "fraction": "⑦",
    "permit_type": "⑧",
    "direction": "⑨",
    "language": "⑩",
    "waste_item": "⑪",
    "material": "⑪",
    "category": "⑫",
    "ticket": "⑬",
    "condition": "⑬",
    "vehicle": "⑭",
    "fuel": "⑭",
    "operator": "⑮",
    "mode": "⑯",
}
#: One sign a kind, none of which a resident is likely to write.
SIGNS: Final = {**_NAMES, **_MARKED, **_CODES}
#: What is found by words or shapes that may as well mean something else; where that is doubtful, the words stay.
_DOUBTFUL: Final = frozenset({"gazetteer", "typo", "shape", "detail", "code"})
_DIGITS: Final = re.compile(r"\d+")


def masked(text: str, mentions: Iterable[Mention]) -> str:
    """Return the folded sentence with signs for what it names, remaining numbers as ``0``."""
    sentence = folded(text)
    parts: list[str] = []
    position = 0
    for start, end, sign in sorted(_signs(sentence, [each for each in mentions if not _speaks_for_itself(each)])):
        parts += [_DIGITS.sub("0", sentence.text[position:start]), f" {sign} "]
        position = max(position, end)
    parts.append(_DIGITS.sub("0", sentence.text[position:]))
    return " ".join("".join(parts).split())


def _signs(sentence: FoldedText, mentions: Sequence[Mention]) -> Iterator[tuple[int, int, str]]:
    """Yield where signs stand and what they replace: nothing, behind what keeps its words."""
    replaced: list[Mention] = []
    for kinds in (_NAMES, _CODES):
        for each in sorted(mentions, key=lambda found: (found["start"], -found["end"])):
            if kinds.keys() & each["kinds"] and not any(overlaps(each, other) for other in replaced):
                replaced.append(each)
                yield sentence.position(each["start"]), sentence.position(each["end"]), _sign(each)
    marks = {
        (sentence.position(each["end"]), _sign(each))
        for each in mentions
        if _MARKED.keys() & each["kinds"] and not any(overlaps(each, other) for other in replaced)
    }
    for end, sign in marks:
        yield end, end, sign


def _sign(each: Mention) -> str:
    return next(sign for kind, sign in SIGNS.items() if kind in each["kinds"])


def _speaks_for_itself(each: Mention) -> bool:
    # "park", "naar Gent": a weak name is left to speak for itself; a weak line number is a number of some kind.
    return not each["strong"] and each["source"] in _DOUBTFUL
