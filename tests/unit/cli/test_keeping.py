"""Which model ``bxl up`` starts: that of the present data, and once one was published, that one."""

from __future__ import annotations

import io
import tarfile
from datetime import UTC, datetime

import pytest

from services.cli import fingerprint, keeping, paths, prepare
from services.publishing import models
from services.publishing.errors import PublishingError
from services.publishing.standing import Standing, StandingFile


@pytest.fixture(autouse=True)
def model(tmp_path, monkeypatch):
    """Give a maker of models; the present data's is ``present``."""
    monkeypatch.setattr(paths, "MODELS", tmp_path)

    def make(name):
        path = tmp_path / f"{name}.tar.gz"
        with tarfile.open(path, "w:gz") as archive:
            member = tarfile.TarInfo("metadata.json")
            member.size = 2
            archive.addfile(member, io.BytesIO(b"{}"))
        models.record(path, datetime(2026, 11, 27, tzinfo=UTC))
        return path

    monkeypatch.setattr(fingerprint, "of_model_inputs", lambda: "present")
    monkeypatch.setattr(prepare, "model", lambda: make("present"))
    return make


@pytest.fixture
def file(tmp_path):
    return StandingFile(tmp_path / "publishing" / "standing.json")


def test_before_anything_was_published_it_is_that_of_the_present_data_each_time(file, model, monkeypatch):
    assert models.name_of(keeping.chosen(file)) == "present"
    assert file.read() == Standing(("present",))
    monkeypatch.setattr(prepare, "model", lambda: model("newer"))
    assert models.name_of(keeping.chosen(file)) == "newer"
    assert file.read() == Standing(("newer",))


def test_once_one_was_published_it_is_that_one_and_other_data_are_said(file, model, capsys):
    path = model("published")
    file.write(Standing(("old",)).with_published("published"))
    assert keeping.chosen(file) == path
    assert "the data have changed" in capsys.readouterr().err
    assert file.read().trail == ("old", "published")


def test_the_published_model_of_the_present_data_needs_no_word(file, model, capsys):
    model("present")
    file.write(Standing().with_published("present"))
    keeping.chosen(file)
    assert capsys.readouterr().err == ""


def test_a_published_model_that_was_damaged_is_not_started(file, model):
    model("published").write_bytes(b"x")
    file.write(Standing().with_published("published"))
    with pytest.raises(PublishingError) as error:
        keeping.chosen(file)
    assert error.value.code == "model_changed"


def test_a_published_model_that_is_gone_is_said(file):
    file.write(Standing().with_published("gone"))
    with pytest.raises(PublishingError) as error:
        keeping.chosen(file)
    assert error.value.code == "model_missing"
