"""What an action has the gateway do with a conversation, as a part of a reply; and what the gateway keeps of it.

Actions cannot reach the gateway's database, and what it holds is no business of Rasa's. Every value is JSON.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, TypedDict

from kit.replies import Part

REMEMBER_REQUEST: Final = "remember_request"
EXPECT_CONTACT: Final = "expect_contact"
HIDE: Final = "hide"
ATTACH_PHOTOS: Final = "attach_photos"
ERASE: Final = "erase"
SUBSCRIBE: Final = "subscribe"
UNSUBSCRIBE: Final = "unsubscribe"
BE_QUIET: Final = "be_quiet"
ASK_PERSON: Final = "ask_person"
LEAVE_QUEUE: Final = "leave_queue"

#: What a resident can be told of unasked: collections at a place, what disturbs a line, what becomes of a request or
#: of a permit application, an appointment of the next day.
Followed = Literal["collections", "line", "request", "dossier", "appointment"]


class KeptSubscription(TypedDict):
    """Something that the resident is told of unasked; ``subject`` is a place's id, a line's number or a reference."""

    id: str
    kind: Followed
    subject: str
    #: Of a place, by language; of others, nothing.
    name: dict[str, str]
    #: Of collections: the bag, or None for every one; and the time of day ("20:00"), or None for when bags may go out.
    fraction: str | None
    at: str | None
    #: Start and end of the quiet hours, or None where there are none.
    quiet: list[str] | None
    #: The last day on which it is told of ("2026-11-27"), or None where it goes on.
    last_day: str | None


class Kept(TypedDict, total=False):
    """What the gateway keeps of a conversation besides its messages; a key is absent where there is nothing."""

    #: References of the requests that were made or followed in it.
    requests: list[str]
    #: Photos that the resident's last messages were, and that belong to no request yet, in their order.
    photos: list[str]
    #: What the resident is told of unasked, in the order in which they asked for it.
    subscriptions: list[KeptSubscription]
    #: The one of them that was told of last, where nothing has been said since.
    told: str
    #: True where the resident waits for a person.
    waiting: bool


def remember_request(reference: str, key: str | None, subject: str) -> Part:
    """Return the task to remember a request, and the key that erases the resident from it."""
    return {"do": REMEMBER_REQUEST, "reference": reference, "key": key, "subject": subject}


def attach_photos(reference: str, key: str, photos: list[str]) -> Part:
    """Return the task to send photos of the conversation to a request that was made."""
    return {"do": ATTACH_PHOTOS, "reference": reference, "key": key, "photos": photos}


def expect_contact() -> Part:
    """Return the task to let an e-mail address or a telephone number through with the next message."""
    return {"do": EXPECT_CONTACT}


def hide(texts: list[str]) -> Part:
    """Return the task to mask these words in what is kept of the reply; the resident is shown them."""
    return {"do": HIDE, "texts": texts}


def remind_of_collections(place: str, name: dict[str, str], fraction: str | None, at: str | None) -> Part:
    """Return the task to remind of the collections at a place: of one bag or all, at a time of day or from when bags
    may go out. One for the same place and bag is replaced. ``name`` is the place's, by language."""
    return {**follow("collections", place), "name": name, "fraction": fraction, "at": at}


def follow(kind: Followed, subject: str, last_day: date | None = None) -> Part:
    """Return the task to tell of something unasked, to the end of a day where one is given; what is followed already
    stays so, with this last day."""
    until = {} if last_day is None else {"last_day": last_day.isoformat()}
    return {"do": SUBSCRIBE, "kind": kind, "subject": subject, **until}


def unsubscribe(ids: list[str]) -> Part:
    """Return the task to tell of some things no more."""
    return {"do": UNSUBSCRIBE, "ids": ids}


def be_quiet(start: str | None, end: str | None) -> Part:
    """Return the task to say nothing unasked between two times of day, or to have no quiet hours."""
    return {"do": BE_QUIET, "start": start, "end": end}


def ask_person(question: str | None, facts: dict[str, str], is_open: bool | None) -> Part:
    """Return the task to bring the resident to a person: the intent that was asked about before, what is known in
    words, and whether it is within the hours (None where that is not known)."""
    return {"do": ASK_PERSON, "question": question, "facts": facts, "open": is_open}


def leave_queue() -> Part:
    """Return the task to wait for a person no more."""
    return {"do": LEAVE_QUEUE}


def erase() -> Part:
    """Return the task to erase everything; the gateway's receipt is shown in place of the reply."""
    return {"do": ERASE}
