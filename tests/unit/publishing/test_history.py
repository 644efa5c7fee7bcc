"""What went live is written down, line by line, and read again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.publishing.errors import PublishingError
from services.publishing.history import History

AT = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)


@pytest.fixture
def history(tmp_path):
    return History(tmp_path / "publishing" / "history.jsonl")


def begin(history, model="b", what="publish"):
    return history.begin(AT, what, model, "a", who="Nadia", why="« la rue Blaes »")


def test_nothing_was_published_yet(history):
    assert history.entries() == []


def test_who_did_what_why_when_and_how_it_ended_is_read_the_latest_first(history):
    history.end(begin(history), AT, "live")
    history.end(begin(history, "c"), AT, "refused", "the disk is full")
    begin(history, "a", "rollback")
    found = [(each.what, each.model, each.outcome, each.said) for each in history.entries()]
    assert found == [
        ("rollback", "a", "cut off", ""),
        ("publish", "c", "refused", "the disk is full"),
        ("publish", "b", "live", ""),
    ]
    first = history.entries()[-1]
    assert (first.who, first.why, first.at, first.before) == ("Nadia", "« la rue Blaes »", AT.isoformat(), "a")


@pytest.mark.parametrize("broken", ["{", "[]", "no json", '{"id": 1}', '{"at": "x"}'])
def test_a_line_that_cannot_be_read_hides_no_other(history, broken):
    history.end(begin(history), AT, "live")
    with history.path.open("a") as file:
        file.write(broken)
    history.end(begin(history, "c"), AT, "live")
    assert [each.model for each in history.entries()] == ["c", "b"]


def test_a_full_disk_is_said(history):
    history.path.parent.mkdir()
    history.path.symlink_to("/dev/full")
    with pytest.raises(PublishingError) as error:
        begin(history)
    assert error.value.code == "disk_full"
