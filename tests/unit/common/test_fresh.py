"""What is made of files follows them, and stays where they cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.common.fresh import LOOK_EVERY_S, Fresh


class Watch:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "number"
    path.write_text("1")
    return path


@pytest.fixture
def fresh(path: Path, watch: Watch) -> Fresh[int]:
    return Fresh(lambda: int(path.read_text()), lambda: [path], ValueError, watch)


def test_a_change_is_read_a_moment_later(fresh, path, watch):
    path.write_text("22")
    assert fresh.value == 1
    watch.at += LOOK_EVERY_S
    assert fresh.value == 22


def test_what_cannot_be_read_leaves_what_was_before(fresh, path, watch, caplog):
    path.write_text("many")
    watch.at += LOOK_EVERY_S
    assert fresh.value == 1
    assert "stays in use" in caplog.text
    path.write_text("333")
    watch.at += LOOK_EVERY_S
    assert fresh.value == 333


def test_the_first_reading_says_what_is_wrong(path):
    path.write_text("many")
    with pytest.raises(ValueError, match="many"):
        Fresh(lambda: int(path.read_text()), lambda: [path], ValueError)
