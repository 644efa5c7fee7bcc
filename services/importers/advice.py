"""Advice on permits: a folder of YAML files, one decision table each, and ``common.yml`` with what they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from sqlalchemy import Engine, insert

from kit.clock import Clock
from kit.languages import LANGUAGES
from kit.text import fold
from services.city.core.datasets import ImportReport, Origin
from services.city.models.permits import ProjectRecord
from services.city.permits.advice import facts as facts_module
from services.city.permits.advice.facts import ProjectFacts
from services.city.permits.advice.table import faults, laid_out
from services.importers import advice_files
from services.importers.advice_files import Common, whole
from services.importers.base import ImportRefusedError, Progress, new_version, silent, stated_origin
from services.importers.checksums import checksum, remember, unchanged
from services.importers.documents import line_of, read_yaml

_COMMON: Final = "common.yml"
_ORIGIN: Final = "origin.yml"
_CODE: Final = tuple(Path(str(each)) for each in (__file__, facts_module.__file__, advice_files.__file__))


class AdviceImporter:
    """Brings the tables in, each checked to decide every case."""

    name = "advice"

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
        """Import the folder's ``*.yml``; see ``services.importers.base.Importer``.

        A table is left out, its faults named by file and line, where it is not well formed, does not decide some
        combination of answers, or holds a row or a question that can never matter.
        """
        if not path.is_dir():
            raise ImportRefusedError(f"{path}: not a folder of decision tables")
        origin = stated_origin(path, Origin(feed or self.name, "permits", "Advice on permits"))
        sha256 = checksum(path.glob("*.yml"), _CODE)
        known = None if force else unchanged(engine, origin.feed, sha256)
        if known is not None:
            return known
        common = _common(path / _COMMON)
        files = [file for file in sorted(path.glob("*.yml")) if file.name not in (_ORIGIN, _COMMON)]
        with new_version(engine, origin, clock, compare=("projects",), force=force) as version:
            remember(version, sha256)
            found = list(_sound(_read(files, common, version.report), version.report))
            rows = [
                {"dataset_id": version.id, "project_id": each.id, "body": each.model_dump(mode="json")}
                for each in found
            ]
            if rows:
                version.session.execute(insert(ProjectRecord), rows)
            version.report.counts = {"projects": len(found), "rows": sum(len(each.rows) for each in found)}
            version.valid_from = min((each.valid_from for each in found), default=None)
            progress(f"{len(found)} decision tables")
        return version.report


def _common(path: Path) -> Common:
    """Return what the tables share; without it none of them can be read."""
    file = read_yaml(path)
    try:
        return Common.model_validate(file.content)
    except ValidationError as error:
        fault = error.errors()[0]
        raise ImportRefusedError(
            f"{path}:{line_of(file, fault['loc'])}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}"
        ) from error


def _read(files: Iterable[Path], common: Common, report: ImportReport) -> Iterator[tuple[Path, ProjectFacts]]:
    for path in files:
        try:
            file = read_yaml(path)
        except ImportRefusedError as error:
            report.problem(path.name, None, str(error).removeprefix(str(path)).lstrip(": "))
            continue
        try:
            facts = whole(file.content, common)
        except ValidationError as error:
            for fault in error.errors():
                field = ".".join(map(str, fault["loc"])) or "the table"
                report.problem(path.name, line_of(file, fault["loc"]), f"{field}: {fault['msg']}")
            continue
        if facts.id == path.stem:
            yield path, facts
        else:
            report.problem(path.name, line_of(file, ("id",)), f"id: {facts.id!r} is not the file's name")


def _sound(projects: Iterable[tuple[Path, ProjectFacts]], report: ImportReport) -> Iterator[ProjectFacts]:
    """Leave out a table that does not decide, and one that goes by another's name."""
    owners: dict[str, str] = {}
    for path, facts in projects:
        table, _ = laid_out(facts)
        names = {
            fold(name) for language in LANGUAGES for name in (facts.names.to(language), *facts.aliases.to(language))
        }
        wrong = faults(table) + [f"{name!r} belongs to {owners[name]}" for name in sorted(names) if name in owners]
        for reason in wrong:
            report.problem(path.name, None, reason)
        if not wrong:
            owners.update(dict.fromkeys(names, facts.id))
            yield facts
