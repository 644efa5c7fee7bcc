"""Reminders of collections: each evening on which bags go out, said while they may still go out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row

from services.gateway.conversations.subscriptions import quiet_hours
from services.gateway.core.texts import Texts
from services.gateway.dialogue.collections import CityCollections, Collections
from services.gateway.notifications.collection_words import reminder
from services.gateway.notifications.evenings import due, evenings, following
from services.gateway.notifications.kind import News

#: How far ahead collections are looked at, and how soon again: a holiday's shift may become known at any time.
_AHEAD_DAYS: Final = 15
_LOOK_AGAIN: Final = timedelta(hours=6)


class CollectionReminders:
    """The collections at a place. One that is missed is dropped once the lorry may have come."""

    name = "collections"

    def __init__(self, city: CityCollections, texts: Texts) -> None:
        self._city = city
        self._texts = texts

    async def facts(self, row: Row[Any], now: datetime) -> Collections:
        """Return the collections of the next weeks; none where the place has none (any more)."""
        return await self._city.at(row.subject, now.date(), _AHEAD_DAYS) or Collections([], {})

    async def news(self, row: Row[Any], facts: Collections, now: datetime) -> News:
        """Return the reminder of the evening whose moment has come. Quiet hours are minded in choosing the moment."""
        coming = evenings(facts.items, row.fraction or None, row.at, quiet_hours(row))
        last = (row.seen or {}).get("put_out")
        evening = due(coming, row.since, date.fromisoformat(last) if last else None, now)
        again = min(following(coming, now) or now + _LOOK_AGAIN, now + _LOOK_AGAIN)
        if evening is None:
            return News(again)
        drafts = reminder(evening, row, now, facts.source, self._texts)
        seen = {"put_out": evening.put_out.isoformat()}
        return News(again, seen, tuple(drafts), until=evening.until, waits=False)
