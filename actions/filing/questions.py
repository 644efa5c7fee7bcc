"""Questions about the request itself, asked in the middle of it: answered in a sentence, before its own question."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from actions.cues import labels_in
from actions.filing.draft import Draft, Fact
from actions.filing.filing import Filing
from actions.filing.rules import RulesField
from actions.services import Services
from actions.turn import Turn
from kit.replies import Part, text

_CUES: Final = Path(__file__).with_name("questions.yml")
#: A question about the request is short; in a longer message the words are about something else.
_MOST_WORDS: Final = 9
#: What the rules tell.
_OF_THE_RULES: Final = frozenset({"cost", "amount"})
#: Facts that make it a question about another subject ("how much is the 71?").
_OTHER_SUBJECTS: Final = frozenset({"line", "stop", "ticket", "permit_type", "direction", "reference"})


async def answer_to(turn: Turn, draft: Draft, filing: Filing, services: Services) -> list[Part]:
    """Return the sentences that answer a question about the request: its price, how much, how long it takes."""
    asked = labels_in(turn.text, _CUES)
    if not asked or len(turn.text.split()) > _MOST_WORDS or turn.entity_names() & _OTHER_SUBJECTS:
        return []
    rules = next((each for each in filing.fields if isinstance(each, RulesField)), None)
    if rules is None:
        costs: list[Part] = [text("filing_costs_nothing")] if "cost" in asked else []
        return [*costs, *_time(asked)]
    if not set(asked) & _OF_THE_RULES:
        return _time(asked)
    known = await rules.prepare(draft, services)
    rule = known.label if isinstance(known, Fact) else None
    said: list[Part] = [text("waste_item_fact", fact=rule)] if rule is not None else []
    if "cost" in asked:
        said.append(text("filing_price_unknown", contact=text(filing.contact)))
    return [*said, *_time(asked)]


def _time(asked: Sequence[str]) -> list[Part]:
    """Return what is known of how long it takes: where to ask once it is sent."""
    return [text("filing_time_unknown")] if "time" in asked else []
