"""Permit procedures: a folder of YAML files, one procedure each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from sqlalchemy import Engine, insert, select

from kit.clock import Clock
from kit.languages import LANGUAGES
from kit.text import fold
from services.city.core.datasets import ImportReport, Origin
from services.city.models.communes import CommuneRecord
from services.city.models.datasets import Dataset
from services.city.models.permits import ProcedureRecord
from services.city.permits import facts as facts_module
from services.city.permits.facts import ProcedureFacts
from services.importers.base import ImportRefusedError, Progress, Version, new_version, silent, stated_origin
from services.importers.checksums import checksum, remember, unchanged
from services.importers.documents import line_of, read_yaml

_ORIGIN: Final = "origin.yml"
_CODE: Final = (Path(__file__), Path(str(facts_module.__file__)))


class PermitsImporter:
    """Brings the procedures in, each checked as a whole."""

    name = "permits"

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

        The same files again change nothing, unless with ``force``. A procedure at fault is left out, each of its
        faults named by file, line and field.
        """
        if not path.is_dir():
            raise ImportRefusedError(f"{path}: not a folder of procedures")
        origin = stated_origin(path, Origin(feed or self.name, "permits", "Permit procedures"))
        sha256 = checksum(path.glob("*.yml"), _CODE)
        known = None if force else unchanged(engine, origin.feed, sha256)
        if known is not None:
            return known
        files = [file for file in sorted(path.glob("*.yml")) if file.name != _ORIGIN]
        with new_version(engine, origin, clock, compare=("procedures",), force=force) as version:
            remember(version, sha256)
            found = list(_sound(_read(files, version.report), version))
            rows = [
                {"dataset_id": version.id, "procedure_id": each.id, "body": each.model_dump(mode="json")}
                for each in found
            ]
            if rows:
                version.session.execute(insert(ProcedureRecord), rows)
            version.report.counts = {
                "procedures": len(found),
                "exceptions by commune": sum(len(each.communes) for each in found),
            }
            version.valid_from = min((each.valid_from for each in found), default=None)
            progress(f"{len(found)} procedures")
        return version.report


def _read(files: Iterable[Path], report: ImportReport) -> Iterator[tuple[Path, ProcedureFacts]]:
    """Yield each file's procedure; what is at fault becomes problems instead."""
    for path in files:
        try:
            file = read_yaml(path)
        except ImportRefusedError as error:
            report.problem(path.name, None, str(error).removeprefix(str(path)).lstrip(": "))
            continue
        try:
            facts = ProcedureFacts.model_validate(file.content)
        except ValidationError as error:
            for fault in error.errors():
                field = ".".join(map(str, fault["loc"])) or "the procedure"
                report.problem(path.name, line_of(file, fault["loc"]), f"{field}: {fault['msg']}")
            continue
        if facts.id == path.stem:
            yield path, facts
        else:
            report.problem(path.name, line_of(file, ("id",)), f"id: {facts.id!r} is not the file's name")


def _sound(procedures: Iterable[tuple[Path, ProcedureFacts]], version: Version) -> Iterator[ProcedureFacts]:
    """Leave out a procedure with another's alias, or with an exception for a commune that does not exist."""
    communes = set(
        version.session.scalars(
            select(CommuneRecord.slug)
            .join(Dataset, Dataset.id == CommuneRecord.dataset_id)
            .where(Dataset.status == "active")
        )
    )
    owners: dict[str, str] = {}
    for path, facts in procedures:
        names = [("names", fold(facts.names.to(language))) for language in LANGUAGES]
        names += [
            (f"aliases.{language}", fold(alias)) for language in LANGUAGES for alias in facts.aliases.to(language)
        ]
        taken = [f"{field}: {name!r} belongs to {owners[name]}" for field, name in names if name in owners]
        unknown = [f"communes.{slug}: no such commune" for slug in facts.communes if communes and slug not in communes]
        for reason in dict.fromkeys([*taken, *unknown]):
            version.report.problem(path.name, None, reason)
        if not taken and not unknown:
            owners.update({name: facts.id for _, name in names})
            yield facts
