"""The free slots of a desk, as an answer and as suggestions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from kit.clock import BRUSSELS, Clock, today
from kit.languages import Language
from services.city.core.schemas import stated
from services.city.core.working_days import holiday_name
from services.city.permits.appointments import repository
from services.city.permits.appointments.desks import desk_info, find_desk, find_subject, subject_info
from services.city.permits.appointments.facts import DeskFacts
from services.city.permits.appointments.schemas import ClosedDay, SlotInfo, SlotsAnswer
from services.city.permits.appointments.slots import Slot, bookable, closed, slots_between

_SUGGESTIONS: Final = 5


def free_slots(
    session: Session,
    clock: Clock,
    language: Language,
    *,
    commune: str,
    subject: str | None,
    first: date | None,
    days: int,
) -> SlotsAnswer:
    """Return the free slots of ``days`` days from ``first`` on (default: today).

    Raises NotFoundError ``commune_not_found`` and ``no_desk``; CityError ``unknown_subject``.
    """
    where, desk, datasets = find_desk(session, commune)
    wanted = find_subject(desk, subject, language) if subject else None
    start = max(first or today(clock), today(clock))
    reach = (bookable(desk, clock.now())[1] - start).days
    span = [start + timedelta(days=ahead) for ahead in range(min(days - 1, reach) + 1)]
    last = span[-1] if span else start
    source, as_of = stated(datasets, clock.now())
    return SlotsAnswer(
        source=source,
        as_of=as_of,
        desk=desk_info(desk, where, language),
        subject=subject_info(wanted, language) if wanted else None,
        items=_free(session, desk, slots_between(desk, start, last, clock.now())),
        first_day=start,
        last_day=last,
        closed_days=[
            ClosedDay(day=day, reason=reason, name=holiday_name(day, language))
            for day in span
            if (reason := closed(desk, day)) is not None
        ],
    )


def next_free(session: Session, desk: DeskFacts, near: datetime, now: datetime) -> list[dict[str, Any]]:
    """Return the free slots nearest to an instant, on its day or later, as suggestions."""
    horizon = bookable(desk, now)[1]
    latest = datetime.combine(horizon, now.time(), tzinfo=BRUSSELS)
    day = min(max(near, now), latest).astimezone(BRUSSELS).date()
    free = _free(session, desk, slots_between(desk, day, horizon, now))
    nearest = sorted(free, key=lambda each: abs(each.starts_at - near))[:_SUGGESTIONS]
    return [each.model_dump(mode="json") for each in nearest]


def _free(session: Session, desk: DeskFacts, slots: list[Slot]) -> list[SlotInfo]:
    if not slots:
        return []
    taken = repository.taken(session, desk.commune, slots[0].start, slots[-1].start)
    return [
        SlotInfo(starts_at=slot.start, ends_at=slot.end, free=left)
        for slot in slots
        if (left := desk.capacity - taken[slot.start.astimezone(UTC)]) > 0
    ]
