"""What was learnt so far, kept between updates, and the folder that the importer of rounds takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import orjson
import yaml

from services.feeds.arp_gan import Stretch
from services.importers.arp_gan.streets import Target
from services.importers.updates import Job, state_origin

_ROUNDS: Final = "rounds"

#: By the key of their target: ``asked``, and either ``lines`` or why it is ``unknown``.
Answers = dict[str, dict[str, Any]]


def read(path: Path) -> Answers:
    """Return what was learnt so far; a torn last line is forgotten."""
    found: dict[str, Any] = {}
    for line in path.read_bytes().splitlines() if path.is_file() else ():
        try:
            entry = orjson.loads(line)
            found[entry.pop("key")] = entry
        except (orjson.JSONDecodeError, KeyError, AttributeError):
            continue
    return found


def write(path: Path, answers: Answers) -> None:
    """Keep what was learnt; the file is replaced as a whole."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(b"".join(orjson.dumps({"key": key, **entry}) + b"\n" for key, entry in answers.items()))
    part.replace(path)


def line_of(target: Target, part: Stretch) -> dict[str, Any]:
    """Return a line of ``rounds.jsonl``; open ends end where the street leaves the postcode."""
    return {
        "street_id": str(target.street),
        "street_fr": target.name_fr,
        "street_nl": target.name_nl,
        "zip": target.postcode,
        "number_from": part.first if part.first is not None else target.first,
        "number_to": part.last if part.last is not None else target.last,
        "side": part.side,
        "answer": part.calendar.answer,
    }


def prepare(job: Job, targets: Sequence[Target], answers: Answers, day: date) -> Path:
    """Write the folder that the importer takes."""
    folder = job.folder / _ROUNDS
    folder.mkdir(exist_ok=True)
    lines = [line for target in targets for line in answers.get(target.key, {}).get("lines", ())]
    (folder / "rounds.jsonl").write_bytes(b"\n".join(map(orjson.dumps, lines)) + b"\n")
    state_origin(job.source, folder)
    own = job.folder / "holidays.yml"
    stated = yaml.safe_load(own.read_text(encoding="utf-8")) if own.is_file() else None
    if not isinstance(stated, dict) or not isinstance(stated.get("valid_until"), date) or stated["valid_until"] < day:
        stated = _no_holidays(job.source.attribution, lines, day)
    (folder / "holidays.yml").write_text(yaml.safe_dump(stated, allow_unicode=True), encoding="utf-8")
    return folder


def _no_holidays(source: str, lines: Iterable[dict[str, Any]], day: date) -> dict[str, Any]:
    """Return a calendar without holidays, as far as green bags are known, and at least for this year."""
    green = max((each for line in lines for each in line["answer"]["SacsVerts"]), default="")
    year = max(day.year, int(green[:4] or 0))
    return {
        "owner": "waste",
        "source": source,
        "valid_from": date(day.year, 1, 1),
        "valid_until": date(year, 12, 31),
        "holidays": [],
    }
