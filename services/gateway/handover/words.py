"""What residents are told of the hand-over, in their language; in both official ones while it is not known."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from typing import Final

from kit.languages import Language
from services.gateway.core.texts import Texts, spoken
from services.gateway.dialogue.port import Draft, Offer

#: Meanings of choices that are the gateway's own.
LEAVE: Final = "leave"
CALL_BACK: Final = "call_back"

_MINUTE_S: Final = 60


class Words:
    """Makes messages."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def plain(self, text_id: str, language: Language | None, **params: object) -> tuple[Draft, ...]:
        """Return a text without more."""
        return self._each(language, lambda each: (self._texts.say(text_id, each, **params), ()))

    def waiting(self, language: Language | None, ahead: int, waits: Sequence[int], code: str) -> tuple[Draft, ...]:
        """Return that somebody waits: their place, how long others have waited, and how to do without."""

        def text(each: Language) -> tuple[str, tuple[Offer, ...]]:
            place = ("hand_first", "hand_one_ahead")[ahead] if ahead < 2 else "hand_ahead"
            said = [self._texts.say(place, each, number=ahead)]
            if waits:
                minutes = max(1, math.ceil(statistics.median(waits) / _MINUTE_S))
                said.append(self._texts.say("hand_waits_one" if minutes == 1 else "hand_waits", each, minutes=minutes))
            said += [self._texts.say("hand_meanwhile", each), self._texts.say("hand_code", each, code=code)]
            return "\n".join(said), (Offer(self._texts.say("choice_leave_queue", each), "desk", LEAVE),)

        return self._each(language, text)

    def nobody(self, language: Language | None, code: str | None) -> tuple[Draft, ...]:
        """Return that nobody answers here now, with the offer to be called back; ``code`` for who telephones now."""

        def text(each: Language) -> tuple[str, tuple[Offer, ...]]:
            said = [self._texts.say("hand_nobody", each)]
            said += [self._texts.say("hand_code", each, code=code)] if code else []
            return "\n".join(said), (self._call_back(each),)

        return self._each(language, text)

    def abandoned(self, language: Language | None) -> tuple[Draft, ...]:
        """Return that everybody has left, with the offer to be called back."""
        return self._each(language, lambda each: (self._texts.say("hand_abandoned", each), (self._call_back(each),)))

    def returned(self, language: Language | None, name: str, settled: str) -> tuple[Draft, ...]:
        """Return that the assistant goes on, with what was settled."""
        return self.plain("hand_back", language, name=name, settled=settled)

    def _call_back(self, language: Language) -> Offer:
        return Offer(self._texts.say("choice_call_back", language), "desk", CALL_BACK)

    def _each(
        self, language: Language | None, text: Callable[[Language], tuple[str, tuple[Offer, ...]]]
    ) -> tuple[Draft, ...]:
        return tuple(Draft(words, each, offers) for each in spoken(language) for words, offers in (text(each),))
