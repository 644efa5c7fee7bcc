"""A dossier's own facts as they stand in answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.languages import Language
from services.city.core.schemas import Commune, Name
from services.city.models.permits import DossierRecord
from services.city.permits.dossiers.facts import Stage, StagesFacts
from services.city.permits.dossiers.schemas import Site, StageInfo


def dossier_fields(
    record: DossierRecord, words: StagesFacts, communes: Mapping[str, Commune], language: Language
) -> dict[str, Any]:
    """Return the fields of a DossierInfo."""
    planning = record.layer == "PlanningPermits"
    numbers = dict.fromkeys(each for each in (record.number_from, record.number_to) if each)
    return {
        "reference": record.reference,
        "kind": "planning" if planning else "environmental",
        "kind_name": words.kinds["PlanningPermits" if planning else "EnvironmentalPermits"].to(language),
        "procedure_type": record.procedure_type,
        "site": Site(
            street=_name(record.street_fr, record.street_nl),
            house_numbers="-".join(numbers) or None,
            postcode=record.postcode,
            commune=communes.get(record.commune_id or ""),
            lat=record.lat,
            lon=record.lon,
        ),
        "planned": _name(record.object_fr, record.object_nl),
        "authority": _name(record.authority_fr, record.authority_nl),
    }


def stage_info(now: Stage, words: StagesFacts, language: Language) -> StageInfo:
    """Return a stage in words."""
    found = words.stages[now]
    return StageInfo(id=now, name=found.name.to(language), meaning=found.meaning.to(language))


def _name(fr: str | None, nl: str | None) -> Name | None:
    return Name(fr=fr, nl=nl) if fr and nl else None
