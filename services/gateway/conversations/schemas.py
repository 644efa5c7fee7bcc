"""Shapes of the chat API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, Field

from kit.languages import Language, as_language
from kit.tasks import Followed

State = Literal["assistant", "waiting", "operator", "closed"]
Author = Literal["assistant", "operator", "resident", "system"]
Channel = Literal["web", "telegram", "desk"]

#: A language tag; one that is not ours counts as not known.
Tag = Annotated[
    Language | None,
    BeforeValidator(lambda tag: as_language(tag) if isinstance(tag, str) else tag, json_schema_input_type=str | None),
]


def _well_formed(value: Any) -> Any:
    """Return text with halves of surrogate pairs replaced, which some clients leave behind when they cut a text."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(value, str) else value


Words = Annotated[str, BeforeValidator(_well_formed, json_schema_input_type=str)]


class NewConversation(BaseModel):
    """How to open a conversation."""

    language: Tag = Field(
        default=None, description="The resident's language, where it is known. Others than fr, nl and en are ignored."
    )
    channel: Channel = "web"


class Location(BaseModel):
    """A point on the map (WGS 84)."""

    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)


class NewMessage(BaseModel):
    """What a resident says: exactly one of ``text``, ``choice``, ``location`` and ``photo``."""

    client_id: Words = Field(
        min_length=1,
        max_length=100,
        pattern=r"^[^\x00-\x1f\x7f]+$",
        description="The client's own id of this message. Sent again with the same content, it gives the same answer.",
    )
    text: Words | None = Field(default=None, description="At most 10,000 characters. Nothing in it is a command.")
    choice: Words | None = Field(default=None, max_length=100, description="The id of a choice that was offered.")
    location: Location | None = None
    photo: Words | None = Field(default=None, max_length=64, description="The id of a photo that was uploaded before.")


class ChoiceOut(BaseModel):
    """A choice on offer."""

    id: str = Field(description="Opaque; belongs to this conversation.")
    label: str


class SourceOut(BaseModel):
    """Where the facts of a message come from, and how old they are."""

    name: str
    url: str | None = None
    as_of: datetime | None = None
    realtime: bool | None = Field(default=None, description="True: real time. False: timetable. Null: not timed.")
    sample: bool = False


Thumb = Literal["up", "down"]


class NewFeedback(BaseModel):
    """Whether a message helped."""

    value: Thumb


class MessageOut(BaseModel):
    """A message. ``text`` always stands alone; cards are what rich clients draw instead."""

    id: str
    at: AwareDatetime
    author: Author
    language: Language | None
    text: str = Field(description="Plain text, never HTML.")
    choices: list[ChoiceOut] = Field(default=[])
    cards: list[dict[str, Any]] = Field(default=[], description="Each with its `kind`.")
    source: SourceOut | None = None
    feedback: Thumb | None = Field(default=None, description="Whether it helped, as the resident says.")


class Opened(BaseModel):
    """A new conversation and its greeting: in French and in Dutch where the language is not known."""

    id: str
    token: str = Field(description="Bearer token of this conversation; given once, kept nowhere.")
    messages: list[MessageOut]
    language: Language | None
    state: State


class Reply(BaseModel):
    """What is said to a message; also the data of an event."""

    messages: list[MessageOut]
    language: Language | None = Field(description="The conversation's language; null while it is not known.")
    state: State


class RequestOut(BaseModel):
    """A request to the city that was made or followed in the conversation."""

    reference: str = Field(examples=["BXL-2026-00123"])
    subject: str = Field(description="What it was about.", examples=["waste_illegal_dumping"])
    at: AwareDatetime


class PhotoAdded(BaseModel):
    """A photo that was uploaded: its id, and its size in pixels as it is kept."""

    id: str = Field(examples=["0b8f0c6e5b4f0c9f3a2f1a4b7c9d1000"])
    width: int
    height: int


class PhotoOut(PhotoAdded):
    """A photo that is kept; `GET …/photos/{id}` gives it."""

    at: AwareDatetime
    size: int = Field(description="Bytes.")
    reference: str | None = Field(description="The request that it belongs to; null: it was sent to nobody.")


class SubscriptionOut(BaseModel):
    """Something that is told of unasked."""

    id: str
    kind: Followed
    subject: str = Field(description="A place's id, a line's number or a reference.", examples=["address:4012:20"])
    text: str = Field(description="All of it in a few words, in the conversation's language.")
    name: dict[Language, str] = Field(description="Of a place.")
    fraction: str | None = Field(description="Of collections: the bag; null: every one.")
    at: str | None = Field(
        description="Of collections: the time of day; null: when bags may go out.", examples=["20:00"]
    )
    quiet: tuple[str, str] | None = Field(
        description="Nothing is said from the first to the second; null: there are no quiet hours.",
        examples=[["22:00", "07:00"]],
    )
    last_day: date | None = Field(description="It is told of to the end of this day; null: it goes on.")
    since: AwareDatetime


class NoteOut(BaseModel):
    """What an operator noted for colleagues."""

    at: AwareDatetime
    name: str
    text: str


class AccessOut(BaseModel):
    """That an operator looked at the conversation, or did something with it."""

    at: AwareDatetime
    name: str
    what: str = Field(examples=["looked", "took", "gave_back"])


class HandedOver(BaseModel):
    """What is kept because a person was asked for."""

    since: AwareDatetime
    topic: str
    team: str | None
    operator: str | None = Field(description="Who has the conversation now.")
    code: str | None = Field(description="Read out on the telephone, it opens the conversation for an operator.")
    facts: dict[str, str] = Field(description="What was known of the question.")
    phone: str | None = Field(description="The number to call back; forgotten once that is done.")
    notes: list[NoteOut]
    accesses: list[AccessOut]
    proposed: str | None = Field(description="An answer of the assistant that waits for the operator's click.")


class Kept(BaseModel):
    """Everything that is kept of a conversation."""

    id: str
    channel: Channel
    language: Language | None
    state: State
    created_at: AwareDatetime
    active_at: AwareDatetime
    deleted_at_latest: AwareDatetime | None = Field(
        description="When it is deleted unless something more is said; null while something is followed."
    )
    messages: list[MessageOut]
    requests: list[RequestOut] = Field(description="What was sent to the city, which keeps it by its reference.")
    photos: list[PhotoOut] = Field(description="Each is deleted after some days at the latest.")
    subscriptions: list[SubscriptionOut] = Field(
        description="What is told of unasked. While there is something, the conversation is not deleted by itself."
    )
    handed_over: HandedOver | None = Field(default=None, description="Null: no person was asked for.")


class NewLanguage(BaseModel):
    """The language to go on in."""

    language: Language


class LanguageOut(BaseModel):
    """The conversation's language and state."""

    language: Language
    state: State
