"""The knowledge search: what fits some words, filtered by kind, topic and language."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from kit.languages import Language
from services.city.knowledge.documents import Entry
from services.city.knowledge.memory import Knowledge
from services.city.knowledge.schemas import Kind, KnowledgeItem, KnowledgePage, Topic


def search(
    knowledge: Knowledge,
    now: datetime,
    *,
    query: str | None,
    kinds: Collection[Kind],
    topics: Collection[Topic],
    ids: Collection[str],
    language: Language | None,
    fresh_s: float,
    limit: int,
    offset: int,
) -> KnowledgePage:
    """Return a page of what fits, best first; of everything, in its order, without words.

    ``kinds``, ``topics`` and ``ids``: all where none is named. ``language``: only its words are searched. ``fresh_s``:
    how old a real-time message may be.
    """
    wanted = {
        key: entry
        for key, entry in knowledge.entries.items()
        if (not kinds or entry.item.kind in kinds)
        and (not topics or entry.item.topic in topics)
        and (not ids or key in ids)
        and entry.holds(now)
    }
    if query is None or not query.strip():
        items = [_item(entry, None, now, fresh_s) for entry in wanted.values()]
    else:
        ranked = knowledge.ranking(language).search(query, within=wanted)
        items = [_item(wanted[each.id], each.score, now, fresh_s) for each in ranked]
    as_of = knowledge.as_of or now
    return KnowledgePage.cut(items, limit=limit, offset=offset, source=knowledge.source, as_of=as_of)


def _item(entry: Entry, score: float | None, now: datetime, fresh_s: float) -> KnowledgeItem:
    """Return an item with how well it fits and, of a message, whether its source is live."""
    realtime = None
    if entry.told is not None and entry.told[1].made_at is not None:
        realtime = entry.told[1].fresh(now, fresh_s)
    return entry.item.model_copy(update={"score": score, "realtime": realtime})
