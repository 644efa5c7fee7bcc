"""What the calendar service answers: streets, and the calendar of an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.feeds.errors import UnexpectedContentError
from services.feeds.waste.model import WEEKDAYS, Answer

_A_DAY: Final = timedelta(days=1)


class FoundStreet(BaseModel):
    """A street as the service writes it; its name and postcode are what it wants to be asked with."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    street: str = Field(alias="Street", min_length=1)
    zip: str = Field(alias="Zip", min_length=4, max_length=4)
    city: str = Field(default="", alias="City")


@dataclass(frozen=True)
class Calendar:
    """The calendar of an address: the service's answer, its green dates made days of collection.

    Two addresses of one zone have equal calendars; what names the street is left out.
    """

    body: str

    @property
    def answer(self) -> dict[str, Any]:
        """The answer in the service's shape, as ``services.feeds.waste`` reads it."""
        content: dict[str, Any] = orjson.loads(self.body)
        return content


def calendar_of(content: Any, where: str) -> Calendar:
    """Return the calendar in an answer; UnexpectedContentError where it holds none, or one that is not understood."""
    if not isinstance(content, dict) or not isinstance(content.get("desc_ramassage"), dict):
        raise UnexpectedContentError(f"{where}: no calendar in the answer")
    texts = {key: content["desc_ramassage"].get(key) or "" for key in (*WEEKDAYS, "message")}
    green = content.get("SacsVerts")
    answer = {"desc_ramassage": texts, "SacsVerts": [], "img_ramassage": ""}
    try:
        rounds = Answer.model_validate(answer).desc_ramassage
        dates = sorted(date.fromisoformat(str(each)[:10]) for each in green if each) if green else []
    except (ValidationError, ValueError, TypeError) as error:
        raise UnexpectedContentError(f"{where}: {_first(error)}") from error
    answer["SacsVerts"] = [day.isoformat() for day in days_of_collection(dates, set(rounds), where)]
    return Calendar(orjson.dumps(answer, option=orjson.OPT_SORT_KEYS).decode())


def days_of_collection(dates: list[date], weekdays: set[int], where: str) -> list[date]:
    """Return green-bag dates as days of collection.

    Readers of the service disagree whether they are these or the evenings before: the weekdays with a round tell.
    """
    for shift in (timedelta(), _A_DAY):
        shifted = [day + shift for day in dates]
        if all(day.weekday() in weekdays for day in shifted):
            return shifted
    raise UnexpectedContentError(f"{where}: green bags on days without a round, such as {dates[0]}")


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return error.errors()[0]["msg"].removeprefix("Value error, ")
    return str(error)
