"""Which stop place is meant by an id, and what there is to suggest where none is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy.orm import Session

from kit.text import fold
from services.city.core.errors import NotFoundError
from services.city.models.transport import StopPlace
from services.city.transport import repository, words
from services.city.transport.wording import STOP_PREFIX, stop_ref

_SUGGESTIONS: Final = 5
_LONGEST_ID: Final = 200


def the_stop(session: Session, stop_id: str) -> list[StopPlace]:
    """Return a stop place, as each feed that has it knows it, by its id, its slug or the feed's own stop id.

    Raises NotFoundError ``stop_not_found`` with the stops of the most similar names.
    """
    slug = stop_id.removeprefix(STOP_PREFIX).replace("\0", "")[:_LONGEST_ID]  # no database takes a NUL in a text
    found = repository.stop_places(session, slug)
    if not found:
        of_platform = repository.slug_of_platform(session, slug)
        found = repository.stop_places(session, of_platform) if of_platform else []
    if not found:
        suggestions = [
            stop_ref(place).model_dump(mode="json", include={"id", "kind", "name", "commune"})
            for place in alike(repository.all_stop_places(session), slug, _SUGGESTIONS)
        ]
        raise NotFoundError("stop_not_found", f"There is no stop {stop_id[:80]!r}.", suggestions)
    return found


def search(places: Sequence[StopPlace], query: str) -> list[StopPlace]:
    """Return the stop places that fit a text: the very name, then names that start with it, hold it, are like it."""
    wanted = fold(query)
    if not wanted:
        return []
    tiers: tuple[list[StopPlace], ...] = ([], [], [])
    for place in places:
        names = (place.folded_fr, place.folded_nl)
        if wanted in names:
            tiers[0].append(place)
        elif any(name.startswith(wanted) for name in names):
            tiers[1].append(place)
        elif any(f" {wanted}" in name for name in names):
            tiers[2].append(place)
    found = [place for tier in tiers for place in tier]
    return found or alike(places, query, _SUGGESTIONS)


def alike(places: Sequence[StopPlace], written: str, most: int) -> list[StopPlace]:
    """Return the stop places of the most similar names, best first."""
    # Reversed, so that of one name the busiest place is the one that stays.
    by_name = {name: place.id for place in reversed(places) for name in (place.folded_fr, place.folded_nl)}
    by_id = {place.id: place for place in places}
    return [by_id[key] for key in words.most_alike(written, by_name, most)]


def one_a_slug(places: Sequence[StopPlace]) -> list[StopPlace]:
    """Return the places, those that several feeds share once."""
    found: dict[str, StopPlace] = {}
    for place in places:
        found.setdefault(place.slug, place)
    return list(found.values())
