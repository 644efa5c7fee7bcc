"""Answers of the knowledge search."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field

from services.city.core.schemas import Answer, Name, Page

Kind = Literal["rule", "procedure", "contact", "message"]
Topic = Literal["transport", "waste", "permits", "city"]


class Texts(BaseModel):
    """A text by language; a message may be missing in one."""

    fr: str | None = None
    nl: str | None = None
    en: str | None = None


class KnowledgePart(BaseModel):
    """One side of a procedure, such as its documents or its cost."""

    facet: str = Field(examples=["documents"])
    text: Texts


class KnowledgeItem(Answer):
    """Something that is known, in each language that it is there in, with its own source and age."""

    id: str = Field(examples=["procedure:terrace"])
    kind: Kind
    topic: Topic
    title: Texts
    text: Texts
    parts: list[KnowledgePart] = Field(description="The sides of a procedure; empty for all else.")
    phone: str | None = None
    email: str | None = None
    address: Name | None = None
    url: Texts = Field(description="Pages to read more on.")
    owner: str | None = Field(default=None, description="The team that keeps the facts, where it is known.")
    valid_until: AwareDatetime | None = Field(default=None, description="Until when it holds, where that is known.")
    score: float | None = Field(
        default=None, description="How well it fits, 0 to 100; null without words.", ge=0, le=100
    )


class KnowledgePage(Page[KnowledgeItem]):
    """A page of what was found; `source` and `as_of` are those of everything that was searched."""
