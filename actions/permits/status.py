"""Answers where a permit application stands: the stage, what comes next and by when."""

from __future__ import annotations

from typing import Final

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.errors import CityProblemError
from actions.permits.references import REFERENCE, has_none, is_report
from actions.permits.status_wording import dossier_choices, dossier_options, dossier_sentences
from actions.reminders.following import FOLLOW, ON, given_up, offer, set_up, wants_to_follow
from actions.speech import say
from actions.subject_answers import Asked, SubjectAnswer
from actions.subject_places import ask_for
from actions.subjects import ASKED_FOR, SUBJECTS
from actions.turn import ANOTHER, Turn
from kit.replies import Part, text

SUBJECT: Final = "permit_status"
#: A text longer than this is not said back.
_PASTED: Final = 40
#: Paragraphs about a dossier that leave room for what is said about following it.
_MOST_SAID: Final = 4
#: How a reference that leads to no dossier is answered, by the façade's problem.
_PROBLEMS: Final = {
    "invalid_reference": "dossier_reference_unclear",
    "application_not_found": "dossier_not_found",
    "reference_ambiguous": "which_dossier",
}


class PermitStatus(SubjectAnswer):
    """Says the stage of the dossier of a reference; who applied is never known here."""

    action_name = "action_permit_status"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_city"

    def asked(self, turn: Turn) -> Asked:
        """Return the reference; what is asked of the file that was just told is about that one."""
        asked = super().asked(turn)
        same = turn.intent == SUBJECT and turn.slot("last_question") == SUBJECT and REFERENCE not in asked
        known = turn.memory("shown").get(REFERENCE) if same else None
        return {**asked, REFERENCE: str(known)} if known else asked

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it, or ask for the reference."""
        follows = wants_to_follow(turn, asked, SUBJECT)
        written = asked.get(REFERENCE)
        asked.clear()
        stopped = given_up(turn, "dossier", written)
        if stopped:
            say(say_to, "follow_stopped", tasks=stopped)
            return [SlotSet("pending", None)]
        if follows:
            asked[FOLLOW] = ON
        if turn.intent == "deny" or self._has_none(turn):
            say(say_to, "dossier_without_reference", contact=text(self.contact))
            return [SlotSet("pending", None)]
        if written is None or written == ANOTHER:
            ask_for(say_to, asked, REFERENCE, "ask_dossier_reference")
            return _open()
        if is_report(written):
            return handed_over("city_report_status", written, follows=follows)
        city = self.services.city
        try:
            found = {each: await city.application(written, each) for each in turn.languages}
        except CityProblemError as error:
            if error.code not in _PROBLEMS:
                raise
            return self._refused(asked, written, error, say_to)
        first = next(iter(found.values()))
        asked[REFERENCE] = first.reference
        asked.pop(FOLLOW, None)
        said, options = dossier_sentences(found, self.services.clock), dossier_options(first)
        tasks: tuple[Part, ...] = ()
        if first.next and follows:
            sentence, tasks = set_up(turn, "dossier", first.reference)
            said = [*said[:_MOST_SAID], sentence]
        elif first.next:
            options = [*offer(turn, "dossier", first.reference), *options]
        say_answer(say_to, said, first, options=options, tasks=tasks)
        return [SlotSet("pending", None)]

    def _has_none(self, turn: Turn) -> bool:
        """Tell whether an answer to the question for the reference says that there is none."""
        return self.wanted(turn) == REFERENCE and not turn.entity(REFERENCE) and has_none(turn.text)

    def _refused(
        self, asked: Asked, written: str, error: CityProblemError, say_to: CollectingDispatcher
    ) -> list[EventType]:
        """Say what is wrong with the reference, with those that are near, and let the next message give it."""
        asked[ASKED_FOR] = REFERENCE
        query = written if len(written) <= _PASTED else ""
        options = dossier_choices(error.suggestions)
        reply = "dossier_near" if options and error.code == "application_not_found" else _PROBLEMS[error.code]
        if reply == "dossier_not_found":
            say(say_to, reply, query=query, contact=text(self.contact))
        elif reply == "dossier_near":
            say(say_to, reply, query=query, options=options)
        else:
            say(say_to, reply, options=options)
        return _open()


def handed_over(subject: str, reference: str, *, follows: bool = False) -> list[EventType]:
    """Return the events that let another subject answer about a reference of its kind, and have it followed."""
    return [
        SlotSet("last_question", subject),
        SlotSet("shown", {REFERENCE: reference, **({FOLLOW: ON} if follows else {})}),
        SlotSet("pending", None),
        FollowupAction(SUBJECTS[subject].answer),
    ]


def _open() -> list[EventType]:
    """Return the event that lets any words of the next message be the reference."""
    return [SlotSet("pending", {"slot": REFERENCE, "words": True})]
