"""The words of a reminder of collections, in the conversation's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from babel.lists import format_list
from sqlalchemy import Row

from kit.clock import BRUSSELS
from kit.languages import Language
from services.gateway.core.texts import Texts, spoken
from services.gateway.dialogue.collections import Collection
from services.gateway.dialogue.port import Draft
from services.gateway.notifications.evenings import Evening
from services.gateway.notifications.words import stop

#: From this hour on, today is said as "tonight".
_EVENING_HOUR: Final = 17


def reminder(evening: Evening, row: Row[Any], now: datetime, source: dict[str, Any], texts: Texts) -> list[Draft]:
    """Return what is said for a row with its conversation's language; in both official ones while it is not known."""
    return [
        Draft(_words(evening, row.name, each, now, texts), each, (stop(row, each, texts),), (), source)
        for each in spoken(row.language)
    ]


def _words(evening: Evening, name: dict[str, str], language: Language, now: datetime, texts: Texts) -> str:
    items = [item for item in evening.items if item.put_out.until > now]
    groups = [list(together) for _, together in groupby(sorted(items, key=_window), key=_window)]
    lines = [_out(each, language, texts) for each in groups]
    place = name.get(language) or next(iter(name.values()))
    holiday = next((item.holiday[language] for item in items if item.holiday and language in item.holiday), None)
    if holiday:
        lines.append(texts.say("reminder_moved", language, holiday=holiday))
    return "\n".join([texts.say("reminder_head", language, place=place), *lines])


def _window(item: Collection) -> tuple[datetime, datetime, bool]:
    return item.put_out.opens, item.put_out.until, item.evening_round


def _out(items: Sequence[Collection], language: Language, texts: Texts) -> str:
    first = items[0]
    opens, until = (each.astimezone(BRUSSELS) for each in (first.put_out.opens, first.put_out.until))
    bags = [texts.say(f"reminder_bag_{item.fraction}", language) for item in items]
    params = {
        "when": texts.say("reminder_tonight" if opens.hour >= _EVENING_HOUR else "reminder_today", language),
        "bags": format_list(bags, locale=language),
        "opens": _time(opens, language, texts),
        "until": _time(until, language, texts),
    }
    collected = first.collection_date
    if first.evening_round:
        then = texts.say("reminder_same_evening", language)
    elif collected == first.put_out.date + timedelta(days=1):
        then = texts.say("reminder_tomorrow", language)
    else:
        then = texts.say("reminder_on_day", language, day=collected.day, month=collected.month)
    return f"{texts.say('reminder_out', language, **params)} {then}"


def _time(at: datetime, language: Language, texts: Texts) -> str:
    if (at.hour, at.minute) == (0, 0):
        return texts.say("reminder_midnight", language)
    text_id = "reminder_time" if at.minute else "reminder_hour"
    return texts.say(text_id, language, hour=at.hour, minute=f"{at.minute:02}")
