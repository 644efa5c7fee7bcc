"""Why there is no trip, and what there is to say or to ask instead."""

from __future__ import annotations

from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions.city.errors import CityProblemError
from actions.city.models import Name
from actions.speech import named, say
from actions.subject_places import ask_for
from actions.subjects import Asked
from kit.replies import listing, text

_CONTACT: Final = "contact_transport"
_SAID: Final = {"no_journey": "trip_none", "dates_not_covered": "trip_day_unknown", "no_timetable": "trip_day_unknown"}
#: Stops that are named where none is within a walk.
_MOST: Final = 3


def say_problem(error: CityProblemError, asked: Asked, say_to: CollectingDispatcher) -> None:
    """Say it; raises the error again where a resident cannot settle it."""
    if error.code == "same_place":
        del asked["origin"]
        ask_for(say_to, asked, "origin", "trip_same_place")
    elif error.code in {"place_not_found", "stop_not_found"}:  # an id of a city that has been imported anew since
        asked.clear()
        ask_for(say_to, asked, "destination", "trip_place_gone")
    elif error.code == "no_stop_nearby" and error.suggestions:
        names = [named(Name.model_validate(each["name"])) for each in error.suggestions[:_MOST]]
        say(say_to, "trip_no_stop_near", stops=listing(names, "and"), contact=text(_CONTACT))
    elif error.code == "no_stop_nearby":
        say(say_to, "trip_none", contact=text(_CONTACT))
    elif error.code in _SAID:
        say(say_to, _SAID[error.code], contact=text(_CONTACT))
    else:
        raise error
