"""What is to be picked up: the things in the resident's own words, those of the first message where it names one."""

from __future__ import annotations

from actions.filing.draft import Draft, Taken
from actions.filing.fields import Words
from actions.services import Services
from actions.turn import Turn


class ItemsField(Words):
    """The things."""

    def __init__(self) -> None:
        super().__init__("items", "ask_filing_items", "filing_items", "filing_change_items", opening=False)

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the message that started it where it names a thing; it may name more than is understood."""
        del services
        starts = turn.intent == draft.subject and draft.value(self.name) is None
        return self._fact(turn.text) if starts and turn.text and turn.entity("waste_item") else None
