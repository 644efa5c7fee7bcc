"""Messages for travellers: which there are now, about which lines and stops, in which language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kit.clock import BRUSSELS, Clock
from kit.languages import LANGUAGES, Language
from kit.text import fold
from services.city.core.errors import NotFoundError
from services.city.core.schemas import Source
from services.city.models.transport import Line
from services.city.transport import selection
from services.city.transport.memory import Network, Reading, StopView
from services.city.transport.realtime.forms import Message
from services.city.transport.realtime.statement import together
from services.city.transport.realtime.told import Teller
from services.city.transport.schemas import Messages, RealtimeStatus, TravelMessage
from services.city.transport.wording import line_id, line_ref
from services.city.transport.words import most_alike

#: What a board shows: no chatter, and no more than can be read.
_ON_A_BOARD: Final = 5
_CHATTER: Final = 9
_SUGGESTIONS: Final = 5


@dataclass(frozen=True)
class About:
    """What messages are asked for about; None asks for any. Stops are a feed's own ids, or ``stop:…``."""

    lines: frozenset[str] | None = None
    modes: frozenset[str] = frozenset()
    stops: frozenset[str] | None = None
    feeds: frozenset[str] | None = None

    def fits(self, message: Message, teller: Teller) -> bool:
        """Tell whether a message is about it. One about stops is about nowhere else on its lines."""
        if self.lines is None:
            return True
        on_line = not self.lines.isdisjoint(message.lines)
        if message.stops and self.stops is not None:
            return not self.stops.isdisjoint(message.stops) and (on_line or not message.lines)
        if message.lines or message.stops:
            return on_line
        if message.modes:
            return not self.modes.isdisjoint(message.modes)
        return self.feeds is None or teller.feed is None or teller.feed in self.feeds


def at_stop(
    reading: Reading, view: StopView, line_keys: Collection[int], language: Language, now: datetime
) -> list[TravelMessage]:
    """Return what a board of these lines at a stop has to say, the most important first."""
    tellers = [teller for teller in reading.tellers if teller.fresh(now, reading.memory.messages_fresh_s)]
    if not any(teller.messages for teller in tellers):
        return []
    about = _at(view, [reading.network.lines[key] for key in line_keys])
    found = [each for each in _current(tellers, now, about) if each[0].importance < _CHATTER]
    return [_told(reading, message, teller, language) for message, teller in found[:_ON_A_BOARD]]


def list_messages(
    reading: Reading,
    clock: Clock,
    *,
    language: Language,
    line: str | None,
    stop: str | None,
    operator: str | None,
    at: datetime | None,
    limit: int,
    offset: int,
) -> Messages:
    """Return a page of the messages that hold at a time, the most important first.

    Raises NotFoundError ``line_not_found``, ``stop_not_found``, ``line_not_at_stop`` or ``operator_not_found``.
    """
    now = clock.now()
    when = now if at is None else at if at.tzinfo else at.replace(tzinfo=now.tzinfo)
    about = _asked(reading, line=line, stop=stop, operator=operator)
    tellers = reading.tellers
    found = _current(tellers, when, about)
    live = [teller for teller in tellers if teller.made_at is not None]
    stale = [teller for teller in live if not teller.fresh(now, reading.memory.messages_fresh_s)]
    status: RealtimeStatus = "none" if not live else "stale" if stale else "live"
    return Messages(
        items=[_told(reading, message, teller, language) for message, teller in found[offset : offset + limit]],
        total=len(found),
        limit=limit,
        offset=offset,
        source=together(teller.source for teller in tellers) if tellers else Source(name="city façade"),
        as_of=min((teller.as_of.astimezone(now.tzinfo) for teller in tellers), default=now),
        realtime={"live": True, "stale": False}.get(status),
        realtime_status=status,
    )


def told(reading: Reading) -> list[tuple[Message, Teller]]:
    """Return every message that somebody tells, whenever it holds."""
    return [(message, teller) for teller in reading.tellers for message in teller.messages]


