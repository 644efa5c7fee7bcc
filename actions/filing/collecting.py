"""What a message means to a draft: which facts it gives, and which question is the next one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from actions.filing.additions import DESCRIPTION, added
from actions.filing.draft import CHANGE, CONFIRM, Draft, Fact, Leave, Question, Taken
from actions.filing.fields import Field, choices, picked, said_yes
from actions.filing.filing import Filing
from actions.filing.filings import FILINGS, OPENING, subject_of
from actions.filing.photos import PHOTOS
from actions.filing.places import is_correction, is_number
from actions.filing.questions import answer_to
from actions.services import Services
from actions.turn import Turn
from kit.replies import Value, text
from kit.wire import FALLBACK_INTENT, INFORM_INTENT

#: Said in the middle of a request, these are about something else in any case.
_ASIDES: Final = frozenset(
    {
        *("stop", "city_emergency", "ask_human", "change_language", "ask_repeat", "ask_help"),
        *("delete_my_data", "export_my_data"),
    }
)
#: These are too, unless they stand in a text in the resident's own words.
_SMALL_TALK: Final = frozenset(
    {
        *("greet", "thank", "goodbye", "bot_challenge", "ask_privacy"),
        *("feedback_negative", "feedback_positive", "insult"),
    }
)
#: A remark of fewer words than this is no description.
_A_SENTENCE: Final = 5
#: What names a place, a day or a bag is no longer than this.
_A_FEW_WORDS: Final = 6
#: Words that an address may stand among: "c'est au …".
_AROUND_AN_ADDRESS: Final = 2
#: Another question stands in the middle of a request where it is one for sure.
_SURE: Final = 0.75
#: Intents of messages that answer a question.
_ANSWERS: Final = frozenset({INFORM_INTENT, FALLBACK_INTENT, "correct_input", "affirm", "deny", "out_of_scope"})
#: After so many answers that fit nothing, a person is offered.
MAX_MISSES: Final = 2


class Collecting:
    """Reads messages into one draft."""

    def __init__(self, draft: Draft, services: Services) -> None:
        self.draft = draft
        self.filing: Filing = FILINGS[draft.subject]
        self._services = services
        #: Whether the message read last gave any fact, known or not.
        self._given = False

    async def start(self, turn: Turn) -> None:
        """Take what the first message says, and choose the first question."""
        await self._read(turn, self.filing.fields)
        self.draft.aside = await answer_to(turn, self.draft, self.filing, self._services)
        await self._next()

    async def answered(self, turn: Turn) -> bool:
        """Take an answer to the open question; False where the message is about something else."""
        if turn.intent in _ASIDES or (turn.intent in OPENING and subject_of(turn) is None):
            return False
        field = self.filing.field(self.draft.asking)
        if await self._told(turn, field):
            return True
        if self.draft.asking in {CONFIRM, CHANGE}:
            return await self._about_the_whole(turn)
        return field is not None and not self._is_aside(turn, field) and await self._to(field, turn)

    async def _told(self, turn: Turn, field: Field | None) -> bool:
        """Answer a question about the request itself; the open question follows it."""
        words = turn.text.rstrip()
        if field is None or not field.free or words.endswith("?") or len(words.split()) < _A_SENTENCE:
            self.draft.aside = await answer_to(turn, self.draft, self.filing, self._services)
        return bool(self.draft.aside)

    async def _to(self, field: Field, turn: Turn) -> bool:
        """Take an answer to a field's question, or other facts in its place."""
        names_a_place = _is_a_place(turn) or (field.free and (is_number(turn) or is_correction(turn)))
        elsewhere = turn.intent == "correct_input" or names_a_place or _is_of_others(turn, field)
        if elsewhere and await self._corrected(turn, field):
            return True
        taken = await field.taken(turn, self.draft, self._services)
        if taken is None:
            return await self._corrected(turn, field) or self._missed(turn, field)
        self._take(field, taken)
        if not isinstance(taken, Question | Leave):
            await self._read(turn, () if field.free else self._others(field))
        await self._next()
        return True

    async def _corrected(self, turn: Turn, field: Field) -> bool:
        """Take other facts than the one asked for; a known one said again is heard too, unless any words would do."""
        new = await self._read(turn, self._others(field))
        if not new and (field.free or not self._given):
            return False
        self.draft.misses = 0
        await self._next()
        return True

    def _missed(self, turn: Turn, field: Field) -> bool:
        """Count an answer that fits nothing; what is no answer at all is left to the rules."""
        if turn.intent not in _ANSWERS | OPENING:
            return False
        self.draft.misses += 1
        self.draft.question = self.draft.question or field.asked(self.draft)
        return True

    def takes_photos(self) -> bool:
        """Tell whether a photo belongs to this request."""
        field = self.filing.field(PHOTOS)
        return field is not None and field.applies(self.draft)

    async def again(self) -> None:
        """Come back to the draft after something else."""
        await self._next()

    def _is_aside(self, turn: Turn, field: Field) -> bool:
        if turn.intent in _SMALL_TALK:
            return not field.free or len(turn.text.split()) < _A_SENTENCE
        if turn.intent in _ANSWERS | OPENING:
            return False
        if not turn.text:
            return True  # a choice of something else
        if field.knows(turn):
            return False
        sure = self._is_sure(turn)
        long = not field.free and len(turn.text.split()) > _A_FEW_WORDS
        return sure or long or turn.text.rstrip().endswith("?")

    def _is_sure(self, turn: Turn) -> bool:
        ranking = turn.ranking()
        return bool(ranking) and ranking[0][1] >= _SURE

    async def _about_the_whole(self, turn: Turn) -> bool:
        """Take a yes, a no, what is to be changed, or another fact."""
        chosen = picked(turn, self.draft)
        field = self.filing.field(chosen)
        if field is not None:
            for name in (field.name, *field.hints):
                self.draft.facts.pop(name, None)
            self.draft.ask(field.name, field.asked(self.draft) if field.offer else None)
            await self._next()
            return True
        if said_yes(turn, self.draft) is not None and (self.draft.asking == CONFIRM or turn.intent == "affirm"):
            await self._settled_by(turn)
            return True
        other = turn.intent not in _ANSWERS | OPENING | {self.filing.intent}
        if other and self._is_sure(turn):
            return False  # a place in another question is not this request's
        if await self._read(turn, self.filing.fields) or self._given:
            await self._next()
            return True
        whole = added(turn, self.draft, self.filing)
        if whole is not None:
            self.draft.take(DESCRIPTION, whole)
            self.draft.ask(CONFIRM, self._whether_to_send())
            return True
        self.draft.misses += 1
        return turn.intent in _ANSWERS | {self.draft.subject}

    async def _settled_by(self, turn: Turn) -> None:
        """Take a no to what is shown; a yes to what to change shows it again: nothing is to be changed after all."""
        if not said_yes(turn, self.draft):
            await self._refused(turn)
        elif self.draft.asking == CHANGE:
            self.draft.ask(CONFIRM, self._whether_to_send())

    def goes_on(self, turn: Turn) -> bool:
        """Tell whether words that look like another request go on with the description of the one that is shown."""
        shown = self.draft.asking in {CONFIRM, CHANGE}
        return shown and not self._is_sure(turn) and added(turn, self.draft, self.filing) is not None

    def confirmed(self, turn: Turn) -> bool:
        """Tell whether a message says that the request may be sent as it was shown."""
        return self.draft.asking == CONFIRM and said_yes(turn, self.draft) is True

    async def _read(self, turn: Turn, fields: tuple[Field, ...]) -> bool:
        """Take the facts that a message gives without being asked; tell whether there were any that were not known.

        Of several that need a question, the first is settled first; the others are asked when their turn comes.
        """
        self._given = open_question = False
        before = dict(self.draft.facts)
        for field in fields:
            taken = await field.found(turn, self.draft, self._services)
            if isinstance(taken, Question) and open_question:
                continue
            self._take(field, taken)
            self._given = self._given or taken is not None
            open_question = open_question or isinstance(taken, Question)
        return open_question or self.draft.facts != before  # a hint is noted without being an answer yet

    def _take(self, field: Field, taken: Taken) -> bool:
        """Note what a message means to a field, and forget what was found from what it was before."""
        changed = self.draft.take(field.name, taken)
        if changed:
            for each in self.filing.fields:
                if field.name not in each.follows:
                    continue
                self.draft.facts.pop(each.name, None)
                if self.draft.asking == each.name:
                    self.draft.question = None  # it was about what has changed
        return changed

    async def _next(self) -> None:
        """Open the next question: the one that settles a fact, the first that is missing, or whether to send it."""
        if self.draft.left:
            return
        if self.draft.question is not None and self.draft.asking in {each.name for each in self.filing.fields}:
            return
        for field in self.filing.fields:
            if field.name in self.draft.facts or not field.applies(self.draft):
                continue
            known: Taken = await field.prepare(self.draft, self._services)
            if isinstance(known, Fact | Leave):
                self._take(field, known)
                if self.draft.left:
                    return
                continue
            self.draft.ask(field.name, known or field.asked(self.draft))
            return
        self.draft.ask(CONFIRM, self._whether_to_send())

    def _others(self, field: Field) -> tuple[Field, ...]:
        return tuple(each for each in self.filing.fields if each is not field)

    async def _refused(self, turn: Turn) -> None:
        """Take a no: with what is right instead ("no, number 12"), or alone."""
        if await self._read(turn, self.filing.fields):
            await self._next()
        else:
            self._declined()

    def _declined(self) -> None:
        """Take a no: nothing is sent as it is."""
        declined = self.filing.wording.declined
        if declined:
            self.draft.left = Leave(declined)
        else:
            self.draft.ask(CHANGE, self._what_to_change())

    def _whether_to_send(self) -> Question:
        wording = self.filing.wording
        offered: dict[str, Value] = {"yes": text(wording.yes), "no": text(wording.no)}
        for field in self.filing.fields:
            if field.offer and field.applies(self.draft) and self.draft.value(field.name) is None:
                offered[field.name] = text(field.offer)
        return Question(wording.send, **choices(offered))

    def _what_to_change(self) -> Question:
        facts = self.draft.facts
        shown = {each.name: text(each.label) for each in self.filing.fields if each.label and _is_shown(facts, each)}
        return Question("ask_filing_change", **choices(shown))


def _is_a_place(turn: Turn) -> bool:
    """Tell whether a message is little more than a house ("c'est au 22 rue Blaes"), or nothing but a street."""
    place = turn.entity("address") or ""
    around = len(turn.text.split()) - len(place.split())
    return around == 0 or (around <= _AROUND_AN_ADDRESS and any(character.isdigit() for character in place))


def _is_of_others(turn: Turn, field: Field) -> bool:
    """Tell whether a message has facts, and none that names what was asked for: a day where the place is wanted."""
    said = turn.entity_names()
    return bool(field.named_by and said) and not field.named_by & said


def _is_shown(facts: Mapping[str, Fact], field: Field) -> bool:
    return field.name in facts and facts[field.name].label is not None
