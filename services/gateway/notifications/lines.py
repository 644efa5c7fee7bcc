"""Disturbances of a line: told when they begin, when they change, and when there is none left."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row

from kit.languages import Language
from services.gateway.core.texts import Texts, spoken
from services.gateway.dialogue.followed import CityFollowed, LineMessage, LineMessages
from services.gateway.dialogue.port import Draft
from services.gateway.notifications.kind import News, aligned
from services.gateway.notifications.words import stop

#: How often a line is asked about.
_PERIOD: Final = timedelta(minutes=1)
#: How often a line that the façade does not know (any more) is asked about.
_UNKNOWN: Final = timedelta(hours=6)
#: How long there has to be nothing before it is over: feeds drop a message for a moment and give it again.
_OVER: Final = timedelta(minutes=10)
#: How long a message that is gone is remembered, so that it is no news when it comes back.
_REMEMBERED: Final = timedelta(hours=24)
#: Messages said at once.
_MOST: Final = 3


class LineDisturbances:
    """What disturbs a line. ``seen``: versions of messages by id, since when each is gone, whether any is on."""

    name = "line"

    def __init__(self, city: CityFollowed, texts: Texts) -> None:
        self._city = city
        self._texts = texts

    async def facts(self, row: Row[Any], now: datetime) -> LineMessages | str:
        """Return the line's messages; words for none where the line is not known."""
        del now
        return await self._city.messages(row.subject) or "unknown"

    async def news(self, row: Row[Any], facts: LineMessages | str, now: datetime) -> News:
        """Return what the resident has not been told; what held when they began to follow the line, they were."""
        if isinstance(facts, str):
            return News(now + _UNKNOWN)
        current, next_at = facts.disturbances, aligned(now, _PERIOD)
        seen = _noticed(row.seen, current, now)
        if row.seen is None:
            return News(next_at, seen)
        told = row.seen["told"]
        new = [each for each in current if each.version not in told.values()]
        if new:
            return News(next_at, seen, tuple(self._new(row, new, told, facts, each) for each in spoken(row.language)))
        if facts.realtime_status == "live" and row.seen["on"] and not current and _long_gone(seen["gone"], now):
            over = tuple(self._over(row, facts, each) for each in spoken(row.language))
            return News(next_at, seen | {"on": False}, over)
        return News(next_at, seen if seen != row.seen else None)

    def _new(
        self, row: Row[Any], new: list[LineMessage], told: dict[str, str], facts: LineMessages, language: Language
    ) -> Draft:
        changed = all(each.id in told for each in new)
        messages = "\n".join(_text(each, language) for each in new[:_MOST])
        text_id = "line_changed" if changed else "line_disturbed"
        text = self._texts.say(text_id, language, line=row.subject, messages=messages)
        return Draft(text, language, (stop(row, language, self._texts),), (), facts.stated)

    def _over(self, row: Row[Any], facts: LineMessages, language: Language) -> Draft:
        text = self._texts.say("line_over", language, line=row.subject)
        return Draft(text, language, (stop(row, language, self._texts),), (), facts.stated)


def _noticed(before: dict[str, Any] | None, current: list[LineMessage], now: datetime) -> dict[str, Any]:
    """Return what is known once the current messages were told."""
    before = before or {"told": {}, "gone": {}, "on": False}
    there = {each.id: each.version for each in current}
    gone = {each: before["gone"].get(each) or now.isoformat() for each in before["told"] if each not in there}
    gone = {each: at for each, at in gone.items() if now - datetime.fromisoformat(at) < _REMEMBERED}
    told = {each: version for each, version in before["told"].items() if each in gone}
    return {"told": {**told, **there}, "gone": gone, "on": bool(there) or before["on"]}


def _long_gone(gone: dict[str, str], now: datetime) -> bool:
    return all(now - datetime.fromisoformat(at) >= _OVER for at in gone.values())


def _text(message: LineMessage, language: Language) -> str:
    order: tuple[Language, ...] = (language, "fr", "nl", "en")
    return next(message.texts[each] for each in order if each in message.texts)
