"""Reads VehiclePositions: where the vehicles of each line are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

from services.feeds.stib_realtime.entries import EntryError, entries, inner, text
from services.feeds.stib_realtime.model import Report, VehiclePosition

NAME: Final = "VehiclePositions"


def positions(content: bytes, report: Report) -> Iterator[VehiclePosition]:
    """Yield the vehicles of an answer; one bad entry leaves the others. Raises UnexpectedContentError."""
    for number, entry in entries(content, NAME, report):
        try:
            line = text(entry, "lineid", "lineId")
            found = inner(entry, "vehiclepositions", "vehiclePositions")
        except EntryError as error:
            report(NAME, number, str(error))
            continue
        for each in found:
            try:
                yield _position(line, each)
            except EntryError as error:
                report(NAME, number, str(error))


def _position(line: str, found: Any) -> VehiclePosition:
    if not isinstance(found, Mapping):
        raise EntryError("vehiclepositions: not an object")
    distance = found.get("distanceFromPoint", 0)
    if isinstance(distance, bool) or not isinstance(distance, int | float) or not math.isfinite(distance):
        raise EntryError("distanceFromPoint: not a number")
    return VehiclePosition(
        line=line,
        direction=text(found, "directionId"),
        point=text(found, "pointId"),
        distance_m=max(0.0, float(distance)),
    )
