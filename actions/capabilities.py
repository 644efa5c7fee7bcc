"""What the assistant can be asked: each capability's form, the slot it needs and the facts that belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from actions.speech import payload
from kit.replies import Part, choice, text


@dataclass(frozen=True)
class Capability:
    """A capability with data behind it."""

    intent: str
    form: str
    slot: str
    #: The action that answers once the slot is filled.
    answer: str
    label: str
    #: Who answers by telephone where this capability cannot.
    contact: str
    #: Entities that belong to this capability, also as a follow-up to its last answer.
    facts: frozenset[str]
    #: Those of them that make it likely where nothing was asked before.
    telling: frozenset[str]
    #: Entities that may name the place where the slot's own entity is missing, the best first.
    stand_ins: tuple[str, ...] = ()


CAPABILITIES: Final[Mapping[str, Capability]] = {
    capability.intent: capability
    for capability in (
        Capability(
            intent="waste_collection_day",
            form="waste_collection_form",
            slot="address",
            answer="action_waste_collection_day",
            label="choice_waste",
            contact="contact_waste",
            facts=frozenset({"address", "stop", "commune", "fraction", "date"}),
            telling=frozenset({"address", "fraction"}),
            stand_ins=("stop",),
        ),
        Capability(
            intent="transport_next_departures",
            form="departures_form",
            slot="stop",
            answer="action_next_departures",
            label="choice_transport",
            contact="contact_transport",
            facts=frozenset({"stop", "address", "commune", "line", "mode", "direction", "time", "date"}),
            telling=frozenset({"stop", "line", "direction"}),
            stand_ins=("address",),
        ),
        Capability(
            intent="permit_procedure",
            form="permit_procedure_form",
            slot="permit_type",
            answer="action_permit_procedure",
            label="choice_permits",
            contact="contact_city",
            facts=frozenset({"permit_type", "facet", "commune"}),
            telling=frozenset({"permit_type"}),
        ),
        Capability(
            intent="city_commune_contact",
            form="commune_contact_form",
            slot="commune",
            answer="action_commune_contact",
            label="choice_commune",
            contact="contact_city",
            facts=frozenset({"commune", "date", "time", "address"}),
            telling=frozenset({"commune", "address"}),
            stand_ins=("address",),
        ),
    )
}

#: Actions and replies that may be called for: where each is called from, a rule in data/rules listens after it.
CALLED_FOR: Final = frozenset(
    {
        "action_greet",
        "action_delete_data",
        "action_disruptions",
        "action_export_data",
        "action_accessibility",
        "action_lost_property",
        "action_bike_share",
        "action_fares",
        "action_first_last",
        "action_help",
        "action_line_info",
        "action_nearest_stop",
        "action_ask_human",
        "action_clarify",
        "action_deny",
        "action_bags_and_rules",
        "action_container_park",
        "action_drop_off_points",
        "action_waste_calendar",
        "action_out_of_scope",
        "action_parking_rules",
        "action_participation",
        "action_plan_trip",
        "action_lez_check",
        "action_event",
        "action_moving_parking",
        "action_permit_needed",
        "action_permit_status",
        "action_public_inquiries",
        "action_report_status",
        "action_resident_parking",
        "action_privacy",
        "action_send_filing",
        "action_waste_reminder",
        "action_waste_sorting",
        "utter_bot_challenge",
        "utter_emergency",
    }
)


def topics(*, person: bool = False, **facts: str) -> list[Part]:
    """Return one choice a capability, what else there is, and a person where that is wanted."""
    labels = {capability.label: intent for intent, capability in CAPABILITIES.items()}
    labels["choice_topics"] = "ask_help"
    if person:
        labels["choice_person"] = "ask_human"
    return [
        choice(text(label), payload(intent, **(facts if intent in CAPABILITIES else {})))
        for label, intent in labels.items()
    ]
