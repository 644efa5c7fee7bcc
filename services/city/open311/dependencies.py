"""What every GeoReport v2 route is given: the format, the jurisdiction, the caller's key."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import Depends, Path, Query, Request

from services.city.core.settings import CitySettings
from services.city.open311.discovery import public_url
from services.city.open311.documents import Format
from services.city.open311.errors import GeoReportError
from services.city.open311.posting import FormDep

FormatPath = Annotated[Format, Path(alias="form", description="Format of the answer, `xml` or `json`.")]
Jurisdiction = Annotated[
    str | None,
    Query(description="Id of the jurisdiction; there is one, so that it may be left out.", max_length=200),
]
ApiKey = Annotated[str | None, Query(description="API key, which may also stand in the form.", max_length=200)]


def settings_of(request: Request) -> CitySettings:
    """Return the server's settings."""
    settings: CitySettings = request.app.state.settings
    return settings


def base_url_of(request: Request) -> str:
    """Return the address at which the world reaches this server."""
    return public_url(settings_of(request), str(request.base_url))


async def _jurisdiction(request: Request, jurisdiction_id: Jurisdiction = None) -> None:
    check_jurisdiction(settings_of(request), jurisdiction_id)


def check_jurisdiction(settings: CitySettings, jurisdiction_id: str | None) -> None:
    """Raise GeoReportError (404) where another jurisdiction is asked for."""
    if jurisdiction_id not in (None, "", settings.open311_jurisdiction):
        raise GeoReportError(404, "jurisdiction_id provided was not found.")


async def _key(request: Request, form: FormDep, api_key: ApiKey = None) -> None:
    """Raise GeoReportError (403) where the key is missing or not one of ours; the form's wins."""
    settings = settings_of(request)
    check_jurisdiction(settings, next(iter(form.get("jurisdiction_id", ())), None))
    given = next(iter(form.get("api_key", ())), api_key)
    if not given:
        raise GeoReportError(403, "api_key was not provided.")
    known = [key.get_secret_value().encode() for key in settings.open311_api_keys]
    if not any(hmac.compare_digest(given.encode("utf-8", "replace"), key) for key in known):
        raise GeoReportError(403, "Invalid api_key received.")


BaseUrlDep = Annotated[str, Depends(base_url_of)]
SettingsDep = Annotated[CitySettings, Depends(settings_of)]
JurisdictionDep = Depends(_jurisdiction)
KeyDep = Depends(_key)
