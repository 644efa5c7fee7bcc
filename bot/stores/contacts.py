"""Takes out of a session how a resident can be reached, once the request that asked for it is over.

The draft of a request (``actions/filing/draft.py``) holds it while the request is collected; the slot's history, the
message in which it was written and the replies that showed it would hold it for as long as the session lasts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

MASK: Final = "[…]"
#: In the JSON of a session that may hold a contact.
MAYBE_CONTACT: Final = '"contact": {"value": {'
_DRAFT: Final = "draft"
_CONTACT: Final = "contact"
#: Shorter texts than this reach nobody, and are in many words.
_LEAST: Final = 6


def without_contacts(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the events of a session, as dictionaries, without the contacts of requests that are over."""
    drafts = [event.get("value") for event in events if _is_draft(event)]
    given = {text for draft in drafts for text in _contact(draft)}
    if not given or drafts[-1]:
        return events
    written = json.dumps([_unsaid(event) if giving else event for event, giving in _turns(events)])
    for text in sorted(given, key=len, reverse=True):
        written = written.replace(json.dumps(text)[1:-1], json.dumps(MASK)[1:-1])
    masked: list[dict[str, Any]] = json.loads(written)
    return masked


def _turns(events: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield each event, and whether it is the message in which a contact was given."""
    known: set[str] = set()
    for position, event in enumerate(events):
        if event.get("event") != "user":
            if _is_draft(event):
                known |= set(_contact(event.get("value")))
            yield event, False
            continue
        now = set(known)
        for later in events[position + 1 :]:
            if later.get("event") == "user":
                break
            if _is_draft(later):
                now |= set(_contact(later.get("value")))
        yield event, now > known
        known = now


def _unsaid(event: dict[str, Any]) -> dict[str, Any]:
    parsed = {**(event.get("parse_data") or {}), "text": MASK, "entities": []}
    return {**event, "text": MASK, "parse_data": parsed}


def _is_draft(event: dict[str, Any]) -> bool:
    return event.get("event") == "slot" and event.get("name") == _DRAFT


def _contact(draft: Any) -> Iterator[str]:
    """Yield the texts of a draft's contact, long enough to reach somebody."""
    fact = ((draft or {}).get("facts") or {}).get(_CONTACT) if isinstance(draft, dict) else None
    value = (fact or {}).get("value")
    for text in value.values() if isinstance(value, dict) else ():
        if isinstance(text, str) and len(text) >= _LEAST:
            yield text
