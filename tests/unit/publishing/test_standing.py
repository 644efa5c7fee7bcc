"""Which model is live, on the disk."""

from __future__ import annotations

import threading

import pytest

from services.publishing.errors import PublishingError
from services.publishing.standing import Standing, StandingFile


@pytest.fixture
def file(tmp_path):
    return StandingFile(tmp_path / "publishing" / "standing.json")


def test_nothing_was_ever_published(file):
    assert file.read() == Standing()
    assert (file.read().live, file.read().before) == (None, None)


def test_what_was_written_is_read(file):
    standing = Standing(("a",), "http://127.0.0.1:5005").with_published("b")
    file.write(standing)
    assert file.read() == standing
    assert (standing.live, standing.before) == ("b", "a")


def test_taking_back_goes_one_model_at_a_time():
    standing = Standing(("a",)).with_published("b").with_published("c")
    assert standing.taken_back().live == "b"
    assert standing.taken_back().taken_back().live == "a"
    assert standing.taken_back().taken_back().before is None


def test_so_many_can_be_gone_back_to():
    standing = Standing()
    for name in "abcdefg":
        standing = standing.with_published(name)
    assert standing.trail == tuple("cdefg")


def test_who_reads_while_it_is_replaced_finds_one_or_the_other(file):
    written = [Standing((str(number) * 200,), "http://127.0.0.1:1") for number in range(50)]
    file.write(written[0])
    read: set[str | None] = set()
    stop = threading.Event()

    def reading():
        while not stop.is_set():
            read.add(file.read().live)

    thread = threading.Thread(target=reading)
    thread.start()
    for each in written:
        file.write(each)
    stop.set()
    thread.join()
    assert read <= {each.live for each in written}


@pytest.mark.parametrize("content", ["", "{", "[]", '{"trail": 1}', "\x00\x01"])
def test_a_broken_file_is_said_and_left(file, content):
    file.path.parent.mkdir()
    file.path.write_text(content)
    with pytest.raises(PublishingError) as error:
        file.read()
    assert error.value.code == "standing_unreadable"
    assert file.path.read_text() == content


def test_a_full_disk_leaves_the_standing_as_it_was(file):
    before = Standing(("a",))
    file.write(before)
    file.path.with_name(".standing.json.partial").symlink_to("/dev/full")
    with pytest.raises(PublishingError) as error:
        file.write(Standing(("b",)))
    assert error.value.code == "disk_full"
    assert "The disk is full" in str(error.value)
    assert file.read() == before
    file.write(Standing(("b",)))
    assert file.read().live == "b"
