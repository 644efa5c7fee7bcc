"""Answers what became of a report or a request: its stage, what was done, and by when it should be dealt with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import report
from actions.answers import merged, say_answer
from actions.city.errors import CityProblemError
from actions.city.requests import RequestStatus
from actions.permits.references import REFERENCE, has_none, is_report
from actions.permits.status import handed_over
from actions.reminders.following import FOLLOW, ON, given_up, offer, set_up, wants_to_follow
from actions.speech import ask, named, on_day, say
from actions.subject_answers import Asked, SubjectAnswer
from actions.subject_places import ask_for
from actions.subjects import ASKED_FOR
from actions.turn import ANOTHER, Turn
from kit.clock import BRUSSELS, Clock, today
from kit.languages import Language
from kit.replies import Part, day, listing, text

SUBJECT: Final = "city_report_status"
#: Notes of what was done that are said, the newest.
_MOST: Final = 3
#: A text longer than this is not said back.
_PASTED: Final = 40

Localised = Mapping[Language, RequestStatus]


class ReportStatus(SubjectAnswer):
    """Says how far the report of a reference is; of a private matter, its stages and no more."""

    action_name = "action_report_status"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_city"

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it, or ask for the reference."""
        follows = wants_to_follow(turn, asked, SUBJECT)
        written = asked.get(REFERENCE) or _just_sent(turn) or (_made_here(turn) if follows else None)
        asked.clear()
        stopped = given_up(turn, "request", written)
        if stopped:
            say(say_to, "follow_stopped", tasks=stopped)
            return [SlotSet("pending", None)]
        if follows:
            asked[FOLLOW] = ON
        if turn.intent == "deny" or self._has_none(turn):
            say(say_to, "report_without_reference", contact=text(self.contact))
            return [SlotSet("pending", None)]
        if written is None or written == ANOTHER:
            ask_for(say_to, asked, REFERENCE, "ask_report_reference")
            return [SlotSet("pending", {"slot": REFERENCE, "words": True})]
        if any(each.isalpha() for each in written) and "/" in written and not is_report(written):
            return handed_over("permit_status", written, follows=follows)
        city = self.services.city
        try:
            found = {each: await city.request_status(written, each) for each in turn.languages}
        except CityProblemError as error:
            if error.code != "request_not_found":
                raise
            asked[ASKED_FOR] = REFERENCE
            reply = "report_not_found" if is_report(written) else "report_number_elsewhere"
            query = written if len(written) <= _PASTED else ""
            say(say_to, reply, query=query, contact=text(self.contact))
            return [SlotSet("pending", {"slot": REFERENCE, "words": True})]
        first = next(iter(found.values()))
        asked[REFERENCE] = first.reference
        asked.pop(FOLLOW, None)
        self._say(turn, found, first, say_to, follows=follows)
        return [SlotSet("pending", None)]

    def _say(
        self, turn: Turn, found: Localised, first: RequestStatus, say_to: CollectingDispatcher, *, follows: bool
    ) -> None:
        """Say it; have the report followed where that is wanted, else offer it while it is open."""
        said = _sentences(found, self.services.clock)
        tasks: tuple[Part, ...] = ()
        options = [ask("choice_other_report", SUBJECT, reference=ANOTHER)]
        if first.status == "closed":
            options.insert(0, ask("label_report", "city_report_problem"))
        elif follows:
            sentence, tasks = set_up(turn, "request", first.reference)
            said.append(sentence)
        else:
            options = [*offer(turn, "request", first.reference), *options]
        cards = [report.followed(first, turn.languages[0])] if len(turn.languages) == 1 else []
        say_answer(say_to, said, first, cards=cards, options=options, tasks=tasks)

    def _has_none(self, turn: Turn) -> bool:
        """Tell whether an answer to the question for the number says that there is none."""
        return self.wanted(turn) == REFERENCE and not turn.entity(REFERENCE) and has_none(turn.text)


def _made_here(turn: Turn) -> str | None:
    """Return the reference of the last report that was made in this conversation."""
    made = [each for each in turn.kept.get("requests", []) if is_report(each)]
    return made[-1] if made else None


def _just_sent(turn: Turn) -> str | None:
    """Return the reference of what was sent right before in this conversation."""
    parts = (turn.memory("shown").get("receipt") or {}).get("parts") or [{}]
    reference = (parts[0].get("params") or {}).get(REFERENCE)
    return str(reference) if reference else None


def _sentences(found: Localised, clock: Clock) -> list[Part]:
    """Return the stage first, then what was done, where it is, and when it should be or was dealt with."""
    first = next(iter(found.values()))
    stage = text(
        "report_stage",
        reference=first.reference,
        service=merged(first.service.names),
        stage=_each(found, lambda each: each.stage_name),
        meaning=_each(found, lambda each: each.stage_text),
    )
    said = [stage, *_done(found)]
    if first.place and first.place.address:
        said.append(text("report_place", place=named(first.place.address)))
    if first.closed_at:
        said.append(text("report_closed", date=day(first.closed_at.astimezone(BRUSSELS).date(), "full")))
    elif first.expected_at:
        by = first.expected_at.astimezone(BRUSSELS).date()
        late = first.expected_at < clock.now()
        who = _each(found, lambda each: each.responsible)
        said.append(text("report_late" if late else "report_expected", who=who, when=on_day(by, today(clock))))
    return said


def _done(found: Localised) -> list[Part]:
    """Return what the service wrote that it did, the newest last."""
    first = next(iter(found.values()))
    noted = [at for at, step in enumerate(first.steps) if step.note][-_MOST:]
    if not noted:
        return []
    lines = [
        text(
            "report_step",
            date=day(first.steps[at].at.astimezone(BRUSSELS).date(), "short"),
            note=_note(found, at),
        )
        for at in noted
    ]
    return [text("report_done", lines=listing(lines))]


def _note(found: Localised, at: int) -> Part:
    return _each(found, lambda each: each.steps[at].note or "")


def _each(found: Localised, part: Callable[[RequestStatus], str]) -> Part:
    return merged({language: part(each) for language, each in found.items()})
