"""Permit procedures, from the files to the tables: what is taken, what is left out, what is refused."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from services.city.core.datasets import ImportReport
from services.city.models.datasets import Dataset
from services.city.models.permits import ProcedureRecord
from services.importers.base import ImportRefusedError
from services.importers.communes import CommunesImporter
from services.importers.permits import PermitsImporter
from tests.integration.city.conftest import SAMPLE, SettableClock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of three procedures of the sample."""
    folder = tmp_path / "permits"
    folder.mkdir()
    for name in ("event", "planning", "sign"):
        (folder / f"{name}.yml").write_bytes((SAMPLE / "permits" / f"{name}.yml").read_bytes())
    return folder


def brought_in(app: FastAPI, path: Path, **options: Any) -> ImportReport:
    return PermitsImporter().run(app.state.engine, path, app.state.clock, **options)


def stored(app: FastAPI) -> list[str]:
    with app.state.sessions() as session:
        return sorted(session.scalars(select(ProcedureRecord.procedure_id)))


def change(folder: Path, name: str, written: str, instead: str) -> int:
    """Change a file, and return the line of the change."""
    path = folder / f"{name}.yml"
    text = path.read_text(encoding="utf-8")
    assert written in text
    path.write_text(text.replace(written, instead, 1), encoding="utf-8")
    return text[: text.index(written)].count("\n") + 1


def test_the_sample_has_no_problem(app: FastAPI, clock: SettableClock) -> None:
    CommunesImporter().run(app.state.engine, SAMPLE / "communes", clock)
    report = brought_in(app, SAMPLE / "permits")
    assert report.problems == []
    assert report.counts == {"procedures": 12, "exceptions by commune": 7}


def test_the_same_files_again_change_nothing(app: FastAPI, clock: SettableClock, folder: Path) -> None:
    first = brought_in(app, folder)
    clock.at = datetime.fromisoformat("2026-11-24T09:00:00+01:00")
    assert brought_in(app, folder) == first
    with app.state.sessions() as session:
        assert session.scalars(select(Dataset)).one().imported_at.day == 23
    change(folder, "sign", "owner: permits", "owner: signs")
    brought_in(app, folder)
    with app.state.sessions() as session:
        assert session.scalars(select(Dataset)).one().imported_at.day == 24


@pytest.mark.parametrize(
    ("written", "instead", "reason"),
    [
        pytest.param("valid_from: 2026-01-01", "valid_from: soon", "valid_from", id="not a date"),
        pytest.param("source_url: http", "source_url: ttp", "source_url", id="not an address"),
        pytest.param("varies_by_commune: [cost,", "varies_by_commune: [price,", "varies_by_commune.0", id="no facet"),
        pytest.param("id: sign", "id: signs", "id: 'signs' is not the file's name", id="another id"),
    ],
)
def test_a_fault_is_named_by_file_line_and_field(
    app: FastAPI, folder: Path, written: str, instead: str, reason: str
) -> None:
    line = change(folder, "sign", written, instead)
    (problem,) = brought_in(app, folder).problems
    assert (problem["file"], problem["line"]) == ("sign.yml", line)
    assert problem["reason"].startswith(reason)
    assert stored(app) == ["event", "planning"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"id: [", "not YAML", id="broken YAML"),
        pytest.param(b"id: \xff", "not UTF-8", id="broken UTF-8"),
        pytest.param(b"- 1", "not a mapping", id="a list"),
        pytest.param(b"", "not a mapping", id="empty"),
    ],
)
def test_an_unreadable_file_is_named_and_the_rest_taken(
    app: FastAPI, folder: Path, content: bytes, reason: str
) -> None:
    (folder / "sign.yml").write_bytes(content)
    (problem,) = brought_in(app, folder).problems
    assert problem["file"] == "sign.yml"
    assert reason in problem["reason"]
    assert stored(app) == ["event", "planning"]


def test_every_fault_of_a_file_is_named(app: FastAPI, folder: Path) -> None:
    change(folder, "sign", "owner: permits\n", "")
    change(folder, "sign", "sample: true", "sample: perhaps")
    reasons = [problem["reason"] for problem in brought_in(app, folder).problems]
    assert [reason.partition(":")[0] for reason in reasons] == ["sample", "owner"]


def test_an_alias_belongs_to_one_procedure(app: FastAPI, folder: Path) -> None:
    change(folder, "sign", "aliases:\n  fr: [", "aliases:\n  fr: [Permis de BÂTIR, ")
    (problem,) = brought_in(app, folder).problems
    assert (problem["file"], problem["reason"]) == ("sign.yml", "aliases.fr: 'permis de batir' belongs to planning")
    assert stored(app) == ["event", "planning"]


def test_an_exception_is_for_a_commune_that_exists(app: FastAPI, folder: Path, clock: SettableClock) -> None:
    CommunesImporter().run(app.state.engine, SAMPLE / "communes", clock)
    change(folder, "event", "  uccle:", "  ukkel:")
    (problem,) = brought_in(app, folder).problems
    assert (problem["file"], problem["reason"]) == ("event.yml", "communes.ukkel: no such commune")
    assert stored(app) == ["planning", "sign"]


def test_less_than_half_is_refused_and_the_old_version_stays(app: FastAPI, folder: Path) -> None:
    brought_in(app, folder)
    for name in ("event", "sign"):
        (folder / f"{name}.yml").unlink()
    with pytest.raises(ImportRefusedError, match="less than half"):
        brought_in(app, folder)
    assert stored(app) == ["event", "planning", "sign"]


@pytest.mark.parametrize("missing", [True, False])
def test_a_folder_without_procedures_is_refused(app: FastAPI, tmp_path: Path, missing: bool) -> None:
    path = tmp_path / "none"
    if not missing:
        path.mkdir()
    with pytest.raises(ImportRefusedError, match="not a folder of procedures" if missing else "no procedures"):
        brought_in(app, path)
