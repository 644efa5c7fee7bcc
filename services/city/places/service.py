"""Places as answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy.orm import Session

from kit.clock import Clock
from kit.languages import OFFICIAL
from services.city.core.geo import distance_m
from services.city.core.schemas import Commune, Name, Page, stated
from services.city.models.places import Address
from services.city.places import indexing, nearby, points, repository, searching, spotting
from services.city.places.candidates import Candidate
from services.city.places.ids import address_id, point_id
from services.city.places.index import Known, PlaceIndex
from services.city.places.lookup import Located, lookup
from services.city.places.nearby import Point
from services.city.places.schemas import (
    GAZETTEER_KINDS,
    Gazetteer,
    GazetteerName,
    NearbyPlace,
    PlaceAnswer,
    PlaceMatch,
    SpottedPlace,
    SpottedPlaces,
)
from services.city.places.searching import Wanted

#: Of one name in a text, so many of the places that it may mean.
MOST_MATCHES: Final = 10


def search(session: Session, clock: Clock, wanted: Wanted, *, limit: int, offset: int) -> Page[PlaceMatch]:
    """Return a page of the places that a text may mean, best first."""
    known = indexing.current(session)
    point = points.written(wanted.text) if "point" in wanted.kinds else None
    if point is not None:
        return _point_page(session, clock, point, wanted.near, limit=limit, offset=offset)
    found = searching.search(session, known, wanted)
    shown = found[offset : offset + limit]
    source, as_of = stated(repository.datasets_of(session, {c.place.dataset_id for c in shown}), clock.now())
    items = [_match(session, known, candidate, wanted.near) for candidate in shown]
    return Page[PlaceMatch](items=items, total=len(found), limit=limit, offset=offset, source=source, as_of=as_of)


def spot(session: Session, clock: Clock, text: str, kinds: Collection[str], language: str) -> SpottedPlaces:
    """Return the places that a text names."""
    known = indexing.current(session)
    found = spotting.spot(session, known, text, kinds, language)
    datasets = {candidate.place.dataset_id for each in found for candidate in each.matches}
    source, as_of = stated(repository.datasets_of(session, datasets), clock.now())
    items = [
        SpottedPlace(
            start=each.start,
            end=each.end,
            text=text[each.start : each.end],
            matches=[_match(session, known, candidate, None) for candidate in each.matches[:MOST_MATCHES]],
        )
        for each in found
    ]
    return SpottedPlaces(source=source, as_of=as_of, items=items)


def near(
    session: Session, clock: Clock, point: Point, *, kinds: Collection[str], radius_m: int, limit: int
) -> Page[NearbyPlace]:
    """Return the places nearest to a point."""
    known = indexing.current(session)
    found = nearby.nearby(session, known, point, kinds=kinds, radius_m=radius_m, most=limit)
    source, as_of = stated(repository.datasets_of(session, {n.place.dataset_id for n in found}), clock.now())
    items = [NearbyPlace(**_info(known, n.place, n.address), distance_m=round(n.away_m)) for n in found]
    return Page[NearbyPlace].cut(items, limit=limit, offset=0, source=source, as_of=as_of)


def one(session: Session, clock: Clock, place_id: str) -> PlaceAnswer:
    """Return the place of an id; NotFoundError ``place_not_found``."""
    place = lookup(session, place_id)
    source, as_of = stated(repository.datasets_of(session, {place.dataset_id}), clock.now())
    return PlaceAnswer(source=source, as_of=as_of, **_located(indexing.current(session), place))


def gazetteer(session: Session, clock: Clock) -> Gazetteer:
    """Return all names of all places, and the names of lines."""
    known = indexing.current(session)
    names: dict[str, GazetteerName] = {
        place.place_id: GazetteerName(
            id=place.place_id,
            kind=place.kind,
            fr=[place.name_fr],
            nl=[place.name_nl],
            en=[],
        )
        for place in sorted(known.places.values(), key=lambda place: place.place_id)
        if place.kind in GAZETTEER_KINDS
    }
    for _, place_id, name, _, language, _ in repository.names(session):
        place = names.get(place_id)
        for spellings, spoken in ((place.fr, "fr"), (place.nl, "nl"), (place.en, "en")) if place else ():
            common = language is None and spoken in OFFICIAL
            if (common or language == spoken) and name not in spellings:
                spellings.append(name)
    source, as_of = stated(repository.datasets_of(session, ()), clock.now())
    lines = repository.line_names(session)
    return Gazetteer(
        source=source, as_of=as_of, names=list(names.values()), lines=lines, postcodes=sorted(known.postcodes)
    )


def _point_page(
    session: Session, clock: Clock, point: Point, near: Point | None, *, limit: int, offset: int
) -> Page[PlaceMatch]:
    """Return the page with the point that was written as a text."""
    place = lookup(session, point_id(*point))
    away_m = round(distance_m(*near, *point)) if near else None
    info = _located(indexing.current(session), place)
    source, as_of = stated(repository.datasets_of(session, {place.dataset_id}), clock.now())
    match = PlaceMatch(**info, match="exact", score=1.0, exact=True, distance_m=away_m)
    return Page[PlaceMatch].cut([match], limit=limit, offset=offset, source=source, as_of=as_of)


def _located(known: PlaceIndex, place: Located) -> dict[str, Any]:
    return {
        "id": place.id,
        "kind": place.kind,
        "name": Name(fr=place.name_fr, nl=place.name_nl),
        "commune": _commune(known, place.commune_id),
        "postcode": place.postcode,
        "house_number": place.house_number,
        "interpolated": place.interpolated,
        "lat": place.lat,
        "lon": place.lon,
    }


def _match(session: Session, known: PlaceIndex, candidate: Candidate, near: Point | None) -> PlaceMatch:
    place = candidate.place
    info = _info(known, place, candidate.address, shared_number=candidate.shared_number)
    if candidate.address is None and (candidate.commune or candidate.postcode):
        info |= _part(session, known, candidate)
    return PlaceMatch(
        **info,
        match=candidate.match,
        score=round(candidate.score, 3),
        exact=candidate.sure,
        interpolated=candidate.interpolated,
        distance_m=round(distance_m(*near, info["lat"], info["lon"])) if near else None,
    )


def _info(known: PlaceIndex, place: Known, address: Address | None, *, shared_number: bool = False) -> dict[str, Any]:
    name = Name(fr=place.name_fr, nl=place.name_nl)
    if address is None:
        return {
            "id": place.place_id,
            "kind": place.kind,
            "name": name,
            "commune": _commune(known, next(iter(place.commune_ids), None)),
            "postcode": next(iter(place.postcodes), None),
            "house_number": None,
            "lat": place.lat,
            "lon": place.lon,
        }
    return {
        "id": address_id(address.street_id, address.house_number, address.postcode if shared_number else None),
        "kind": "address",
        "name": name,
        "commune": _commune(known, address.commune_id),
        "postcode": address.postcode,
        "house_number": address.house_number,
        "lat": address.lat,
        "lon": address.lon,
    }


def _part(session: Session, known: PlaceIndex, candidate: Candidate) -> dict[str, Any]:
    """Return commune, postcode and point of the part of a place that the text names, where it lies in several."""
    commune, postcode = candidate.commune, candidate.postcode
    if commune is None:
        fitting = [slug for slug in candidate.place.commune_ids if postcode in known.postcodes_of(slug)]
        commune = next(iter(fitting or candidate.place.commune_ids), None)
    elif postcode is None:
        postcode = next((code for code in candidate.place.postcodes if code in known.postcodes_of(commune)), None)
    part: dict[str, Any] = {"commune": _commune(known, commune), "postcode": postcode}
    street = candidate.place.street
    if street is not None and len(candidate.place.commune_ids) > 1:
        doors = repository.points(session, street, commune, postcode)
        if doors:
            part["lat"], part["lon"] = doors[len(doors) // 2]
    return part


def _commune(known: PlaceIndex, slug: str | None) -> Commune | None:
    if slug is None:
        return None
    fr, nl = known.commune_name(slug)
    return Commune(id=slug, name=Name(fr=fr, nl=nl))
