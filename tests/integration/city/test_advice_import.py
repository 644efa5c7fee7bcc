"""Decision tables, from the files to the database: what is left out, and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI

from services.city.core.datasets import ImportReport
from services.city.permits.advice import repository
from services.importers.advice import AdviceImporter
from services.importers.base import ImportRefusedError
from tests.integration.city.conftest import SAMPLE, SettableClock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of three tables of the sample."""
    folder = tmp_path / "advice"
    folder.mkdir()
    for name in ("common", "roof", "tree", "windows"):
        (folder / f"{name}.yml").write_bytes((SAMPLE / "permits" / "advice" / f"{name}.yml").read_bytes())
    return folder


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def run(app: FastAPI, folder: Path, clock: SettableClock) -> ImportReport:
    return AdviceImporter().run(app.state.engine, folder, clock)


def test_sound_tables_are_taken_and_the_same_files_again_change_nothing(
    app: FastAPI, folder: Path, clock: SettableClock
) -> None:
    first = run(app, folder, clock)
    assert (first.counts["projects"], first.problems) == (3, [])
    assert run(app, folder, clock).counts == first.counts


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        pytest.param(
            "  - when: {work: dormer}", "  - when: {work: dorner}", "work has no choice 'dorner'", id="choice"
        ),
        pytest.param("  - when: {work: dormer}", "  - when: {job: dormer}", "no question 'job'", id="question"),
        pytest.param("    use: protected", "    use: protekted", "common.yml has no 'protekted'", id="outcome"),
        pytest.param("step: planning", "step: planing", "common.yml has no 'planing'", id="step"),
        pytest.param("rules: [minor_works]", "rules: [major_works]", "common.yml has no 'major_works'", id="rule"),
        pytest.param("  - heritage\n", "  - inheritance\n", "common.yml has no 'inheritance'", id="shared question"),
        pytest.param('nl: "Wat doet u aan het dak?", ', "", "questions.0", id="a language is missing"),
        pytest.param("{heritage: [near, unknown]}", "{heritage: [protected]}", "is never reached", id="idle row"),
        pytest.param(
            "otherwise:\n  verdict: authority_decides", "otherwise:\n  verdict: exempt", "otherwise", id="guess"
        ),
        pytest.param("id: roof", "id: rooof", "'rooof' is not the file's name", id="another name"),
    ],
)
def test_a_faulty_table_is_left_out_and_named(
    *, app: FastAPI, folder: Path, clock: SettableClock, old: str, new: str, reason: str
) -> None:
    edit(folder, "roof.yml", old, new)
    report = run(app, folder, clock)
    assert report.counts["projects"] == 2
    assert {problem["file"] for problem in report.problems} == {"roof.yml"}
    assert any(reason in problem["reason"] for problem in report.problems)


def test_a_table_that_decides_nothing_for_some_answers_is_left_out(
    app: FastAPI, folder: Path, clock: SettableClock
) -> None:
    text = (folder / "roof.yml").read_text(encoding="utf-8")
    head, _, tail = text.partition("otherwise:")
    (folder / "roof.yml").write_text(head + tail[tail.index("owner:") :], encoding="utf-8")
    report = run(app, folder, clock)
    assert [problem["reason"] for problem in report.problems] == [
        "1 combinations end without an outcome, the first: work=window, heritage=not_protected"
    ]


def test_a_name_belongs_to_one_table(app: FastAPI, folder: Path, clock: SettableClock) -> None:
    edit(folder, "windows.yml", "fr: [châssis,", "fr: [châssis, lucarne,")
    report = run(app, folder, clock)
    assert [(problem["file"], problem["reason"]) for problem in report.problems] == [
        ("windows.yml", "'lucarne' belongs to roof")
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("common.yml", "rules: 1", id="common at fault"),
        pytest.param("common.yml", "", id="common empty"),
        pytest.param("roof.yml", None, id="half is gone"),
    ],
)
def test_what_would_break_the_advice_is_refused_and_the_old_tables_stay(
    app: FastAPI, folder: Path, clock: SettableClock, name: str, content: str | None
) -> None:
    run(app, folder, clock)
    if content is None:
        (folder / "roof.yml").unlink()
        (folder / "tree.yml").unlink()
    else:
        (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(ImportRefusedError):
        run(app, folder, clock)
    with app.state.sessions() as session:
        assert len(repository.projects(session)[0]) == 3
