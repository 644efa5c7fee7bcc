"""Masked sentences: what is named is replaced by the sign of its kind, so that no name decides the intent.

``"C'est quand les sacs jaunes rue Blaes 20 ?"`` -> ``"c'est quand les sacs jaunes ⑦ ① ?"``. A value of the vocabulary
("sacs jaunes") keeps its words, as they say what is asked, and gets its kind's sign behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from bot.components.folding import FoldedText, folded
from bot.components.mentions import Mention

#: One sign a kind, none of which a resident is likely to write.
SIGNS: Final = {
    "address": "①",
    "street": "②",
    "stop": "③",
    "commune": "④",
    "locality": "④",
    "landmark": "③",
    "line": "⑤",
    "date": "⑥",
    "time": "⑥",
    "fraction": "⑦",
    "permit_type": "⑧",
    "direction": "⑨",
    "language": "⑩",
}
_REPLACED: Final = frozenset({"address", "street", "stop", "commune", "locality", "landmark", "line", "date", "time"})
_MARKED: Final = frozenset({"fraction", "permit_type", "direction", "language"})
_DIGITS: Final = re.compile(r"\d+")


def masked(text: str, mentions: Iterable[Mention]) -> str:
    """Return the folded sentence with signs for what it names, remaining numbers as ``0``."""
    sentence = folded(text)
    parts: list[str] = []
    position = 0
    for each in sorted(mentions, key=lambda found: found["start"]):
        kinds = set(each["kinds"])
        start, end = _folded_span(sentence, each)
        if start < position or not kinds & (_REPLACED | _MARKED) or _speaks_for_itself(each):
            continue
        parts.append(_DIGITS.sub("0", sentence.text[position:start]))
        if not kinds & _REPLACED:
            parts.append(sentence.text[start:end])
        parts.append(f" {_sign(kinds)} ")
        position = end
    parts.append(_DIGITS.sub("0", sentence.text[position:]))
    return " ".join("".join(parts).split())


def _sign(kinds: set[str]) -> str:
    return next(sign for kind, sign in SIGNS.items() if kind in kinds)


def _speaks_for_itself(each: Mention) -> bool:
    # "park", "naar Gent": a weak name is left to speak for itself; a weak line number is a number of some kind.
    return not each["strong"] and each["source"] in {"gazetteer", "typo", "shape"}


def _folded_span(sentence: FoldedText, each: Mention) -> tuple[int, int]:
    return sentence.position(each["start"]), sentence.position(each["end"])
