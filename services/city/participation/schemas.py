"""Answers of the topic participation."""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, BaseModel, Field

from services.city.core.schemas import Commune, Name, Page
from services.city.participation.facts import Kind


class MeetingInfo(BaseModel):
    """When and where people meet about it."""

    starts_at: AwareDatetime
    place: Name


class Entry(BaseModel):
    """What opportunities and ways have in common; texts are in the language asked for."""

    id: str
    name: str
    summary: str
    who: str = Field(description="Who can take part.")
    how: str = Field(description="What to do.")
    organiser: str
    url: str | None = Field(description="Where to read on; null where no page is known.")


class OpportunityInfo(Entry):
    """Something that one can take part in from one day to another."""

    kind: Kind
    commune: Commune | None = Field(description="Null: the whole Region.")
    opens: date
    closes: date = Field(description="The last day.")
    days_left: int | None = Field(ge=0, description="Days to the last one; null where it is not open yet.")
    meetings: list[MeetingInfo] = Field(description="Meetings from that day on, soonest first.")


class WayInfo(Entry):
    """A way to have a say at any time."""

    rule: Name | None = Field(description="The rule behind it.")
    capability: str | None = Field(
        description="What the assistant can do about it.", examples=["permit_public_inquiries"]
    )
    valid_from: date


class ParticipationPage(Page[OpportunityInfo]):
    """What is open on a day, then what comes, then how to have a say anyway.

    A commune's own come before the Region's; of each, those that end first.
    """

    on: date
    commune: Commune | None
    coming: list[OpportunityInfo] = Field(description="What opens later, soonest first, at most ten.")
    ways: list[WayInfo] = Field(description="How to have a say whatever is open.")
