"""Which departures of a stop are asked for: by line, by mode, by where they go."""

from __future__ import annotations

from dataclasses import dataclass

from kit.text import fold
from services.city.core.errors import NotFoundError
from services.city.transport import selection
from services.city.transport.memory import Network, Reading, StopView
from services.city.transport.realtime.departing import Departing
from services.city.transport.repository import Call, CallKey


@dataclass(frozen=True)
class Chosen:
    """The calls that are asked for; ``keys`` and ``names`` (folded) are of a direction where one is asked for."""

    calls: tuple[Call, ...]
    keys: frozenset[CallKey] | None = None
    names: frozenset[str] = frozenset()

    def keeps(self, each: Departing) -> bool:
        """Tell whether a departure is asked for; one that the timetable does not have goes where it says."""
        if self.keys is None:
            return True
        if each.leaving is not None:
            return each.leaving.run.call in self.keys
        return any(fold(name) in self.names for name in each.headsign)


def chosen(
    reading: Reading,
    view: StopView,
    *,
    line: str | None,
    mode: str | None,
    towards: str | None,
) -> Chosen:
    """Return what is asked for at a stop.

    Raises NotFoundError ``line_not_found``, ``line_not_at_stop``, ``mode_not_at_stop`` or ``towards_not_served``, each
    with what there is instead.
    """
    calls, network = list(view.calls), reading.network
    if line:
        calls = selection.of_line(reading.session, view.places[0], calls, network.lines, line)
    if mode:
        calls = _of_mode(network, view, calls, mode)
    if not towards:
        return Chosen(tuple(calls))
    onward = reading.onward(view)
    calls = selection.towards(view.places[0], calls, network.lines, onward, towards)
    names = frozenset(fold(name) for call in calls for name in call.headsign)
    return Chosen(tuple(calls), frozenset(call.key for call in calls), names | {fold(towards.removeprefix("stop:"))})


def _of_mode(network: Network, view: StopView, calls: list[Call], mode: str) -> list[Call]:
    found = [call for call in calls if network.lines[call.line_id].mode == mode]
    if found:
        return found
    modes = list(dict.fromkeys(line.mode for line in view.lines))
    detail = f"No {mode} stops at {view.ref.name.fr}; there: {', '.join(modes) or 'nothing'}."
    raise NotFoundError("mode_not_at_stop", detail, view.lines[:20])
