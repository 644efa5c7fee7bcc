"""Names of streets in both languages, put together by chance from ``best_names.yml``; the same seed, the same names."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

_FILE: Final = Path(__file__).with_suffix(".yml")
#: Shares of streets named after a thing, a town, a saint, a person, and a person with a title.
_SHARES: Final = (23, 4, 4, 50, 19)
#: One of so many streets has a name in one language only.
_ONE_LANGUAGE: Final = 120
_PUT_TOGETHER: Final = 0.35


@dataclass(frozen=True)
class StreetName:
    """A name in both languages; one of them may be empty. ``common`` names are those that several communes use."""

    fr: str
    nl: str
    common: bool


@dataclass(frozen=True)
class _Parts:
    types: list[dict[str, str]]
    shares: list[int]
    things: list[list[str]]
    towns: list[list[str]]
    saints: list[list[str]]
    titles: list[list[str]]
    given: list[str]
    family: list[str]
    beginnings: list[str]
    ends: list[str]


def street_names(count: int, seed: int) -> list[StreetName]:
    """Return so many different names, different in each language too but for a few."""
    chance = random.Random(seed)  # noqa: S311 - made-up names, no secrets
    names: dict[str, StreetName] = {}
    for name in _endless(chance, _parts()):
        names.setdefault(name.fr or name.nl, name)
        if len(names) == count:
            return list(names.values())
    raise AssertionError("there is always another name")


def _endless(chance: random.Random, parts: _Parts) -> Iterator[StreetName]:
    makers: tuple[Callable[[random.Random, _Parts], tuple[str, str]], ...] = (
        lambda c, p: _pair(c, p.things),
        lambda c, p: _pair(c, p.towns),
        lambda c, p: _pair(c, p.saints),
        _person,
        _titled,
    )
    while True:
        kind = chance.choices(range(len(makers)), _SHARES)[0]
        fr, nl = makers[kind](chance, parts)
        road = chance.choices(parts.types, parts.shares)[0]
        name_fr, name_nl = road["fr"].format(fr), road["nl"].format(nl)
        if chance.randrange(_ONE_LANGUAGE) == 0:
            name_fr, name_nl = chance.choice(((name_fr, ""), ("", name_nl)))
        yield StreetName(name_fr, name_nl, common=kind < 3)


def _pair(chance: random.Random, pairs: list[list[str]]) -> tuple[str, str]:
    fr, nl = chance.choice(pairs)
    return fr, nl


def _person(chance: random.Random, parts: _Parts) -> tuple[str, str]:
    name = f"{chance.choice(parts.given)} {_family(chance, parts)}"
    return name, name


def _titled(chance: random.Random, parts: _Parts) -> tuple[str, str]:
    fr, nl = chance.choice(parts.titles)
    family = _family(chance, parts)
    return f"{fr} {family}", f"{nl} {family}"


def _family(chance: random.Random, parts: _Parts) -> str:
    if chance.random() >= _PUT_TOGETHER:
        return chance.choice(parts.family)
    beginning, end = chance.choice(parts.beginnings), chance.choice(parts.ends)
    return f"{beginning} {end}" if " " in beginning or beginning in ("Van", "De") else beginning + end.lower()


def _parts() -> _Parts:
    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))

    def listed(key: str) -> list[str]:
        return [each.strip() for each in raw[key].split(";") if each.strip()]

    def pairs(key: str) -> list[list[str]]:
        return [each.split("|") for each in listed(key)]

    return _Parts(
        types=raw["types"],
        shares=[road["share"] for road in raw["types"]],
        things=pairs("things"),
        towns=pairs("towns"),
        saints=pairs("saints"),
        titles=pairs("titles"),
        given=raw["given"].split(),
        family=raw["family"].split(),
        beginnings=listed("beginnings"),
        ends=raw["ends"].split(),
    )
