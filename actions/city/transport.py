"""What the actions ask of the façade about transport, besides departures."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from actions.city.asking import Asking, one
from actions.city.models import Answer, Shape


class AffectedLine(Shape):
    """A line that a message is about."""

    mode: str


class Message(Shape):
    """A message for travellers, in the languages that it is known in."""

    id: str
    texts: dict[str, str]
    lines: tuple[AffectedLine, ...] = ()
    #: Kinds of vehicles that it is about as a whole.
    modes: tuple[str, ...] = ()

    def concerns(self, mode: str) -> bool | None:
        """Tell whether it is about a kind of vehicle; None where it names none, only stops or the whole network."""
        named = {*self.modes, *(line.mode for line in self.lines)}
        return mode in named if named else None


class Messages(Answer):
    """The messages that hold now, the most important first."""

    items: tuple[Message, ...]
    total: int


class TransportCity(Protocol):
    """The façade on transport; see ``actions.city.port.City`` for what every method raises."""

    async def messages(
        self, *, line: str | None = None, stop: str | None = None, at: datetime | None = None, limit: int = 4
    ) -> Messages:
        """Return messages about a line, at a stop (an id), or of all, that hold at a moment; ``line_not_found``,
        ``stop_not_found``."""
        ...


class TransportAsking(Asking):
    """The façade on transport over HTTP."""

    async def messages(
        self, *, line: str | None = None, stop: str | None = None, at: datetime | None = None, limit: int = 4
    ) -> Messages:
        """Return messages for travellers."""
        moment = at.isoformat() if at else None
        parameters = {"line": line and line[:60], "stop": stop, "at": moment, "limit": limit}
        return one(Messages, await self.get("/v1/transport/messages", parameters))
