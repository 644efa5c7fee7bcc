"""The reminder of an appointment, the day before."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row

from kit.clock import BRUSSELS
from kit.languages import OFFICIAL, Language
from kit.reminding import before_quiet, day_before
from services.gateway.conversations.subscriptions import quiet_hours
from services.gateway.core.texts import Texts, spoken
from services.gateway.dialogue.followed import AppointmentNow, CityFollowed
from services.gateway.dialogue.port import Draft
from services.gateway.notifications.kind import News

#: How soon to look again at most: it may be cancelled.
_LOOK_AGAIN: Final = timedelta(days=1)
#: How long before it a resident is reminded who asked for it later than the day before.
_SAME_DAY: Final = timedelta(hours=2)


class AppointmentReminders:
    """An appointment that was booked in the conversation, whose key opens it; said once, and of no use after."""

    name = "appointment"

    def __init__(self, city: CityFollowed, texts: Texts) -> None:
        self._city = city
        self._texts = texts

    async def facts(self, row: Row[Any], now: datetime) -> dict[str, Any]:
        """Return nothing that several share: an appointment is one resident's."""
        del row, now
        return {"of": "one"}

    async def news(self, row: Row[Any], facts: dict[str, Any], now: datetime) -> News:
        """Return the reminder once its moment has come; one that was cancelled or is over is followed no more."""
        del facts
        first = await self._found(row, OFFICIAL[0])
        if first is None or first.state != "booked" or now >= first.starts_at:
            return News(now, ends=True)
        quiet = quiet_hours(row)
        at = day_before(first.starts_at, quiet)
        if row.since >= at:
            at = before_quiet(first.starts_at - _SAME_DAY, quiet)
        if now < at:
            return News(min(at, now + _LOOK_AGAIN))
        drafts = [self._draft(await self._found(row, each) or first, now, each) for each in spoken(row.language)]
        return News(now, {}, tuple(drafts), until=first.starts_at, waits=False, ends=True)

    async def _found(self, row: Row[Any], language: Language) -> AppointmentNow | None:
        return await self._city.appointment(row.subject, row.key, language) if row.key else None

    def _draft(self, found: AppointmentNow, now: datetime, language: Language) -> Draft:
        starts = found.starts_at.astimezone(BRUSSELS)
        params = {
            "day": starts.day,
            "month": starts.month,
            "time": self._texts.say("reminder_time", language, hour=starts.hour, minute=f"{starts.minute:02}"),
            "desk": found.desk.name,
            "address": (found.desk.address.nl if language == "nl" else None) or found.desk.address.fr or "",
            "reference": found.reference,
        }
        today = starts.date() == now.astimezone(BRUSSELS).date()
        lines = [self._texts.say("appointment_today" if today else "appointment_tomorrow", language, **params)]
        if found.subject.bring:
            lines.append(self._texts.say("appointment_bring", language, bring=found.subject.bring))
        return Draft("\n".join(lines), language, (), (), found.stated)
