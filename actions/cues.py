"""Words that tell what a text is about, read from a file of lists: label to cues.

Cues are folded; "*" at the end of one leaves the end of the word open.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

import yaml

from kit.text import fold


def labels_in(written: str, file: Path) -> list[str]:
    """Return the labels whose cues are in a text, in the file's order; the file is read on the first call."""
    text = f" {fold(written)} "
    return [label for label, cues in _read(file).items() if any(_is_in(cue, text) for cue in cues)]


def last_label_in(written: str, file: Path, labels: Collection[str]) -> str | None:
    """Return which of some labels has the cue that comes last in a text, or None."""
    text = f" {fold(written)} "
    places = {
        label: max(text.rfind(f" {cue[:-1]}" if cue.endswith("*") else f" {cue} ") for cue in cues)
        for label, cues in _read(file).items()
        if label in labels
    }
    last = max(places, key=lambda label: places[label], default=None)
    return last if last is not None and places[last] >= 0 else None


def _is_in(cue: str, text: str) -> bool:
    return f" {cue[:-1]}" in text if cue.endswith("*") else f" {cue} " in text


@cache
def _read(file: Path) -> dict[str, list[str]]:
    cues: dict[str, list[str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return cues
