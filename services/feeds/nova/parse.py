"""Reads a page of a layer: what is sound is yielded; what is left out, or left empty, is reported with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from services.feeds.errors import UnexpectedContentError
from services.feeds.nova import values
from services.feeds.nova.geometry import point
from services.feeds.nova.model import Dossier, Layer

#: Told of each fault: the application's reference or number in the page, and the reason.
Report = Callable[[str, str], None]

_DAYS: Final = {
    "received": "requestReceptionDate",
    "acknowledged": "completeAcknowledgeFirstDate",
    "inquiry_start": "inquiryStartDate",
    "inquiry_end": "inquiryEndDate",
    "consultation": "consultationCommitteesDate",
    "decided": "decisionNotificationDate",
    "valid_until": "permitValidityDate",
}


def features(content: Any, where: str) -> list[Any]:
    """Return the features of a GeoJSON answer; UnexpectedContentError where it is another thing."""
    found = content.get("features") if isinstance(content, dict) else None
    if not isinstance(found, list):
        raise UnexpectedContentError(f"{where}: not a collection of features")
    return found


def parse(content: Any, layer: Layer, where: str, problem: Report) -> Iterator[Dossier]:
    """Yield the applications of a page that was read as JSON.

    A day or a shape that makes no sense is reported and left empty; an application without a reference is left out.
    """
    for position, feature in enumerate(features(content, where)):
        fields = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(fields, dict):
            problem(f"feature {position}", "has no properties")
            continue
        reference = values.text(fields.get("novaReference"))
        if reference is None or len(reference) > 60:
            problem(f"feature {position}", "has no reference" if reference is None else "a reference too long")
            continue
        yield _dossier(layer, reference, fields, feature.get("geometry"), problem)


def _dossier(layer: Layer, reference: str, fields: dict[str, Any], geometry: Any, problem: Report) -> Dossier:
    street = values.both(fields.get("streetFrenchName"), fields.get("streetDutchName"))
    subject = values.both(fields.get("caseFrenchObject"), fields.get("caseDutchObject"))
    authority = values.both(fields.get("managingAuthorityFrenchName"), fields.get("managingAuthorityDutchName"))
    state = values.text(fields.get("caseStatus"))
    try:
        where = point(geometry)
    except (ValueError, TypeError) as error:
        problem(reference, f"geometry: {error}")
        where = None
    return Dossier(
        layer=layer,
        reference=reference,
        procedure_type=values.text(fields.get("procedureType")),
        status=values.status(state),
        status_text=state,
        street_fr=street[0],
        street_nl=street[1],
        number_from=values.text(fields.get("streetNumberFrom")),
        number_to=values.text(fields.get("streetNumberTo")),
        postcode=values.text(fields.get("zipCode")),
        object_fr=subject[0],
        object_nl=subject[1],
        authority_fr=authority[0],
        authority_nl=authority[1],
        lat=where[0] if where else None,
        lon=where[1] if where else None,
        **_days(reference, fields, problem),
    )


def _days(reference: str, fields: dict[str, Any], problem: Report) -> dict[str, date | None]:
    found: dict[str, date | None] = {}
    for name, field in _DAYS.items():
        try:
            found[name] = values.day(fields.get(field))
        except ValueError as error:
            problem(reference, f"{field}: {error}")
            found[name] = None
    start, end = found["inquiry_start"], found["inquiry_end"]
    if start and end and end < start:
        problem(reference, f"inquiryEndDate: {end} is before the inquiry begins, {start}")
        found["inquiry_start"] = found["inquiry_end"] = None
    return found
