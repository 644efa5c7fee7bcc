"""Public car parks: the records of the portal's data set."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, insert

from kit.clock import Clock
from kit.text import fold
from services.city.core.datasets import ImportReport, Origin
from services.city.core.facts import Bilingual, Point
from services.city.models.transport_facts import TransportFact
from services.city.transport.car_parks.facts import CarPark
from services.feeds import opendata_brussels as feed_of
from services.feeds.errors import FeedError
from services.importers.base import ImportRefusedError, Progress, new_version, silent, stated_origin


class CarParksImporter:
    """Brings the car parks in; of two of one name and place, the first."""

    name = "car_parks"

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
        """Import ``car_parks.json``, or the one in a folder; see ``services.importers.base.Importer``."""
        file = path / "car_parks.json" if path.is_dir() else path
        report = ImportReport()
        found: dict[str, CarPark] = {}
        try:
            for record in feed_of.read_car_parks(file, report.problem):
                fact = _fact(record)
                fact_id = f"{fold(record.name_fr)[:40]}@{record.lat:.5f},{record.lon:.5f}"
                if fact_id in found:
                    report.problem(file.name, None, f"{record.name_fr}: a second time")
                found.setdefault(fact_id, fact)
        except FeedError as error:
            raise ImportRefusedError(f"{file}: {error}") from error
        origin = stated_origin(file, Origin(feed or self.name, "car_parks", "Car parks"))
        with new_version(engine, origin, clock, compare=("car_parks",), force=force) as version:
            version.report.problems = report.problems
            version.report.counts = {"car_parks": len(found)}
            rows = [
                {"dataset_id": version.id, "fact_id": key, "position": position, "body": fact.model_dump(mode="json")}
                for position, (key, fact) in enumerate(found.items())
            ]
            if rows:
                version.session.execute(insert(TransportFact), rows)
        return version.report


def _fact(record: feed_of.CarPark) -> CarPark:
    return CarPark(
        names=Bilingual(fr=record.name_fr, nl=record.name_nl),
        location=Point(lat=record.lat, lon=record.lon),
        capacity=record.capacity,
    )
