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
    label: str
    #: Entities that belong to this capability, also as a follow-up to its last answer.
    facts: frozenset[str]
    #: Those of them that make it likely where nothing was asked before.
    telling: frozenset[str]


CAPABILITIES: Final[Mapping[str, Capability]] = {
    capability.intent: capability
    for capability in (
        Capability(
            intent="waste_collection_day",
            form="waste_collection_form",
            slot="address",
            label="choice_waste",
            facts=frozenset({"address", "stop", "fraction", "date"}),
            telling=frozenset({"address", "fraction"}),
        ),
        Capability(
            intent="transport_next_departures",
            form="departures_form",
            slot="stop",
            label="choice_transport",
            facts=frozenset({"stop", "address", "line", "direction", "time", "date"}),
            telling=frozenset({"stop", "line", "direction"}),
        ),
        Capability(
            intent="permit_procedure",
            form="permit_procedure_form",
            slot="permit_type",
            label="choice_permits",
            facts=frozenset({"permit_type", "facet", "commune"}),
            telling=frozenset({"permit_type", "facet"}),
        ),
        Capability(
            intent="city_commune_contact",
            form="commune_contact_form",
            slot="commune",
            label="choice_commune",
            facts=frozenset({"commune", "date", "time", "address"}),
            telling=frozenset({"commune", "address"}),
        ),
    )
}

#: Intents without a form, and what answers them when they are called for.
CONVERSATION: Final[Mapping[str, str]] = {
    "greet": "action_greet",
    "ask_help": "action_help",
    "ask_human": "action_ask_human",
    "bot_challenge": "utter_bot_challenge",
    "city_emergency": "utter_emergency",
}


def topics(*, person: bool = False, **facts: str) -> list[Part]:
    """Return one choice a capability, and a person where that is wanted."""
    labels = {capability.label: intent for intent, capability in CAPABILITIES.items()}
    if person:
        labels["choice_person"] = "ask_human"
    return [choice(text(label), payload(intent, **facts)) for label, intent in labels.items()]
