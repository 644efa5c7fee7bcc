"""Answers about lost property."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from services.city.core.schemas import Name, Page


class LostPropertyInfo(BaseModel):
    """An operator's lost property; texts are in the language of the request."""

    id: str = Field(examples=["stib"])
    name: Name
    modes: list[str] = Field(description="What the operator runs in the Region.", examples=[["tram", "bus", "metro"]])
    how: str = Field(description="How to report it.")
    collect: str = Field(description="Where it is handed out, and what it takes.")
    phone: str | None = Field(description="Null where there is none for this, or where it is not known.")
    url: str
    fee_eur: float | None = Field(description="Null where it is not known.")
    valid_from: date = Field(description="Since when this is known to hold.")
    may_have_changed: bool


class LostPropertyPage(Page[LostPropertyInfo]):
    """Operators and their lost property, the largest network first."""
