"""Sends what the resident has confirmed, once, and says the reference."""

from __future__ import annotations

from typing import Any, Final

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.base import CityAction
from actions.city.errors import CityProblemError
from actions.city.models import Answer
from actions.conversation.history import left_form
from actions.filing.draft import Draft, Question
from actions.filing.filings import FILINGS
from actions.filing.form import FORM, SLOT, draft_of
from actions.forms.resuming import resumed
from actions.speech import ask, on_day, say
from actions.turn import Turn
from kit.clock import BRUSSELS, today
from kit.languages import OFFICIAL
from kit.replies import Part, text

#: Problems that another fact would mend: the field to ask again, and what to say.
_MENDED: Final = {
    "place_not_found": ("place", "filing_place_gone"),
    "place_too_large": ("place", "ask_street_in_commune"),
    "outside_region": ("place", "filing_outside_region"),
    "place_needed": ("place", "ask_filing_place"),
    "contact_needed": ("contact", "ask_contact"),
    "not_followable": ("same", "filing_not_followable"),
    "request_not_found": ("same", "filing_not_followable"),
}


class SendFiling(CityAction):
    """Sends the draft; called for again, says the receipt once more."""

    action_name = "action_send_filing"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Send it, and say the reference and what happens next."""
        draft = draft_of(turn)
        if draft is None:
            self._receipt_again(turn, say_to)
            return []
        if turn.slot(SLOT) is None:
            return []  # the form was left: nothing is sent
        language = turn.language or OFFICIAL[0]
        try:
            if draft.value("same"):
                followed = await self.services.city.follow_request(draft.value("same"), draft.key, language)
                parts = [text("filing_followed", reference=followed.reference, count=followed.followers)]
                return self._done(turn, draft, followed, parts, say_to)
            body = FILINGS[draft.subject].request(draft)
            created = await self.services.city.create_request(body, draft.key, language)
        except CityProblemError as error:
            return self._mended(draft, error)
        parts = [text("filing_sent", reference=created.reference)]
        if created.expected_at is not None:
            when = on_day(created.expected_at.astimezone(BRUSSELS).date(), today(self.services.clock))
            parts.append(text("filing_expected", who=created.responsible, when=when))
        parts.append(text("filing_keep_reference"))
        return self._done(turn, draft, created, parts, say_to)

    def _done(
        self, turn: Turn, draft: Draft, answer: Answer, parts: list[Part], say_to: CollectingDispatcher
    ) -> list[EventType]:
        say_answer(say_to, parts, answer)
        receipt = {"parts": parts, "answer": answer.model_dump(mode="json", include=set(Answer.model_fields))}
        done: list[EventType] = [
            SlotSet(SLOT, None),
            SlotSet("draft", None),
            SlotSet("shown", {"receipt": receipt}),
            SlotSet("last_question", draft.subject),
        ]
        return [*done, *resumed(left_form(turn), FORM, done, say_to)]

    def _receipt_again(self, turn: Turn, say_to: CollectingDispatcher) -> None:
        receipt: dict[str, Any] = turn.memory("shown").get("receipt") or {}
        if receipt:
            say_answer(say_to, receipt["parts"], Answer.model_validate(receipt["answer"]))

    def _mended(self, draft: Draft, error: CityProblemError) -> list[EventType]:
        """Ask again for the fact that was refused."""
        if error.code not in _MENDED:
            raise error
        name, reply = _MENDED[error.code]
        draft.facts.pop(name, None)
        draft.ask(name, Question(reply))
        return [SlotSet(SLOT, None), SlotSet("draft", draft.to_slot()), FollowupAction(FORM)]

    def when_city_is_down(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say that it could not be sent; the same request can be sent again, and is made only once."""
        draft = draft_of(turn)
        subject = draft.subject if draft else "ask_help"
        contact = FILINGS[subject].contact if draft else self.contact
        say(say_to, "filing_not_sent", contact=text(contact), options=[ask("choice_try_again", subject)])
        return [SlotSet(SLOT, None)]
