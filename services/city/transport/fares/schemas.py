"""Answers about fares."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from services.city.core.schemas import Page
from services.city.transport.fares.facts import Condition, Ticket


class FareInfo(BaseModel):
    """A ticket or pass; texts are in the language of the request."""

    id: str = Field(examples=["stib_single_contactless"])
    ticket: Ticket
    name: str
    operators: list[str] = Field(description="On whose vehicles it is valid.", examples=[["STIB-MIVB"]])
    price_eur: float | None = Field(description="Null where it is not known; `conditions` then says who sets it.")
    from_age: int | None
    to_age: int | None = Field(description="The last age, inclusive.")
    condition: Condition = Field(
        description="`resident`: who lives in the Region. `bim`: increased reimbursement of health care. `student`: "
        "who goes to school or studies. `none`: everyone of that age."
    )
    conditions: str
    where: str = Field(description="Where to buy it.")
    valid_from: date = Field(description="Since when the price holds.")
    may_have_changed: bool = Field(description="True where prices are usually adapted since; check at `source_url`.")
    source_url: str


class Fares(Page[FareInfo]):
    """Tickets and passes that fit, the closest to the question first, else from the most particular to the dearest."""
