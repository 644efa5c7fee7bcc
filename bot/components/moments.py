"""Finds dates and times of day in three languages, as written; what they mean is for the action to say."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.components.cues import Cues
from bot.components.folding import FoldedText
from bot.components.mentions import Mention, mention

_EDGE = r"(?<![a-z0-9])"
_STOP = r"(?![a-z0-9])"


class MomentFinder:
    """Patterns of dates and times, made from the languages' words for days, months and hours."""

    def __init__(self, cues: Cues) -> None:
        weekday, month = cues.pattern("weekday"), cues.pattern("month")
        before, after, part = cues.pattern("day_before"), cues.pattern("day_after"), cues.pattern("day_part")
        number = r"(?:3[01]|[12]\d|0?[1-9])"
        ordinal = r"\d{1,2}(?:er|ere|st|nd|rd|th|ste|de|e)?"
        hour_word, hour_name = cues.pattern("hour_word"), cues.pattern("hour_name")
        fraction, fraction_after = cues.pattern("hour_fraction"), cues.pattern("hour_fraction_after")
        in_, at = cues.pattern("quantity"), cues.pattern("hour_at")
        week, part_of_month = cues.pattern("week_of_day"), cues.pattern("month_part")
        nth, of = cues.pattern("nth"), cues.pattern("of_month")
        count = rf"(?:\d{{1,2}}|{cues.pattern('number_word')}) {cues.pattern('day_unit')}"
        self._dates = [
            re.compile(_EDGE + pattern + _STOP)
            for pattern in (
                rf"(?:{weekday},? )?{ordinal} (?:of )?{month}\.?(?:,? \d{{4}})?",
                rf"{month} {ordinal}(?:,? \d{{4}})?",
                r"\d{4}-\d{2}-\d{2}",
                r"(?:3[01]|[12]\d|0?[1-9])[/-](?:1[0-2]|0?[1-9])(?:[/-](?:20)?\d{2})?",
                r"(?:3[01]|[12]\d|0?[1-9])\.(?:1[0-2]|0?[1-9])\.(?:20)?\d{2}",
                rf"(?:{before} )?{weekday}s?(?: {after})?(?:[ -]?{part})?(?: {week})?",
                rf"{nth} {weekday}s?(?: {of}['’ ]?(?:{month}|{cues.pattern('month_word')}))?",
                rf"{part_of_month}['’ -]?{month}",
                # "le vendredi 4", but not "vendredi 18h" nor "samedi 5 rue Haute".
                rf"{weekday},? {number}(?![.:/,]?\d| ?{cues.pattern('unit', 'hour_word', 'street_type')})",
                rf"{weekday},? {number}/(?:1[0-2]|0?[1-9])",
                rf"{cues.pattern('year_before')} 20[2-4]\d",
                rf"{nth} {month}",
                rf"{cues.pattern('ahead')} (?:the )?{count}",
                rf"{count} {cues.pattern('ago')}",
            )
        ]
        self._times = [
            re.compile(_EDGE + pattern + _STOP)
            for pattern in (
                rf"(?:[01]?\d|2[0-4]) ?{hour_word} ?{fraction_after}",
                rf"{hour_name} {hour_word} ?{fraction_after}",
                rf"(?:[01]?\d|2[0-4]) ?[h:.u] ?[0-5]\d ?{hour_word}",
                r"(?:[01]?\d|2[0-4]) ?[hu] ?[0-5]\d",
                r"(?:[01]?\d|2[0-4]):[0-5]\d",
                rf"(?:[01]?\d|2[0-4]) ?{hour_word}",
                r"1?\d ?[ap]\.m\.?",
                rf"{hour_name} {hour_word}",
                rf"{cues.pattern('hour_at_word')} {hour_name}",
                rf"{fraction}{hour_name}",
                rf"{at} (?:[01]?\d|2[0-4])(?![.,:/-]?\d| ?{cues.pattern('unit')}(?![a-z0-9]))",
                rf"{fraction} (?:{hour_name}|1?\d)",
                rf"{in_} \d{{1,2}} {cues.pattern('minute_unit')}",
            )
        ]

    def find(self, sentence: FoldedText) -> Iterable[Mention]:
        """Yield candidates, which may overlap."""
        for kind, patterns in (("date", self._dates), ("time", self._times)):
            for pattern in patterns:
                for match in pattern.finditer(sentence.text):
                    start, end = sentence.span(*match.span())
                    yield mention([kind], start, end, sentence.original[start:end], "pattern")
