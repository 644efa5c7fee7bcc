"""The sample city is imported whole: no line of it is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.clock import clock_from_environment
from services.city.core.database import make_engine
from services.cli import paths
from services.importers.registry import IMPORTERS, SAMPLE, upgrade


def test_every_part_is_imported_without_a_problem(tmp_path: Path, subtests: pytest.Subtests) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'city.db'}")
    upgrade(engine)
    for name, path in SAMPLE.items():
        with subtests.test(name):
            report = IMPORTERS[name].run(engine, paths.SAMPLE_CITY / path, clock_from_environment())
            assert report.problems == []
            assert sum(report.counts.values()) > 0
    engine.dispose()
