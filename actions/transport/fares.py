"""Answers what a ticket or pass costs, for whom it is, where it is sold, and since when the price holds."""

from __future__ import annotations

from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.mobility_models import Fare, FareQuestion, Fares
from actions.subject_answers import SubjectAnswer
from actions.subjects import CONTINUES, SUBJECTS, WORDS, Asked
from actions.transport.fare_wording import SUBJECT, Localised, offered, overview, ticket
from actions.turn import Turn
from kit.languages import Language

#: The fact of a choice: a fare's id.
FARE: Final = "fare"

_TICKETS: Final = frozenset({"single", "multi", "day", "month", "year", "airport", "free"})
#: Conditions that narrow what one can have; students have what is for their age.
_CONDITIONS: Final = frozenset({"resident", "bim"})
_STUDENTS_AGE: Final = 20
#: Among what is remembered: the ids of the tickets that were said.
_SAID: Final = "said"


class FareAnswer(SubjectAnswer):
    """Says the ticket that fits best in full, and what else there is."""

    action_name = "action_fares"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_transport"

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it; of a question that fits no ticket, the prices of the common ones."""
        language, *others = turn.languages
        everything = await self.services.city.fares(FareQuestion(), language)
        _take_words(turn, asked)
        follows = turn.intent in CONTINUES and not turn.facts().keys() & SUBJECTS[SUBJECT].facts and WORDS in asked
        if follows and (await self.services.city.fares(FareQuestion(words=asked[WORDS]), language)).items:
            for name in SUBJECTS[SUBJECT].facts:  # "et pour un senior ?" is not about the age before
                asked.pop(name, None)
        if turn.intent not in {*CONTINUES, SUBJECT} and _SAID in asked:  # said again, perhaps in another language
            found = asked[_SAID].split()
        else:
            found = [each.id for each in await self._found(asked, everything, language)]
        if turn.facts().get(FARE):  # a choice: what it is about is not what was asked before
            asked.clear()
            asked[FARE] = found[0]
        else:
            asked[_SAID] = " ".join(found)
        known: Localised = {language: _by_id(everything)}
        for other in others:
            known[other] = _by_id(await self.services.city.fares(FareQuestion(), other))
        if not found:
            say_answer(say_to, overview(known), everything, options=offered(known))
            return []
        first = known[language][found[0]]
        options = offered(known, found[1:]) if found[1:] else []
        said = ticket(known, found)
        say_answer(say_to, said, everything, options=options, url=first.source_url)
        return []

    async def _found(self, asked: Asked, everything: Fares, language: Language) -> list[Fare]:
        """Return the tickets that fit, the best first."""
        city = self.services.city
        if FARE in asked:
            return [each for each in everything.items if each.id == asked[FARE]]
        kind, condition = _known(asked.get("ticket"), _TICKETS), _known(asked.get("condition"), _CONDITIONS)
        age, words = _age(asked.get("age")), asked.get(WORDS)
        if age is None and asked.get("condition") == "student":
            age = _STUDENTS_AGE
        narrow = [each for each in everything.items if _is_for(each, age, condition)]
        question = FareQuestion(ticket=kind, age=age, condition=condition)
        named = await city.fares(FareQuestion(kind, age, condition, words), language) if words else None
        wide = list(named.items if named else ())
        if kind and not wide:
            wide = list((await city.fares(question, language)).items)
        if kind and words and not wide:
            wide = list((await city.fares(FareQuestion(age=age, words=words), language)).items)
        if age is not None and not narrow and not wide:
            wide = list((await city.fares(question, language)).items)
        return list({each.id: each for each in [*narrow, *wide]}.values())


def _take_words(turn: Turn, asked: Asked) -> None:
    """Take the words of a message that goes on; another ticket is not for the person who was spoken of before."""
    said = turn.facts().keys() & SUBJECTS[SUBJECT].facts
    if turn.intent not in CONTINUES or not said:
        return
    asked[WORDS] = turn.text
    if FARE not in said:
        asked.pop(FARE, None)
    if "ticket" in said:
        for name in {"age", "condition"} - said:
            asked.pop(name, None)


def _is_for(fare: Fare, age: int | None, condition: str | None) -> bool:
    """Tell whether a ticket is made for people of an age, or with a condition."""
    if condition and condition == fare.condition != "resident":
        return True
    aged = fare.from_age is not None or fare.to_age is not None
    return age is not None and aged and (fare.from_age or 0) <= age <= (200 if fare.to_age is None else fare.to_age)


def _known(value: str | None, known: frozenset[str]) -> str | None:
    return value if value in known else None


def _age(value: str | None) -> int | None:
    return int(value) if value and value.isdecimal() and int(value) <= 120 else None


def _by_id(found: Fares) -> dict[str, Fare]:
    return {each.id: each for each in found.items}
