"""A public car park, as the database keeps it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from services.city.core.facts import Bilingual, Facts, Point


class CarPark(Facts):
    """A public car park; ``capacity`` is None where it is not known."""

    names: Bilingual
    location: Point
    capacity: Annotated[int, Field(ge=0, le=99_999)] | None = None
