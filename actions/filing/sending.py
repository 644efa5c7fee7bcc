"""Sends what the resident has confirmed, once, and says the reference."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import paragraphs, say_answer
from actions.base import CityAction
from actions.city.errors import CityProblemError
from actions.city.models import Answer
from actions.conversation.history import left_form
from actions.filing.draft import Draft
from actions.filing.filings import FILINGS
from actions.filing.form import FORM, LEFT, SLOT, draft_of
from actions.filing.senders import Receipt
from actions.forms.resuming import resumed
from actions.speech import say
from actions.turn import Turn
from kit.replies import text


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
        if turn.slot(SLOT) == LEFT and draft.left is not None:
            say(say_to, draft.left.reply)
            return self._done(turn, draft, {}, say_to)
        sender = FILINGS[draft.subject].sender
        try:
            receipt = await sender.send(draft, self.services, turn.languages)
        except CityProblemError as error:
            return self._mended(draft, error)
        return self._done(turn, draft, {"receipt": _say(receipt, say_to)}, say_to)

    def _done(self, turn: Turn, draft: Draft, shown: dict[str, Any], say_to: CollectingDispatcher) -> list[EventType]:
        done: list[EventType] = [
            SlotSet(SLOT, None),
            SlotSet("draft", None),
            SlotSet("shown", shown),
            SlotSet("last_question", FILINGS[draft.subject].intent),
        ]
        return [*done, *resumed(left_form(turn), FORM, done, say_to)]

    def _receipt_again(self, turn: Turn, say_to: CollectingDispatcher) -> None:
        kept: dict[str, Any] = turn.memory("shown").get("receipt") or {}
        if kept:
            answer = Answer.model_validate(kept["answer"]) if kept["answer"] else None
            _say(Receipt(kept["parts"], answer, tuple(kept["options"]), cards=tuple(kept.get("cards", ()))), say_to)

    def _mended(self, draft: Draft, error: CityProblemError) -> list[EventType]:
        """Ask again for the fact that was refused."""
        mended = FILINGS[draft.subject].sender.mended(draft, error)
        if mended is None:
            raise error
        name, question = mended
        draft.facts.pop(name, None)
        draft.ask(name, question)
        return [SlotSet(SLOT, None), SlotSet("draft", draft.to_slot()), FollowupAction(FORM)]

    def when_city_is_down(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say that it could not be sent; the same request can be sent again, and is made only once."""
        draft = draft_of(turn)
        if draft is None:
            return super().when_city_is_down(turn, say_to)
        filing = FILINGS[draft.subject]
        say(say_to, filing.wording.not_sent, contact=text(filing.contact), options=[filing.try_again(draft)])
        return [SlotSet(SLOT, None)]


def _say(receipt: Receipt, say_to: CollectingDispatcher) -> dict[str, Any]:
    """Say a receipt and return it as it is remembered."""
    if receipt.answer is None:
        said = paragraphs(receipt.parts)
        say(say_to, said["id"], options=receipt.options, tasks=receipt.tasks, **said["params"])
    else:
        say_answer(
            say_to, receipt.parts, receipt.answer, options=receipt.options, cards=receipt.cards, tasks=receipt.tasks
        )
    answer = receipt.answer and receipt.answer.model_dump(mode="json", include=set(Answer.model_fields))
    return {"parts": receipt.parts, "answer": answer, "options": list(receipt.options), "cards": list(receipt.cards)}
