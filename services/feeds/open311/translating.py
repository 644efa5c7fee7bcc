"""Turns a server's records into what they say, and a report into the fields of the standard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from services.feeds.open311 import values
from services.feeds.open311.model import Attribute, Endpoint, Format, Receipt, RemoteRequest, RemoteService, Report
from services.feeds.open311.reading import Record


def endpoint(entry: Record) -> Endpoint | None:
    """Return an endpoint of a discovery document; None where it has no address."""
    url = values.text(entry.get("url"))
    listed = entry.get("formats")
    names = [values.text(each) or "" for each in listed] if isinstance(listed, list) else []
    formats: Sequence[Format] = [form for form in ("xml", "json") if any(form in name for name in names)]
    if url is None:
        return None
    return Endpoint(
        url.rstrip("/"),
        values.text(entry.get("specification")),
        values.text(entry.get("type")),
        tuple(formats) or ("xml",),
    )


def service(entry: Record) -> RemoteService | None:
    """Return a service; None where it has no code."""
    code = values.text(entry.get("service_code"))
    if code is None:
        return None
    keywords = (values.text(entry.get("keywords")) or "").split(",")
    return RemoteService(
        code=code,
        name=values.text(entry.get("service_name")),
        description=values.text(entry.get("description")),
        has_attributes=values.truth(entry.get("metadata")),
        type=values.text(entry.get("type")),
        keywords=tuple(word.strip() for word in keywords if word.strip()),
        group=values.text(entry.get("group")),
    )


def attribute(entry: Record) -> Attribute | None:
    """Return a question; None where it has no code, or is a text to be shown and nothing to be answered."""
    code = values.text(entry.get("code"))
    if code is None or not values.truth(entry.get("variable", "true")):
        return None
    listed, order = entry.get("values"), values.number(entry.get("order"))
    choices = [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
    pairs = ((values.text(each.get("key")), values.text(each.get("name"))) for each in choices)
    return Attribute(
        code=code,
        datatype=values.text(entry.get("datatype")),
        required=values.truth(entry.get("required")),
        order=int(order) if order is not None else None,
        description=values.text(entry.get("description")),
        values=tuple((key, name or key) for key, name in pairs if key is not None),
    )


def request(entry: Record) -> RemoteRequest | None:
    """Return a report as the server keeps it; None where it has no id, as while there is but a token."""
    request_id = values.text(entry.get("service_request_id"))
    if request_id is None:
        return None
    status = (values.text(entry.get("status")) or "").casefold()
    return RemoteRequest(
        id=request_id,
        closed={"open": False, "closed": True}.get(status),
        status_notes=values.text(entry.get("status_notes")),
        service_code=values.text(entry.get("service_code")),
        description=values.text(entry.get("description")),
        requested_at=values.moment(entry.get("requested_datetime")),
        updated_at=values.moment(entry.get("updated_datetime")),
        expected_at=values.moment(entry.get("expected_datetime")),
        address=values.text(entry.get("address")),
        point=values.point(entry.get("lat"), entry.get("long")),
        media_url=values.text(entry.get("media_url")),
    )


def receipt(entry: Record) -> Receipt | None:
    """Return what a report was answered with; None where that is neither an id nor a token."""
    request_id, token = values.text(entry.get("service_request_id")), values.text(entry.get("token"))
    if request_id is None and token is None:
        return None
    return Receipt(request_id, None if request_id else token, values.text(entry.get("service_notice")))


def fields(report: Report) -> dict[str, Any]:
    """Return a report's fields as the standard names them; several values of one come as ``attribute[code][]``."""
    fields: dict[str, Any] = {"service_code": report.service_code, "description": report.description, **report.person}
    if report.point is not None:
        fields["lat"], fields["long"] = (f"{each:.7f}" for each in report.point)
    if report.address:
        fields["address_string"] = report.address
    if report.media_url:
        fields["media_url"] = report.media_url
    for code, answers in report.attributes.items():
        if len(answers) == 1:
            fields[f"attribute[{code}]"] = answers[0]
        else:
            fields[f"attribute[{code}][]"] = list(answers)
    return fields


def segment(written: str) -> str:
    """Return an id as one part of a path."""
    return str(httpx.QueryParams({"": written}))[1:].replace("+", "%20")
