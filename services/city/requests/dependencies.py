"""What the endpoints of requests are given: the photos, where requests are forwarded to, whether staff asks."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import Depends, Header, Path, Request

from services.city.core.errors import CityError
from services.city.requests.making import Routes
from services.city.requests.photos.store import PhotoStore


async def _photo_store(request: Request) -> PhotoStore:
    return PhotoStore(request.app.state.settings.photos_folder)


async def _routes(request: Request) -> Routes:
    routes: Routes = request.app.state.request_routes
    return routes


async def _staff(
    request: Request,
    authorization: Annotated[
        str | None, Header(description="`Bearer` and the staff key of this server.", max_length=500)
    ] = None,
) -> None:
    key = request.app.state.settings.staff_key
    given = (authorization or "").removeprefix("Bearer ").encode("utf-8", "replace")
    if key is None or not hmac.compare_digest(given, key.get_secret_value().encode()):
        raise CityError(401, "staff_only", "Only staff with this server's key may do this.")


PhotoStoreDep = Annotated[PhotoStore, Depends(_photo_store)]
RoutesDep = Annotated[Routes, Depends(_routes)]
StaffDep = Depends(_staff)

Reference = Annotated[
    str,
    Path(
        description="The request's reference; spaces, lower case and O for 0 do no harm.",
        examples=["BXL-2026-00123"],
        max_length=60,
    ),
]
RequestKeyHeader = Annotated[
    str | None,
    Header(alias="Request-Key", description="The key that was told when the request was made.", max_length=200),
]
