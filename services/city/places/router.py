"""Endpoints of the topic places."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from services.city.core.dependencies import ClockDep, LanguageDep, LimitQuery, OffsetQuery, SessionDep
from services.city.core.errors import documented
from services.city.core.schemas import Page
from services.city.places import parameters, service
from services.city.places.schemas import Gazetteer, NearbyPlace, PlaceAnswer, PlaceMatch, SpottedPlaces
from services.city.places.searching import Wanted

router = APIRouter(prefix="/v1/places", tags=["places"])

Text = Annotated[
    str,
    Query(
        description="A name as residents write it: in either language, shortened or misspelt; with a house number, a "
        "postcode or a commune.",
        min_length=1,
        max_length=200,
        examples=["av. louise 200 bte 3"],
    ),
]
Sentence = Annotated[
    str,
    Query(
        description="A text in French, Dutch or English.",
        min_length=1,
        max_length=2000,
        examples=["je suis au coin de la rue Haute et de la rue Blaes"],
    ),
]
Kinds = Annotated[
    str | None,
    Query(
        description="Kinds wanted, with commas: street, address, stop, commune, locality, landmark, point. "
        "Default: all.",
        max_length=100,
        examples=["street,address"],
    ),
]
Point = Annotated[
    str | None,
    Query(
        description="Latitude and longitude; of equally good matches the nearer comes first.",
        max_length=60,
        examples=["50.846,4.352"],
    ),
]
Latitude = Annotated[float, Query(ge=-90, le=90, allow_inf_nan=False, description="Degrees north (WGS 84).")]
Longitude = Annotated[float, Query(ge=-180, le=180, allow_inf_nan=False, description="Degrees east (WGS 84).")]
Radius = Annotated[int, Query(ge=1, le=10_000, description="Metres; addresses and streets are sought within 250.")]
PlaceId = Annotated[
    str,
    Path(
        description="The place's id.",
        examples=["street:4012", "stop:flagey", "point:50.84600,4.35200"],
        min_length=1,
        max_length=200,
    ),
]


@router.get(
    "/search",
    operation_id="search_places",
    summary="Places by name",
    responses=documented(422, 503),
)
def search(
    *,
    q: Text,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    kinds: Kinds = None,
    near: Point = None,
    limit: LimitQuery = 10,
    offset: OffsetQuery = 0,
) -> Page[PlaceMatch]:
    """Find streets, addresses, stops, communes, localities and landmarks, best first; coordinates give a point.

    All that fit equally well have the same `score`; where several are `exact`, only who asks can tell which is meant.
    A house number that the street lacks is placed between its neighbours (`interpolated`) or gives the nearest one,
    and the street itself, none of them `exact`. Errors: `invalid_query`, `unknown_kind`, `invalid_point`.
    """
    wanted = Wanted(parameters.search_text(q), parameters.kinds_of(kinds), parameters.point_of(near), language)
    return service.search(session, clock, wanted, limit=limit, offset=offset)


@router.get(
    "/near",
    operation_id="places_near",
    summary="Places around a point",
    responses=documented(422, 503),
)
def near(
    *,
    lat: Latitude,
    lon: Longitude,
    session: SessionDep,
    clock: ClockDep,
    kinds: Kinds = None,
    radius_m: Radius = 2000,
    limit: LimitQuery = 10,
) -> Page[NearbyPlace]:
    """List the places nearest to a point with their distance; a street is as near as its nearest address."""
    return service.near(session, clock, (lat, lon), kinds=parameters.kinds_of(kinds), radius_m=radius_m, limit=limit)


@router.get(
    "/spot",
    operation_id="spot_places",
    summary="Places in a text",
    responses=documented(422, 503),
)
def spot(
    *, text: Sentence, session: SessionDep, clock: ClockDep, language: LanguageDep, kinds: Kinds = None
) -> SpottedPlaces:
    """Find the places that a sentence names: streets with number and commune, stops, communes, landmarks.

    The longest names count ("gare du midi", not "midi"), and names that are ordinary words ("parc", "midi") only where
    the words before say so ("arrêt Parc"). Errors: `invalid_query`, `unknown_kind`.
    """
    return service.spot(session, clock, parameters.sentence(text), parameters.kinds_of(kinds), language)


@router.get(
    "/gazetteer",
    operation_id="gazetteer",
    summary="Every name to recognise",
    responses=documented(422, 503),
)
def gazetteer(session: SessionDep, clock: ClockDep) -> Gazetteer:
    """Return all names of places, points and addresses left out, and those of lines: what the assistant learns."""
    return service.gazetteer(session, clock)


@router.get(
    "/{place_id:path}",
    operation_id="place",
    summary="One place",
    responses=documented(404, 422, 503),
)
def place(place_id: PlaceId, session: SessionDep, clock: ClockDep) -> PlaceAnswer:
    """Return a place by its id; `place_not_found` suggests the nearest house numbers or places of similar ids.

    A point has the commune, the street and the house number of the address that it is at, where one is near.
    """
    return service.one(session, clock, place_id)
