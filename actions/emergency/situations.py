"""From a resident's words to the kinds of help that fit, read from ``cues.yml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from kit.text import fold


def situations(written: str) -> list[str]:
    """Return the situations that a text speaks of, as the façade's contacts name them; the file's order."""
    text = f" {fold(written)} "
    return [situation for situation, cues in _cues().items() if any(_is_in(cue, text) for cue in cues)]


def _is_in(cue: str, text: str) -> bool:
    return f" {cue[:-1]}" in text if cue.endswith("*") else f" {cue} " in text


@cache
def _cues() -> dict[str, list[str]]:
    cues: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("cues.yml").read_text(encoding="utf-8"))
    return cues
