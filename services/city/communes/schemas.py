"""Answers of the topic communes."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from services.city.core.hours import Note, Open
from services.city.core.schemas import Answer, Name


class Locality(BaseModel):
    """A part of the commune that has a name of its own."""

    id: str = Field(examples=["laeken"])
    name: Name
    postcode: str


class CommuneInfo(Open):
    """A commune and its administration."""

    id: str = Field(examples=["ixelles"])
    name: Name
    aliases: list[str]
    nis_code: str = Field(examples=["21009"])
    postcodes: list[str]
    localities: list[Locality]
    lat: float
    lon: float
    administration: str = Field(description="Name of the building.")
    address: Name
    phone: str
    email: str | None
    website: str
    e_counter: str = Field(description="Address of the online counter.")
    e_counter_name: str = Field(examples=["IRISbox"])
    services_note: str = Field(description="What a visitor should know before coming.")
    source_url: str


class CommuneAnswer(Answer, CommuneInfo):
    """One commune, with the source and age of the facts."""


class ContactInfo(Open):
    """A number to call."""

    id: str = Field(examples=["emergency_112"])
    kind: Literal["emergency", "help_line", "service", "call_centre"]
    situations: list[str] = Field(examples=[["fire", "injury"]])
    name: str
    names: Note
    when_to_call: str
    phone: str
    languages: list[str] = Field(description="Languages in which it answers, best first.")
    email: str | None
    website: str | None
    always_open: bool
    source_url: str
