"""Answers where a thing goes: which bag, bank, shop or park, why, and what people get wrong about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import at_start, merged, say_answer
from actions.city.errors import CityProblemError
from actions.city.waste import Sorting, SortingItem
from actions.conversation.claims import CLAIM
from actions.near_answers import PLACES
from actions.places.resolution import is_place_id
from actions.speech import ask, payload, say
from actions.subject_answers import Asked, SubjectAnswer
from actions.subjects import SUBJECTS, WORDS
from actions.turn import ANOTHER, Turn
from actions.waste.brought import PARKS
from kit.languages import Language
from kit.replies import Part, choice, text

SUBJECT: Final = "waste_sorting"
#: The fact of a choice: an id of the sorting guide.
ITEM: Final = "waste_item"
#: The subject that tells of drop-off points.
POINTS: Final = "waste_drop_off_points"
#: Things offered where several may be meant.
_MOST: Final = 4


class WasteSorting(SubjectAnswer):
    """Says where the thing goes, or asks which thing is meant."""

    action_name = "action_waste_sorting"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_waste"

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it in the conversation's language, or in both official ones while that is not known."""
        near = asked.pop(CLAIM, None) is not None or bool(asked.keys() & set(PLACES))
        if near and ITEM in asked and WORDS not in asked:
            return await self._near_by(turn, asked, say_to)
        for name in PLACES:
            asked.pop(name, None)
        if not asked:
            say(say_to, "ask_waste_item")
            return []
        try:
            found = {each: await self._found(asked, each) for each in turn.languages}
        except CityProblemError as error:
            if error.code not in {"sorting_item_not_found", "invalid_request", "invalid_query"}:
                raise
            say(say_to, "waste_item_unknown", contact=text(self.contact), options=self._near(error))
            return []
        pages = list(found.values())
        if pages[0].ambiguous and not _same_way(pages[0].items):
            same = [_items(found, item.id) for item in pages[0].items[:_MOST]]
            say(say_to, "which_waste_item", options=[_choice(each) for each in same])
            return []
        item = next((each for each in pages[0].items if each.id == asked.get(ITEM)), pages[0].items[0])
        say_answer(say_to, _sentences(_items(found, item.id)), pages[0], options=_next_steps(item))
        asked.clear()
        asked[ITEM] = item.id
        return []

    async def _near_by(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Lead to the nearest point or park for the thing told of last; one that goes into a bag goes with that bag."""
        language = turn.languages[0]
        item = (await self.services.city.sorting_item(asked[ITEM], language)).items[0]
        places = {name: asked.pop(name) for name in PLACES if name in asked}
        material = next((each.material for each in item.destinations if each.material), None)
        park = any(each.kind == "park" for each in item.destinations)
        if material is None and not park:
            return await self.tell(turn, asked, say_to)
        subject = POINTS if material else PARKS
        facts = {"material": material, **places} if material else {ITEM: item.id, **places}
        if not places:
            facts["address"] = _known_place(turn)
        answer = SUBJECTS[subject].answer
        return [SlotSet("last_question", subject), SlotSet("shown", facts), FollowupAction(answer)]

    async def _found(self, asked: Asked, language: Language) -> Sorting:
        if WORDS in asked:
            return await self.services.city.sorting(asked[WORDS], language)
        return await self.services.city.sorting_item(asked[ITEM], language)

    def _near(self, error: CityProblemError) -> list[Part]:
        found = [each for each in error.suggestions if each.get("id") and each.get("names")]
        return [choice(merged(each["names"]), payload(SUBJECT, **{ITEM: each["id"]})) for each in found[:_MOST]]


def _known_place(turn: Turn) -> str:
    """Return the place that earlier messages were about; else it is asked for."""
    return next((value for name in PLACES if (value := turn.slot(name)) and is_place_id(value)), ANOTHER)


def _same_way(items: Sequence[SortingItem]) -> bool:
    """Tell whether several things all go the same way, so that it does not matter which is meant."""
    return len({tuple(place.id for place in each.destinations) for each in items}) == 1


def _next_steps(item: SortingItem) -> list[Part]:
    """Return a choice for each way that the thing can be brought or fetched; of several points the best."""
    found: dict[str, Part] = {}
    for place in item.destinations:
        if place.material:
            step = ask("choice_nearest_point", "waste_drop_off_points", material=place.material)
        elif place.kind == "park":
            step = ask("choice_nearest_park", "waste_container_park", **{ITEM: item.id})
        elif place.kind == "pickup":
            step = ask("choice_bulky_pickup", "waste_bulky_pickup")
        else:
            continue
        found.setdefault("point" if place.material else place.kind, step)
    return list(found.values())


def _items(found: Mapping[Language, Sorting], item_id: str) -> dict[Language, SortingItem]:
    """Return one thing in each language that it was found in."""
    return {each: item for each, page in found.items() for item in page.items if item.id == item_id}


def _choice(items: Mapping[Language, SortingItem]) -> Part:
    first = next(iter(items.values()))
    return choice(merged({each: item.name for each, item in items.items()}), payload(SUBJECT, **{ITEM: first.id}))


def _sentences(items: Mapping[Language, SortingItem]) -> list[Part]:
    """Return where it goes first, then why, then the trap."""
    first = {each: item.destinations[0] for each, item in items.items()}
    facts: list[dict[str, str]] = [
        {each: place.how for each, place in first.items()},
        {each: item.why for each, item in items.items()},
        {each: item.trap for each, item in items.items() if item.trap},
    ]
    goes = text(
        "waste_item_goes",
        item=merged({each: at_start(item.name) for each, item in items.items()}),
        where=merged({each: place.name for each, place in first.items()}),
    )
    return [goes, *(text("waste_item_fact", fact=merged(each)) for each in facts if each)]
