"""How long things are kept is read from a file, or the process does not start."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from services.city import upkeep
from services.city.core.idempotency import KEPT
from services.common.retention import FILE, RetentionError, kinds, read
from services.desk import keeping as desk
from services.gateway.conversations import keeping
from services.telegram.settings import TelegramSettings

GOOD = "kinds:\n  photo: {hours: 48, after: it came, why: to be sent}\n"


def test_hours_become_spans_of_time(tmp_path: Path) -> None:
    path = tmp_path / "retention.yml"
    path.write_text(GOOD)
    assert read(path, ["photo"]) == {"photo": timedelta(days=2)}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No such file"),
        ("kinds: {}", "missing photo"),
        (GOOD.replace("48", "-1"), "greater than or equal"),
        (GOOD.replace(", why: to be sent", ""), "why"),
        (GOOD + "more: 1", "more"),
        ("kinds: [", "kinds"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_reason(tmp_path: Path, content: str | None, said: str) -> None:
    path = tmp_path / "retention.yml"
    if content is not None:
        path.write_text(content)
    with pytest.raises(RetentionError, match=said) as refused:
        read(path, ["photo"])
    assert str(path) in str(refused.value)


def test_every_kind_of_the_project_s_file_is_deleted_by_one_of_the_jobs() -> None:
    assert set(kinds(FILE)) == {*keeping.KINDS, *upkeep.KINDS, *desk.KINDS, "telegram_memory"}


def test_the_telegram_channel_remembers_as_long_as_the_file_says() -> None:
    assert TelegramSettings.model_fields["remember_h"].default == kinds(FILE)["telegram_memory"].hours


def test_the_facade_promises_retries_as_long_as_it_keeps_the_answers() -> None:
    assert read(FILE, ["answer_for_retry"]) == {"answer_for_retry": KEPT}
