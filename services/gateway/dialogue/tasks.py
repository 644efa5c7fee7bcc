"""What the assistant has the gateway do with a conversation: the tasks of ``kit.tasks``, checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class RememberRequest(BaseModel):
    """A request was made or followed; ``key`` erases the resident from it."""

    model_config = ConfigDict(frozen=True)

    do: Literal["remember_request"]
    reference: str = Field(max_length=60)
    key: str | None = Field(default=None, max_length=200)
    subject: str = Field(max_length=60)


class Erase(BaseModel):
    """Everything is to be erased."""

    model_config = ConfigDict(frozen=True)

    do: Literal["erase"]


Task = Annotated[RememberRequest | Erase, Field(discriminator="do")]
