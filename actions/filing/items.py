"""What is to be picked up: the things in the resident's own words, those of the first message where it names one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from actions.cues import labels_in
from actions.filing.draft import Draft, Taken
from actions.filing.fields import Words
from actions.services import Services
from actions.turn import Turn

_CUES: Final = Path(__file__).with_name("items.yml")


class ItemsField(Words):
    """The things."""

    def __init__(self) -> None:
        super().__init__("items", "ask_filing_items", "filing_items", "filing_change_items", opening=False)

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the message that started it where it names a thing; it may name more than is understood.

        "Bulky waste" names none.
        """
        del services
        starts = turn.intent == draft.subject and draft.value(self.name) is None
        names = any(not labels_in(each, _CUES) for each in turn.entities("waste_item"))
        return self._fact(turn.text) if starts and turn.text and names else None
