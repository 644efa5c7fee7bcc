"""The report as one HTML page that needs nothing else: no script, no network, plots as SVG with their tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evaluation import calibration, charts, tables
from evaluation.result import Result
from evaluation.thresholds import Thresholds
from kit.languages import LANGUAGES

_TEMPLATES = Path(__file__).resolve().parent / "templates"


def render(result: Result, thresholds: Thresholds, failures: Sequence[str]) -> str:
    """Return the page."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2").render(
        result=result,
        thresholds=thresholds,
        failures=failures,
        languages=LANGUAGES,
        charts=charts,
        tables=tables,
        calibration_error=calibration.expected_error(result.reliability),
        style=(_TEMPLATES / "report.css").read_text(encoding="utf-8"),
    )
