"""Where it is: an address, a street or a stop, settled as far as the request needs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from actions.city.errors import CityProblemError
from actions.city.models import Place
from actions.cues import labels_in
from actions.filing.draft import CONFIRM, Draft, Fact, Question, Taken
from actions.filing.fields import Field, choices, picked
from actions.filing.settling import number_after, surely
from actions.places.asking import unknown_place, which_place
from actions.places.corrected import begins_a_correction, corrected_number
from actions.places.houses import house_id, house_number, spelt
from actions.places.resolution import Resolution, is_place_id, resolve
from actions.reminders.wishes import says_follow
from actions.services import Services
from actions.speech import named, place_label
from actions.turn import Turn
from kit.replies import text
from kit.wire import REMINDER_INTENT

#: A pasted text is not said again as a place's name.
_LONGEST_NAME: Final = 60
#: A commune alone is said in no more words than this.
_A_FEW_WORDS: Final = 4
_CUES: Final = Path(__file__).with_name("places.yml")
#: Words that answer the question for a place without naming one.
_NOT_NAMED: Final = ("home", "unknown")


class PlaceField(Field):
    """A place by its id."""

    name, shown, label = "place", "filing_place", "filing_change_place"
    named_by = frozenset({"address", "stop", "commune"})

    def __init__(
        self,
        *kinds: str,
        numbered: bool = False,
        street_will_do: bool = False,
        question: str = "ask_filing_place",
    ) -> None:
        """``numbered``: a house is asked for, not only its street; ``street_will_do``: who does not know it goes on."""
        self._kinds, self._numbered, self._street_will_do, self._question = kinds, numbered, street_will_do, question

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the place that a message names, or the house number that it corrects."""
        written, commune = turn.entity("address") or turn.entity("stop"), turn.entity("commune")
        if written:
            return await self._find(written, commune, services)
        told = turn.slot("address") or ""
        if draft.subject == REMINDER_INTENT and not draft.facts and says_follow(turn) and told.startswith("address:"):
            return await self._by_id(told, services)  # "keep me posted" after its bin days
        return await self._corrected_number(turn, draft, services)

    async def _corrected_number(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take another number in the street that is known; a number is one only where nothing asks for another."""
        no_day = is_number(turn) or (draft.value("day") is None and is_correction(turn))
        moments = (turn.entity("time"), None if no_day else turn.entity("date"))
        when = [each for each in moments if each and not each.strip().isdigit()]
        corrects = (
            turn.intent == "correct_input"
            or no_day
            or (draft.asking == CONFIRM and turn.intent not in {"affirm", "stop"})
        )
        kind, _, rest = str((draft.value(self.name) or {}).get("id")).partition(":")
        corrects = corrects or (
            kind == "street" and turn.text.strip().isdigit()
        )  # the number of a street that was said
        number = corrected_number(turn.text)
        if not corrects or kind not in {"address", "street"} or number is None or when:
            return None  # "le 24" is a day and "19 u" a time, "au 24" a number
        street = await services.city.place(f"street:{rest.partition(':')[0]}")
        return await self._numbered_house({"id": street.id, "label": named(street.name)}, spelt(number), services)

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the place, the choice, the commune that tells places apart, or the house number that was missing."""
        memory = draft.question.memory if draft.question else {}
        chosen = picked(turn, draft) or (memory.get("guess") if turn.intent == "affirm" else None)
        street = memory.get("street") or {}
        if street and self._street_will_do and (chosen == street["id"] or turn.intent == "deny"):
            return place_fact(await services.city.place(street["id"]))
        if chosen:
            return await self._by_id(chosen, services)
        if turn.intent == "deny" and memory.get("guess"):
            return self.asked(draft)
        number = house_number(turn.text)
        if memory.get("street") and number:
            return await self._numbered_house(memory["street"], number, services)
        return await self._said(turn, draft, services)

    def asked(self, draft: Draft) -> Question:
        """Return the question."""
        del draft
        return Question(self._question)

    async def _said(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Return the place that the words name, in the commune that they or an earlier answer name."""
        memory = draft.question.memory if draft.question else {}
        written, commune = turn.entity("address") or turn.entity("stop"), turn.entity("commune")
        if written is None and commune:
            if memory.get("query"):
                return await self._find(memory["query"], commune, services)
            if "commune" not in self._kinds and len(turn.text.split()) <= _A_FEW_WORDS:
                return Question("ask_street_in_commune", memory={"commune": commune})
        why = [each for each in labels_in(turn.text, _CUES) if each in _NOT_NAMED] if written is None else []
        if why:
            return self._not_named(why[0], memory)
        if written is None and turn.intent in {"affirm", "deny"}:
            return None  # no name of a place
        if written is None and any(each.isalpha() for each in turn.text):
            written, commune = turn.text, None
        found = await self._find(written, commune or memory.get("commune"), services) if written else None
        lost = isinstance(found, Question) and not found.memory and memory.get("street")
        return None if lost else found  # the street that is known stays

    def _not_named(self, why: str, memory: dict[str, Any]) -> Question:
        """Return the question for who answers "here", or that they do not know."""
        street = memory.get("street")
        if street is None:
            return Question("filing_place_only_you_know" if why == "home" else "filing_place_needed")
        without = choices({street["id"]: text("choice_no_number")}) if self._street_will_do else {}
        return Question("filing_number_needed", params={"street": street["label"]}, memory=memory, **without)

    async def _find(self, written: str, commune: str | None, services: Services) -> Taken:
        if is_place_id(written):
            return await self._by_id(written, services)
        found = await resolve(services.city, written, self._kinds, commune=commune)
        if found.place is not None:
            return self._settled(found.place)
        place = surely(written, found)
        if place is None:
            return _unsettled(written, found)
        number = number_after(written, place)
        if number is None or place.kind != "street":
            return self._settled(place)
        return await self._numbered_house({"id": place.id, "label": named(place.name)}, number, services)

    async def _by_id(self, place_id: str, services: Services) -> Taken:
        try:
            place = await services.city.place(place_id)
        except CityProblemError:
            return Question("filing_place_gone")
        if place.kind == "commune" and "commune" not in self._kinds:
            return Question("ask_street_in_commune")
        return self._settled(place)

    async def _numbered_house(self, street: dict[str, Any], number: str, services: Services) -> Taken:
        try:
            place = await services.city.place(house_id(street["id"], number))
        except CityProblemError:
            without = choices({street["id"]: text("choice_no_number")}) if self._street_will_do else {}
            params = {"street": street["label"], "number": number}
            return Question("house_number_unknown", params=params, memory={"street": street}, **without)
        return self._settled(place)

    def _settled(self, place: Place) -> Taken:
        if self._numbered and place.kind == "street":
            street = {"id": place.id, "label": named(place.name)}
            without = choices({place.id: text("choice_no_number")}) if self._street_will_do else {}
            return Question(
                "filing_house_number", params={"street": named(place.name)}, memory={"street": street}, **without
            )
        return place_fact(place)


def is_number(turn: Turn) -> bool:
    """Tell whether a message says a house number as such, and nothing else: "devant le 80", "tegen nummer 12"."""
    return _is_short_number(turn) and "number" in labels_in(turn.text, _CUES)


def is_correction(turn: Turn) -> bool:
    """Tell whether a message says that another number is meant, and nothing else: "non, le 202"."""
    return _is_short_number(turn) and begins_a_correction(turn.text)


def _is_short_number(turn: Turn) -> bool:
    return len(turn.text.split()) <= _A_FEW_WORDS and corrected_number(turn.text) is not None


def place_fact(place: Place) -> Fact:
    """Return a place as a fact."""
    commune = place.commune.id if place.commune else None
    value = {"id": place.id, "kind": place.kind, "lat": place.lat, "lon": place.lon, "commune": commune}
    return Fact(value, place_label(place, with_commune=True))


def _unsettled(written: str, found: Resolution) -> Question:
    """Return the question that would settle which place is meant."""
    query = written if len(written) <= _LONGEST_NAME else ""
    labels: dict[str, Any] = {place.id: place_label(place, with_commune=True) for place in found.candidates}
    if not labels:
        if not query:
            return Question("ask_filing_place")
        said = unknown_place("filing_place_unknown", query)
        return Question(said["id"], params=said["params"])
    first, label = next(iter(labels.items()))
    single = {"guess": first} if len(labels) == 1 else {}
    asked = which_place(found.problem, offered=len(labels), total=found.total, guess=label if single else None)
    return Question(asked["id"], params=asked["params"], memory={**single, "query": query}, **choices(labels))
