"""The form around a draft: its validator, which reads each message, and the action that asks the open question."""

from __future__ import annotations

from typing import Final

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import paragraphs
from actions.base import CityAction
from actions.filing.collecting import MAX_MISSES, Collecting
from actions.filing.draft import CONFIRM, Draft, Fact, Question
from actions.filing.fields import CONTACT, Field
from actions.filing.filing import Filing
from actions.filing.filings import FILINGS, subject_of
from actions.forms.answering import way_out
from actions.speech import ask, said_back, say
from actions.subjects import SUBJECTS
from actions.turn import Turn
from kit.replies import Part, listing, text
from kit.tasks import expect_contact, hide
from kit.wire import PHOTO_ENTITY

FORM: Final = "filing_form"
#: The form's slot: set once the resident has said that the request may be sent, or that it is not to be.
SLOT: Final = "filing"
READY: Final = "ready"
LEFT: Final = "left"
_DRAFT: Final = "draft"


def draft_of(turn: Turn) -> Draft | None:
    """Return the draft that is open."""
    return Draft.from_slot(turn.memory(_DRAFT))


class ValidateFilingForm(CityAction):
    """Reads a message into the draft, or leaves the message to the rules."""

    action_name = f"validate_{FORM}"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Start, continue or come back to the draft."""
        del say_to
        draft = draft_of(turn)
        asks = turn.form == FORM and turn.tracker.slots.get("requested_slot") == SLOT
        if draft is None or not asks:
            return await self._opened(turn, draft)
        collecting = Collecting(draft, self.services)
        if turn.entity(PHOTO_ENTITY) and subject_of(turn) is None and not collecting.takes_photos():
            draft.aside = [text("photo_no_use_here")]
            return _open(draft)
        if subject_of(turn) not in (None, draft.subject) and not (
            _describes(collecting, draft) or collecting.goes_on(turn)
        ):
            return await self._opened(turn, None)  # something else is to be reported
        if collecting.confirmed(turn):
            return [SlotSet(SLOT, READY), SlotSet(_DRAFT, draft.to_slot())]
        if not await collecting.answered(turn):
            return []  # Rasa leaves it to the rules, and comes back to this form after
        return _open(draft)

    def handed_over(self, events: list[EventType]) -> list[EventType]:
        """Leave the form: the action behind it hands the message over."""
        del events
        return [SlotSet("requested_slot", None)]

    async def _opened(self, turn: Turn, draft: Draft | None) -> list[EventType]:
        """Return a new draft, or the one that an interruption, a failure or another language left."""
        opened = None if draft is not None and _just_offered(draft, turn) else subject_of(turn)
        starts = opened is not None and (draft is None or draft.subject != opened or bool(turn.text))
        if draft is not None and not starts:
            await Collecting(draft, self.services).again()
            return _open(draft)
        draft = Draft(opened or str(turn.slot("last_question")), in_messenger=turn.in_messenger, at_desk=turn.at_desk)
        await Collecting(draft, self.services).start(turn)
        return _open(draft)

    def when_city_is_down(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say so; the draft stays as it was, and can be gone on with."""
        draft = draft_of(turn)
        subject = draft.subject if draft else subject_of(turn)
        filing = FILINGS.get(subject or "")
        say(
            say_to,
            "utter_city_unavailable",
            contact=text(filing.contact if filing else self.contact),
            options=[filing.try_again(draft or Draft(filing.subject))] if filing else [],
        )
        return [SlotSet(SLOT, None), SlotSet("requested_slot", None)]

    def when_it_fails(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say so and leave the form, so that the resident is not asked for ever."""
        super().when_it_fails(turn, say_to)
        return [SlotSet(SLOT, None), SlotSet(_DRAFT, None), SlotSet("requested_slot", None)]


class AskFiling(CityAction):
    """Says the open question of the draft."""

    action_name = f"action_ask_{SLOT}"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it; before sending, everything that would be sent."""
        draft = draft_of(turn)
        if draft is None or draft.question is None:
            return []
        filing, question = FILINGS[draft.subject], draft.question
        parts = [text(question.reply, **said_back(question.params))]
        if draft.asking == CONFIRM:
            parts = [_shown(filing, draft), *parts]
        elif draft.misses and not draft.aside:
            parts = [text("filing_not_understood"), *parts]
        said, tasks = paragraphs([*draft.aside, *parts]), _tasks(filing, draft)
        say(say_to, said["id"], options=_options(draft, question), cards=question.cards, tasks=tasks, **said["params"])
        if not draft.aside:
            return []
        draft.aside = []  # said once
        return [SlotSet(_DRAFT, draft.to_slot())]


def _shown(filing: Filing, draft: Draft) -> Part:
    """Return what would be sent, a line a fact."""
    lines = [text(each.shown, value=fact.label) for each, fact in _facts(filing, draft) if fact.label is not None]
    head = "filing_follow_shown" if draft.value("same") else filing.wording.shown
    return text(head, lines=listing(lines))


def _facts(filing: Filing, draft: Draft) -> list[tuple[Field, Fact]]:
    return [
        (each, draft.facts[each.name]) for each in filing.fields if each.name in draft.facts and each.applies(draft)
    ]


def _options(draft: Draft, question: Question) -> list[Part]:
    options = list(question.options)
    if draft.misses >= MAX_MISSES:
        return [*options, *way_out()]
    return [*options, ask("choice_stop", "stop")] if draft.asking == CONFIRM or not options else options


def _tasks(filing: Filing, draft: Draft) -> list[Part]:
    """Return what the gateway does with the question: let a contact through where one may be given, and keep none."""
    if filing.field(CONTACT) is None:
        return []
    given = draft.facts.get(CONTACT)
    shown = [hide([str(given.label)])] if given and given.label else []
    return [expect_contact(), *shown] if draft.asking in {CONTACT, CONFIRM} else shown


def _just_offered(draft: Draft, turn: Turn) -> bool:
    """Tell whether an answer of this very turn has made the draft: what was said is in it, whatever it looks like."""
    filing = FILINGS[draft.subject]
    offers = SUBJECTS.get(filing.intent)
    return filing.opens is None and offers is not None and offers.answer in turn.actions_so_far()


def _describes(collecting: Collecting, draft: Draft) -> bool:
    field = collecting.filing.field(draft.asking)
    return field is not None and field.free


def _open(draft: Draft) -> list[EventType]:
    filled = LEFT if draft.left else None
    last = FILINGS[draft.subject].intent
    return [SlotSet(SLOT, filled), SlotSet(_DRAFT, draft.to_slot()), SlotSet("last_question", last)]
