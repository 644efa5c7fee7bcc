"""What an action has the gateway do with a conversation, as a part of a reply; and what the gateway keeps of it.

Actions cannot reach the gateway's database, and what it holds is no business of Rasa's. Every value is JSON.
"""

from __future__ import annotations

from typing import Final, TypedDict

from kit.replies import Part

REMEMBER_REQUEST: Final = "remember_request"
ATTACH_PHOTOS: Final = "attach_photos"
ERASE: Final = "erase"
SET_REMINDER: Final = "set_reminder"
STOP_REMINDERS: Final = "stop_reminders"


class KeptReminder(TypedDict):
    """A reminder of collections that is set; ``at`` is a time of day ("20:00"), or None where bags may go out."""

    id: str
    place: str
    name: dict[str, str]
    fraction: str | None
    at: str | None


class Kept(TypedDict, total=False):
    """What the gateway keeps of a conversation besides its messages; a key is absent where there is nothing."""

    #: References of the requests that were made or followed in it.
    requests: list[str]
    #: Photos that the resident's last messages were, and that belong to no request yet, in their order.
    photos: list[str]
    #: Reminders that are set, in the order in which they were set.
    reminders: list[KeptReminder]
    #: The reminder that was said last, where nothing has been said since.
    reminded: str


def remember_request(reference: str, key: str | None, subject: str) -> Part:
    """Return the task to remember a request, and the key that erases the resident from it."""
    return {"do": REMEMBER_REQUEST, "reference": reference, "key": key, "subject": subject}


def attach_photos(reference: str, key: str, photos: list[str]) -> Part:
    """Return the task to send photos of the conversation to a request that was made."""
    return {"do": ATTACH_PHOTOS, "reference": reference, "key": key, "photos": photos}


def set_reminder(place: str, name: dict[str, str], fraction: str | None, at: str | None) -> Part:
    """Return the task to remind of the collections at a place: of one bag or all, at a time of day or from when bags
    may go out. One for the same place and bag is replaced. ``name`` is the place's, by language."""
    return {"do": SET_REMINDER, "place": place, "name": name, "fraction": fraction, "at": at}


def stop_reminders(ids: list[str]) -> Part:
    """Return the task to stop reminders."""
    return {"do": STOP_REMINDERS, "ids": ids}


def erase() -> Part:
    """Return the task to erase everything; the gateway's receipt is shown in place of the reply."""
    return {"do": ERASE}
