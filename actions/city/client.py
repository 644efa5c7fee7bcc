"""HTTP client of the city façade."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from actions.city.appointments import AppointmentsAsking
from actions.city.asking import MAX_QUERY, every, one, question, segment
from actions.city.errors import CityProblemError
from actions.city.journeys import JourneysAsking
from actions.city.mobility import MobilityAsking
from actions.city.models import (
    Board,
    Collections,
    CommuneContact,
    Place,
    Procedure,
    ProcedureRef,
    PublicContact,
)
from actions.city.participation import ParticipationAsking
from actions.city.permits import PermitsAsking
from actions.city.requests import RequestsAsking
from actions.city.transport import TransportAsking
from actions.city.waste import WasteAsking
from kit.languages import Language

#: Longest line name sent.
_MAX_LINE = 60


class HttpCity(
    TransportAsking,
    MobilityAsking,
    WasteAsking,
    RequestsAsking,
    JourneysAsking,
    PermitsAsking,
    AppointmentsAsking,
    ParticipationAsking,
):
    """The façade over HTTP."""

    async def search(self, query: str, kinds: Sequence[str], *, limit: int = 20) -> list[Place]:
        """Return the places that fit a text, best first."""
        text = question(query)
        if not text:
            return []
        try:
            answer = await self.get("/v1/places/search", {"q": text, "kinds": ",".join(kinds), "limit": limit})
        except CityProblemError as error:
            if error.code == "invalid_query":  # no letter that a name could have: nothing is called that
                return []
            raise
        return every(Place, answer)

    async def near(self, lat: float, lon: float, kinds: Sequence[str], *, limit: int = 5) -> list[Place]:
        """Return the nearest places, nearest first."""
        parameters = {"lat": lat, "lon": lon, "kinds": ",".join(kinds), "limit": limit}
        return every(Place, await self.get("/v1/places/near", parameters))

    async def place(self, place_id: str) -> Place:
        """Return one place."""
        answer = await self.get(f"/v1/places/{segment(place_id)}")
        return one(Place, answer.get("place", answer))

    async def departures(
        self,
        stop_id: str,
        *,
        line: str | None = None,
        towards: str | None = None,
        mode: str | None = None,
        at: datetime | None = None,
        limit: int = 6,
    ) -> Board:
        """Return departures in order of time."""
        line, towards = line and line[:_MAX_LINE], towards and towards[:MAX_QUERY]
        moment = at.isoformat() if at else None
        parameters = {"line": line, "towards": towards, "mode": mode, "at": moment, "limit": limit}
        return one(Board, await self.get(f"/v1/transport/stops/{segment(stop_id)}/departures", parameters))

    async def collections(self, place_id: str, *, start: date, days: int) -> Collections:
        """Return collections in order of date."""
        parameters = {"place": place_id, "from": start.isoformat(), "days": days}
        return one(Collections, await self.get("/v1/waste/collections", parameters))

    async def procedures(self, query: str | None, language: Language) -> list[ProcedureRef]:
        """Return the procedures that fit a text, best first, or all of them."""
        text = question(query) if query else None
        answer = await self.get("/v1/permits/procedures", {"q": text, "lang": language, "limit": 50})
        return every(ProcedureRef, answer)

    async def procedure(
        self,
        procedure_id: str,
        *,
        commune: str | None,
        language: Language,
        variant: str | None = None,
        day: date | None = None,
    ) -> Procedure:
        """Return one procedure."""
        path = f"/v1/permits/procedures/{segment(procedure_id)}"
        asked = {"commune": commune, "lang": language, "variant": variant, "date": day.isoformat() if day else None}
        return one(Procedure, await self.get(path, asked))

    async def commune(self, slug: str, language: Language) -> CommuneContact:
        """Return a commune's administration."""
        return one(CommuneContact, await self.get(f"/v1/communes/{segment(slug)}", {"lang": language}))

    async def contacts(self, language: Language) -> list[PublicContact]:
        """Return the numbers to call."""
        answer = await self.get("/v1/contacts", {"lang": language, "limit": 100})
        envelope = {key: answer.get(key) for key in ("source", "as_of", "realtime")}
        return [one(PublicContact, {**envelope, **item}) for item in answer.get("items", [])]
