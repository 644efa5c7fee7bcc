"""What NOVA says of one application. Who applied is not among it, and is not read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

Layer = Literal["PlanningPermits", "EnvironmentalPermits"]
LAYERS: Final[tuple[Layer, ...]] = get_args(Layer)

Status = Literal["instruction", "referral", "accepted", "refused", "abandoned"]


@dataclass(frozen=True)
class Dossier:
    """An application; texts are filled in both languages, equal where there is only one, None where there is none."""

    layer: Layer
    reference: str
    procedure_type: str | None
    #: None where the register's word for it is not known; ``status_text`` is that word.
    status: Status | None
    status_text: str | None
    street_fr: str | None
    street_nl: str | None
    number_from: str | None
    number_to: str | None
    postcode: str | None
    object_fr: str | None
    object_nl: str | None
    authority_fr: str | None
    authority_nl: str | None
    received: date | None
    acknowledged: date | None
    inquiry_start: date | None
    inquiry_end: date | None
    consultation: date | None
    decided: date | None
    valid_until: date | None
    #: WGS 84; None where there is no geometry.
    lat: float | None
    lon: float | None