def holds(message: Message, at: datetime) -> bool:
    """Tell whether a message holds at a time."""
    return not message.periods or any(period.holds(at) for period in message.periods)


def _asked(reading: Reading, *, line: str | None, stop: str | None, operator: str | None) -> About:
    if line is None and stop is None and operator is None:
        return About()
    network = reading.network
    known = list(network.lines.values())
    lines = known
    view = reading.stop(stop) if stop is not None else None
    if view is not None:
        calls = list(view.calls)
        if line is not None:
            calls = selection.of_line(reading.session, view.places[0], calls, network.lines, line)
        lines = [network.lines[key] for key in {call.line_id for call in calls}]
    elif line is not None:
        lines = [each for each in known if selection.is_meant(each, line)]
        if not lines:
            raise selection.line_not_found(known, line)
    if operator is not None:
        of_operator = _of_operator(known, operator)
        lines = [each for each in lines if each in of_operator]
    return _at(view, lines) if view is not None else _on(network, lines)


def _on(network: Network, lines: Collection[Line]) -> About:
    return About(
        frozenset(map(line_id, lines)),
        frozenset(line.mode for line in lines),
        feeds=frozenset(network.feeds[line.dataset_id].dataset.feed for line in lines),
    )


def _of_operator(lines: list[Line], written: str) -> list[Line]:
    operators = {fold(each.operator): each.operator for each in lines}
    alike = most_alike(written, operators, 1)
    found = [each for each in lines if each.operator in alike]
    if not found:
        known = [{"name": name} for name in list(operators.values())[:_SUGGESTIONS]]
        raise NotFoundError("operator_not_found", f"There is no operator {written[:80]!r}.", known)
    return found


def _at(view: StopView, lines: Collection[Line]) -> About:
    return About(
        frozenset(map(line_id, lines)),
        frozenset(line.mode for line in lines),
        view.stop_ids | {view.ref.id},
        frozenset(feed.dataset.feed for feed in view.feeds.values()),
    )


def _current(tellers: Iterable[Teller], at: datetime, about: About) -> list[tuple[Message, Teller]]:
    found = [
        (message, teller)
        for teller in tellers
        for message in teller.messages
        if holds(message, at) and about.fits(message, teller)
    ]
    return sorted(found, key=lambda each: (each[0].importance, not each[0].network))


def _told(reading: Reading, message: Message, teller: Teller, language: Language) -> TravelMessage:
    shown = _language(message.texts, language)
    return TravelMessage(
        id=message.id,
        language=shown,
        title=message.titles.get(shown),
        text=message.texts.get(shown) or next(iter(message.texts.values())),
        texts={each: message.texts[each] for each in LANGUAGES if each in message.texts},
        lines=[line_ref(line) for each in message.lines if (line := reading.network.by_id.get(each)) is not None],
        stops=reading.places_of(message.stops) if message.stops else [],
        modes=list(message.modes),
        network=message.network,
        importance=message.importance,
        effect=message.effect,
        since=_edge(min, [each.since for each in message.periods]),
        until=_edge(max, [each.until for each in message.periods]),
        url=message.urls.get(shown) or next(iter(message.urls.values()), None),
        source=teller.source,
    )


def _edge(which: Callable[[list[datetime]], datetime], ends: Sequence[datetime | None]) -> datetime | None:
    """Return the outermost end of some periods, local time; None where one of them is open."""
    known = [end for end in ends if end is not None]
    return which(known).astimezone(BRUSSELS) if known and len(known) == len(ends) else None


def _language(texts: Mapping[str, str], asked: Language) -> Language:
    """Return the language asked for where the text is in it, else French or Dutch, whichever there is."""
    order: tuple[Language, ...] = (asked, "fr", "nl", "en")
    return next((language for language in order if language in texts), asked)
