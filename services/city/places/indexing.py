"""Keeps one index of names a database, made anew when an import switches a feed to a new version."""

from __future__ import annotations

import threading
from collections.abc import Callable
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.city.models.places import Place
from services.city.places import repository
from services.city.places.ids import parse_street
from services.city.places.index import Known, PlaceIndex
from services.city.places.spelling import spell

_lock = threading.Lock()
_made: WeakKeyDictionary[Engine, tuple[object, PlaceIndex]] = WeakKeyDictionary()


def current(session: Session) -> PlaceIndex:
    """Return the index of the datasets in use, made now where they have changed."""
    engine = session.get_bind()
    if not isinstance(engine, Engine):
        engine = engine.engine
    version = repository.version(session)
    made = _made.get(engine)
    if made is None or made[0] != version:
        with _lock:
            made = _made.get(engine)
            if made is None or made[0] != version:
                made = version, _make(session)
                _made[engine] = made
    return made[1]


def warm(sessions: Callable[[], Session]) -> None:
    """Make the index ready."""
    with sessions() as session:
        current(session)


def known(place: Place) -> Known:
    """Return a stored place as the index holds it."""
    return Known(
        place_id=place.place_id,
        kind=place.kind,
        name_fr=place.name_fr,
        name_nl=place.name_nl,
        lat=place.lat,
        lon=place.lon,
        cell=place.cell,
        commune_ids=tuple(place.commune_ids),
        postcodes=tuple(place.postcodes),
        weight=place.weight,
        street=parse_street(place.place_id),
        dataset_id=place.dataset_id,
    )


def _make(session: Session) -> PlaceIndex:
    # Two feeds may hold one id; the newest dataset's is the one that a look-up by id finds.
    stored = sorted(repository.places(session), key=lambda place: place.dataset_id)
    places = {place.place_id: known(place) for place in stored}
    names = [
        (place, spell(folded), alias, language)
        for dataset_id, place_id, _, folded, language, alias in repository.names(session)
        if (place := places.get(place_id)) is not None and place.dataset_id == dataset_id
    ]
    return PlaceIndex(places.values(), names)
