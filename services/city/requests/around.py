"""Open requests around a point, of this system and of others, so that nothing is reported twice unseen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kit.languages import Language
from kit.redaction import redact
from services.city.core.geo import distance_m
from services.city.core.schemas import Page, stated
from services.city.models.datasets import Dataset
from services.city.models.requests import ExternalRequest, ServiceRequest
from services.city.requests import catalogue, repository
from services.city.requests.answering import address, brief, local, own_source, photo_infos
from services.city.requests.catalogue import Catalogue
from services.city.requests.schemas import NearbyRequest


@dataclass(frozen=True)
class _Reader:
    """Where somebody looks, in which language, and when."""

    point: tuple[float, float]
    language: Language
    now: datetime


def near(
    session: Session,
    point: tuple[float, float],
    language: Language,
    now: datetime,
    *,
    service_code: str | None,
    radius_m: int,
    limit: int,
    offset: int,
) -> Page[NearbyRequest]:
    """Return the open requests within the radius: the near and the new first, a day of age counting as a metre.

    With a service, those of it and of the services that people take for it. Raises NotFoundError
    ``service_not_found``.
    """
    known = catalogue.current(session)
    codes = _codes(known, service_code)
    reader = _Reader(point, language, now)
    found = [_own(session, known, each, reader) for each in repository.open_around(session, *point, radius_m, codes)]
    datasets: dict[int, Dataset] = {each.id: each for each in known.datasets}
    for external, dataset in repository.external_around(session, *point, radius_m, codes):
        datasets[dataset.id] = dataset
        found.append(_external(known, external, dataset, reader))
    within = [each for each in found if each.distance_m <= radius_m]
    within.sort(key=lambda each: (each.distance_m + (each.age_days or 0), each.reference or each.external_id or ""))
    source, as_of = stated(datasets.values(), now)
    return Page[NearbyRequest].cut(within, limit=limit, offset=offset, source=source, as_of=as_of)


def _codes(known: Catalogue, service_code: str | None) -> Collection[str] | None:
    if service_code is None:
        return None
    service = known.service(service_code)
    others = (each.code for each in known.services.values() if service_code in each.alike)
    return {service_code, *service.alike, *others}


def _own(session: Session, known: Catalogue, request: ServiceRequest, reader: _Reader) -> NearbyRequest:
    facts = known.services.get(request.service_code)
    service = brief(facts, request.service_code, reader.language)
    lat, lon = request.lat or 0.0, request.lon or 0.0
    return NearbyRequest(
        reference=request.reference,
        external_id=None,
        system=own_source(known, reader.now).name,
        url=None,
        service=service,
        name=service.name,
        stage=request.stage,
        stage_name=_stage_name(known, request.stage, reader.language),
        description=redact(request.description) if request.description else None,
        address=address(request.address_fr, request.address_nl),
        lat=lat,
        lon=lon,
        distance_m=round(distance_m(*reader.point, lat, lon)),
        age_days=(reader.now - local(request.created_at)).days,
        followers=request.followers,
        can_follow=True,
        photos=photo_infos(session, request),
    )


def _external(known: Catalogue, request: ExternalRequest, dataset: Dataset, reader: _Reader) -> NearbyRequest:
    facts = known.services.get(request.service_code or "")
    return NearbyRequest(
        reference=None,
        external_id=request.external_id,
        system=dataset.source_name,
        url=request.url,
        service=brief(facts, facts.code, reader.language) if facts else None,
        name={"fr": request.category_fr, "nl": request.category_nl, "en": request.category_en}[reader.language],
        stage=request.stage,
        stage_name=_stage_name(known, request.stage, reader.language),
        description=None,
        address=address(request.address_fr, request.address_nl),
        lat=request.lat,
        lon=request.lon,
        distance_m=round(distance_m(*reader.point, request.lat, request.lon)),
        age_days=max(0, (reader.now - local(request.updated_at)).days) if request.updated_at else None,
        followers=0,
        can_follow=False,
        photos=[],
    )


def _stage_name(known: Catalogue, stage: str, language: Language) -> str:
    facts = known.stages.get(stage)
    return facts.names.to(language) if facts else stage
