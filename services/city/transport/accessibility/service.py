"""What is known of boarding in a wheelchair at a stop: of its platforms, its lines' vehicles, and from operators."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from kit.clock import Clock
from kit.languages import Language
from services.city.core.schemas import stated
from services.city.models.transport import Platform
from services.city.transport import repository
from services.city.transport.accessibility import repository as wheelchairs
from services.city.transport.accessibility.schemas import LineAccess, PlatformAccess, StopAccess, Vehicles
from services.city.transport.memory import Reading, StopView
from services.city.transport.messages import list_messages
from services.city.transport.wording import platform_info, tristate

_MESSAGES: Final = 20


def accessibility(reading: Reading, clock: Clock, stop_id: str, language: Language) -> StopAccess:
    """Return what is known; NotFoundError ``stop_not_found`` with the stops of the most similar names."""
    view = reading.stop(stop_id)
    platforms = repository.platforms(reading.session, view.ids)
    told = list_messages(
        reading, clock, language=language, line=None, stop=stop_id, operator=None, at=None, limit=_MESSAGES, offset=0
    )
    source, as_of = stated([feed.dataset for feed in view.feeds.values()], clock.now())
    return StopAccess(
        source=source,
        as_of=as_of,
        realtime=False,
        stop=view.ref,
        platforms=[_platform(reading, view, platform) for platform in platforms],
        lines=_lines(reading, view, platforms),
        messages=told.items,
        messages_status=told.realtime_status,
    )


def _platform(reading: Reading, view: StopView, platform: Platform) -> PlatformAccess:
    lines = {
        call.line_id
        for call in view.calls
        if (call.dataset_id, call.stop_id) == (platform.dataset_id, platform.stop_id)
    }
    ordered = sorted(lines, key=lambda each: reading.network.lines[each].position)
    return PlatformAccess(**dict(platform_info(platform)), lines=[reading.network.refs[each] for each in ordered])


def _lines(reading: Reading, view: StopView, platforms: Collection[Platform]) -> list[LineAccess]:
    of_platform = {(each.dataset_id, each.stop_id): tristate(each.wheelchair) for each in platforms}
    trips = wheelchairs.trips(reading.session, {call.key[0] for call in view.calls})
    found = []
    for key in sorted(
        trips, key=lambda each: (reading.network.lines[each].dataset_id, reading.network.lines[each].position)
    ):
        at = {of_platform.get((call.dataset_id, call.stop_id)) for call in view.calls if call.line_id == key}
        vehicles = Vehicles(
            accessible=trips[key].get(1, 0), not_accessible=trips[key].get(2, 0), unknown=trips[key].get(0, 0)
        )
        found.append(
            LineAccess(
                **dict(reading.network.refs[key]),
                boarding=_both(_one(at), _one({tristate(each) for each in trips[key]})),
                platforms=_one(at),
                vehicles=vehicles,
            )
        )
    return found


def _one(known: Collection[bool | None]) -> bool | None:
    """Return what all say; None where they differ."""
    return next(iter(known)) if len(known) == 1 else None


def _both(platforms: bool | None, vehicles: bool | None) -> bool | None:
    if platforms is False or vehicles is False:
        return False
    return True if platforms and vehicles else None
