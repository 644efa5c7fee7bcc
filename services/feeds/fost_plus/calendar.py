"""Reads the days of collection of an address: which bag on which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import orjson
import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from kit.clock import BRUSSELS
from kit.text import fold
from services.feeds.errors import UnexpectedContentError
from services.feeds.waste.model import Bag

_WORDS: Final = TypeAdapter(dict[Bag, tuple[str, ...]]).validate_python(
    yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))
)


class Fraction(BaseModel):
    """What is collected, by language."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: dict[str, str | None]


class Item(BaseModel):
    """An entry of the calendar: a collection, or an event at a container park that is none."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: str
    timestamp: datetime
    fraction: Fraction | None = None
    exception: dict[str, Any] | None = None

    @property
    def day(self) -> date:
        """The day in Brussels, however midnight is written."""
        return (self.timestamp.astimezone(BRUSSELS) if self.timestamp.tzinfo else self.timestamp).date()

    @property
    def replaced(self) -> bool:
        """Whether another day has taken its place; that day is an entry of its own."""
        return self.exception is not None and "replacedBy" in self.exception


_ITEMS: Final = TypeAdapter(list[Item])


@dataclass(frozen=True)
class Calendar:
    """The days of collection by bag; two addresses of one zone have equal calendars."""

    body: str

    @property
    def bags(self) -> dict[Bag, list[str]]:
        """ISO dates by bag, rising."""
        content: dict[Bag, list[str]] = orjson.loads(self.body)
        return content


def calendar_of(items: Iterable[Any], where: str) -> Calendar:
    """Return the calendar of an address; UnexpectedContentError where it holds no bag, or what is not understood."""
    try:
        read = _ITEMS.validate_python(list(items))
    except ValidationError as error:
        fault = error.errors()[0]
        raise UnexpectedContentError(f"{where}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}") from error
    days: dict[Bag, set[date]] = {}
    for item in read:
        if item.type != "collection" or item.replaced:
            continue
        if item.fraction is None:
            raise UnexpectedContentError(f"{where}: a collection of nothing on {item.day}")
        bag = bag_of(item.fraction.name, where)
        if bag is not None:
            days.setdefault(bag, set()).add(item.day)
    if not days:
        raise UnexpectedContentError(f"{where}: no bag is collected")
    found = {bag: [day.isoformat() for day in sorted(days[bag])] for bag in days}
    return Calendar(orjson.dumps(found, option=orjson.OPT_SORT_KEYS).decode())


def bag_of(names: Mapping[str, str | None], where: str) -> Bag | None:
    """Return the bag of a fraction; None where it is no bag's. UnexpectedContentError where languages disagree."""
    found = {
        bag
        for name in names.values()
        if name
        for bag, words in _WORDS.items()
        if any(f" {word} " in f" {fold(name)} " for word in words)
    }
    if len(found) > 1:
        raise UnexpectedContentError(f"{where}: {' and '.join(sorted(found))} for {dict(names)}"[:300])
    return found.pop() if found else None
