"""Answers what is said about reminders and alerts: which there are, that they are stopped, that something is followed,
the quiet hours; a new reminder of collections is asked for in the form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import paragraphs
from actions.base import CityAction
from actions.filing.form import FORM
from actions.permits.references import is_report
from actions.reminders.following import FOLLOW, ON, again, at, quiet_now, set_up
from actions.reminders.wishes import followed, kind_meant, place_named, wish
from actions.speech import ask, payload, say
from actions.subjects import SUBJECTS
from actions.turn import Turn
from actions.waste.rounds import FRACTIONS
from kit import following
from kit.replies import Part, choice, day, listing, name, text
from kit.tasks import Followed, KeptSubscription, be_quiet, unsubscribe
from kit.wire import REMINDER_ENTITY, REMINDER_INTENT

#: Most subscriptions with a choice of their own.
_MOST: Final = 4
#: Quiet hours on offer.
_HOURS: Final = (("22:00", "07:00"), ("20:00", "08:00"), ("23:00", "06:00"))
_NEVER: Final = ("00:00", "00:00")
#: Who answers about what is to be followed.
_SUBJECTS: Final = {"line": "transport_disruptions", "request": "city_report_status", "dossier": "permit_status"}
_LINES: Final[Mapping[Followed, str]] = {
    "line": "followed_line",
    "request": "followed_request",
    "dossier": "followed_dossier",
    "appointment": "followed_appointment",
}
#: What the reference of an appointment begins with.
_APPOINTMENT: Final = "RDV-"


class WasteReminder(CityAction):
    """Sets, lists, follows, stops."""

    action_name = "action_waste_reminder"
    contact = "contact_waste"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Do what is wanted."""
        wanted, there = wish(turn), followed(turn)
        about = [] if turn.form else [SlotSet("last_question", REMINDER_INTENT)]
        if wanted == "set" and turn.at_desk:
            return _calendar(turn, say_to)
        if wanted == "set":
            return [SlotSet("last_question", REMINDER_INTENT), FollowupAction(FORM)]
        if wanted == "follow":
            return _follow(turn, say_to) or about
        if not there:
            say(say_to, "reminder_none", options=[] if turn.form else [ask("choice_reminder_set", REMINDER_INTENT)])
        elif wanted == "list":
            _list("reminder_list", there, say_to)
        elif wanted == "quiet":
            _be_quiet(turn, say_to)
        else:
            _stop(turn, there, say_to)
        return about


