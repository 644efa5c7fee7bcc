"""What is made ready at the start: all of it, also where one part fails, and the failure is logged."""

from __future__ import annotations

import pytest

from services.city.core import warming


def test_a_failure_is_logged_and_the_rest_is_made_ready(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def fail() -> None:
        raise OSError("no such file")

    warming.start({"names": lambda: done.append("names"), "maps": fail, "times": lambda: done.append("times")}).join(5)
    assert done == ["names", "times"]
    assert [record.getMessage() for record in caplog.records] == ["maps could not be made ready"]
