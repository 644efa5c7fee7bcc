"""The communes, their administrations and localities: ``communes.yml``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, insert

from kit.clock import Clock
from services.city.communes.facts import CommuneFacts
from services.city.core.datasets import ImportReport, Origin
from services.city.core.facts import slug
from services.city.models.communes import CommuneRecord
from services.city.places.writing import NewPlace, add_places
from services.importers.base import Progress, Version, new_version, silent, stated_origin
from services.importers.documents import YamlFile, each, read_yaml

_FILE: Final = "communes.yml"


class CommunesImporter:
    """Brings the communes in, as records of their own and as places of the kinds commune and locality."""

    name = "communes"

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
        """Import ``communes.yml``, or the one in a folder; see ``services.importers.base.Importer``."""
        file = read_yaml(path / _FILE if path.is_dir() else path)
        origin = stated_origin(
            file.path, Origin(feed or self.name, "communes", "Communes", sample=bool(file.content.get("sample")))
        )
        with new_version(engine, origin, clock, compare=("communes",), force=force) as version:
            communes = list(_sound(each(file, "communes", CommuneFacts, version.report), file, version))
            _store(version, communes)
            version.valid_from = file.as_of
        return version.report


def _sound(communes: Iterator[tuple[CommuneFacts, int]], file: YamlFile, version: Version) -> Iterator[CommuneFacts]:
    """Leave out what claims another's id or postcode: one of both must be wrong."""
    ids: set[str] = set()
    postcodes: dict[str, str] = {}
    for commune, line in communes:
        taken = {postcodes[code] for code in commune.postcodes if code in postcodes}
        if commune.id in ids:
            version.report.problem(file.path.name, line, f"second commune with the id {commune.id!r}")
        elif taken:
            version.report.problem(file.path.name, line, f"{commune.id}: a postcode of {', '.join(sorted(taken))}")
        else:
            ids.add(commune.id)
            postcodes.update(dict.fromkeys(commune.postcodes, commune.id))
            yield commune


def _store(version: Version, communes: list[CommuneFacts]) -> None:
    records = [
        {"dataset_id": version.id, "slug": c.id, "position": position, "body": c.model_dump(mode="json")}
        for position, c in enumerate(communes)
    ]
    if records:
        version.session.execute(insert(CommuneRecord), records)
    places = [*map(_commune, communes), *(place for commune in communes for place in _localities(commune))]
    add_places(version.session, version.id, places)
    version.report.counts = {"communes": len(communes), "localities": len(places) - len(communes)}


def _commune(commune: CommuneFacts) -> NewPlace:
    return NewPlace(
        place_id=f"commune:{commune.id}",
        kind="commune",
        name_fr=commune.names.fr,
        name_nl=commune.names.nl,
        lat=commune.location.lat,
        lon=commune.location.lon,
        commune_ids=(commune.id,),
        postcodes=commune.postcodes,
        aliases=[(alias, None) for alias in commune.aliases],
    )


def _localities(commune: CommuneFacts) -> Iterator[NewPlace]:
    """Yield the commune's localities; those without a point of their own stand at the commune's."""
    for part in commune.localities:
        location = part.location or commune.location
        yield NewPlace(
            place_id=f"locality:{slug(part.names.fr)}",
            kind="locality",
            name_fr=part.names.fr,
            name_nl=part.names.nl,
            lat=location.lat,
            lon=location.lon,
            commune_ids=(commune.id,),
            postcodes=(part.postcode,),
            aliases=[(alias, None) for alias in part.aliases],
        )
