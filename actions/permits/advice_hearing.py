"""What a message says about works: which they are, and answers to the questions about them.

Words are an answer where they mean one of a question's choices for certain. What they leave open is asked, never
guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from actions.city.errors import CityProblemError
from actions.city.permits import Advice, Project
from actions.city.port import City
from actions.conversation.details import asks_a_detail
from actions.permits.advice_wording import ANSWERS, PROJECT, SUBJECT, written
from actions.permits.choosing import certain, chosen, is_unsure, says_where
from actions.subjects import CONTINUES, WORDS, Asked
from actions.turn import Turn
from kit.languages import Language

#: Works that fit a text this well (0 to 100), and this much better than the next, are the ones that are meant.
_CLEAR_SCORE: Final = 74.0
_CLEAR_LEAD: Final = 6.0
#: Works offered where several may be meant.
_MOST: Final = 4
#: Intents that call for what was said before once more.
_AGAIN: Final = frozenset({"change_language", "ask_repeat"})
_YES_NO: Final = frozenset({"affirm", "deny"})


@dataclass(frozen=True)
class Heard:
    """What a message's words gave: answers to questions, or what is wrong with them and what may be meant."""

    given: Mapping[str, str] | None = None
    problem: str | None = None
    #: Works, or ids of choices.
    offered: tuple[Any, ...] = ()
    #: Whether it is about other works than before.
    starts: bool = False


def languages(turn: Turn) -> tuple[Language, ...]:
    """Return the languages to ask the façade in, the first one to read words in."""
    return turn.languages


async def hear(city: City, turn: Turn, asked: Asked) -> Heard:
    """Put what a message says into ``asked``."""
    if PROJECT in asked and (WORDS in asked or turn.entity(PROJECT)):
        return await _known_before(city, turn, asked)
    asking = bool(turn.pending(ANSWERS))
    listens = turn.intent not in _AGAIN if asking else turn.intent in {*CONTINUES, SUBJECT}
    if not listens or not (turn.text or turn.intent in _YES_NO):
        return Heard()
    reads = PROJECT in asked and (asking or turn.intent != SUBJECT)
    read, weak = await _read(city, turn, asked) if reads else (None, False)
    if read is None or weak or turn.intent == SUBJECT:  # perhaps about other works
        named = await city.projects(turn.text, languages(turn)[0]) if turn.text and not says_where(turn.text) else []
        clear = _clear(named)
        if asking and clear and clear.id == asked.get(PROJECT) and not read:
            return Heard(starts=True)  # named once more: what was answered stays
        if clear and (clear.id != asked.get(PROJECT) or (turn.intent == SUBJECT and not read)):
            return await _starts(city, turn, asked, clear)
        if read is None:
            return _missed(turn, asked, named, reads=reads)
    return _noted(asked, read)


async def _starts(city: City, turn: Turn, asked: Asked, project: Project) -> Heard:
    """Start over with works, and with what the message already says about them."""
    asked.clear()
    asked[PROJECT] = project.id
    return _noted(asked, Heard(certain((await _advice(city, turn, asked)).questions, turn.text), starts=True))


async def _known_before(city: City, turn: Turn, asked: Asked) -> Heard:
    """Take what the first message said about works that were chosen only now."""
    words = asked.pop(WORDS, "")
    if asked.get(ANSWERS):
        return Heard()
    if not words:
        return Heard(starts=True)
    try:
        return _noted(asked, Heard(certain((await _advice(city, turn, asked)).questions, words), starts=True))
    except CityProblemError:
        return Heard()


async def _read(city: City, turn: Turn, asked: Asked) -> tuple[Heard | None, bool]:
    """Return what words answer: a correction, the open question or another one; and whether but a yes or no says so."""
    try:
        advice = await _advice(city, turn, asked)
    except CityProblemError:
        return None, False
    so_far, sure = written(asked), certain(advice.questions, turn.text)
    corrects = any(so_far.get(question, choice) != choice for question, choice in sure.items())
    if advice.next_question is not None and not corrects:
        answer = chosen(advice.next_question, turn.text, turn.intent)
        if answer.weak and sure and advice.next_question.id not in sure:
            return Heard(sure), False  # "yes, at the front" is about the front, and perhaps about nothing else
        if len(answer.choices) == 1:
            return Heard({**sure, advice.next_question.id: answer.choices[0].id}), answer.weak
        if answer.choices:
            return Heard(problem="which", offered=tuple(each.id for each in answer.choices)), answer.weak
    return (Heard(sure) if sure else None), False


def _missed(turn: Turn, asked: Asked, named: Sequence[Project], *, reads: bool) -> Heard:
    """Return what is wrong with words that neither name works for certain nor answer a question."""
    if reads:
        if asks_a_detail(turn):
            return Heard(problem="later")
        return Heard(problem="unsure" if is_unsure(turn.text) else "unclear")
    asked.clear()
    asked[WORDS] = turn.text
    return Heard(problem="several" if named else "unknown", offered=tuple(named[:_MOST]))


def _noted(asked: Asked, heard: Heard) -> Heard:
    if heard.given:
        answers = {**written(asked), **heard.given}
        asked[ANSWERS] = " ".join(f"{question}:{choice}" for question, choice in answers.items())
    return heard


def _clear(named: Sequence[Project]) -> Project | None:
    """Return the works that a text means without a doubt."""
    scores = [each.score or 0.0 for each in named]
    sure = scores and scores[0] >= _CLEAR_SCORE and (len(scores) == 1 or scores[0] - scores[1] >= _CLEAR_LEAD)
    return named[0] if sure else None


async def _advice(city: City, turn: Turn, asked: Asked) -> Advice:
    return await city.advice(asked[PROJECT], written(asked), languages(turn)[0])
