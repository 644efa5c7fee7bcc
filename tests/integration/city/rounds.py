"""Writes small collection calendars for tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

HOLIDAYS = """\
owner: tests
source: made up
valid_from: 2026-01-01
valid_until: 2026-12-31
holidays:
  - {date: 2026-11-11, moved_to: 2026-11-14, names: {fr: Armistice, nl: Wapenstilstand, en: Armistice Day}}
  - {date: 2026-12-25, moved_to: 2026-12-26, names: {fr: Noël, nl: Kerstmis, en: Christmas Day}}
"""


def line(
    street: int,
    texts: dict[str, str],
    green: tuple[str, ...] = (),
    *,
    numbers: tuple[int | None, int | None] = (None, None),
    side: str = "both",
) -> dict[str, Any]:
    """Return one line of a calendar."""
    return {
        "street_id": str(street),
        "street_fr": "Rue",
        "street_nl": "Straat",
        "zip": "1000",
        "number_from": numbers[0],
        "number_to": numbers[1],
        "side": side,
        "answer": {
            "rue": "Rue",
            "desc_ramassage": {**dict.fromkeys(WEEKDAYS, ""), "message": "", **texts},
            "SacsVerts": list(green),
            "img_ramassage": "https://example.org/a.png",
        },
    }


def write(folder: Path, lines: list[dict[str, Any] | str], holidays: str = HOLIDAYS) -> Path:
    """Write a calendar's folder and return its path; a line that is text is written as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [text if isinstance(text, str) else json.dumps(text, ensure_ascii=False) for text in lines]
    (folder / "rounds.jsonl").write_text("\n".join(texts) + "\n", encoding="utf-8")
    (folder / "holidays.yml").write_text(holidays, encoding="utf-8")
    return folder
