"""Container parks and drop-off points as answers, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from rapidfuzz import fuzz
from sqlalchemy.orm import Session

from kit.clock import Clock, today
from kit.languages import Language
from services.city.core import opening
from services.city.core.errors import CityError, NotFoundError
from services.city.core.hours import hours_of
from services.city.core.schemas import Name, stated
from services.city.waste.materials import Material
from services.city.waste.points.facts import Closure, DropOffFacts, ParkFacts
from services.city.waste.points.finding import Points, Where, current
from services.city.waste.points.schemas import (
    AcceptedMaterial,
    ContainerParkAnswer,
    ContainerParkInfo,
    ContainerParkPage,
    DropOffPage,
    DropOffPointInfo,
    OnDate,
    OpenSpan,
)

_SUGGESTIONS: Final = 3


def parks(
    session: Session,
    clock: Clock,
    language: Language,
    *,
    where: Where | None,
    material: str | None,
    on: date | None,
    limit: int,
    offset: int,
) -> ContainerParkPage:
    """Return the parks that take a material, nearest first.

    Raises CityError ``unknown_material`` with the materials there are.
    """
    points = current(session)
    source, as_of = stated([points.dataset] if points else [], clock.now())
    items: list[ContainerParkInfo] = []
    if points:
        if material is not None and material not in points.materials:
            raise _unknown(points, material, language)
        items = [
            _park(points, near.facts, clock, language, on=on or today(clock), away_m=near.away_m)
            for near in points.near(session, where)
            if isinstance(near.facts, ParkFacts) and material in (None, *near.facts.accepts)
        ]
    return ContainerParkPage.cut(items, limit=limit, offset=offset, source=source, as_of=as_of)


def one_park(
    session: Session, clock: Clock, language: Language, park_id: str, *, where: Where | None, on: date | None
) -> ContainerParkAnswer:
    """Return a park; NotFoundError ``container_park_not_found`` with those of the most similar ids."""
    points = current(session)
    facts = points.park(session, park_id) if points else None
    if points is None or facts is None:
        known = [near.facts for near in points.near(session, None)] if points else []
        found = [each for each in known if isinstance(each, ParkFacts)]
        found.sort(key=lambda each: -fuzz.ratio(park_id[:80], each.id))
        suggestions = [{"id": each.id, "name": each.names.model_dump()} for each in found[:_SUGGESTIONS]]
        raise NotFoundError("container_park_not_found", f"There is no park {park_id[:80]!r}.", suggestions)
    away_m = next((near.away_m for near in points.near(session, where) if near.facts.id == facts.id), None)
    source, as_of = stated([points.dataset], clock.now())
    park = _park(points, facts, clock, language, on=on or today(clock), away_m=away_m)
    return ContainerParkAnswer(source=source, as_of=as_of, **dict(park))


def drop_off_points(
    session: Session,
    clock: Clock,
    language: Language,
    *,
    where: Where | None,
    radius_m: int | None,
    material: Material | None,
    limit: int,
    offset: int,
) -> DropOffPage:
    """Return the points that take a material, nearest first; parks that take it are among them."""
    points = current(session)
    source, as_of = stated([points.dataset] if points else [], clock.now())
    items = []
    for near in points.near(session, where, radius_m) if points else []:
        taken = _materials(points, near.facts) if points else ()
        if points and taken and material in (None, *taken):
            items.append(_point(points, near.facts, clock, language, materials=taken, away_m=near.away_m))
    return DropOffPage.cut(items, limit=limit, offset=offset, source=source, as_of=as_of)


def _materials(points: Points, facts: ParkFacts | DropOffFacts) -> Sequence[Material]:
    if isinstance(facts, DropOffFacts):
        return facts.materials
    return [taken for each in facts.accepts if (taken := points.materials[each].drop_off) is not None]


def _park(
    points: Points, facts: ParkFacts, clock: Clock, language: Language, *, on: date, away_m: int | None
) -> ContainerParkInfo:
    materials = [points.materials[each] for each in facts.accepts]
    return ContainerParkInfo(
        **_place(facts, clock, away_m),
        name=Name(fr=facts.names.fr, nl=facts.names.nl),
        phone=facts.phone,
        website=facts.website.to(language),
        on_date=_on_date(facts, on, language),
        accepts=[
            AcceptedMaterial(
                id=each.id, name=each.names.to(language), limit=each.limit.to(language) if each.limit else None
            )
            for each in materials
        ],
        bring=[text.to(language) for text in points.visit.bring],
        rules=[text.to(language) for text in points.visit.rules],
    )


def _point(
    points: Points,
    facts: ParkFacts | DropOffFacts,
    clock: Clock,
    language: Language,
    *,
    materials: Sequence[Material],
    away_m: int | None,
) -> DropOffPointInfo:
    kind = points.kinds.get(facts.kind)
    return DropOffPointInfo(
        **_place(facts, clock, away_m),
        name=facts.names.to(language) if isinstance(facts, ParkFacts) else points.kinds[facts.kind].names.to(language),
        materials=list(materials),
        note=kind.note.to(language) if kind else None,
    )


def _place(facts: ParkFacts | DropOffFacts, clock: Clock, away_m: int | None) -> dict[str, Any]:
    """Return the fields that a park and a point have in common."""
    on_holidays = facts.public_holidays == "open"
    closures = facts.closures if isinstance(facts, ParkFacts) else ()
    closed = {day for closure in closures for day in _days(closure)}
    status = opening.status(facts.hours, clock.now(), open_on_holidays=on_holidays, closed_on=closed)
    return {
        "id": facts.id,
        "kind": facts.kind,
        "address": Name(fr=facts.address.fr, nl=facts.address.nl),
        "postcode": facts.postcode,
        "lat": facts.location.lat,
        "lon": facts.location.lon,
        "distance_m": away_m,
        "hours": hours_of(facts.hours or ()),
        "open_now": status.open_now,
        "opens_next": status.opens_next,
        "closes_at": status.closes,
        "open_on_public_holidays": on_holidays,
    }


def _on_date(facts: ParkFacts, on: date, language: Language) -> OnDate:
    closure = next((each for each in facts.closures if each.first <= on <= each.last), None)
    found = opening.openings_on(facts.hours or (), on, facts.public_holidays == "open")
    return OnDate(
        date=on,
        openings=[] if closure else [OpenSpan(opens=opens, closes=closes) for opens, closes in found],
        public_holiday=opening.public_holiday(on),
        closed_because=closure.reason.to(language) if closure else None,
    )


def _days(closure: Closure) -> list[date]:
    return [closure.first + timedelta(days=ahead) for ahead in range((closure.last - closure.first).days + 1)]


def _unknown(points: Points, material: str, language: Language) -> CityError:
    known = [{"id": each.id, "name": each.names.to(language)} for each in points.materials.values()]
    known.sort(key=lambda each: -fuzz.ratio(material[:80], each["id"]))
    return CityError(422, "unknown_material", f"Parks know no material {material[:60]!r}.", known)
