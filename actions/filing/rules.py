"""The rules that hold for what is asked for, once its place is known; they are shown, not asked."""

from __future__ import annotations

import asyncio

from actions.answers import merged
from actions.filing.draft import Draft, Fact, Question, Taken
from actions.filing.fields import Field
from actions.services import Services
from actions.turn import Turn
from kit.languages import LANGUAGES


class RulesField(Field):
    """The first rule on a topic, which is the commune's own where it has one."""

    name, shown, label = "rules", "filing_rules", None
    follows = frozenset({"place"})

    def __init__(self, topic: str) -> None:
        self._topic = topic

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Look the rule up, in every language that the conversation may go on in."""
        commune = (draft.value("place") or {}).get("commune")
        pages = await asyncio.gather(
            *(services.city.rules(self._topic, language, commune=commune) for language in LANGUAGES)
        )
        found: dict[str, str] = {
            language: page.items[0].text for language, page in zip(LANGUAGES, pages, strict=True) if page.items
        }
        return Fact(None, merged(found)) if found else Fact(None)

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take nothing: a rule is not asked for."""
        del turn, draft, services
        return None

    def asked(self, draft: Draft) -> Question:
        """Return the question before sending: there is none about a rule."""
        del draft
        return Question("filing_send")
