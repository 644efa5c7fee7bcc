"""The sentences about disruptions: those that are known, or that none is, and for what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from actions.answers import together
from actions.city.transport import Message, Messages
from actions.cues import labels_in
from actions.speech import on_day
from actions.transport.wording import KINDS
from kit.replies import Part, clock_time, quotation, text

#: What a question about disruptions, or a message about one, is of.
CUES: Final = Path(__file__).with_name("disruption_cues.yml")
#: Messages said at once; there are five paragraphs in all.
MOST: Final = 3


@dataclass(frozen=True)
class About:
    """What is asked about; a day that is today is none."""

    line: str | None = None
    mode: str | None = None
    stop: Part | None = None
    day: date | None = None
    strike: bool = False


def sentences(found: Messages, about: About, now: datetime) -> list[Part]:
    """Return what there is to say, at least that nothing is known."""
    day = on_day(about.day, now.date()) if about.day else None
    if about.strike and not any(_is_of_strike(each) for each in found.items):
        unknown = text("disruptions_no_strike")
        return [unknown, *sentences(found, replace(about, strike=False), now)] if found.items else [unknown]
    if not found.items:
        return [_none(about, day, now)]
    said = [text("disruption", message=quotation(each.texts)) for each in found.items[:MOST]]
    if day:
        said[0] = together([text("disruptions_on_day", day=day), said[0]])
    if found.total > len(said):
        said.append(text("disruptions_more", count=found.total - len(said)))
    return said


def _is_of_strike(message: Message) -> bool:
    return any("strike" in labels_in(words, CUES) for words in message.texts.values())


def _none(about: About, day: Part | None, now: datetime) -> Part:
    if day:
        return text("disruptions_none_day", day=day)
    time = clock_time(now)
    if about.line:
        return text("disruptions_none_line", line=about.line, now=time)
    if about.stop:
        return text("disruptions_none_stop", stop=about.stop, now=time)
    if about.mode in KINDS:
        return text("disruptions_none_mode", kind=text(KINDS[about.mode]), now=time)
    return text("disruptions_none", now=time)
