"""How times and ready-made answers are put on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from babel.dates import format_date

from kit.clock import BRUSSELS
from kit.languages import OFFICIAL, Language, as_language
from services.desk.accounts.account import Account
from services.desk.answers import Canned

#: Of days as they are said: English as it is written in Belgium.
_LOCALES: Final[dict[Language, str]] = {"fr": "fr_BE", "nl": "nl_BE", "en": "en_GB"}


@dataclass(frozen=True)
class Ready:
    """A ready-made answer: what is sent, and the same in the operator's language where that is another one."""

    id: str
    title: str
    language: Language
    text: str
    own: str | None


def as_known(tag: str) -> Language | None:
    """Return the language of a form's field; None where it is none of ours."""
    return as_language(tag)


def ready(answers: Sequence[Canned], said_in: Language | None, read_in: Language, account: Account) -> list[Ready]:
    """Return the answers in the resident's language, titled in the operator's."""
    language = said_in or OFFICIAL[0]

    def filled(text: str) -> str:
        return text.replace("{name}", account.name)

    return [
        Ready(
            each.id,
            each.titles[read_in],
            language,
            filled(each.texts[language]),
            None if language == read_in else filled(each.texts[read_in]),
        )
        for each in answers
    ]


class Moments:
    """Times as pages have them, in Brussels."""

    @staticmethod
    def time(at: datetime) -> str:
        """Return a time of day."""
        return f"{at.astimezone(BRUSSELS):%H:%M}"

    @staticmethod
    def day(at: datetime) -> str:
        """Return a day and a time, as all three languages write them."""
        return f"{at.astimezone(BRUSSELS):%d/%m/%Y %H:%M}"

    @staticmethod
    def date(day: date, language: Language) -> str:
        """Return a day as people say it, without the year."""
        said = format_date(day, "EEEE d MMMM", locale=_LOCALES[language])
        return said.replace(" 1 ", " 1er ", 1) if language == "fr" else said

    @staticmethod
    def iso(at: datetime) -> str:
        """Return an instant for machines."""
        return at.isoformat(timespec="seconds")

    @staticmethod
    def waited(since: datetime, now: datetime) -> tuple[str, int]:
        """Return how long something has waited, as the id of a text and its count: in seconds, minutes or hours."""
        seconds = max(0, round((now - since).total_seconds()))
        if seconds < 90:
            return "seconds", seconds
        if seconds < 90 * 60:
            return "minutes", round(seconds / 60)
        return "hours", round(seconds / 3600)


moments = Moments()
