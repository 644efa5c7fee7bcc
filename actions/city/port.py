"""What the actions ask of the city, whoever answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from actions.city.appointments import AppointmentsCity
from actions.city.journeys import JourneysCity
from actions.city.mobility import MobilityCity
from actions.city.models import (
    Board,
    Collections,
    CommuneContact,
    Place,
    Procedure,
    ProcedureRef,
    PublicContact,
)
from actions.city.participation import ParticipationCity
from actions.city.permits import PermitsCity
from actions.city.requests import RequestsCity
from actions.city.transport import TransportCity
from actions.city.waste import WasteCity
from kit.languages import Language


class City(
    TransportCity,
    MobilityCity,
    WasteCity,
    RequestsCity,
    JourneysCity,
    PermitsCity,
    AppointmentsCity,
    ParticipationCity,
    Protocol,
):
    """The city façade.

    Every method raises ``CityUnavailableError`` where there is no answer, and ``CityProblemError`` where the
    answer is that it cannot be.
    """

    async def search(self, query: str, kinds: Sequence[str], *, limit: int = 20) -> list[Place]:
        """Return the places that fit a text, best first; empty where none does."""
        ...

    async def near(self, lat: float, lon: float, kinds: Sequence[str], *, limit: int = 5) -> list[Place]:
        """Return the nearest places, nearest first."""
        ...

    async def place(self, place_id: str) -> Place:
        """Return one place; ``place_not_found``."""
        ...

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
        """Return departures in order of time, of one kind of line where ``mode`` is given; ``stop_not_found``,
        ``line_not_found``, ``line_not_at_stop``, ``mode_not_at_stop``, ``towards_not_served``."""
        ...

    async def collections(self, place_id: str, *, start: date, days: int) -> Collections:
        """Return collections in order of date; ``place_not_found``, ``house_number_needed``, ``no_rounds_for_place``,
        ``dates_not_covered``."""
        ...

    async def procedures(self, query: str | None, language: Language) -> list[ProcedureRef]:
        """Return the procedures that fit a text, best first, or all of them."""
        ...

    async def procedure(
        self,
        procedure_id: str,
        *,
        commune: str | None,
        language: Language,
        variant: str | None = None,
        day: date | None = None,
    ) -> Procedure:
        """Return one procedure, with the last day to ask for ``day``; ``procedure_not_found``, ``unknown_variant``,
        ``day_out_of_range``."""
        ...

    async def commune(self, slug: str, language: Language) -> CommuneContact:
        """Return a commune's administration; ``commune_not_found``."""
        ...

    async def contacts(self, language: Language) -> list[PublicContact]:
        """Return the numbers to call, in the order in which to show them."""
        ...
