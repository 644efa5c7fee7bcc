"""What can be requested: ``services.yml``, ``stages.yml``, ``region.yml`` and ``fixmystreet.yml`` of one folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import Engine, insert

from kit.clock import Clock
from services.city.core.datasets import ImportReport, Origin
from services.city.models.requests import RequestDocument
from services.city.requests.facts import STAGES, CategoryFacts, RegionFacts, ServiceFacts, StageFacts
from services.importers.base import ImportRefusedError, Progress, Version, new_version, silent, stated_origin
from services.importers.documents import YamlFile, each, read_yaml

_SERVICES: Final = "services.yml"
_STAGES: Final = "stages.yml"
_REGION: Final = "region.yml"
_CATEGORIES: Final = "fixmystreet.yml"


class RequestsImporter:
    """Brings in the services with their questions, the stages and the outline of the Region."""

    name = "requests"

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
        """Import the folder's four files; see ``services.importers.base.Importer``.

        Raises ImportRefusedError also where a stage is missing or the outline is at fault: requests that are under
        way need the one, and the other decides whom a request is taken from.
        """
        if not path.is_dir():
            raise ImportRefusedError(f"{path}: not a folder with {_SERVICES}, {_STAGES} and {_REGION}")
        services_file = read_yaml(path / _SERVICES)
        origin = stated_origin(
            path, Origin(feed or self.name, "requests", "Requests", sample=bool(services_file.content.get("sample")))
        )
        with new_version(engine, origin, clock, compare=("services",), force=force) as version:
            services = list(_sound(each(services_file, "services", ServiceFacts, version.report), version))
            stages = _stages(read_yaml(path / _STAGES), version.report)
            known = {facts.code for facts in services}
            categories = list(enumerate(_categories(read_yaml(path / _CATEGORIES), known, version.report)))
            region = _region(read_yaml(path / _REGION))
            bodies = [
                *(("service", facts.code, facts.model_dump(mode="json")) for facts in services),
                *(("stage", facts.id, facts.model_dump(mode="json")) for facts in stages),
                ("region", "region", region.model_dump(mode="json")),
                *(("category", str(number), facts.model_dump(mode="json")) for number, facts in categories),
            ]
            rows: list[dict[str, Any]] = [
                {"dataset_id": version.id, "kind": kind, "key": key, "position": position, "body": body}
                for position, (kind, key, body) in enumerate(bodies)
            ]
            version.session.execute(insert(RequestDocument), rows)
            version.report.counts = {"services": len(services), "stages": len(stages), "categories": len(categories)}
            version.valid_from = services_file.as_of
            progress(f"{len(services)} services")
        return version.report


def _sound(services: Iterator[tuple[ServiceFacts, int]], version: Version) -> Iterator[ServiceFacts]:
    """Leave out a second service of a code, and name the services that are said to be alike but are not there."""
    found: dict[str, tuple[ServiceFacts, int]] = {}
    for facts, line in services:
        if facts.code in found:
            version.report.problem(_SERVICES, line, f"second service with the code {facts.code!r}")
        else:
            found[facts.code] = facts, line
    for facts, line in found.values():
        for code in facts.alike:
            if code not in found:
                version.report.problem(_SERVICES, line, f"alike: there is no service {code!r}")
        yield facts


def _stages(file: YamlFile, report: ImportReport) -> list[StageFacts]:
    stages = [facts for facts, _ in each(file, "stages", StageFacts, report)]
    missing = set(STAGES) - {facts.id for facts in stages}
    if missing:
        raise ImportRefusedError(f"{file.path}: no stage {', '.join(sorted(missing))}")
    if len(stages) > len(STAGES):
        raise ImportRefusedError(f"{file.path}: a stage twice")
    return stages


def _categories(file: YamlFile, known: set[str], report: ImportReport) -> Iterator[CategoryFacts]:
    """Yield the categories in their order; one of a service that is not there becomes a problem instead."""
    for facts, line in each(file, "categories", CategoryFacts, report):
        if facts.service in known:
            yield facts
        else:
            report.problem(file.path.name, line, f"there is no service {facts.service!r}")


def _region(file: YamlFile) -> RegionFacts:
    try:
        return RegionFacts.model_validate({"outline": file.content.get("outline")})
    except ValidationError as error:
        raise ImportRefusedError(f"{file.path}: outline: {error.errors()[0]['msg']}") from error
