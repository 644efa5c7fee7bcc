"""Models as files: found, recorded, and refused where they are not what was trained."""

from __future__ import annotations

import io
import os
import tarfile
from datetime import UTC, datetime

import pytest

from services.publishing import models
from services.publishing.errors import PublishingError

AT = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)


def pack(path, files, *, kind=tarfile.REGTYPE):
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.type = len(content), kind
            archive.addfile(member, io.BytesIO(content))
    return path


@pytest.fixture
def model(tmp_path):
    path = pack(tmp_path / "0123456789abcdef.tar.gz", {"./metadata.json": b"{}", "components/a/b": os.urandom(50_000)})
    models.record(path, AT)
    return path


def test_a_model_as_it_was_trained_is_sound(model):
    found = models.checked(model)
    assert (found.name, found.unpacked_bytes) == ("0123456789abcdef", 50_002)
    assert found.sha256 == models.digest(model)
    assert models.as_recorded(model)


def refusal(path):
    with pytest.raises(PublishingError) as error:
        models.checked(path)
    assert not models.as_recorded(path) or error.value.code == "model_unreadable"
    return error.value


def test_a_byte_that_changed_is_found(model):
    content = bytearray(model.read_bytes())
    content[len(content) // 2] ^= 1
    model.write_bytes(content)
    assert refusal(model).code == "model_changed"


def test_a_model_that_nobody_recorded_is_not_trusted(model):
    models.record_of(model).unlink()
    assert refusal(model).code == "model_unrecorded"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"sha256": 1}', "\x00"])
def test_a_record_that_says_nothing_is_none(model, content):
    models.record_of(model).write_text(content)
    assert refusal(model).code == "model_unrecorded"


@pytest.mark.parametrize("cut", [0, 1, 10, 1000, -1, -9])
def test_a_file_that_was_cut_off_before_it_was_recorded_cannot_be_read(model, cut):
    model.write_bytes(model.read_bytes()[:cut])
    models.record(model, AT)
    assert refusal(model).code == "model_unreadable"


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({"something.txt": b"x"}, tarfile.REGTYPE),
        ({"metadata.json": b"{}", "../outside": b"x"}, tarfile.REGTYPE),
        ({"metadata.json": b"{}", "/outside": b"x"}, tarfile.REGTYPE),
        ({"metadata.json": b""}, tarfile.SYMTYPE),
    ],
    ids=["another archive", "a way out", "an absolute path", "a link"],
)
def test_an_archive_that_is_no_model_is_refused(tmp_path, files, kind):
    path = pack(tmp_path / "m.tar.gz", files, kind=kind)
    models.record(path, AT)
    assert refusal(path).code == "model_unreadable"


def test_what_is_not_there_is_said(tmp_path):
    assert refusal(tmp_path / "none.tar.gz").code == "model_missing"


def test_a_model_is_called_by_path_name_or_the_beginning_of_it(model, tmp_path):
    for called in (str(model), "0123456789abcdef", "0123"):
        assert models.find(called, tmp_path) == model


@pytest.mark.parametrize(
    ("called", "code"), [("012", "model_missing"), ("0123", "model_ambiguous"), ("x", "model_missing")]
)
def test_a_name_has_to_be_that_of_one_model(model, tmp_path, called, code):
    pack(tmp_path / "0123zzz.tar.gz", {})
    with pytest.raises(PublishingError) as error:
        models.find(called, tmp_path)
    assert error.value.code == code
    assert called in str(error.value)


def test_the_newest_comes_first(model, tmp_path):
    older = pack(tmp_path / "older.tar.gz", {})
    os.utime(older, (1, 1))
    assert models.every(tmp_path) == [model, older]
