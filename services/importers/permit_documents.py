"""Documents about permits: the words for the stages of a dossier, and the planning desks."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pydantic import ValidationError
from sqlalchemy import Engine, insert

from kit.clock import Clock
from services.city.core.datasets import ImportReport, Origin
from services.city.models.permits import PermitDocument
from services.city.permits.appointments.facts import DeskFacts
from services.city.permits.dossiers.facts import Stage, StagesFacts
from services.importers.base import ImportRefusedError, Progress, new_version, silent, stated_origin
from services.importers.documents import each, line_of, read_yaml

_FILE: Final = "stages.yml"
_DESKS: Final = "desks.yml"


class StagesImporter:
    """Brings the words for stages in; all or nothing, since a stage without words could not be told."""

    name = "stages"

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
        """Import ``stages.yml``, or the one in a folder; see ``services.importers.base.Importer``.

        Raises ImportRefusedError, naming file and line, where anything in it is at fault or a stage has no words.
        """
        file = read_yaml(path / _FILE if path.is_dir() else path)
        try:
            facts = StagesFacts.model_validate(file.content)
        except ValidationError as error:
            fault = error.errors()[0]
            where = ".".join(map(str, fault["loc"]))
            raise ImportRefusedError(f"{file.path}:{line_of(file, fault['loc'])}: {where}: {fault['msg']}") from error
        missing = [each for each in Stage.__args__ if each not in facts.stages]  # type: ignore[attr-defined]
        if missing:
            raise ImportRefusedError(f"{file.path}: no words for the stages {', '.join(missing)}")
        origin = stated_origin(file.path, Origin(feed or self.name, "permits", "Stages of permit dossiers"))
        with new_version(engine, origin, clock, compare=("stages",), force=force) as version:
            row = {
                "dataset_id": version.id,
                "kind": "stages",
                "key": "stages",
                "body": facts.model_dump(mode="json"),
            }
            version.session.execute(insert(PermitDocument), [row])
            version.report.counts = {"stages": len(facts.stages)}
            version.valid_from = facts.valid_from
            progress(f"{len(facts.stages)} stages")
        return version.report


class DesksImporter:
    """Brings the planning desks in; appointments that were made stay as they are."""

    name = "desks"

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
        """Import ``desks.yml``, or the one in a folder; see ``services.importers.base.Importer``.

        A desk at fault, or a second one of a commune, is left out and named by its line.
        """
        file = read_yaml(path / _DESKS if path.is_dir() else path)
        origin = stated_origin(file.path, Origin(feed or self.name, "permits", "Planning desks"))
        with new_version(engine, origin, clock, compare=("desks",), force=force) as version:
            desks: dict[str, DeskFacts] = {}
            for desk, line in each(file, "desks", DeskFacts, version.report):
                if desk.commune in desks:
                    version.report.problem(file.path.name, line, f"second desk of {desk.commune}")
                else:
                    desks[desk.commune] = desk
            rows = [
                {"dataset_id": version.id, "kind": "desk", "key": key, "body": desk.model_dump(mode="json")}
                for key, desk in desks.items()
            ]
            if rows:
                version.session.execute(insert(PermitDocument), rows)
            version.report.counts = {"desks": len(rows)}
            version.valid_from = file.as_of
            progress(f"{len(rows)} desks")
        return version.report
