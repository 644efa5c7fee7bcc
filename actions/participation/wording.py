"""The sentences about what residents can take part in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from actions.answers import merged
from actions.city.participation import Opportunity, Participation
from actions.speech import named
from kit.clock import BRUSSELS
from kit.languages import Language
from kit.replies import Part, clock_time, day, listing, text

#: Opportunities told of.
_MOST: Final = 3

#: What is open, in each language that it was asked for in, at least one.
Localised = Mapping[Language, Participation]


def sentences(found: Localised, inquiries: int, *, idea_first: bool) -> list[Part]:
    """Return what is open, what comes, how many public inquiries there are, and the offer to note an idea."""
    first = next(iter(found.values()))
    said = _open(found)
    if first.coming:
        coming = {language: page.coming for language, page in found.items()}
        opens = day(first.coming[0].opens, "date")
        said.append(text("participation_coming", name=_each(coming, 0, lambda each: each.name), opens=opens))
    if inquiries and first.commune:
        said.append(text("participation_inquiries", count=inquiries, commune=named(first.commune.name)))
    idea = text("participation_idea")
    return [idea, *said] if idea_first else [*said, idea]


def _open(found: Localised) -> list[Part]:
    first = next(iter(found.values()))
    items = {language: page.items for language, page in found.items()}
    own = [each for each in first.items if each.commune is not None]
    shown = min(len(first.items), _MOST)
    lines = listing([_line(items, number) for number in range(shown)])
    if not first.items:
        if first.commune is None:
            return [text("participation_none")]
        return [text("participation_none_in", commune=named(first.commune.name))]
    if first.commune is None:
        return [text("participation_open", lines=lines, count=first.total)]
    if not own:
        return [text("participation_region_only", commune=named(first.commune.name), lines=lines)]
    return [text("participation_open_in", commune=named(first.commune.name), lines=lines)]


def _line(items: Mapping[Language, Sequence[Opportunity]], number: int) -> Part:
    """Return one opportunity: what it is, until when, how, when people meet, and where to read on."""
    opportunity = next(iter(items.values()))[number]
    how = _each(items, number, lambda each: each.how)
    line = text(
        "participation_line",
        name=_each(items, number, lambda each: each.name),
        closes=day(opportunity.closes, "date"),
        how=how,
    )
    if opportunity.meetings:
        meeting = opportunity.meetings[0]
        starts = meeting.starts_at.astimezone(BRUSSELS)
        when = text("appointment_moment", day=day(starts.date()), time=clock_time(starts))
        line = text("participation_line_meeting", line=line, when=when, place=named(meeting.place))
    if opportunity.url:
        line = text("participation_line_url", line=line, url=_each(items, number, lambda each: each.url or ""))
    return line


def _each(items: Mapping[Language, Sequence[Opportunity]], number: int, told: Callable[[Opportunity], str]) -> Part:
    return merged({language: told(each[number]) for language, each in items.items()})
