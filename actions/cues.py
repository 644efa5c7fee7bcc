"""Words that tell what a text is about, read from a file of lists: label to cues.

Cues are folded; "*" at the end of one leaves the end of the word open.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path

import yaml

from kit.text import fold


def labels_in(written: str, file: Path) -> list[str]:
    """Return the labels whose cues are in a text, in the file's order; the file is read on the first call."""
    text = f" {fold(written)} "
    return [label for label, cues in _read(file).items() if any(_is_in(cue, text) for cue in cues)]


def is_one_of(written: str, file: Path, label: str) -> bool:
    """Tell whether a text is one of a label's cues and nothing more."""
    return fold(written) in _read(file)[label]


def has_only(written: str, file: Path, label: str) -> bool:
    """Tell whether a text has but words that are cues of a label."""
    return set(fold(written).split()) <= set(_read(file)[label])


def last_label_in(written: str, file: Path, labels: Collection[str]) -> str | None:
    """Return which of some labels has the cue that comes last in a text, or None."""
    text = f" {fold(written)} "
    places = _places(file, labels, text.rfind)
    return max(places, key=lambda label: max(places[label]), default=None)


def first_label_in(written: str, file: Path, labels: Collection[str]) -> str | None:
    """Return which of some labels has the cue that comes first in a text, or None."""
    text = f" {fold(written)} "
    places = _places(file, labels, text.find)
    return min(places, key=lambda label: min(places[label]), default=None)


def _places(file: Path, labels: Collection[str], find: Callable[[str], int]) -> dict[str, list[int]]:
    """Return where the cues of some labels are, of those that are there."""
    found: dict[str, list[int]] = {}
    for label, cues in _read(file).items():
        places = [find(f" {cue[:-1]}" if cue.endswith("*") else f" {cue} ") for cue in cues]
        if label in labels and max(places) >= 0:
            found[label] = [place for place in places if place >= 0]
    return found


def _is_in(cue: str, text: str) -> bool:
    return f" {cue[:-1]}" in text if cue.endswith("*") else f" {cue} " in text


@cache
def _read(file: Path) -> dict[str, list[str]]:
    cues: dict[str, list[str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return cues