def _calendar(turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
    """Tell an operator that a caller, who has no conversation to be reminded in, takes the calendar, and give it."""
    say(say_to, "reminder_at_desk")
    subject = SUBJECTS["waste_calendar"]
    facts = {fact: value for fact, value in turn.facts().items() if fact in subject.facts}
    return [
        SlotSet("last_question", subject.intent),
        SlotSet("shown", facts),
        SlotSet("pending", None),
        FollowupAction(subject.answer),
    ]


def stop_told(turn: Turn, say_to: CollectingDispatcher) -> bool:
    """Stop what was told of in the last word, for who answers it with "stop"; False where that was none."""
    meant = [each for each in followed(turn) if each["id"] == turn.kept.get("told")]
    if meant:
        _say_stopped(meant, say_to)
    return bool(meant)


def _follow(turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
    """Follow what was chosen; what is named in words is answered about first, by who knows it."""
    chosen = following.followed(turn.entity(REMINDER_ENTITY) or "")
    kind = chosen[0] if chosen else _kind(turn)
    if kind == "appointment" and chosen is None:
        made = [each for each in turn.kept.get("requests", []) if each.startswith(_APPOINTMENT)]
        if not made:
            say(say_to, "follow_no_appointment", options=[ask("label_appointment", "permit_appointment")])
            return []
        chosen = "appointment", made[-1]
    if chosen is not None:
        _say_followed(turn, *chosen, say_to)
        return []
    subject = SUBJECTS[_SUBJECTS[kind]]
    facts = {fact: value for fact, value in turn.facts().items() if fact in subject.facts}
    return [
        SlotSet("last_question", subject.intent),
        SlotSet("shown", {FOLLOW: ON, **facts}),
        SlotSet("pending", None),
        FollowupAction(subject.answer),
    ]


def _kind(turn: Turn) -> Followed:
    if is_report(turn.entity("reference") or ""):
        return "request"
    return kind_meant(turn) or "line"


def _say_followed(turn: Turn, kind: Followed, subject: str, say_to: CollectingDispatcher) -> None:
    said, tasks = set_up(turn, kind, subject)
    options = [] if turn.form else [_choice(text("choice_reminder_list"), following.LIST)]
    say(say_to, said["id"], tasks=tasks, options=options, **said["params"])


def _be_quiet(turn: Turn, say_to: CollectingDispatcher) -> None:
    """Set the quiet hours that were chosen, or offer some."""
    chosen = following.quiet_hours(turn.entity(REMINDER_ENTITY) or "")
    if chosen is None:
        options = [
            _choice(text("choice_quiet_hours", start=at(start), end=at(end)), following.to_be_quiet(start, end))
            for start, end in _HOURS
        ]
        options.append(_choice(text("choice_quiet_never"), following.to_be_quiet(*_NEVER)))
        now = quiet_now(turn)
        question = text("quiet_now", start=at(now[0]), end=at(now[1])) if now else text("quiet_never")
        said = paragraphs([question, text("ask_quiet_hours")])
        say(say_to, said["id"], options=options, **said["params"])
    elif chosen == _NEVER:
        say(say_to, "quiet_never_set", tasks=[be_quiet(None, None)])
    else:
        say(say_to, "quiet_set", tasks=[be_quiet(*chosen)], start=at(chosen[0]), end=at(chosen[1]))


def _stop(turn: Turn, there: list[KeptSubscription], say_to: CollectingDispatcher) -> None:
    """Stop the one that was chosen, what is named, or all where they are of one kind; else it is chosen from the
    list, as is another address."""
    chosen, bags, kind = turn.entity(REMINDER_ENTITY), turn.entities("fraction"), kind_meant(turn)
    if chosen not in {None, following.ALL}:
        meant = [each for each in there if each["id"] == chosen]
    elif bags:
        meant = [each for each in there if each["fraction"] in bags]
    else:
        named = {value.lower() for fact in ("line", "reference") for value in turn.entities(fact)}
        of_kind = [each for each in there if kind in (None, each["kind"])]
        meant = [each for each in of_kind if each["subject"].lower() in named] or of_kind
    several = place_named(turn) is not None and len(there) > 1 and not chosen
    mixed = len({each["kind"] for each in meant}) > 1
    if (meant and not several and not mixed) or chosen == following.ALL:
        _say_stopped(meant, say_to)
    elif chosen:
        say(say_to, "reminder_stopped_before")
    else:
        _list("reminder_which", there, say_to)


def _say_stopped(stopped: list[KeptSubscription], say_to: CollectingDispatcher) -> None:
    say(
        say_to,
        "reminder_stopped",
        lines=listing([_line(each) for each in stopped]),
        tasks=[unsubscribe([each["id"] for each in stopped])],
        options=[again(stopped[0])],
    )


def _list(head: str, there: list[KeptSubscription], say_to: CollectingDispatcher) -> None:
    options = [_choice(text("choice_reminder_stop_one", reminder=_line(each)), each["id"]) for each in there[:_MOST]]
    if len(there) > 1:
        options.append(_choice(text("choice_reminder_stop_all"), following.ALL))
    options.append(_choice(text("choice_quiet"), following.QUIET_HOURS))
    said = paragraphs([text(head, lines=listing([_line(each) for each in there])), text("reminder_how_to_stop")])
    say(say_to, said["id"], options=options, **said["params"])


def _choice(label: Part, value: str) -> Part:
    return choice(label, payload(REMINDER_INTENT, **{REMINDER_ENTITY: value}))


def _until(said: Part, followed: KeptSubscription) -> Part:
    """Return what is followed with its last day, where it has one."""
    last_day = followed["last_day"]
    return text("followed_until", reminder=said, day=day(date.fromisoformat(last_day), "short")) if last_day else said


def _line(followed: KeptSubscription) -> Part:
    """Return what is told of in a few words; of collections: where, which bag, when."""
    if followed["kind"] != "collections":
        return _until(text(_LINES[followed["kind"]], subject=followed["subject"]), followed)
    names, bag = followed["name"], followed["fraction"]
    place = name(names["fr"], names["nl"], names.get("en"))
    bags = text("bags", colours=listing([text(FRACTIONS[bag])], "and")) if bag in FRACTIONS else None
    what = bags or text("reminder_every_bag")
    if followed["at"] is None:
        return text("reminder_line", place=place, what=what)
    return text("reminder_line_at", place=place, what=what, at=at(followed["at"]))
