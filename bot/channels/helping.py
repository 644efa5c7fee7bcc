"""A caller's question at the desk: begins anew when it says so, and what was understood of it is told."""

from __future__ import annotations

from typing import Any, Final

from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlg.generator import language_of
from kit import helping, wire

#: Questions that may be meant: so many, each at least so likely.
_MOST: Final = 3
_LEAST: Final = 0.1


async def begin(message: UserMessage, store: TrackerStore | None) -> None:
    """Forget what was said before, where a message is a new question at the desk."""
    if store is not None and helping.is_fresh(message.metadata):
        await forget(message.sender_id, store)


async def forget(sender_id: str, store: TrackerStore) -> None:
    """Drop a conversation."""
    await store.save(DialogueStateTracker(sender_id, None))  # an empty one is dropped


async def understood(message: UserMessage, store: TrackerStore | None) -> dict[str, Any] | None:
    """Return what was understood of the latest message: ``{language, intent, likely, facts, form}``.

    ``facts`` are parts of the text as they stand there. None where it is no question at the desk.
    """
    if store is None or not helping.is_asked(message.metadata):
        return None
    tracker = await store.retrieve(message.sender_id)
    if tracker is None or tracker.latest_message is None:
        return None
    said = tracker.latest_message
    return {
        "language": language_of(tracker),
        "intent": said.intent.get("name"),
        "likely": _likely(said.parse_data.get("intent_ranking") or []),
        "facts": _facts(said.text or "", said.entities),
        "form": tracker.active_loop_name,
    }


def _likely(ranking: list[dict[str, Any]]) -> list[str]:
    """Return the questions that may be meant, the likeliest first."""
    names = [each["name"] for each in ranking if each["confidence"] >= _LEAST]
    return [name for name in names if name != wire.FALLBACK_INTENT][:_MOST]


def _facts(text: str, entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the facts with their places in the text; of several that overlap, the longest."""
    spans: dict[tuple[int, int], str] = {}
    for each in entities:
        start, end = each.get("start"), each.get("end")
        if each.get("entity") == wire.LANGUAGE_ENTITY or start is None or not end or text.startswith("/"):
            continue
        spans.setdefault((int(start), int(end)), str(each["entity"]))
    facts: list[dict[str, Any]] = []
    taken = 0
    for (start, end), name in sorted(spans.items(), key=lambda span: (span[0][0], -span[0][1])):
        if start >= taken:
            facts.append({"name": name, "start": start, "end": end, "text": text[start:end]})
            taken = end
    return facts
