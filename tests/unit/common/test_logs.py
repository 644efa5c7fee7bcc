"""Whatever is logged, what looks like personal data is masked in it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from services.common.logs import mask_personal_data


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    before = logging.getLogRecordFactory()
    mask_personal_data()
    mask_personal_data()
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    log = logging.getLogger("some.library")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield out
    log.removeHandler(handler)
    logging.setLogRecordFactory(before)


@pytest.mark.parametrize(
    "words", ["ann@example.org", "0470 12 34 56", "BE68 5390 0754 7034", "85.07.30-033 28", "4111 1111 1111 1111"]
)
def test_personal_data_is_masked_in_messages_arguments_and_errors(written: io.StringIO, words: str) -> None:
    log = logging.getLogger("some.library")
    log.info("said: " + words)
    log.info("said: %s", words)
    try:
        raise ValueError(f"cannot read {words}")
    except ValueError:
        log.exception("failed")
    assert words not in written.getvalue()
    assert written.getvalue().count("said: [") == 2
    assert "ValueError: cannot read [" in written.getvalue()


def test_other_messages_stay_as_they_are(written: io.StringIO) -> None:
    logging.getLogger("some.library").info("%s %d in %.1f ms", "GET /v1/lines/81", 200, 12.345)
    assert written.getvalue() == "GET /v1/lines/81 200 in 12.3 ms\n"
