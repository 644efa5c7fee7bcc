"""Groups a feed's platforms into the places that residents name: "Flagey", whichever side of the square.

Platforms with one parent station are one place; so are stations and lone platforms of the same name within
:data:`NEAR_M` of each other, because many feeds (STIB-MIVB's among them) give surface stops no station.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kit.text import fold
from services.city.core.geo import distance_m
from services.feeds.gtfs import Feed
from services.feeds.gtfs.model import Stop
from services.importers.timetable.names import Name, Names

NEAR_M: Final = 400.0
_LONGEST_SLUG: Final = 100

Point = tuple[float, float]


@dataclass
class Group:
    """A stop place: its station, where it has one, and its platforms."""

    stops: list[Stop]
    name: Name
    position: Point | None
    slug: str = ""

    @property
    def first_id(self) -> str:
        """The id that orders places of one name the same way at each import."""
        return min(stop.id for stop in self.stops)

    @property
    def wheelchair(self) -> int:
        """As in GTFS: 1 where one part of it is accessible, 2 where none is, 0 where that is not known."""
        known = {stop.wheelchair for stop in self.stops}
        return 1 if 1 in known else 2 if known == {2} else 0


def group_stops(feed: Feed, names: Names) -> list[Group]:
    """Return the stop places in order of their first id; every platform and station is in exactly one."""
    units = [_unit(stops, names) for stops in _by_station(feed.stops.values())]
    by_name: dict[str, list[Group]] = defaultdict(list)
    for unit in units:
        by_name[fold(unit.name.fr) or unit.first_id].append(unit)
    merged = (group for alike in by_name.values() for group in _merged(alike, names))
    return sorted(merged, key=lambda group: group.first_id)


def give_slugs(
    groups: Iterable[Group],
    communes: Mapping[str, str],
    taken: Mapping[str, tuple[float | None, float | None]],
) -> None:
    """Give each place the slug of its French name; of several with one name all but the first say which they are.

    ``communes`` are slugs of communes by ``first_id``; ``taken`` is where other feeds' places lie. One that lies
    near is the same place and shares its slug.
    """
    used: set[str] = set()
    for group in groups:
        base = slug(group.name.fr) or slug(group.name.nl) or slug(group.first_id) or "stop"
        for candidate in _candidates(base, communes.get(group.first_id)):
            if candidate not in used and _is_free(taken, candidate, group.position):
                group.slug = candidate
                used.add(candidate)
                break


def slug(text: str) -> str:
    """Return a text as part of an id (``"Porte de Hal"`` -> ``"porte-de-hal"``)."""
    return fold(text).replace(" ", "-")[:_LONGEST_SLUG].strip("-")


def _candidates(base: str, commune: str | None) -> Iterator[str]:
    yield base
    if commune and commune != base:
        yield f"{base}-{commune}"[: _LONGEST_SLUG + 15]
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def _is_free(taken: Mapping[str, tuple[float | None, float | None]], candidate: str, position: Point | None) -> bool:
    if candidate not in taken:
        return True
    lat, lon = taken[candidate]
    return lat is not None and lon is not None and position is not None and distance_m(lat, lon, *position) <= NEAR_M


def _by_station(stops: Iterable[Stop]) -> Iterator[list[Stop]]:
    """Yield stations with their platforms and lone platforms; a station that the feed lacks still holds together."""
    found: dict[tuple[str, str], list[Stop]] = defaultdict(list)
    for stop in stops:
        if stop.is_station:
            found["station", stop.id].append(stop)
        else:
            found[("station", stop.parent) if stop.parent else ("platform", stop.id)].append(stop)
    yield from found.values()


def _unit(stops: list[Stop], names: Names) -> Group:
    station = next((stop for stop in stops if stop.is_station), None)
    name = names.stop(station) if station else Counter(names.stop(stop) for stop in stops).most_common(1)[0][0]
    return Group(stops, name, (station.position if station else None) or _middle(stops))


def _merged(alike: list[Group], names: Names) -> Iterator[Group]:
    """Yield places of one name, those near each other made one; one without coordinates goes to an only other."""
    placed = [group for group in alike if group.position is not None]
    lost = [group for group in alike if group.position is None]
    clusters: list[list[Group]] = []
    for group in placed:
        near = [cluster for cluster in clusters if any(_are_near(group, other) for other in cluster)]
        clusters = [cluster for cluster in clusters if cluster not in near]
        clusters.append([group, *(other for cluster in near for other in cluster)])
    if len(clusters) == 1:
        clusters[0].extend(lost)
    else:
        clusters.extend([group] for group in lost)
    for cluster in clusters:
        yield cluster[0] if len(cluster) == 1 else _unit([stop for group in cluster for stop in group.stops], names)


def _are_near(one: Group, other: Group) -> bool:
    return (
        one.position is not None and other.position is not None and distance_m(*one.position, *other.position) <= NEAR_M
    )


def _middle(stops: list[Stop]) -> Point | None:
    points = [stop.position for stop in stops if stop.position is not None]
    if not points:
        return None
    return sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points)
