"""What the actions ask of the façade about waste, besides collections."""

from __future__ import annotations

from typing import Protocol

from actions.city.asking import one, question, segment
from actions.city.models import Answer, Shape
from actions.city.waste_places import WastePlacesAsking, WastePlacesCity
from kit.languages import Language


class Destination(Shape):
    """Where a thing goes, and what to do there."""

    id: str
    #: ``bag``, ``point``, ``park``, ``pickup``, …
    kind: str
    name: str
    how: str
    #: What drop-off points call it, where there are points for it.
    material: str | None = None


class SortingItem(Shape):
    """A thing of the sorting guide, in the language asked for."""

    id: str
    name: str
    destinations: tuple[Destination, ...]
    why: str
    trap: str | None = None


class Sorting(Answer):
    """The things that may be meant, best first; several fit equally well where it is ``ambiguous``."""

    items: tuple[SortingItem, ...]
    ambiguous: bool = False


class Read(Shape):
    """The page that a rule was read on."""

    url: str


class Rule(Shape):
    """A rule about waste, in the language asked for."""

    id: str
    topic: str
    commune: str | None = None
    title: str
    text: str
    read_on: Read


class Rules(Answer):
    """The rules that hold today, those of the commune asked about first."""

    items: tuple[Rule, ...] = ()


class WasteCity(WastePlacesCity, Protocol):
    """The façade on waste; see ``actions.city.port.City`` for what every method raises."""

    async def sorting(self, written: str, language: Language) -> Sorting:
        """Return where a thing goes, by what a resident wrote; ``sorting_item_not_found`` with near ones."""
        ...

    async def sorting_item(self, item_id: str, language: Language) -> Sorting:
        """Return one thing; ``sorting_item_not_found``."""
        ...

    async def rules(
        self, topic: str | None, language: Language, *, commune: str | None = None, fraction: str | None = None
    ) -> Rules:
        """Return the rules that hold today: on a topic or on all, about one bag and about none in particular."""
        ...


class WasteAsking(WastePlacesAsking):
    """The façade on waste over HTTP."""

    async def sorting(self, written: str, language: Language) -> Sorting:
        """Return where a thing goes."""
        return one(Sorting, await self.get("/v1/waste/sorting", {"q": question(written), "lang": language, "limit": 5}))

    async def sorting_item(self, item_id: str, language: Language) -> Sorting:
        """Return one thing."""
        answer = await self.get(f"/v1/waste/sorting/{segment(item_id)}", {"lang": language})
        return one(Sorting, {**answer, "items": [answer]})

    async def rules(
        self, topic: str | None, language: Language, *, commune: str | None = None, fraction: str | None = None
    ) -> Rules:
        """Return the rules that hold today: on a topic or on all, about one bag and about none in particular."""
        given = {"topic": topic, "commune": commune, "fraction": fraction, "lang": language}
        return one(Rules, await self.get("/v1/waste/rules", given))
