"""What is said of the widget's visits, and what counts as missed."""

from __future__ import annotations

import pytest

from services.cli.benchmarks.widget import Visit, missed, rows


def visits(*pages_ms: float) -> list[Visit]:
    return [Visit(page_ms=each, widget_ms=each / 2, opened_ms=90, bytes=34_200) for each in pages_ms]


def test_the_median_and_the_slowest_visit_are_told_beside_the_target() -> None:
    first, *_, script = rows(visits(800, 900, 1200))
    assert (first.measured, first.target) == ("median 900 ms, most 1200 ms", "≤ 1 s")
    assert (script.measured, script.target) == ("34.2 kB", "≤ 40 kB")


@pytest.mark.parametrize(("pages_ms", "count"), [((900, 1000, 2000), 0), ((900, 1001, 1002), 1)])
def test_a_median_over_a_second_is_missed(pages_ms: tuple[float, ...], count: int) -> None:
    assert len(missed(visits(*pages_ms))) == count
