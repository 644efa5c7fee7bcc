"""The commune that a request names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rapidfuzz import fuzz, process
from sqlalchemy.orm import Session

from kit.text import fold
from services.city.core.errors import NotFoundError
from services.city.core.schemas import Commune
from services.city.permits import repository

_SUGGESTIONS: Final = 3
_ALIKE: Final = 60.0


def find_commune(session: Session, written: str) -> Commune:
    """Return the commune of an id (``ixelles``, or the place's: ``commune:ixelles``).

    Raises NotFoundError ``commune_not_found`` with those of similar names.
    """
    communes = repository.communes(session)
    found = communes.get(written.removeprefix("commune:"))
    if found is None:
        detail = f"There is no commune {written[:80]!r}."
        raise NotFoundError("commune_not_found", detail, _similar(communes, written))
    return found


def _similar(communes: Mapping[str, Commune], written: str) -> list[Commune]:
    names = {fold(name): each for each in communes.values() for name in (each.name.fr, each.name.nl)}
    best = process.extract(fold(written[:80]), list(names), scorer=fuzz.ratio, limit=10, score_cutoff=_ALIKE)
    return list({names[name].id: names[name] for name, _, _ in best}.values())[:_SUGGESTIONS]
