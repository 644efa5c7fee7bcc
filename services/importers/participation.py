"""What residents can take part in: one YAML file, two lists of checked documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, insert, select

from kit.clock import Clock
from services.city.core.datasets import ImportReport, Origin
from services.city.models.communes import CommuneRecord
from services.city.models.datasets import Dataset
from services.city.models.participation import ParticipationRecord
from services.city.participation.facts import Opportunity, Way
from services.city.participation.repository import WAY
from services.importers.base import Progress, Version, new_version, silent, stated_origin
from services.importers.documents import YamlFile, each, read_yaml

_FILE: Final = "participation.yml"


class ParticipationImporter:
    """Brings opportunities and ways in, each checked as a whole."""

    name = "participation"

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
        """Import ``participation.yml``, or the one in a folder; see ``services.importers.base.Importer``.

        An entry at fault, with another's id or for a commune that does not exist is left out and named by its line.
        Only the ways are compared with the version in use: opportunities come and go.
        """
        file = read_yaml(path / _FILE if path.is_dir() else path)
        origin = stated_origin(file.path, Origin(feed or self.name, self.name, "Participation"))
        with new_version(engine, origin, clock, compare=("ways",), force=force) as version:
            rows = list(_rows(file, version))
            if rows:
                version.session.execute(insert(ParticipationRecord), rows)
            ways = sum(row["kind"] == WAY for row in rows)
            version.report.counts = {"opportunities": len(rows) - ways, "ways": ways}
            version.valid_from = file.as_of
            progress(f"{len(rows) - ways} opportunities, {ways} ways")
        return version.report


def _rows(file: YamlFile, version: Version) -> Iterator[dict[str, Any]]:
    communes = set(
        version.session.scalars(
            select(CommuneRecord.slug)
            .join(Dataset, Dataset.id == CommuneRecord.dataset_id)
            .where(Dataset.status == "active")
        )
    )
    seen: set[str] = set()

    def reason_against(entry: Opportunity | Way) -> str | None:
        if entry.id in seen:
            return f"second entry with the id {entry.id!r}"
        if isinstance(entry, Opportunity) and entry.commune and communes and entry.commune not in communes:
            return f"commune: {entry.commune!r} does not exist"
        return None

    entries: list[tuple[Opportunity | Way, int]] = [
        *each(file, "opportunities", Opportunity, version.report),
        *each(file, "ways", Way, version.report),
    ]
    for position, (entry, line) in enumerate(entries):
        reason = reason_against(entry)
        if reason is not None:
            version.report.problem(file.path.name, line, reason)
            continue
        seen.add(entry.id)
        timed = entry if isinstance(entry, Opportunity) else None
        yield {
            "dataset_id": version.id,
            "entry_id": entry.id,
            "position": position,
            "kind": timed.kind if timed else WAY,
            "commune_id": timed.commune if timed else None,
            "opens": timed.opens if timed else None,
            "closes": timed.closes if timed else None,
            "body": entry.model_dump(mode="json"),
        }
