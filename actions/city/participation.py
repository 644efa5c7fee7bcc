"""What the actions ask of the façade about participation: what residents can take part in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from actions.city.asking import Asking, one
from actions.city.models import Answer, CommuneRef, Name, Shape
from kit.languages import Language


class Meeting(Shape):
    """When and where people meet."""

    starts_at: datetime
    place: Name


class Opportunity(Shape):
    """Something that one can take part in; the Region's where there is no commune; texts in one language."""

    id: str
    name: str
    summary: str
    who: str
    how: str
    url: str | None = None
    commune: CommuneRef | None = None
    opens: date
    closes: date
    meetings: tuple[Meeting, ...] = ()


class Participation(Answer):
    """What is open, a commune's own first, and what comes."""

    items: tuple[Opportunity, ...]
    total: int
    coming: tuple[Opportunity, ...] = ()
    commune: CommuneRef | None = None


class ParticipationCity(Protocol):
    """The façade on participation; see ``actions.city.port.City`` for what every method raises."""

    async def participation(
        self, language: Language, *, commune: str | None = None, kind: str | None = None, limit: int = 20
    ) -> Participation:
        """Return what is open today and what comes; ``commune_not_found``."""
        ...


class ParticipationAsking(Asking):
    """The façade on participation over HTTP."""

    async def participation(
        self, language: Language, *, commune: str | None = None, kind: str | None = None, limit: int = 20
    ) -> Participation:
        """Return what is open today and what comes."""
        given = {"lang": language, "commune": commune, "kind": kind, "limit": limit}
        return one(Participation, await self.get("/v1/participation", given))
