"""Answers whether works or a use need a permit: asks the fewest questions, then gives the verdict and its rule.

What was asked about is a project and the answers so far, both in ``shown`` and in every choice's payload: a choice
means the same whenever it is chosen.
"""

from __future__ import annotations

from typing import Final

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import merged, paragraphs, say_answer
from actions.city.errors import CityProblemError
from actions.city.permits import Project
from actions.conversation.details import FACET, PROCEDURE, asks_a_detail, facet_in
from actions.forms.answering import way_out
from actions.open_questions import QUESTION
from actions.permits.advice_hearing import Heard, hear, languages
from actions.permits.advice_wording import (
    ANSWERS,
    PROJECT,
    SUBJECT,
    LocalAdvice,
    choices,
    project_choices,
    question_sentences,
    verdict_card,
    verdict_options,
    verdict_sentences,
    written,
)
from actions.permits.offers import offers
from actions.speech import ask, say
from actions.subject_answers import Asked, SubjectAnswer
from actions.subjects import ASKED_FOR, WORDS
from actions.turn import ANOTHER, Turn
from kit.replies import text

#: After so many answers that fit nothing, a person is offered.
_TRIES: Final = 2
_GONE: Final = frozenset({"project_not_found", "unknown_question", "unknown_choice", "answered_twice"})


class PermitNeeded(SubjectAnswer):
    """Asks the next question about the works, or says whether they need a permit."""

    action_name = "action_permit_needed"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_city"

    def asked(self, turn: Turn) -> Asked:
        """Return the project and the answers: of a choice its own, else those so far."""
        said = {name: value for name, value in turn.facts().items() if name in (PROJECT, ANSWERS)}
        mine = turn.slot("last_question") == SUBJECT
        before = {name: str(value) for name, value in turn.memory("shown").items()} if mine else {}
        for passing in (ASKED_FOR, PROCEDURE):
            before.pop(passing, None)
        if PROJECT not in said:
            return before
        return {**said, **({WORDS: before[WORDS]} if WORDS in before else {})}

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Take what was said, then ask or answer."""
        if asked.get(PROJECT) == ANOTHER:
            asked.clear()
            return await self._ask_project(turn, asked, Heard(), say_to)
        heard = await hear(self.services.city, turn, asked)
        if PROJECT not in asked:
            of_which = _of_which_permit(turn) if asks_a_detail(turn) else []
            return of_which or await self._ask_project(turn, asked, heard, say_to)
        city = self.services.city
        try:
            found = {each: await city.advice(asked[PROJECT], written(asked), each) for each in languages(turn)}
        except CityProblemError as error:
            if error.code not in _GONE:
                raise
            asked.clear()
            return await self._ask_project(turn, asked, Heard(), say_to)
        if next(iter(found.values())).verdict is None:
            return self._ask_next(turn, asked, found, heard, say_to)
        if heard.problem:  # no question is open: it was about other works, which nothing here knows
            asked.clear()
            return await self._ask_project(turn, asked, Heard(problem="unknown"), say_to)
        return self._tell_verdict(turn, asked, found, heard, say_to)

    async def _ask_project(
        self, turn: Turn, asked: Asked, heard: Heard, say_to: CollectingDispatcher
    ) -> list[EventType]:
        offered: list[Project] = list(heard.offered)
        if not offered:
            known = {each.id: each for each in await self.services.city.projects(None, languages(turn)[0])}
            offered = [known[each] for each in offers().projects if each in known]
        asked[ASKED_FOR] = PROJECT
        one = offered[0] if heard.problem == "several" and len(offered) == 1 else None
        if one:
            both = [ask("choice_yes", "affirm"), ask("choice_no", "deny")]
            say(say_to, "did_you_mean_project", project=merged(one.names), options=both)
        elif heard.problem == "several":
            other = ask("choice_other_project", SUBJECT, **{PROJECT: ANOTHER})
            say(say_to, "which_project", options=[*project_choices(offered), other])
        elif heard.problem == "unknown":
            say(say_to, "project_unknown", contact=text(self.contact), options=project_choices(offered))
        else:
            say(say_to, "ask_project", options=project_choices(offered))
        return [SlotSet("pending", {"slot": PROJECT, "words": True, "yes": one.id if one else None})]

    def _ask_next(
        self, turn: Turn, asked: Asked, found: LocalAdvice, heard: Heard, say_to: CollectingDispatcher
    ) -> list[EventType]:
        tries = int(turn.pending(ANSWERS).get("tries", 0)) + 1 if heard.problem else 0
        options = choices(asked, found, heard.offered if heard.problem == "which" else ())
        if tries >= _TRIES:
            options = [*options, *way_out()]
        said = paragraphs(question_sentences(found, heard.given or {}, heard.problem, starts=heard.starts))
        asked[ASKED_FOR] = ANSWERS
        say(say_to, said["id"], options=options, **said["params"])
        open_question = next(iter(found.values())).next_question
        question = open_question.model_dump() if open_question else None
        return [SlotSet("pending", {"slot": ANSWERS, "words": True, "tries": tries, QUESTION: question})]

    def _tell_verdict(
        self, turn: Turn, asked: Asked, found: LocalAdvice, heard: Heard, say_to: CollectingDispatcher
    ) -> list[EventType]:
        first = next(iter(found.values()))
        rules = first.verdict.rules if first.verdict else ()
        if first.verdict and first.verdict.next_step.procedure:
            asked[PROCEDURE] = first.verdict.next_step.procedure  # "and what does that cost?" is about it
        say_answer(
            say_to,
            verdict_sentences(found, heard.given or {}),
            first,
            cards=[verdict_card(first, turn.language)],
            options=verdict_options(asked, found, turn.slot("commune")),
            url=rules[0].url if rules else None,
        )
        return [SlotSet("pending", None)]


def _of_which_permit(turn: Turn) -> list[EventType]:
    """Return the events that ask which permit a detail is asked of, where no works were named yet."""
    facet = [SlotSet("permit_type", None), SlotSet(FACET, facet_in(turn)), SlotSet("pending", None)]
    return [*facet, SlotSet("last_question", None), SlotSet("shown", None), FollowupAction("permit_procedure_form")]
