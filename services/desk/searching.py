"""Searches everything that is written down: the assistant's reply texts here, all else at the city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.desk.knowing import CityKnowledge, KnowledgeDownError, Known, Sought
from services.desk.reply_texts import PREFIX, ReplyTexts


@dataclass(frozen=True)
class Hits:
    """What was found, best first, of how many, and whether the city's part is missing."""

    items: Sequence[Known]
    total: int = 0
    city_down: bool = False


class Knowledge:
    """Both parts as one."""

    def __init__(self, replies: ReplyTexts, city: CityKnowledge) -> None:
        self._replies = replies
        self._city = city

    async def search(self, sought: Sought, limit: int) -> Hits:
        """Return what fits, at most so many; of what fits alike, what the city knows first."""
        replies = self._replies.search(sought)
        try:
            known, total = await self._city.search(sought, limit)
        except KnowledgeDownError:
            return Hits(replies[:limit], len(replies), city_down=True)
        items = sorted((*known, *replies), key=lambda each: -each.score)
        return Hits(items[:limit], total + len(replies))

    async def by_ids(self, ids: Sequence[str]) -> Hits:
        """Return what has these ids, in their order; what is no longer there is left out."""
        city = [each for each in ids if not each.startswith(PREFIX)]
        found, down = list(self._replies.by_ids(ids)), False
        if city:
            try:
                found += await self._city.by_ids(city)
            except KnowledgeDownError:
                down = True
        items = sorted(found, key=lambda each: ids.index(each.id))
        return Hits(items, len(items), down)
