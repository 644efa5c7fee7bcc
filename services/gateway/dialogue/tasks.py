"""What the assistant has the gateway do with a conversation: the tasks of ``kit.tasks``, checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from kit.languages import Language


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


class SetReminder(BaseModel):
    """Collections at a place are to be reminded of."""

    model_config = ConfigDict(frozen=True)

    do: Literal["set_reminder"]
    place: str = Field(max_length=120)
    name: dict[Language, str]
    fraction: Literal["white", "yellow", "blue", "orange", "green"] | None = None
    at: str | None = Field(default=None, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")


class StopReminders(BaseModel):
    """Reminders are to be stopped."""

    model_config = ConfigDict(frozen=True)

    do: Literal["stop_reminders"]
    ids: tuple[str, ...]


class Erase(BaseModel):
    """Everything is to be erased."""

    model_config = ConfigDict(frozen=True)

    do: Literal["erase"]


Task = Annotated[RememberRequest | AttachPhotos | SetReminder | StopReminders | Erase, Field(discriminator="do")]
