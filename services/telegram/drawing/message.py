"""A message of the assistant as it goes out: its words, the cards that say more, its source, and its keyboard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from kit.clock import BRUSSELS
from kit.languages import Language
from services.telegram.drawing.cards import drawn, shown_by
from services.telegram.drawing.lines import Line, Span, bold, line, link
from services.telegram.port import Message, Source
from services.telegram.texts import Texts, spoken

_BULLET: Final = re.compile(r"^\s*[–-]\s+")
_INTRODUCES: Final = re.compile(r"\s*:\s*$")


def lines_of(message: Message, texts: Texts, now: datetime) -> list[Line]:
    """Return a message's lines."""
    language = spoken(message.language)[0]
    cards = [drawn(card, language, texts) for card in message.cards]
    shown = [words for card in message.cards for words in shown_by(card, language, texts)]
    lines: list[Line] = []
    if message.author == "operator":
        lines.append(line(bold(texts.say("author_operator", language))))
    lines += [line(words) for words in _without_shown(message.text, shown)]
    for card in cards:
        if card:
            lines += [(), *card]
    if message.source:
        lines += [(), _source(message.source, language, texts, now)]
    return lines


def _without_shown(text: str, shown: Sequence[tuple[str, ...]]) -> list[str]:
    """Return a text's lines without those of its lists that a card shows, and without what introduces nothing then.

    What introduces a list stays where the message begins with it: there it is the answer.
    """
    kept: list[str] = []
    introduced = False  # whether a line of the list that is being read was left out
    for each in text.split("\n"):
        if _BULLET.match(each) and any(all(_plain(word) in _plain(each) for word in words) for words in shown):
            introduced = True
            continue
        if introduced and not _BULLET.match(each):
            _drop_introduction(kept)
            introduced = False
        kept.append(each)
    if introduced:
        _drop_introduction(kept)
    return kept


def _drop_introduction(kept: list[str]) -> None:
    if not kept or not _INTRODUCES.search(kept[-1]):
        return
    introduction = kept.pop()
    if not kept:
        kept.append(_INTRODUCES.sub(".", introduction))


def _plain(text: str) -> str:
    return " ".join(text.split()).lower()


def _source(source: Source, language: Language, texts: Texts, now: datetime) -> Line:
    head, _, tail = texts.say("source", language, name="\0").partition("\0")
    facts = []
    if source.as_of:
        at = source.as_of.astimezone(BRUSSELS)
        text_id = "as_of_today" if at.date() == now.astimezone(BRUSSELS).date() else "as_of"
        facts.append(texts.say(text_id, language, day=at.day, month=at.month, hour=at.hour, minute=f"{at.minute:02}"))
    if source.realtime is not None:
        facts.append(texts.say("realtime" if source.realtime else "timetable", language))
    if source.sample:
        facts.append(texts.say("sample", language))
    name = link(source.name, source.url)
    return line(
        Span(head, "i"), Span(name.text, "i", name.link), Span(tail + "".join(f", {each}" for each in facts), "i")
    )
