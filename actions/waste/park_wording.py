"""The sentences about container parks: which and whether open first, then what they take, what to bring, the hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from actions.answers import at_start, merged, together
from actions.city.models import Place
from actions.city.waste import SortingItem
from actions.city.waste_places import Accepted, ContainerPark
from actions.communes.hours import hours_lines
from actions.places.distances import away, map_url
from actions.speech import named, on_day, place_label
from actions.waste.brought import place_for
from actions.waste.opening import LINE, SENTENCE, Wording, open_now, open_on, spans_of
from kit.languages import Language
from kit.replies import Part, listing, text

#: Kinds of destinations of the sorting guide that are container parks too.
_AT_PARKS: Final = frozenset({"park", "point", "pickup"})

#: What may be asked about parks that were told of: when they are open, how much they take, what stands in no data,
#: what to bring and what it costs.
UNTIL: Final = "until"
AMOUNT: Final = "amount"
NOT_KNOWN: Final = "not_known"
_BRING: Final = frozenset({"bring", "cost"})

#: Paragraphs of an answer.
_MOST: Final = 5

#: One park, in each language to answer in.
Told = Mapping[Language, ContainerPark]


@dataclass(frozen=True)
class Visit:
    """What an answer tells of."""

    #: The parks once for each day asked about, the same parks in the same order; none where no day was.
    days: tuple[Sequence[Told], ...]
    parks: Sequence[Told]
    place: Place | None
    #: Whether the first park is the one that is meant, for being named or nearest.
    one: bool
    materials: tuple[str, ...]
    item: Mapping[Language, SortingItem]
    #: Whether something was asked that stands in no data.
    not_known: bool = False
    #: What was asked about the parks that were told of before, where no more than that was.
    about: str | None = None
    #: Where the days asked about are closed, the parks that are open on the first day after them.
    opens_after: Sequence[Told] = ()

    @property
    def brief(self) -> bool:
        """Tell whether only when a park is open was asked, so that the rest is left for another question."""
        return self.about == UNTIL or (bool(self.days) and not (self.materials or self.item or self.not_known))


def any_of(told: Told) -> ContainerPark:
    """Return a park in its first language."""
    return next(iter(told.values()))


def sentences(visit: Visit, now: datetime, contact: str) -> list[Part]:
    """Return what there is to say: what is not known where it was asked, then the decisive fact."""
    first = visit.parks[0]
    alone = _alone(visit, first, contact)
    if alone is not None:
        return [alone]
    takes, brings = _takes(visit, first, contact), _brings(first)
    where = [_first(visit, now)] if visit.one else _all(visit, now)
    said = [takes, *where, brings] if _asks_what(visit) else [*where, takes, brings]
    if visit.brief:
        said = where
    if visit.one:
        said.append(text("commune_hours", lines=hours_lines(any_of(first).hours, now.date())))
    if visit.one and len(visit.parks) > 1:
        others = listing([_line(visit, at, now) for at in range(1, len(visit.parks))])
        said.append(text("parks_others", lines=others))
    if visit.not_known:
        said.insert(0, text("park_rule_unknown", contact=text(contact)))
    return said[:_MOST]


def _alone(visit: Visit, told: Told, contact: str) -> Part | None:
    """Return the one fact that was asked about the parks that were told of before."""
    if visit.about == NOT_KNOWN:
        return text("park_rule_unknown", contact=text(contact))
    if visit.about in _BRING:
        return _brings(told)
    return _takes(visit, told, contact) if visit.about == AMOUNT else None


def _asks_what(visit: Visit) -> bool:
    """Tell whether what a park takes matters more than where it is: no place was given, or the thing goes elsewhere."""
    elsewhere = any(place_for(item).kind not in _AT_PARKS for item in visit.item.values())
    return elsewhere or (bool(visit.materials or visit.item) and not visit.one and not visit.days)


def inside(words: str) -> str:
    """Return a text of the façade as it stands inside a sentence: "votre carte d'identité"."""
    return words[:1].lower() + words[1:].rstrip(".")


def _first(visit: Visit, now: datetime) -> Part:
    park = any_of(visit.parks[0])
    where: dict[str, Part] = {"park": named(park.name), "address": named(park.address)}
    if visit.place is not None and park.distance_m is not None:
        label = place_label(visit.place, with_commune=True)
        is_nearest = text("park_nearest", place=label, away=away(park.distance_m), **where)
    else:
        is_nearest = text("park_named", **where)
    link = text("on_the_map", url=map_url(park.lat, park.lon))
    return together([is_nearest, *_states(visit, 0, now, SENTENCE), *_next(visit, now), link])


def _all(visit: Visit, now: datetime) -> list[Part]:
    """Return all parks in a list; a day that is the same at all of them is said before it, once."""
    every = range(len(visit.parks))
    same = [_same(day, now) for day in visit.days]
    said = [each for each in same if each]
    if not said or len(said) < len(same):
        return [text("parks_all", lines=listing([_line(visit, at, now) for at in every]))]
    return [
        together([*said, *_next(visit, now)]),
        text("parks_all", lines=listing([_line(visit, at, None) for at in every])),
    ]


def _next(visit: Visit, now: datetime) -> list[Part]:
    """Return when it is open again after days on which it is closed."""
    if not visit.opens_after:
        return []
    opens = any_of(visit.opens_after[0]).on_date
    return [text("park_opens_after", day=on_day(opens.date, now.date()), spans=spans_of(opens))]


def _same(day: Sequence[Told], now: datetime) -> Part | None:
    """Return the openings of a day where all parks have the same."""
    first = any_of(day[0]).on_date
    if any(any_of(each).on_date.openings != first.openings for each in day):
        return None
    date = on_day(first.date, now.date())
    return (
        text("parks_all_open", day=date, spans=spans_of(first))
        if first.openings
        else text("parks_all_closed", day=date)
    )


def _states(visit: Visit, at: int, now: datetime, words: Wording) -> list[Part]:
    if visit.days:
        return [open_on({each: park.on_date for each, park in day[at].items()}, now, words) for day in visit.days]
    state = open_now(any_of(visit.parks[at]), now, words)
    return [state] if state else []


def _line(visit: Visit, at: int, now: datetime | None) -> Part:
    """Return a park in a list; without a moment, whether it is open is not said."""
    park = any_of(visit.parks[at])
    where: Part = text("point_at", name=named(park.name), address=named(park.address))
    if park.distance_m is not None:
        where = text("point_away", point=where, away=away(park.distance_m))
    if now is None:
        return text("point_line", point=where, url=map_url(park.lat, park.lon))
    state = listing(_states(visit, at, now, LINE), "comma")
    return text("point_line_open", point=where, state=state, url=map_url(park.lat, park.lon))


def _takes(visit: Visit, told: Told, contact: str) -> Part:
    """Return whether what is brought is taken, and how much of it; all that is taken where nothing was named."""
    park = any_of(told)
    wanted = [each for each in park.accepts if each.id in visit.materials]
    missing = set(visit.materials) - {each.id for each in wanted}
    said: list[Part] = []
    goes = {each: place_for(item) for each, item in visit.item.items()}
    if goes:
        item = merged({each: at_start(item.name) for each, item in visit.item.items()})
        where: dict[str, str] = {each: place.name for each, place in goes.items()}
        said.append(text("waste_item_goes", item=item, where=merged(where)))
    elsewhere: dict[str, str] = {each: place.how for each, place in goes.items() if place.kind not in _AT_PARKS}
    traps: dict[str, str] = {each: item.trap for each, item in visit.item.items() if item.trap}
    if elsewhere:
        said.append(text("waste_item_fact", fact=merged(elsewhere)))
    if traps:
        said.append(text("waste_item_fact", fact=merged(traps)))
    if missing:
        said.append(text("park_takes_not", contact=text(contact)))
    about = wanted or ([] if visit.item or missing else list(park.accepts))
    if about:
        names = [_of(told, each, "name") for each in about]
        said.append(text("park_takes", materials=listing(names, "comma")))
    limited = [each for each in about if each.limit]
    said += [text("park_limit", material=_of(told, each, "name"), limit=_of(told, each, "limit")) for each in limited]
    if (wanted or (goes and not elsewhere and not traps)) and not limited:
        said.append(text("park_no_limit", contact=text(contact)))
    return together(said)


def _of(told: Told, material: Accepted, field: str) -> Part:
    """Return a text about what is taken, in each language."""
    found: dict[str, str] = {}
    for language, park in told.items():
        same = next(each for each in park.accepts if each.id == material.id)
        found[language] = inside(str(getattr(same, field)))
    return merged(found)


def _brings(told: Told) -> Part:
    park = any_of(told)
    bring = [merged({each: inside(of.bring[at]) for each, of in told.items()}) for at in range(len(park.bring))]
    rules = merged({each: " ".join(of.rules) for each, of in told.items()})
    return together([text("park_bring", what=listing(bring, "and")), rules])
