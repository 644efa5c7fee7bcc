"""What the assistant has the gateway do with a conversation: the tasks of ``kit.tasks``, checked."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from kit.languages import Language
from kit.tasks import Followed

TimeOfDay = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class RememberRequest(BaseModel):
    """A request was made or followed; ``key`` erases the resident from it."""

    model_config = ConfigDict(frozen=True)

    do: Literal["remember_request"]
    reference: str = Field(max_length=60)
    key: str | None = Field(default=None, max_length=200)
    subject: str = Field(max_length=60)


class AttachPhotos(BaseModel):
    """Photos of the conversation belong to a request that was made, and are to be sent to it."""

    model_config = ConfigDict(frozen=True)

    do: Literal["attach_photos"]
    reference: str = Field(max_length=60)
    key: str = Field(max_length=200)
    photos: tuple[str, ...] = Field(max_length=5)


class ExpectContact(BaseModel):
    """The next message may hold how to reach the resident."""

    model_config = ConfigDict(frozen=True)

    do: Literal["expect_contact"]


class Hide(BaseModel):
    """Words of the reply are shown and not kept."""

    model_config = ConfigDict(frozen=True)

    do: Literal["hide"]
    texts: tuple[Annotated[str, Field(min_length=3, max_length=300)], ...] = Field(max_length=10)


class Subscribe(BaseModel):
    """The resident is to be told of something unasked."""

    model_config = ConfigDict(frozen=True)

    do: Literal["subscribe"]
    kind: Followed
    subject: str = Field(min_length=1, max_length=120)
    name: dict[Language, str] = Field(default={})
    fraction: Literal["white", "yellow", "blue", "orange", "green"] | None = None
    at: TimeOfDay | None = None
    last_day: date | None = None


class Unsubscribe(BaseModel):
    """The resident is to be told of some things no more."""

    model_config = ConfigDict(frozen=True)

    do: Literal["unsubscribe"]
    ids: tuple[str, ...]


class BeQuiet(BaseModel):
    """Nothing is to be said unasked between two times of day; never quiet where there are none."""

    model_config = ConfigDict(frozen=True)

    do: Literal["be_quiet"]
    start: TimeOfDay | None
    end: TimeOfDay | None


class AskPerson(BaseModel):
    """The resident wants a person; ``question`` is the intent that was asked about before."""

    model_config = ConfigDict(frozen=True)

    do: Literal["ask_person"]
    question: str | None = Field(default=None, max_length=60)
    facts: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=200)]] = Field(
        default={}, max_length=20
    )
    open: bool | None = None


class LeaveQueue(BaseModel):
    """The resident waits for a person no more."""

    model_config = ConfigDict(frozen=True)

    do: Literal["leave_queue"]


class Enqueue(BaseModel):
    """The gateway's own: the conversation is to wait for a person, to be called back where there is a number; or only
    to be found by its code."""

    model_config = ConfigDict(frozen=True)

    #: By the hand-over's own clock, as all that compares with it.
    at: AwareDatetime
    topic: str
    team: str | None
    facts: dict[str, str]
    code: str
    code_until: AwareDatetime
    phone: str | None = None
    waits: bool = True


class ExpectPhone(BaseModel):
    """The gateway's own: the next message may hold the number to call back."""

    model_config = ConfigDict(frozen=True)


class Erase(BaseModel):
    """Everything is to be erased."""

    model_config = ConfigDict(frozen=True)

    do: Literal["erase"]


Task = Annotated[
    RememberRequest
    | AttachPhotos
    | ExpectContact
    | Hide
    | Subscribe
    | Unsubscribe
    | BeQuiet
    | AskPerson
    | LeaveQueue
    | Erase,
    Field(discriminator="do"),
]

#: What a turn leads to: what the engine asks for, and what the gateway adds.
Effect = Task | Enqueue | ExpectPhone
