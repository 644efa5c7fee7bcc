"""Answers a photo that belongs to nothing yet: what is on it nobody here sees, so what it is about is asked."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.speech import ask, say
from actions.turn import Turn
from kit.wire import PHOTO_ENTITY


def say_to_a_photo(turn: Turn, photo: str, say_to: CollectingDispatcher) -> None:
    """Offer what a photo may be for; in the middle of a question say that it is of no use there."""
    if turn.form:
        say(say_to, "photo_no_use_here")
        return
    sent = {PHOTO_ENTITY: photo}
    options = [
        ask("choice_photo_dumping", "waste_illegal_dumping", **sent),
        ask("choice_photo_problem", "city_report_problem", **sent),
        ask("choice_photo_sorting", "waste_sorting"),
    ]
    say(say_to, "photo_received", options=options)
