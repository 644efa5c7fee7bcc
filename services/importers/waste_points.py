"""Container parks and drop-off points: ``materials.yml``, ``parks.yml`` and ``points.yml``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Engine, insert

from kit.clock import Clock
from services.city.core.datasets import ImportReport, Origin
from services.city.models.waste_guide import WastePoint
from services.city.waste.points import facts
from services.city.waste.points.facts import DropOffFacts, KindFacts, MaterialFacts, ParkFacts, VisitFacts
from services.importers.base import ImportRefusedError, Progress, Version, new_version, silent, stated_origin
from services.importers.checksums import checksum, remember, unchanged
from services.importers.documents import YamlFile, each, read_yaml
from services.importers.waste_documents import store

_CODE: Final = (Path(__file__), Path(str(facts.__file__)))
_KINDS: Final = TypeAdapter(dict[str, KindFacts])


class WastePointsImporter:
    """Brings the points in; one at fault is left out, with its file, line and reason."""

    name = "waste_points"

    def run(
        self,
        engine: Engine,
        path: Path,
        clock: Clock,
        progress: Progress = silent,
        *,
        feed: str | None = None,
        force: bool = False,
    ) -> ImportReport:
        """Import the folder; see ``services.importers.base.Importer``. The same files again change nothing.

        Raises ImportRefusedError also where the texts that points share are at fault.
        """
        origin = stated_origin(path, Origin(feed or self.name, "waste_points", "Container parks and drop-off points"))
        sha256 = checksum(path.glob("*.yml"), _CODE)
        known = None if force else unchanged(engine, origin.feed, sha256)
        if known is not None:
            return known
        parks_file, points_file = read_yaml(path / "parks.yml"), read_yaml(path / "points.yml")
        with new_version(engine, origin, clock, compare=("parks", "points"), force=force) as version:
            remember(version, sha256)
            materials = list(each(read_yaml(path / "materials.yml"), "materials", MaterialFacts, version.report))
            store(version, "material", [material.model_dump(mode="json") for material, _ in materials])
            store(version, "kind", [{"id": key, **kind.model_dump(mode="json")} for key, kind in _kinds(points_file)])
            store(version, "visit", [{"id": "visit", **_visit(parks_file).model_dump(mode="json")}])
            parks = list(_parks(parks_file, {material.id for material, _ in materials}, version))
            points = list(_points(points_file, version))
            _store(version, [*parks, *points])
            version.report.counts |= {"parks": len(parks), "points": len(points), "materials": len(materials)}
            progress(f"{len(parks)} parks, {len(points)} points")
        return version.report


def _visit(file: YamlFile) -> VisitFacts:
    try:
        return VisitFacts.model_validate(file.content.get("visit"))
    except ValidationError as error:
        raise ImportRefusedError(f"{file.path}: visit: {error.errors()[0]['msg']}") from error


def _kinds(file: YamlFile) -> Iterator[tuple[str, KindFacts]]:
    try:
        yield from _KINDS.validate_python(file.content.get("kinds")).items()
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"]))
        raise ImportRefusedError(f"{file.path}: kinds.{where}: {fault['msg']}") from error


def _parks(file: YamlFile, materials: set[str], version: Version) -> Iterator[ParkFacts]:
    seen: set[str] = set()
    for park, line in each(file, "parks", ParkFacts, version.report):
        unknown = [material for material in park.accepts if material not in materials]
        if park.id in seen:
            version.report.problem(file.path.name, line, f"second park with the id {park.id!r}")
        elif unknown:
            version.report.problem(file.path.name, line, f"{park.id}: accepts: no material {unknown[0]!r}")
        else:
            seen.add(park.id)
            yield park


def _points(file: YamlFile, version: Version) -> Iterator[DropOffFacts]:
    seen: set[str] = set()
    kinds = file.content.get("kinds", {})
    for point, line in each(file, "points", DropOffFacts, version.report):
        if point.id in seen:
            version.report.problem(file.path.name, line, f"second point with the id {point.id!r}")
        elif point.kind not in kinds:
            version.report.problem(file.path.name, line, f"{point.id}: no kind {point.kind!r} in this file")
        else:
            seen.add(point.id)
            yield point


def _store(version: Version, places: Sequence[ParkFacts | DropOffFacts]) -> None:
    rows: list[dict[str, Any]] = [
        {
            "dataset_id": version.id,
            "point_id": place.id,
            "lat": place.location.lat,
            "lon": place.location.lon,
            "position": position,
            "body": place.model_dump(mode="json"),
        }
        for position, place in enumerate(places)
    ]
    if rows:
        version.session.execute(insert(WastePoint), rows)
