"""Bike-share stations: a folder of GBFS files, or of JCDecaux's older list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert

from kit.clock import Clock
from services.city.core.datasets import ImportReport, Origin
from services.city.models.bikes import BikeStation
from services.feeds.errors import FeedError
from services.feeds.gbfs import Station, read_stations
from services.importers.base import ImportRefusedError, Progress, new_version, silent, stated_origin


class BikesImporter:
    """Brings the stations of a system in, each with its bikes and docks; several systems stand side by side."""

    name = "bikes"

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
        """Import a folder; see ``services.importers.base.Importer``."""
        if not path.is_dir():
            raise ImportRefusedError(f"{path}: not a folder of GBFS files")
        report = ImportReport()
        try:
            stations = list(read_stations(path, report.problem))
        except FeedError as error:
            raise ImportRefusedError(f"{path}: {error}") from error
        origin = stated_origin(path, Origin(feed or self.name, "bikes", "Bike share"))
        with new_version(engine, origin, clock, compare=("stations",), force=force) as version:
            version.report.problems = report.problems
            version.report.counts = {"stations": len(stations)}
            rows = [_row(version.id, each) for each in stations]
            if rows:
                version.session.execute(insert(BikeStation), rows)
        return version.report


def _row(dataset_id: int, station: Station) -> dict[str, Any]:
    return {
        "dataset_id": dataset_id,
        "station_id": station.id,
        "name_fr": station.name_fr,
        "name_nl": station.name_nl,
        "lat": station.lat,
        "lon": station.lon,
        "capacity": station.capacity,
        "dockless": station.virtual,
        "bikes": station.bikes,
        "docks": station.docks,
        "lends": station.renting,
        "takes_back": station.returning,
        "reported_at": station.reported_at,
    }
