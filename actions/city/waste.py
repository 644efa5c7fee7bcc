"""What the actions ask of the façade about waste, besides collections."""

from __future__ import annotations

from typing import Protocol

from actions.city.asking import Asking, one, question, segment
from actions.city.models import Answer, Shape
from kit.languages import Language


class Destination(Shape):
    """Where a thing goes, and what to do there."""

    id: str
    name: str
    how: str


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


class Rule(Shape):
    """A rule about waste, in the language asked for."""

    id: str
    commune: str | None = None
    title: str
    text: str


class Rules(Answer):
    """The rules that hold on a topic, those of the commune asked about first."""

    items: tuple[Rule, ...] = ()


class WasteCity(Protocol):
    """The façade on waste; see ``actions.city.port.City`` for what every method raises."""

    async def sorting(self, written: str, language: Language) -> Sorting:
        """Return where a thing goes, by what a resident wrote; ``sorting_item_not_found`` with near ones."""
        ...

    async def sorting_item(self, item_id: str, language: Language) -> Sorting:
        """Return one thing; ``sorting_item_not_found``."""
        ...

    async def rules(self, topic: str, language: Language, *, commune: str | None = None) -> Rules:
        """Return the rules that hold today."""
        ...


class WasteAsking(Asking):
    """The façade on waste over HTTP."""

    async def sorting(self, written: str, language: Language) -> Sorting:
        """Return where a thing goes."""
        return one(Sorting, await self.get("/v1/waste/sorting", {"q": question(written), "lang": language, "limit": 5}))

    async def sorting_item(self, item_id: str, language: Language) -> Sorting:
        """Return one thing."""
        answer = await self.get(f"/v1/waste/sorting/{segment(item_id)}", {"lang": language})
        return one(Sorting, {**answer, "items": [answer]})

    async def rules(self, topic: str, language: Language, *, commune: str | None = None) -> Rules:
        """Return the rules that hold today."""
        given = {"topic": topic, "commune": commune, "lang": language}
        return one(Rules, await self.get("/v1/waste/rules", given))
