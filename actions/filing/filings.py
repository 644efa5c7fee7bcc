"""What can be sent to the city: for each subject its facts, in the order in which they are asked, and its service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from actions.filing.days import DayField, MissedField
from actions.filing.draft import Draft
from actions.filing.fields import ContactField, Field, Words
from actions.filing.matters import KindField, SameField
from actions.filing.places import PlaceField
from actions.filing.rules import RulesField

#: Places where something in the street is.
_STREET: Final = ("street", "address", "stop", "landmark")
_HOUSE: Final = ("street", "address")


@dataclass(frozen=True)
class Filing:
    """One subject that ends in a request."""

    subject: str
    fields: tuple[Field, ...]
    #: The request's service; None where a field chooses it.
    service: str | None = None
    contact: str = "contact_city"

    def field(self, name: str | None) -> Field | None:
        """Return a field by its name."""
        return next((each for each in self.fields if each.name == name), None)

    def request(self, draft: Draft) -> dict[str, Any]:
        """Return the body of ``POST /v1/requests``."""
        place, contact = draft.value("place"), draft.value("contact")
        body: dict[str, Any] = {
            "service_code": self.service or draft.value("kind"),
            "description": draft.value("description") or "",
            "attributes": _attributes(draft),
        }
        if place:
            body["place"] = place["id"]
        if contact:
            body["contact"] = contact
        return body


def _attributes(draft: Draft) -> dict[str, list[str]]:
    collection = draft.value("collection") or {}
    found = {
        "fraction": collection.get("fraction"),
        "collection_date": collection.get("date"),
        "items": draft.value("items"),
        "wanted_date": draft.value("day"),
    }
    return {code: [value] for code, value in found.items() if value}


_DESCRIPTION: Final = ("description", "ask_filing_description", "filing_description", "filing_change_description")

FILINGS: Final[Mapping[str, Filing]] = {
    each.subject: each
    for each in (
        Filing(
            "waste_missed_collection",
            (PlaceField(*_HOUSE, numbered=True), MissedField()),
            service="missed_collection",
            contact="contact_waste",
        ),
        Filing(
            "waste_illegal_dumping",
            (PlaceField(*_STREET), SameField("illegal_dumping"), Words(*_DESCRIPTION)),
            service="illegal_dumping",
            contact="contact_waste",
        ),
        Filing(
            "waste_bulky_pickup",
            (
                Words("items", "ask_filing_items", "filing_items", "filing_change_items", opening=False),
                PlaceField(*_HOUSE, numbered=True),
                RulesField("bulky"),
                DayField(),
                ContactField(),
            ),
            service="bulky_pickup",
            contact="contact_waste",
        ),
        Filing(
            "city_report_problem",
            (KindField(), PlaceField(*_STREET), SameField(), Words(*_DESCRIPTION)),
        ),
    )
}
