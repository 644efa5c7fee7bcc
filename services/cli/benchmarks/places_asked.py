"""What the benchmark of places asks: names as residents write them, sentences, points, texts made to be slow."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Final

from services.city.places.index import Known, PlaceIndex
from tools.synthetic_city.misspelling import misspelt

_SEED: Final = 1789
_WRITTEN: Final = 2_000
_POINTS: Final = 500
_SENTENCES: Final = 500
#: So many names are misspelt for each number of edits; all of them are asked exactly.
_MISSPELT: Final = 3_000

#: Sentences around a street and another place.
_AROUND: Final = (
    "je suis au coin de {street} et de {other}",
    "c'est quand les sacs jaunes {street} {number} ?",
    "hoe geraak ik van {stop} naar {street} {number}",
    "from {stop} to the {landmark} please",
    "poubelles {street} {number} bte 3 à {commune}",
    "er ligt sluikstort in de {street} ter hoogte van {number} in {commune}",
    "the street light at {street} {number} is broken again, near {landmark}",
    "prochain tram à {stop} vers {landmark}",
)
#: Texts that make a search work hard, repeated to the length that is allowed.
_ODD: Final = (
    "a",
    "rue ",
    "de la ",
    "st ",
    "s ",
    "1000 ",
    "12 ",
    "ixelles uccle forest ",
    "16 1000 ixelles halte rue ",
    "rue de la loi bte 3 ",
    "a b c d e f g h ",
    "avenue du professeur van der meersch 17 bte 4 1050 ixelles ",
    "ß’‘´` ",
    "straße 12 ",
    "xqzjkvwp ",
)


@dataclass(frozen=True)
class Asked:
    """The questions; ``misspelt`` has (name, what is written) by number of edits."""

    written: list[str]
    points: list[tuple[float, float]]
    sentences: list[str]
    odd: list[str]
    misspelt: dict[int, list[tuple[str, str]]]


def asked(index: PlaceIndex) -> Asked:
    """Return the questions to a city; the same for the same city."""
    chance = random.Random(_SEED)  # noqa: S311 - the same questions each time
    by_kind: dict[str, list[Known]] = {}
    for place in index.places.values():
        by_kind.setdefault(place.kind, []).append(place)
    names = sorted({name for street in by_kind["street"] for name in (street.name_fr, street.name_nl)})
    forms = _forms(chance, by_kind)
    return Asked(
        written=[form() for form in islice(cycle(forms), _WRITTEN)],
        points=[(chance.uniform(50.80, 50.89), chance.uniform(4.29, 4.46)) for _ in range(_POINTS)],
        sentences=[_sentence(chance, by_kind, form) for form in islice(cycle(_AROUND), _SENTENCES)],
        odd=[(text * 2000)[:2000] for text in _ODD],
        misspelt={
            edits: [
                (name, misspelt(name, edits, chance))
                for name in (names if edits == 0 else chance.sample(names, min(_MISSPELT, len(names))))
            ]
            for edits in (0, 1, 2)
        },
    )


def _forms(chance: random.Random, by_kind: dict[str, list[Known]]) -> list[Callable[[], str]]:
    """Return the ways in which a place is asked for, each as often as it is in the list."""

    def name(kind: str = "street") -> str:
        return _name(chance, by_kind[kind])

    def number() -> int:
        return chance.randint(1, 60)

    def begun() -> str:
        whole = name()
        return whole[: chance.randint(4, max(5, len(whole) - 2))]

    return [
        name,
        name,
        lambda: f"{name()} {number()}",
        lambda: f"{number()}, {name()}",
        lambda: f"{name()} {number()} bte 3",
        lambda: _in_commune(chance, by_kind, number()),
        lambda: misspelt(name(), 1, chance),
        lambda: misspelt(f"{name()} {number()}", 1, chance),
        lambda: misspelt(name(), 2, chance),
        begun,
        begun,
        lambda: name("stop"),
        lambda: misspelt(name("stop"), 1, chance),
        lambda: name("commune"),
        lambda: name("landmark"),
    ]


def _in_commune(chance: random.Random, by_kind: dict[str, list[Known]], number: int) -> str:
    street = chance.choice(by_kind["street"])
    return f"{street.name_fr} {number}, {street.postcodes[0]} {street.commune_ids[0]}"


def _sentence(chance: random.Random, by_kind: dict[str, list[Known]], form: str) -> str:
    return form.format(
        street=_name(chance, by_kind["street"]),
        other=_name(chance, by_kind["street"]),
        stop=_name(chance, by_kind["stop"]),
        landmark=_name(chance, by_kind["landmark"]),
        commune=_name(chance, by_kind["commune"]),
        number=chance.randint(1, 60),
    )


def _name(chance: random.Random, places: list[Known]) -> str:
    place = chance.choice(places)
    return chance.choice((place.name_fr, place.name_nl))
