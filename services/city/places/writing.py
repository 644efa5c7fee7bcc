"""How importers add places and their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import insert
from sqlalchemy.orm import Session

from kit.text import fold
from services.city.core.geo import cell
from services.city.models.places import Place, PlaceName

_BATCH = 2000


@dataclass(frozen=True)
class NewPlace:
    """A place to add. ``aliases`` are (name, language or None); the official names need not be among them."""

    place_id: str
    kind: str
    name_fr: str
    name_nl: str
    lat: float
    lon: float
    commune_ids: Sequence[str] = ()
    postcodes: Sequence[str] = ()
    aliases: Iterable[tuple[str, str | None]] = field(default=())
    weight: float = 0.0


def add_places(session: Session, dataset_id: int, places: Iterable[NewPlace]) -> int:
    """Add places with their folded names to a dataset that is being built; return how many."""
    count = 0
    remaining = iter(places)
    while batch := list(islice(remaining, _BATCH)):
        session.execute(insert(Place), [_place(dataset_id, place) for place in batch])
        session.execute(insert(PlaceName), [name for place in batch for name in _names(dataset_id, place)])
        count += len(batch)
    return count


def _place(dataset_id: int, place: NewPlace) -> dict[str, object]:
    return {
        "dataset_id": dataset_id,
        "place_id": place.place_id,
        "kind": place.kind,
        "name_fr": place.name_fr,
        "name_nl": place.name_nl,
        "commune_ids": list(place.commune_ids),
        "postcodes": list(place.postcodes),
        "lat": place.lat,
        "lon": place.lon,
        "cell": cell(place.lat, place.lon),
        "weight": place.weight,
    }


def _names(dataset_id: int, place: NewPlace) -> Iterable[dict[str, object]]:
    official: list[tuple[str, str | None, bool]] = [(place.name_fr, "fr", False), (place.name_nl, "nl", False)]
    seen: set[tuple[str, str | None]] = set()
    for name, language, alias in [*official, *((name, language, True) for name, language in place.aliases)]:
        folded = fold(name)
        # A name without a Latin letter or digit cannot be asked for, and would match everything.
        if folded and (folded, language) not in seen:
            seen.add((folded, language))
            yield {
                "dataset_id": dataset_id,
                "place_id": place.place_id,
                "name": name,
                "folded": folded,
                "language": language,
                "alias": alias,
            }
