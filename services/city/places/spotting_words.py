"""The word lists of ``spotting.yml``, checked once when they are first asked for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict

_FILE: Final = Path(__file__).with_name("spotting.yml")


class SpottingWords(BaseModel):
    """What tells names from ordinary words; every word is folded."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cues: frozenset[str]
    stop_cues: frozenset[str]
    ordinary: frozenset[str]
    half_ordinary: frozenset[str]
    half_cues: frozenset[str]
    number_labels: tuple[str, ...]
    journeys: frozenset[str]
    units: frozenset[str]
    no_house_before: frozenset[str]


@lru_cache(maxsize=1)
def spotting_words() -> SpottingWords:
    """Return the word lists."""
    return SpottingWords.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
