"""Two questions in one message: where to part them, if each part is for certain a question of its own.

"When is bin day in Rue Blaes, and how much is a monthly pass?" is answered as two messages, one after the other. A part
that opens a request ("and there's graffiti on the wall") comes last, because it goes on over several turns.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, Final

import yaml

#: Topics that are asked about; small talk beside a question is no second question.
_TOPICS: Final = ("transport_", "waste_", "permit_", "city_")
_EMERGENCY: Final = "city_emergency"
#: What is sent to the city, over several turns.
_REQUESTS: Final = frozenset(
    {
        *("waste_bulky_pickup", "waste_missed_collection", "waste_illegal_dumping", "waste_reminder"),
        *("permit_infringement", "permit_appointment", "city_report_problem", "city_participation"),
    }
)
#: Least probability of each part's question, after a question mark and elsewhere: people tell a story before they ask.
_SURE_AFTER_A_QUESTION: Final = 0.85
_SURE: Final = 0.95
#: Fewer words than this are no question, and more no message of two questions.
_FEWEST: Final = 3
_MOST: Final = 60
_END: Final = re.compile(r"(?<=[?!.;])\s+|\n+")
_WORDS: Final = yaml.safe_load(Path(__file__).with_name("questions.yml").read_text(encoding="utf-8"))
_AND: Final = re.compile(rf",?\s+(?:{'|'.join(word for words in _WORDS.values() for word in words)})\s+", re.IGNORECASE)
#: What an "and" after it does not part: Dutch "tot en met" is one word.
_BELONGS: Final = re.compile(r"\btot$", re.IGNORECASE)

Parse = Callable[[str], Awaitable[dict[str, Any]]]


def partings(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to part a text in two, at the end of a sentence before at an "and"."""
    if len(text.split()) > _MOST:
        return
    for pattern in (_END, _AND):
        for match in pattern.finditer(text):
            parts = text[: match.start()].strip(), text[match.end() :].strip()
            if all(len(part.split()) >= _FEWEST for part in parts) and not _BELONGS.search(parts[0]):
                yield parts


async def questions(text: str, parse: Parse) -> list[str]:
    """Return the questions of a message in the order in which to answer them: two, or the message itself."""
    surest, best = 0.0, [text]
    for parts in partings(text):
        found = [(await parse(part))["intent"] for part in parts]
        intents, sure = [str(each["name"]) for each in found], min(float(each["confidence"]) for each in found)
        if _EMERGENCY in intents:
            return [text]
        enough = _SURE_AFTER_A_QUESTION if parts[0].endswith("?") else _SURE
        if sure >= enough and sure > surest and _are_two(intents):
            ordered = sorted(zip(parts, intents, strict=True), key=lambda part: part[1] in _REQUESTS)
            surest, best = sure, [part for part, _ in ordered]
    return best


def _are_two(intents: list[str]) -> bool:
    return (
        len(set(intents)) == len(intents)
        and all(intent.startswith(_TOPICS) for intent in intents)
        and not all(intent in _REQUESTS for intent in intents)
    )
