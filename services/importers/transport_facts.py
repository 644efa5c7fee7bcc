"""Fares, low-emission rules, parking zones, lost property: a YAML file each, one list of checked documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, insert

from kit.clock import Clock
from services.city.core.datasets import ImportReport, Origin
from services.city.models.transport_facts import TransportFact
from services.city.transport.factbook import Fact
from services.importers.base import Progress, Version, new_version, silent, stated_origin
from services.importers.documents import YamlFile, each, read_yaml


class FactsImporter:
    """Brings the documents of ``<name>.yml`` in, each checked as a whole."""

    def __init__(self, name: str, shape: type[Fact]) -> None:
        self.name = name
        self._shape = shape

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
        """Import the file, or the one in a folder; see ``services.importers.base.Importer``."""
        file = read_yaml(path / f"{self.name}.yml" if path.is_dir() else path)
        title = self.name.replace("_", " ").capitalize()
        origin = stated_origin(
            file.path, Origin(feed or self.name, self.name, title, sample=bool(file.content.get("sample")))
        )
        with new_version(engine, origin, clock, compare=(self.name,), force=force) as version:
            rows = [
                {
                    "dataset_id": version.id,
                    "fact_id": fact.id,
                    "position": position,
                    "body": fact.model_dump(mode="json"),
                }
                for position, fact in enumerate(self._sound(file, version))
            ]
            if rows:
                version.session.execute(insert(TransportFact), rows)
            version.report.counts = {self.name: len(rows)}
            version.valid_from = file.as_of
        return version.report

    def _sound(self, file: YamlFile, version: Version) -> Iterator[Fact]:
        seen: set[str] = set()
        for fact, line in each(file, self.name, self._shape, version.report):
            if fact.id in seen:
                version.report.problem(file.path.name, line, f"second document with the id {fact.id!r}")
            else:
                seen.add(fact.id)
                yield fact
