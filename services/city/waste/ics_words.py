"""The sentences of a calendar of collections, from ``ics.yml``: one evening's title and description."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from babel.dates import format_date

from kit.languages import Language
from services.city.waste.calendar import Collection

_FILE: Final = Path(__file__).with_name("ics.yml")
_LOCALES: Final[dict[Language, str]] = {"fr": "fr_BE", "nl": "nl_BE", "en": "en_GB"}


@dataclass(frozen=True)
class CalendarWords:
    """What a calendar says in one language."""

    language: Language
    texts: dict[str, Any]

    def name(self, place: str) -> str:
        """Return the calendar's name."""
        return self._text("name", place=place)

    def summary(self, together: Sequence[Collection]) -> str:
        """Return the title of an evening ("Sortir le sac jaune et le sac bleu")."""
        text = self._text("summary", bags=self._bags(together))
        return text[0].upper() + text[1:]

    def description(self, together: Sequence[Collection], source: str) -> str:
        """Return when to put the bags out, when they are collected, and whose word that is; a line each."""
        first = together[0]
        until = self._time(first.put_out_until)
        lines = [self._text("window", opens=self._time(first.put_out_from), until=until)]
        if first.round.in_the_evening:
            lines.append(self._text("same_evening", until=until))
        else:
            lines.append(self._text("collected", day=self._day(first.day)))
        for holiday in dict.fromkeys(each.holiday for each in together if each.holiday):
            name = {"fr": holiday.fr, "nl": holiday.nl, "en": holiday.en}[self.language]
            lines.append(self._text("moved", holiday=name, day=self._day(holiday.day)))
        return "\n".join([*lines, self._text("source", source=source)])

    def _bags(self, together: Sequence[Collection]) -> str:
        *others, last = [str(self.texts["bags"][each.fraction]) for each in together]
        listed = f"{', '.join(others)} {self.texts['and']} {last}" if others else last
        pattern: str = self.texts["bag"][1 if others else 0]
        return pattern.format(bags=listed)

    def _time(self, at: datetime) -> str:
        if at.hour == at.minute == 0:
            return str(self.texts["midnight"])
        return self._text("time" if at.minute else "hour", h=at.hour, m=f"{at.minute:02}")

    def _day(self, day: date) -> str:
        return format_date(day, "EEEE d MMMM", locale=_LOCALES[self.language])

    def _text(self, key: str, **values: object) -> str:
        pattern: str = self.texts[key]
        return pattern.format(**values)


@cache
def words(language: Language) -> CalendarWords:
    """Return the sentences in a language."""
    return CalendarWords(language, yaml.safe_load(_FILE.read_text(encoding="utf-8"))[language])
