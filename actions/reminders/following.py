"""Following a line, a report, a permit file or an appointment: offered after an answer, or asked for in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final

from actions.answers import together
from actions.reminders.wishes import followed, says_follow, says_unfollow
from actions.speech import ask, payload
from actions.subjects import Asked
from actions.turn import Turn
from kit.clock import BRUSSELS
from kit.following import to_follow
from kit.quiet import QUIET
from kit.replies import Part, choice, clock_time, day, text
from kit.tasks import Followed, KeptSubscription, follow, unsubscribe
from kit.wire import REMINDER_ENTITY, REMINDER_INTENT

#: The key under which a question that had to ask for a fact remembers that its answer is to be followed.
FOLLOW: Final = "follow"
#: Its value where nobody said until when; else the last day.
ON: Final = "yes"
_OFFERS: Final[Mapping[Followed, str]] = {
    "line": "choice_follow_line",
    "request": "choice_follow_request",
    "dossier": "choice_follow_dossier",
    "appointment": "choice_follow_appointment",
}
_SET_UP: Final[Mapping[Followed, str]] = {
    "line": "follow_set_line",
    "request": "follow_set_request",
    "dossier": "follow_set_dossier",
    "appointment": "follow_set_appointment",
}
#: Any day: only the time of day is said.
_A_DAY: Final = datetime(2026, 1, 1, tzinfo=BRUSSELS).date()


def wants_to_follow(turn: Turn, asked: Asked, intent: str) -> bool:
    """Tell whether an answer is to be followed, as this message says or the one whose question it answers."""
    return FOLLOW in asked or (turn.intent == intent and says_follow(turn))


def is_followed(turn: Turn, kind: Followed, subject: str) -> KeptSubscription | None:
    """Return the subscription to something, or None."""
    return next((each for each in followed(turn, kind) if each["subject"].lower() == subject.lower()), None)


def offer(turn: Turn, kind: Followed, subject: str) -> list[Part]:
    """Return the choice to follow something, and none where it is followed or a form is open."""
    if turn.form or is_followed(turn, kind, subject):
        return []
    return [following_choice(kind, subject)]


def following_choice(kind: Followed, subject: str) -> Part:
    """Return the choice to follow something."""
    label = text(_OFFERS[kind], line=subject) if kind == "line" else text(_OFFERS[kind])
    return choice(label, payload(REMINDER_INTENT, **{REMINDER_ENTITY: to_follow(kind, subject)}))


def set_up(turn: Turn, kind: Followed, subject: str, last_day: date | None = None) -> tuple[Part, tuple[Part, ...]]:
    """Return what is said to who wants to follow something, to the end of a day where one is named, and the task that
    does it."""
    there = is_followed(turn, kind, subject)
    if there and there["last_day"] == (last_day and last_day.isoformat()):
        return together([text("follow_already"), how(turn)]), ()
    what = [text(_SET_UP[kind], subject=subject)]
    if last_day:
        what.append(text("follow_set_until", day=day(last_day, "full")))
    return together([*what, how(turn)]), (follow(kind, subject, last_day),)


def given_up(turn: Turn, kind: Followed, subject: str | None) -> tuple[Part, ...]:
    """Return the task to stop following something, if the message says so and it is followed; one that is not named
    is the only one of its kind."""
    if not says_unfollow(turn):
        return ()
    there = followed(turn, kind)
    named = [each for each in there if subject is None or each["subject"].lower() == subject.lower()]
    return (unsubscribe([named[0]["id"]]),) if len(named) == 1 else ()


def again(stopped: KeptSubscription) -> Part:
    """Return the choice that takes back a stop."""
    if stopped["kind"] == "collections":
        return ask("choice_reminder_set", REMINDER_INTENT, address=stopped["subject"])
    value = to_follow(stopped["kind"], stopped["subject"])
    return ask("choice_follow_again", REMINDER_INTENT, **{REMINDER_ENTITY: value})


def how(turn: Turn) -> Part:
    """Return where the messages come, when they do not, and how they end."""
    hours = quiet_now(turn)
    if hours is None:
        return text("follow_how_chat_any_time" if turn.in_messenger else "follow_how_any_time")
    return text("follow_how_chat" if turn.in_messenger else "follow_how", start=at(hours[0]), end=at(hours[1]))


def quiet_now(turn: Turn) -> tuple[str, str] | None:
    """Return the quiet hours of this conversation; those that hold unless others were chosen, where nothing is set."""
    there = followed(turn)
    if not there:
        return QUIET.start, QUIET.end
    hours = there[-1]["quiet"]
    return (hours[0], hours[1]) if hours else None


def at(time_of_day: str) -> Part:
    """Return a time of day ("22:00") as people say it."""
    return clock_time(datetime.combine(_A_DAY, time.fromisoformat(time_of_day), BRUSSELS))
