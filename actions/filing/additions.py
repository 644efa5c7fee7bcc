"""What is said to a request that is shown and fits no single fact: it goes on with the description."""

from __future__ import annotations

from typing import Final

from actions.filing.draft import Draft, Fact
from actions.filing.filing import Filing
from actions.turn import Turn

#: The fact that holds the resident's own words about what is the matter.
DESCRIPTION: Final = "description"
#: A remark of fewer words than this adds nothing.
_LEAST_WORDS: Final = 2
_MOST_CHARACTERS: Final = 1000
#: Intents whose messages say something about the request itself, and nothing about what is the matter.
_NO_ADDITION: Final = frozenset({"affirm", "deny", "thank", "greet", "goodbye", "ask_repeat"})


def added(turn: Turn, draft: Draft, filing: Filing) -> Fact | None:
    """Return the description with the message added to it; None where the message adds nothing."""
    known = draft.value(DESCRIPTION)
    described = filing.field(DESCRIPTION) is not None and isinstance(known, str)
    words = " ".join(turn.text.split())
    says = len(words.split()) >= _LEAST_WORDS and any(each.isalpha() for each in words) and not words.endswith("?")
    if not described or not says or turn.intent in _NO_ADDITION:
        return None
    before = known.rstrip()
    whole = f"{before}{'' if before[-1:] in '.!?' else '.'} {words}"[:_MOST_CHARACTERS]
    return Fact(whole, whole)
