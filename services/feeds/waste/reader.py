"""Reads ``rounds.jsonl``, a line at a time; a line at fault is named and passed over."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from services.feeds.waste.model import RoundsLine

#: Called with file, line and reason for each line that is passed over.
Report = Callable[[str, int | None, str], None]

_STREET: Final = re.compile(rb'"street_id"\s*:\s*"(\d{1,9})"')


class UnusableFeedError(Exception):
    """Nothing can be imported from this file; the message is a sentence for people."""


def read_rounds(path: Path, problem: Report, faulty_street: Callable[[int], None]) -> Iterator[tuple[int, RoundsLine]]:
    """Yield (line number, line); what is at fault goes to ``problem`` and, where it can be told, its street too.

    Raises UnusableFeedError where the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, start=1):
                if not raw.strip():
                    continue
                faults = _faults(raw)
                if isinstance(faults, RoundsLine):
                    yield number, faults
                    continue
                for fault in faults:
                    problem(path.name, number, fault)
                street = _STREET.search(raw)
                if street:
                    faulty_street(int(street[1]))
    except OSError as error:
        raise UnusableFeedError(f"{path}: cannot be read: {error.strerror}") from error


def _faults(raw: bytes) -> RoundsLine | list[str]:
    """Return the line, or what is wrong with it."""
    try:
        content = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        return [f"not UTF-8 (byte {error.start})"]
    except (json.JSONDecodeError, RecursionError) as error:
        return [f"not JSON: {error}"]
    try:
        return RoundsLine.model_validate(content)
    except ValidationError as error:
        return [_sentence(fault["loc"], fault["msg"]) for fault in error.errors()]


def _sentence(where: tuple[int | str, ...], reason: str) -> str:
    reason = reason.removeprefix("Value error, ")
    return f"{'.'.join(map(str, where))}: {reason}" if where else reason
