"""``bxl publish`` and ``bxl rollback`` where no assistant runs, and what they print."""

from __future__ import annotations

import io
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.cli import console, paths, publishing
from services.cli.console import CommandError
from services.publishing import models
from services.publishing.standing import StandingFile


def make_model(path: Path, content: bytes = b"{}") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("metadata.json")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    models.record(path, datetime(2026, 11, 27, tzinfo=UTC))
    return path


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    for name, path in (("MODELS", "models"), ("PUBLISHING", "p"), ("STANDING", "p/s.json"), ("HISTORY", "p/h.jsonl")):
        monkeypatch.setattr(paths, name, tmp_path / path)
    monkeypatch.setenv("BXL_CALLER_DIR", str(tmp_path))
    for name in ("aaaa1111", "bbbb2222"):
        make_model(paths.MODELS / f"{name}.tar.gz")
    return tmp_path


def live():
    return StandingFile(paths.STANDING).read().live


def test_a_model_is_published_by_the_beginning_of_its_name_and_taken_back():
    publishing.publish("aaaa", who="Nadia", why="")
    publishing.publish("bbbb2222", who=None, why="")
    assert live() == "bbbb2222"
    publishing.rollback(who="Jan", why="")
    assert live() == "aaaa1111"
    with pytest.raises(CommandError, match="no model to go back to"):
        publishing.rollback(who="Jan", why="")


def test_a_model_from_elsewhere_is_brought_home_so_that_it_cannot_go_away(folder):
    elsewhere = make_model(folder / "elsewhere" / "cccc3333.tar.gz")
    publishing.publish("elsewhere/cccc3333.tar.gz", who="Nadia", why="")
    elsewhere.unlink()
    assert live() == "cccc3333"
    assert models.as_recorded(paths.MODELS / "cccc3333.tar.gz")


def test_another_model_of_a_name_that_is_taken_is_refused(folder):
    make_model(folder / "elsewhere" / "aaaa1111.tar.gz", b'{"other": 1}')
    with pytest.raises(CommandError, match="another model called aaaa1111"):
        publishing.publish("elsewhere/aaaa1111.tar.gz", who="Nadia", why="")
    assert live() is None


@pytest.mark.parametrize(("called", "said"), [("zzzz", "There is no model zzzz"), ("aaaa", "was damaged or replaced")])
def test_what_cannot_be_published_is_said_in_words_for_people(called, said):
    (paths.MODELS / "aaaa1111.tar.gz").write_bytes(b"x")
    with pytest.raises(CommandError, match=said):
        publishing.publish(called, who="Nadia", why="")
    assert live() is None


def test_the_history_shows_who_did_what_and_why(monkeypatch):
    publishing.publish("aaaa", who="Nadia", why="« [rue] Blaes »")
    monkeypatch.setattr(console.output, "file", out := io.StringIO())
    publishing.show()
    line = out.getvalue().splitlines()[1]
    assert all(part in line for part in ("Nadia", "publish", "aaaa1111", "« [rue] Blaes »", "live"))


def test_nothing_in_the_history_is_said_too(monkeypatch):
    monkeypatch.setattr(console.output, "file", out := io.StringIO())
    publishing.show()
    assert "Nothing was ever published" in out.getvalue()
