"""What somebody wants to bring to a container park: materials that the parks know, or a thing of the sorting guide."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from actions.city.errors import CityProblemError
from actions.city.port import City
from actions.city.waste import Destination, SortingItem
from actions.cues import labels_in
from actions.subjects import CONTINUES, Asked
from actions.turn import Turn
from kit.languages import Language

#: The subject that the words are read for.
PARKS: Final = "waste_container_park"
_CUES: Final = Path(__file__).with_name("materials.yml")
#: The fact that says it as ids of what parks take, with commas between them.
MATERIAL: Final = "material"
#: The fact that says it as a thing of the sorting guide, by its id.
ITEM: Final = "waste_item"


def read_brought(turn: Turn, asked: Asked) -> None:
    """Take what the message says is brought; what it names takes the place of what was brought before."""
    if turn.intent not in {*CONTINUES, PARKS}:
        return
    found = labels_in(turn.text, _CUES)
    if found:
        asked[MATERIAL] = ",".join(found)
        asked.pop(ITEM, None)


def materials(asked: Asked) -> tuple[str, ...]:
    """Return the materials asked about."""
    return tuple(each for each in asked.get(MATERIAL, "").split(",") if each)


async def thing(city: City, turn: Turn, words: str, asked: Asked) -> dict[Language, SortingItem]:
    """Return the thing asked about in each language to answer in: by its id, or by the words of a follow-up."""
    follows = turn.intent in CONTINUES and words == turn.text and not labels_in(words, _CUES)
    if not follows and ITEM not in asked:
        return {}
    found: dict[Language, SortingItem] = {}
    for language in turn.languages:
        try:
            page = await (city.sorting(words, language) if follows else city.sorting_item(asked[ITEM], language))
        except CityProblemError:
            return {}
        found[language] = page.items[0]
    asked.pop(MATERIAL, None)
    asked[ITEM] = next(iter(found.values())).id
    return found


def place_for(item: SortingItem) -> Destination:
    """Return where a thing goes: to a park where one takes it, else where it goes best."""
    return next((each for each in item.destinations if each.kind == "park"), item.destinations[0])
