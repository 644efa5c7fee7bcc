"""What can be requested, as of the data sets in use; read once for each version of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from rapidfuzz import fuzz, process
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kit.text import fold
from services.city.core.errors import NotFoundError
from services.city.core.geo import inside
from services.city.models.datasets import Dataset
from services.city.requests import repository
from services.city.requests.facts import RegionFacts, ServiceFacts, StageFacts
from services.city.requests.finding import ServiceIndex

_SUGGESTIONS: Final = 3


@dataclass(frozen=True)
class Catalogue:
    """The services by their codes, the stages by their ids, the outlines of where requests are taken."""

    services: dict[str, ServiceFacts]
    stages: dict[str, StageFacts]
    outlines: tuple[tuple[tuple[float, float], ...], ...]
    datasets: Sequence[Dataset]
    index: ServiceIndex = field(repr=False)

    def service(self, code: str) -> ServiceFacts:
        """Return a service; NotFoundError ``service_not_found`` suggests those with the most similar codes."""
        found = self.services.get(code)
        if found is None:
            choices = {each: fold(each.replace("_", " ")) for each in self.services}
            best = process.extract(fold(code[:80]), choices, scorer=fuzz.WRatio, limit=_SUGGESTIONS)
            suggestions = [{"code": each, "names": self.services[each].names.model_dump()} for _, _, each in best]
            raise NotFoundError("service_not_found", f"There is no service {code[:60]!r}.", suggestions)
        return found

    def covers(self, lat: float, lon: float) -> bool:
        """Tell whether requests are taken at a point; where no outline is known, they are everywhere."""
        return not self.outlines or any(inside(lat, lon, each) for each in self.outlines)


_lock = Lock()
_made: WeakKeyDictionary[Engine, tuple[object, Catalogue]] = WeakKeyDictionary()


def current(session: Session) -> Catalogue:
    """Return the catalogue of the data sets in use, read now where they have changed."""
    bind = session.get_bind()
    engine = bind if isinstance(bind, Engine) else bind.engine
    datasets = repository.datasets(session)
    version = [(each.id, each.imported_at) for each in datasets]
    made = _made.get(engine)
    if made is None or made[0] != version:
        with _lock:
            made = version, _read(session, datasets)
            _made[engine] = made
    return made[1]


def _read(session: Session, datasets: Sequence[Dataset]) -> Catalogue:
    services: dict[str, ServiceFacts] = {}
    stages: dict[str, StageFacts] = {}
    outlines = []
    for document in repository.documents(session):
        match document.kind:
            case "service":
                services[document.key] = ServiceFacts.model_validate(document.body)
            case "stage":
                stages[document.key] = StageFacts.model_validate(document.body)
            case "region":
                outlines.append(RegionFacts.model_validate(document.body).outline)
    return Catalogue(services, stages, tuple(outlines), datasets, ServiceIndex(services.values()))
