"""Write the sample city's waste rounds: ``python -m tools.sample_city.rounds [--out FILE]``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from tools.sample_city import rounds_facts, streets_facts
from tools.sample_city.rounds_answer import answer
from tools.sample_city.rounds_facts import RoundFacts, Stretch
from tools.sample_city.streets_facts import StreetPart, Streets

OUT_FILE: Final = Path(__file__).parents[2] / "data" / "city" / "waste" / "rounds.jsonl"


@dataclass(frozen=True)
class _Numbers:
    """Numbers of a street, both ends included, None where the end is open."""

    first: int | None
    last: int | None
    part: StreetPart
    stretch: Stretch


def render(streets: Streets, facts: RoundFacts) -> str:
    """Return the text of the rounds' file; the same facts always give the same text."""
    lines: list[str] = []
    for _, parts in groupby((part for _, part in streets.parts), key=lambda part: part.street_id):
        lines += [json.dumps(line, ensure_ascii=False) for line in _lines(list(parts), facts)]
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> None:
    """Write the rounds' file, replacing the one that is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT_FILE, help="file to write (default: %(default)s)")
    file: Path = parser.parse_args(arguments).out
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(render(streets_facts.load(), rounds_facts.load()), encoding="utf-8", newline="")


def _lines(parts: list[StreetPart], facts: RoundFacts) -> Iterator[dict[str, Any]]:
    for numbers in _split(parts, facts):
        part = numbers.part
        for side, name in numbers.stretch.zones():
            yield {
                "street_id": str(part.street_id),
                "street_fr": part.name_fr,
                "street_nl": part.name_nl,
                "zip": part.postcode,
                "number_from": numbers.first,
                "number_to": numbers.last,
                "side": side,
                "answer": answer(part.name_fr, name, facts.zones[name]),
            }


def _split(parts: list[StreetPart], facts: RoundFacts) -> list[_Numbers]:
    """Return the stretches of all parts of a street, without a gap from the first number to the last."""
    starts: list[tuple[int, StreetPart, Stretch]] = []
    for part in parts:
        first = part.numbers[0]
        for stretch in facts.stretches(part):
            starts.append((first, part, stretch))
            if stretch.to is not None:
                first = stretch.to + 1
    followed = [*starts[1:], None]
    return [
        _Numbers(first if index else None, after[0] - 1 if after else None, part, stretch)
        for index, ((first, part, stretch), after) in enumerate(zip(starts, followed, strict=True))
    ]


if __name__ == "__main__":
    main()
