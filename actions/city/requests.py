"""What the actions ask of the façade about requests: what can be reported, what is near, making and following one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Protocol

from actions.city.asking import Asking, every, one, question, segment
from actions.city.models import Answer, Name, Shape
from kit.languages import Language

#: Longest reference sent.
_MAX_REFERENCE: Final = 60


class Kind(Shape):
    """Something that can be reported or asked for, as a request refers to it; ``names`` by language."""

    code: str
    names: dict[str, str]


class RequestService(Kind):
    """The same, in full; texts are in the language asked for."""

    description: str
    responsible: str
    working_days: int
    notice: str | None = None
    public: bool = True
    score: float | None = None


class NearbyRequest(Shape):
    """An open request near a point."""

    reference: str | None
    name: str
    description: str | None = None
    address: Name | None = None
    distance_m: int
    age_days: int | None = None
    followers: int = 0
    can_follow: bool = False


class Created(Answer):
    """A request that was made."""

    reference: str
    service: Kind
    responsible: str
    expected_at: datetime | None = None
    #: Erases the resident from it; it is told once.
    key: str


class Followed(Answer):
    """A request that is followed; ``followers`` have the same problem, besides who reported it."""

    reference: str
    followers: int
    #: Erases the resident from it; None where nothing is kept of them.
    key: str | None = None


class Spot(Shape):
    """Where a request is."""

    address: Name | None = None


class Step(Shape):
    """A stage that a request came to, and what the service wrote that it did."""

    at: datetime
    note: str | None = None


class RequestStatus(Answer):
    """How far a request is; ``status`` is ``open`` or ``closed``."""

    reference: str
    service: Kind
    status: str
    stage_name: str
    stage_text: str
    responsible: str
    place: Spot | None = None
    expected_at: datetime | None = None
    closed_at: datetime | None = None
    steps: tuple[Step, ...] = ()


class RequestsCity(Protocol):
    """The façade on requests; see ``actions.city.port.City`` for what every method raises."""

    async def request_services(
        self, capability: str, language: Language, written: str | None = None
    ) -> list[RequestService]:
        """Return the services of a capability: those that a text names, best first, or all."""
        ...

    async def requests_near(self, lat: float, lon: float, code: str, language: Language) -> list[NearbyRequest]:
        """Return open requests of that kind near a point."""
        ...

    async def create_request(self, new: Mapping[str, Any], key: str, language: Language) -> Created:
        """Make a request; with the same key, only once. Problems: those of ``POST /v1/requests``."""
        ...

    async def follow_request(
        self, reference: str, key: str, language: Language, *, contact: Mapping[str, str] | None = None
    ) -> Followed:
        """Count oneself in; ``request_not_found``, ``not_followable``."""
        ...

    async def request_status(self, reference: str, language: Language) -> RequestStatus:
        """Return how far a request is, by a reference as people write it; ``request_not_found``."""
        ...


class RequestsAsking(Asking):
    """The façade on requests over HTTP."""

    async def request_services(
        self, capability: str, language: Language, written: str | None = None
    ) -> list[RequestService]:
        """Return the services of a capability."""
        given = {"capability": capability, "q": question(written) if written else None, "lang": language, "limit": 50}
        return every(RequestService, await self.get("/v1/requests/services", given))

    async def requests_near(self, lat: float, lon: float, code: str, language: Language) -> list[NearbyRequest]:
        """Return open requests of that kind near a point."""
        given = {"lat": lat, "lon": lon, "service_code": code, "lang": language, "limit": 5}
        return every(NearbyRequest, await self.get("/v1/requests/near", given))

    async def create_request(self, new: Mapping[str, Any], key: str, language: Language) -> Created:
        """Make a request."""
        return one(Created, await self.post("/v1/requests", new, key, {"lang": language}))

    async def follow_request(
        self, reference: str, key: str, language: Language, *, contact: Mapping[str, str] | None = None
    ) -> Followed:
        """Count oneself in."""
        path = f"/v1/requests/{segment(reference)}/followers"
        return one(Followed, await self.post(path, {"contact": contact} if contact else {}, key, {"lang": language}))

    async def request_status(self, reference: str, language: Language) -> RequestStatus:
        """Return how far a request is."""
        path = f"/v1/requests/{segment(question(reference)[:_MAX_REFERENCE])}"
        return one(RequestStatus, await self.get(path, {"lang": language}))
