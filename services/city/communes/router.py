"""Endpoints of the topic communes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from services.city.communes import service
from services.city.communes.schemas import CommuneAnswer, CommuneInfo, ContactInfo
from services.city.core.dependencies import ClockDep, LanguageDep, LimitQuery, OffsetQuery, SessionDep
from services.city.core.errors import documented
from services.city.core.schemas import Page

router = APIRouter(prefix="/v1", tags=["communes"])

Slug = Annotated[str, Path(description="The commune's id.", examples=["saint-gilles"], max_length=200)]
Kind = Annotated[service.ContactKind | None, Query(description="Contacts of this kind only.")]
Situation = Annotated[
    str | None, Query(description="Contacts for this situation only, e.g. `gas_smell`.", max_length=60)
]


@router.get(
    "/communes",
    operation_id="list_communes",
    summary="The communes and their administrations",
    responses=documented(422, 503),
)
def list_communes(
    *, session: SessionDep, clock: ClockDep, language: LanguageDep, limit: LimitQuery = 50, offset: OffsetQuery = 0
) -> Page[CommuneInfo]:
    """List the communes in the order of their NIS codes: postcodes, localities, town hall, hours and whether it is
    open now."""
    return service.list_communes(session, clock, language, limit, offset)


@router.get(
    "/communes/{slug}",
    operation_id="commune",
    summary="One commune and its administration",
    responses=documented(404, 422, 503),
)
def commune(slug: Slug, session: SessionDep, clock: ClockDep, language: LanguageDep) -> CommuneAnswer:
    """Return a commune by its id; `commune_not_found` suggests the communes of similar names."""
    return service.one_commune(session, clock, language, slug)


@router.get(
    "/contacts",
    operation_id="list_contacts",
    summary="Emergency numbers, helplines, services and the call centre",
    responses=documented(422, 503),
)
def list_contacts(
    *,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    kind: Kind = None,
    situation: Situation = None,
    limit: LimitQuery = 50,
    offset: OffsetQuery = 0,
) -> Page[ContactInfo]:
    """List the numbers in the order in which to show them; those that answer in the language come first."""
    return service.list_contacts(session, clock, language, kind=kind, situation=situation, limit=limit, offset=offset)
