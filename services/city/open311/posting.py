"""A request as GeoReport v2 posts it: a form, read by hand and turned into one of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import parse_qs

from fastapi import Depends, Request
from pydantic import Field, TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from kit.clock import Clock
from services.city.open311.errors import GeoReportError
from services.city.places import service as places
from services.city.places.searching import Wanted
from services.city.requests.schemas import NewRequest
from services.city.requests.texts import Line

#: Longest form, in bytes, and most fields in it.
_MOST_BYTES: Final = 200_000
_MOST_FIELDS: Final = 200
_ATTRIBUTE: Final = re.compile(r"attribute\[([^\]]{1,60})\](\[\])?")
_URL: Final = re.compile(r"https?://[!-~]{1,990}")
_ADDRESS: Final[TypeAdapter[str]] = TypeAdapter(Annotated[Line, Field(max_length=300)])
_FORM: Final = "application/x-www-form-urlencoded"
#: What an address may be found to be.
_KINDS: Final = frozenset({"address", "street", "stop", "landmark"})

Form = Mapping[str, Sequence[str]]


async def _form(request: Request) -> Form:
    if request.headers.get("content-type", _FORM).partition(";")[0].strip().lower() != _FORM:
        raise GeoReportError(400, f"The request has to be sent as {_FORM}.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise GeoReportError(413, f"The form is longer than {_MOST_BYTES:,} bytes.")
    try:
        return parse_qs(
            body.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise GeoReportError(400, "The form cannot be read; it has to be URL-encoded UTF-8.") from error


#: The posted form, read before anything that waits for the database.
FormDep = Annotated[Form, Depends(_form)]


@dataclass(frozen=True)
class Posted:
    """A request of ours, and what only comes by this way."""

    new: NewRequest
    address: str | None
    media_url: str | None


def posted(session: Session, clock: Clock, form: Form) -> Posted:
    """Return what a form asks for. Raises GeoReportError (400), naming the fields at fault."""
    address = _address(form)
    media_url = _one(form, "media_url")
    if media_url and not _URL.fullmatch(media_url):
        raise GeoReportError(400, "media_url is the address of a picture.")
    content: dict[str, Any] = {
        "service_code": _one(form, "service_code"),
        "description": _one(form, "description") or "",
        "place": _one(form, "address_id"),
        "point": _point(form),
        "attributes": _attributes(form),
        "contact": _contact(form),
    }
    if content["service_code"] is None:
        raise GeoReportError(400, "service_code was not provided.")
    if content["place"] is None and content["point"] is None and address:
        content["place"] = _place(session, clock, address)
    if media_url and not content["description"] and not content["attributes"]:
        content["description"] = media_url
    try:
        return Posted(NewRequest.model_validate(content), address, media_url)
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()]
        raise GeoReportError(400, *faults) from error


def _one(form: Form, name: str) -> str | None:
    """Return a field that is there once; None where it is empty."""
    values = form.get(name, ())
    if len(values) > 1:
        raise GeoReportError(400, f"{name} came more than once.")
    return values[0].strip() or None if values else None


def _address(form: Form) -> str | None:
    try:
        return _ADDRESS.validate_python(_one(form, "address_string") or "") or None
    except ValidationError as error:
        raise GeoReportError(400, f"address_string: {error.errors()[0]['msg']}") from error


def _point(form: Form) -> dict[str, str] | None:
    lat, lon = _one(form, "lat"), _one(form, "long")
    if (lat is None) != (lon is None):
        raise GeoReportError(400, "lat and long come together.")
    return {"lat": lat, "lon": lon} if lat is not None and lon is not None else None


def _attributes(form: Form) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, values in form.items():
        match = _ATTRIBUTE.fullmatch(name)
        if match is not None:
            found.setdefault(match[1], []).extend(values)
    return found


def _contact(form: Form) -> dict[str, str] | None:
    names = [name for name in (_one(form, "first_name"), _one(form, "last_name")) if name]
    account = _one(form, "account_id") or _one(form, "device_id")
    contact = {
        "email": _one(form, "email"),
        "phone": _one(form, "phone"),
        "handle": f"open311:{account}" if account else None,
    }
    given = {key: value for key, value in contact.items() if value}
    return {**given, "name": " ".join(names)} if given and names else given or None


def _place(session: Session, clock: Clock, address: str) -> str:
    """Return the id of the one place that an address names."""
    wanted = Wanted(address[:200], _KINDS)
    found = places.search(session, clock, wanted, limit=5, offset=0).items
    exact = [each for each in found if each.exact]
    if len(exact) != 1:
        names = ", ".join(f"{each.id} ({each.name.fr} {each.house_number or ''})".replace(" )", ")") for each in found)
        raise GeoReportError(400, f"address_string names no one place. Send an address_id: {names or 'none is alike'}.")
    return exact[0].id
