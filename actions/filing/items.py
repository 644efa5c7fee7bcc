"""What is to be picked up: the things as the resident calls them, those of the first message where it names some."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from actions.cues import labels_in
from actions.filing.draft import Draft, Fact, Taken
from actions.filing.fields import Words
from actions.services import Services
from actions.turn import Turn
from kit.text import fold
from kit.wire import FALLBACK_INTENT

_CUES: Final = Path(__file__).with_name("items.yml")
#: The entity that names a thing of the sorting guide.
_ITEM: Final = "waste_item"
#: Entities that end the words about things.
_OTHERS: Final = ("address", "stop", "commune", "date", "time", "email", "phone")
_WORD: Final = re.compile(r"[^\s,;.!?:]+")
#: Where one thing ends and something else begins.
_CLAUSE: Final = re.compile(r"[,;.!?:\n]")


class ItemsField(Words):
    """The things."""

    def __init__(self) -> None:
        super().__init__("items", "ask_filing_items", "filing_items", "filing_change_items", opening=False)

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the things that the message which started it names, or that a later one adds or puts instead.

        "Bulky waste" names none.
        """
        del services
        if not turn.text:
            return None
        known = draft.value(self.name)
        names = things(turn)
        if known is None:
            return self._fact(names) if names and turn.intent == draft.subject else None
        if not names or turn.intent not in {draft.subject, "inform", "correct_input", FALLBACK_INTENT}:
            return None
        more = _has("more", turn.text) or _has("joined", turn.text.split(maxsplit=1)[0])
        return self._fact(f"{known}, {names}" if more else names)

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the words; of a request in whole sentences the things alone."""
        taken = await super().taken(turn, draft, services)
        asks = isinstance(taken, Fact) and turn.intent == draft.subject
        return self._fact(things(turn)) if asks and things(turn) else taken


def things(turn: Turn) -> str:
    """Return the part of a message that names things: from how many of the first to the end of the last; "" for none.

    What stands between the first and the last belongs to them, and so does a measure right behind ("matras 2 pers").
    """
    spans = [(at, end) for at, end, _ in turn.spans([_ITEM]) if not _has("kind", turn.text[at:end])]
    others = [(at, end) for at, end, _ in turn.spans(_OTHERS)]
    spans += [
        match.span()
        for match in _WORD.finditer(turn.text)
        if _has("thing", match[0]) and not any(at <= match.start() < end for at, end in others)
    ]
    if not spans:
        return ""
    first = _with_words_before(turn.text, min(at for at, _ in spans))
    last = max(end for _, end in spans)
    return turn.text[first : _with_measure(turn, last)].strip(" ,;.!?:")


def _has(label: str, written: str) -> bool:
    return label in labels_in(written, _CUES)


def _with_words_before(text: str, start: int) -> int:
    """Return where the words begin that count and describe the thing at a position."""
    clause = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    for word in reversed(list(_WORD.finditer(text, clause, start))):
        if not (word[0].isdigit() or _has("before", fold(word[0]).split(" ")[-1])):
            break
        start = word.start()
    return start


def _with_measure(turn: Turn, last: int) -> int:
    """Return where the words about things end: behind the measure that follows, if one does."""
    stops = [match.start() for match in _CLAUSE.finditer(turn.text, last)]
    stops += [start for start, _, _ in turn.spans(_OTHERS) if start >= last]
    end = min(stops, default=len(turn.text))
    following = _WORD.findall(turn.text, last, end)
    return end if following and following[0][0].isdigit() else last
