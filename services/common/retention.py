"""How long each kind of personal data is kept: ``data/privacy/retention.yml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

FILE: Final = Path(__file__).resolve().parents[2] / "data" / "privacy" / "retention.yml"


class RetentionError(ValueError):
    """A file that cannot be used; the message names it and what is wrong."""


class Kind(BaseModel):
    """How long one kind is kept after what, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hours: float = Field(ge=0, le=100_000)
    after: str = Field(min_length=3)
    why: str = Field(min_length=3)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kinds: dict[str, Kind]


def kinds(path: Path) -> Mapping[str, Kind]:
    """Return all kinds by their names. Raises RetentionError."""
    try:
        return _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).kinds
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise RetentionError(f"{path}: {' '.join(str(error).split())}") from error


def read(path: Path, needed: Iterable[str]) -> Mapping[str, timedelta]:
    """Return how long the kinds that a process needs are kept. Raises RetentionError where one is missing."""
    found = kinds(path)
    missing = sorted(set(needed) - found.keys())
    if missing:
        raise RetentionError(f"{path}: missing {', '.join(missing)}")
    return {name: timedelta(hours=found[name].hours) for name in needed}
