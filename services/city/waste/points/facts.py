"""The facts of parks and points, as the importer checks them: see ``data/city/waste/points/README.md``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from services.city.core.facts import Bilingual, BilingualUrl, Facts, Phone, Point, Postcode, Trilingual
from services.city.core.opening import Opening
from services.city.waste.materials import Material

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=80)]
PointKind = Literal["recypark", "glass_bank", "clothes_bank", "shop_box", "oil_point", "proxy_chimik"]
_LONGEST_CLOSURE = timedelta(days=366)


class MaterialFacts(Facts):
    """What parks take; ``drop_off`` where drop-off points take it too."""

    id: Id
    names: Trilingual
    limit: Trilingual | None = None
    drop_off: Material | None = None


class KindFacts(Facts):
    """A kind of drop-off point, and what to know before using one."""

    names: Trilingual
    note: Trilingual


class VisitFacts(Facts):
    """What to bring to a park, and its house rules."""

    bring: tuple[Trilingual, ...]
    rules: tuple[Trilingual, ...]


class Closure(Facts):
    """Days on which a park is closed although its week says otherwise, both included."""

    first: date
    last: date
    reason: Trilingual

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if not self.first <= self.last <= self.first + _LONGEST_CLOSURE:
            raise ValueError(f"last {self.last} is not within a year after first {self.first}")
        return self


class PlaceFacts(Facts):
    """What a park and a point have in common; ``hours`` is None where it has none, or they are not known."""

    id: Id
    address: Bilingual
    postcode: Postcode
    location: Point
    hours: tuple[Opening, ...] | None = None
    public_holidays: Literal["open", "closed"] = "open"


class ParkFacts(PlaceFacts):
    """A container park; ``accepts`` are ids of materials."""

    kind: Literal["recypark"]
    names: Bilingual
    phone: Phone
    website: BilingualUrl
    accepts: Annotated[tuple[Id, ...], Field(min_length=1)]
    closures: tuple[Closure, ...] = ()


class DropOffFacts(PlaceFacts):
    """A drop-off point."""

    kind: Literal["glass_bank", "clothes_bank", "shop_box", "oil_point", "proxy_chimik"]
    materials: Annotated[tuple[Material, ...], Field(min_length=1)]
