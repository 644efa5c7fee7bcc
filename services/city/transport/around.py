"""Where an answer is to be near to: a place by its id, or a point."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from services.city.core.dependencies import SessionDep
from services.city.places.lookup import lookup
from services.city.places.parameters import point_of


def _around(
    session: SessionDep,
    place: Annotated[
        str | None,
        Query(description="Id of a place to be near to.", examples=["stop:flagey"], min_length=1, max_length=200),
    ] = None,
    near: Annotated[
        str | None,
        Query(
            description="Point to be near to, `lat,lon`, where no place is given.",
            examples=["50.8278,4.3722"],
            max_length=60,
        ),
    ] = None,
) -> tuple[float, float] | None:
    if place is None:
        return point_of(near)
    found = lookup(session, place)
    return found.lat, found.lon


#: Latitude and longitude of ``place`` or ``near``; None where neither is given.
AroundDep = Annotated[tuple[float, float] | None, Depends(_around)]
