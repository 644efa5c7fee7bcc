"""What is offered as choices about procedures, read once from ``common.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Offers:
    """Ids of procedures, of facets and of works, those asked for most first."""

    procedures: tuple[str, ...]
    facets: tuple[str, ...]
    #: Works that residents ask about most, by the ids of the façade's advice.
    projects: tuple[str, ...]


@cache
def offers() -> Offers:
    """Return the offers; the file is read on the first call."""
    data = yaml.safe_load(Path(__file__).with_name("common.yml").read_text(encoding="utf-8"))
    return Offers(procedures=tuple(data["offered"]), facets=tuple(data["facets"]), projects=tuple(data["projects"]))
