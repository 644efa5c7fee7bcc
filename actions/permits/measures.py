"""Areas as people write them: "8 m²", "2 sur 3", "12 vierkante meter"."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

from kit.text import fold_characters


def area_m2(written: str, *, alone: bool = False) -> float | None:
    """Return the area that a text gives, from its two sides too; with ``alone`` a number without a unit is one."""
    text = fold_characters(written)
    patterns = _patterns()
    sides = patterns["sides"].search(text)
    if sides:
        return _number(sides[1]) * _number(sides[2])
    found = patterns["area"].search(text) or (patterns["alone"].search(text) if alone else None)
    return _number(found[1]) if found else None


def _number(written: str) -> float:
    return float(written.replace(",", "."))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    written: dict[str, str] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    number = written.pop("number")
    return {name: re.compile(pattern.replace("{number}", number)) for name, pattern in written.items()}
