"""Well-known places that are neither a street nor a stop: ``landmarks.yml``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from kit.clock import Clock
from services.city.core.datasets import ImportReport, Origin
from services.city.places.landmark_facts import LandmarkFacts
from services.city.places.writing import NewPlace, add_places
from services.importers.base import Progress, Version, new_version, silent, stated_origin
from services.importers.documents import YamlFile, each, read_yaml

_FILE: Final = "landmarks.yml"


class LandmarksImporter:
    """Brings landmarks in as places."""

    name = "landmarks"

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
        """Import ``landmarks.yml``, or the one in a folder; see ``services.importers.base.Importer``."""
        file = read_yaml(path / _FILE if path.is_dir() else path)
        origin = stated_origin(
            file.path, Origin(feed or self.name, "places", "Landmarks", sample=bool(file.content.get("sample")))
        )
        with new_version(engine, origin, clock, compare=("landmarks",), force=force) as version:
            count = add_places(version.session, version.id, map(_place, _sound(file, version)))
            version.report.counts = {"landmarks": count}
            version.valid_from = file.as_of
        return version.report


def _sound(file: YamlFile, version: Version) -> Iterator[LandmarkFacts]:
    ids: set[str] = set()
    for landmark, line in each(file, "landmarks", LandmarkFacts, version.report):
        if landmark.id in ids:
            version.report.problem(file.path.name, line, f"second landmark with the id {landmark.id!r}")
        else:
            ids.add(landmark.id)
            yield landmark


def _place(landmark: LandmarkFacts) -> NewPlace:
    return NewPlace(
        place_id=f"landmark:{landmark.id}",
        kind="landmark",
        name_fr=landmark.names.fr,
        name_nl=landmark.names.nl,
        lat=landmark.location.lat,
        lon=landmark.location.lon,
        commune_ids=landmark.communes,
        postcodes=(landmark.postcode,),
        aliases=[(landmark.names.en, "en"), *((alias, None) for alias in landmark.aliases)],
    )
