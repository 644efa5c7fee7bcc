"""What is found of a change before it is made: ``finding_<code>`` is its text on the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kit.languages import Language


@dataclass(frozen=True)
class Finding:
    """Something that is wrong, or that somebody has to look at and may confirm."""

    code: str
    level: Literal["wrong", "look"] = "wrong"
    language: Language | None = None
    params: dict[str, object] = field(default_factory=dict)
