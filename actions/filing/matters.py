"""What a report is about: its kind among the city's services, and whether somebody else has reported the same."""

from __future__ import annotations

from typing import Any, Final

from actions.answers import merged
from actions.city.requests import NearbyRequest, RequestService
from actions.filing.draft import Draft, Fact, Question, Taken
from actions.filing.fields import Field, choices, picked
from actions.services import Services
from actions.speech import named
from actions.turn import Turn
from kit.languages import OFFICIAL
from kit.replies import Value, text

_MOST: Final = 5
#: A service that fits this much better than the next one is taken; what is taken is shown before it is sent.
_CLEAR: Final = 0.15
#: Others' words are shown up to here.
_EXCERPT: Final = 80
#: The choice of a problem that nobody has reported, and of a kind that is not on the list.
_NEW: Final = "new"
#: The entity that names a kind by its service's code, and those that name places.
_CATEGORY: Final = "category"
_PLACES: Final = ("address", "stop", "commune")


class KindField(Field):
    """The kind of problem, as one of the services."""

    name, shown, label = "kind", "filing_kind", "filing_change_kind"

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the kind that the message which started it names; one that is known is changed only when asked for."""
        if turn.intent != draft.subject or not turn.text or draft.value(self.name) is not None:
            return None
        return await self._search(turn, draft, services)

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Offer the kinds that are reported most."""
        every = await services.city.request_services(draft.subject, OFFICIAL[0])
        return Question("ask_filing_kind", **choices(_labels(every[:_MOST])))

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the choice, or the kind that the words name."""
        chosen = picked(turn, draft)
        if chosen:
            every = await services.city.request_services(draft.subject, OFFICIAL[0])
            return next((_fact(each) for each in every if each.code == chosen), None)
        return await self._search(turn, draft, services) if turn.text else None

    def asked(self, draft: Draft) -> Question:
        """Return the question without choices."""
        del draft
        return Question("ask_filing_kind")

    async def _search(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        language = turn.language or OFFICIAL[0]
        found = await services.city.request_services(draft.subject, language, _without_places(turn))
        if not found:
            every = await services.city.request_services(draft.subject, language)
            return next((_fact(each) for each in every if each.code == turn.entity(_CATEGORY)), None)
        clear = len(found) == 1 or (found[0].score or 0) - (found[1].score or 0) >= _CLEAR
        return _fact(found[0]) if clear else Question("which_filing_kind", **choices(_labels(found[:_MOST])))


class SameField(Field):
    """Whether it is a problem that somebody else has reported nearby: that one is followed instead."""

    name, shown, label = "same", "filing_same", "filing_change_same"
    follows = frozenset({"place", "kind"})

    def __init__(self, service: str | None = None) -> None:
        """``service``: the kind of problem where no other field tells it."""
        self._service = service

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Show what is open nearby; nothing is asked where there is nothing."""
        place = draft.value("place") or {}
        if place.get("lat") is None:
            return Fact(None)
        code = self._service or str(draft.value("kind"))
        near = await services.city.requests_near(place["lat"], place["lon"], code, OFFICIAL[0])
        offered = [each for each in near if each.can_follow and each.reference][: _MOST - 1]
        if not offered:
            return Fact(None)
        labels: dict[str, Any] = {str(each.reference): _described(each) for each in offered}
        return Question("filing_same_nearby", **choices({**labels, _NEW: text("choice_filing_new")}))

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the one that is followed, or a no."""
        del services
        chosen = picked(turn, draft)
        if chosen == _NEW or turn.intent == "deny":
            return Fact(None)
        ids = draft.question.ids if draft.question else []
        if chosen is None and turn.intent == "affirm" and len(ids) == 2:  # one of them, or none
            chosen = ids[0]
        return Fact(chosen, chosen) if chosen in ids else None

    def asked(self, draft: Draft) -> Question:
        """Return the question; without anything nearby it is not asked."""
        del draft
        return Question("filing_same_nearby")


def _without_places(turn: Turn) -> str:
    """Return a message without the names of places in it: "Hoogstraat" is no damage to a street."""
    words = turn.text
    for start, end, _ in sorted(turn.spans(_PLACES), reverse=True):
        words = f"{words[:start]} {words[end:]}"
    return words if any(each.isalpha() for each in words) else turn.text


def _labels(services: list[RequestService]) -> dict[str, Any]:
    return {each.code: merged(each.names) for each in services}


def _fact(service: RequestService) -> Fact:
    return Fact(service.code, merged(service.names))


def _described(near: NearbyRequest) -> Value:
    what = " ".join((near.description or near.name).split())
    words = what if len(what) <= _EXCERPT else what[: _EXCERPT - 1].rstrip() + "…"
    if near.address is None:
        return text("filing_nearby", what=words, metres=near.distance_m)
    return text("filing_nearby_address", what=words, address=named(near.address), metres=near.distance_m)
