"""What was learnt so far, kept between updates, and the folder that the importer of rounds takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import orjson
import yaml

from services.feeds.waste.stretches import Stretch
from services.importers.calendars.streets import Target
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


def line_of(target: Target, part: Stretch[Any], **calendar: Any) -> dict[str, Any]:
    """Return a line of ``rounds.jsonl``; open ends end where the street leaves the postcode."""
    return {
        "street_id": str(target.street),
        "street_fr": target.name_fr,
        "street_nl": target.name_nl,
        "zip": target.postcode,
        "number_from": part.first if part.first is not None else target.first,
        "number_to": part.last if part.last is not None else target.last,
        "side": part.side,
        **calendar,
    }


def lines_of(targets: Sequence[Target], answers: Answers) -> list[dict[str, Any]]:
    """Return all lines of ``rounds.jsonl`` that are known."""
    return [line for target in targets for line in answers.get(target.key, {}).get("lines", ())]


def prepare(job: Job, lines: Iterable[dict[str, Any]], holidays: dict[str, Any]) -> Path:
    """Write the folder that the importer takes; ``holidays`` is the content of its ``holidays.yml``."""
    folder = job.folder / _ROUNDS
    folder.mkdir(exist_ok=True)
    (folder / "rounds.jsonl").write_bytes(b"\n".join(map(orjson.dumps, lines)) + b"\n")
    state_origin(job.source, folder)
    (folder / "holidays.yml").write_text(yaml.safe_dump(holidays, allow_unicode=True), encoding="utf-8")
    return folder
