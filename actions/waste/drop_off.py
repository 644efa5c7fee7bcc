"""Answers where to bring glass, clothes, oil, batteries, small electricals or chemicals: the nearest points."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import merged, say_answer, spoken
from actions.city.errors import CityProblemError
from actions.city.models import Place
from actions.city.waste_places import DropOffPoint, DropOffPoints
from actions.conversation.claims import CLAIM
from actions.cues import labels_in
from actions.labels import label
from actions.near_answers import PLACES, NearAnswer
from actions.places.distances import away, map_url
from actions.speech import ask, named, payload, place_label, say
from actions.subject_places import ask_for
from actions.subjects import WORDS, Asked
from actions.turn import ANOTHER, Turn
from actions.waste.opening import LINE, card, open_now
from kit.languages import Language
from kit.replies import Part, choice, listing, text

SUBJECT: Final = "waste_drop_off_points"
MATERIAL: Final = "material"
#: The fact that names a thing of the sorting guide, by its id.
ITEM: Final = "waste_item"
_CUES: Final = Path(__file__).with_name("drop_off.yml")
#: What may be asked about points that were told of: which is near.
NEAR: Final = "near"
#: The façade's materials of drop-off points, each with the reply that names it.
MATERIALS: Final = {
    "glass": "material_glass",
    "clothes": "material_clothes",
    "oil": "material_oil",
    "batteries": "material_batteries",
    "electricals": "material_electricals",
    "chemicals": "material_chemicals",
}
#: Points told of.
_NEAREST: Final = 3

#: A point in each language to answer in.
Told = dict[Language, DropOffPoint]


class DropOffAnswer(NearAnswer):
    """Says which points are nearest, how far they are, and what to know before using them."""

    action_name = "action_drop_off_points"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_waste"

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it, or ask what is brought, or near which place."""
        if asked.pop(CLAIM, None) == NEAR and not asked.keys() & set(PLACES):
            asked[self.fact] = self.known(turn) or ANOTHER
        material = await self._material(turn, asked)
        if material is None:
            facts = {name: value for name, value in asked.items() if name != MATERIAL}
            options = [choice(text(name), payload(SUBJECT, **facts, material=each)) for each, name in MATERIALS.items()]
            ask_for(say_to, asked, MATERIAL, "ask_material", options)
            return []
        asked[MATERIAL] = material
        return await super().tell(turn, asked, say_to)

    async def _material(self, turn: Turn, asked: Asked) -> str | None:
        """Return what is brought: as the message names it, or the thing that it names, else as it was known."""
        words, known, item = asked.pop(WORDS, ""), asked.pop(MATERIAL, ""), asked.pop(ITEM, None)
        named = turn.entity(MATERIAL) or next(iter(labels_in(words, _CUES)), None)
        if named is None and item:
            named = await self._of_thing(item, turn.languages[0])
        if named is None and known not in MATERIALS:  # what was asked for in the resident's own words
            named = next(iter(labels_in(known, _CUES)), None)
        found = named or known
        return found if found in MATERIALS else None

    async def _of_thing(self, item: str, language: Language) -> str | None:
        """Return the material as which points take a thing of the sorting guide."""
        try:
            found = (await self.services.city.sorting_item(item, language)).items[0]
        except CityProblemError:
            return None
        return next((each.material for each in found.destinations if each.material), None)

    async def tell_near(self, turn: Turn, place: Place, asked: Asked, say_to: CollectingDispatcher) -> None:
        """Say which are near a place."""
        material = asked[MATERIAL]
        pages = {each: await self._near(place, material, each) for each in turn.languages}
        first = next(iter(pages.values()))
        if not first.items:
            say(say_to, "points_none", what=text(MATERIALS[material]), contact=text(self.contact))
            return
        told = [{each: page.items[at] for each, page in pages.items()} for at in range(len(first.items))]
        say_answer(
            say_to,
            self._sentences(place, material, told),
            first,
            cards=[card(_title(place, material, turn.language), first.items, turn.language)],
            options=[
                ask("choice_other_place", SUBJECT, material=material, address=ANOTHER),
                ask("label_container_park", "waste_container_park", address=place.id),
            ],
        )

    async def _near(self, place: Place, material: str, language: Language) -> DropOffPoints:
        return await self.services.city.drop_off_points(language, place=place.id, material=material, limit=_NEAREST)

    def _sentences(self, place: Place, material: str, told: list[Told]) -> list[Part]:
        """Return the points, then what to know before using them, once for those of one kind."""
        lines = listing([self._line(each) for each in told])
        near = place_label(place, with_commune=True)
        said = [text("points_near", what=text(MATERIALS[material]), place=near, lines=lines)]
        notes: dict[str, dict[str, str]] = {}
        for each in told:
            note: dict[str, str] = {language: point.note for language, point in each.items() if point.note}
            if note:
                notes.setdefault(next(iter(each.values())).kind, note)
        return [*said, *(text("waste_item_fact", fact=merged(note)) for note in notes.values())]

    def _line(self, told: Told) -> Part:
        point = next(iter(told.values()))
        name = merged({each: one.name for each, one in told.items()})
        where: Part = text("point_at", name=name, address=named(point.address))
        if point.distance_m is not None:
            where = text("point_away", point=where, away=away(point.distance_m))
        state, url = open_now(point, self.services.clock.now(), LINE), map_url(point.lat, point.lon)
        return (
            text("point_line_open", point=where, state=state, url=url)
            if state
            else text("point_line", point=where, url=url)
        )


def _title(place: Place, material: str, language: Language | None) -> str:
    return f"{label(MATERIALS[material], language)} · {spoken(place.name, language)}"
