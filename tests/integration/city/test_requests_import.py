"""What can be requested, from the files to the tables: what is taken, what is left out, what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fastapi import FastAPI

from services.importers.base import ImportRefusedError
from services.importers.requests import RequestsImporter
from tests.integration.city.conftest import SAMPLE, Client, SettableClock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE / "requests", tmp_path / "requests"))


def change(folder: Path, name: str, written: str, instead: str) -> int:
    """Change a file, and return the line of the change."""
    path = folder / name
    content = path.read_text(encoding="utf-8")
    assert written in content
    path.write_text(content.replace(written, instead, 1), encoding="utf-8")
    return content[: content.index(written)].count("\n") + 1


def test_the_sample_has_no_problem(app: FastAPI, clock: SettableClock) -> None:
    report = RequestsImporter().run(app.state.engine, SAMPLE / "requests", clock)
    assert report.problems == []
    assert report.counts == {"services": 26, "stages": 8, "categories": 47}


@pytest.mark.parametrize(
    ("change_to", "reason"),
    [
        pytest.param(("- code: traffic_light", "- code: street_light"), "second service", id="a code twice"),
        pytest.param(("- code: traffic_light", "- code: Traffic"), "code:", id="no code"),
        pytest.param(
            ("alike: [litter_bin, road_sign]", "alike: [bin]"), "alike: there is no service 'bin'", id="alike"
        ),
        pytest.param(("datatype: singlevaluelist", "datatype: list"), "attributes.0.datatype", id="no data type"),
        pytest.param(("datatype: singlevaluelist", "datatype: string"), "attributes.0", id="values of no list"),
    ],
)
def test_a_fault_is_named_and_the_rest_taken(
    app: FastAPI, clock: SettableClock, folder: Path, change_to: tuple[str, str], reason: str
) -> None:
    change(folder, "services.yml", *change_to)
    report = RequestsImporter().run(app.state.engine, folder, clock)
    (problem,) = [each for each in report.problems if each["file"] == "services.yml"]
    assert problem["reason"].startswith(reason)
    assert report.counts["services"] >= 25


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        pytest.param(("stages.yml", "id: withdrawn", "id: gone"), "no stage withdrawn", id="a stage missing"),
        pytest.param(("region.yml", "[50.9160, 4.3960]", "[50.9160]"), "outline", id="half a point"),
        pytest.param(("region.yml", "outline:", "border:"), "outline", id="no outline"),
        pytest.param(("services.yml", "services:", "service:"), "no list under 'services'", id="no services"),
    ],
)
def test_what_everything_hangs_on_is_refused_and_the_old_version_stays(
    app: FastAPI, client: Client, folder: Path, broken: tuple[str, str, str], reason: str
) -> None:
    clock = app.state.clock
    RequestsImporter().run(app.state.engine, SAMPLE / "requests", clock)
    change(folder, *broken)
    with pytest.raises(ImportRefusedError, match=reason):
        RequestsImporter().run(app.state.engine, folder, clock)
    assert client.get("/v1/requests/services").json()["total"] == 26


def test_a_new_version_is_seen_at_once(app: FastAPI, client: Client, clock: SettableClock, folder: Path) -> None:
    RequestsImporter().run(app.state.engine, SAMPLE / "requests", clock)
    assert client.get("/v1/requests/services").json()["items"][0]["working_days"] == 10
    change(folder, "services.yml", "working_days: 10", "working_days: 9")
    RequestsImporter().run(app.state.engine, folder, clock)
    assert client.get("/v1/requests/services").json()["items"][0]["working_days"] == 9
