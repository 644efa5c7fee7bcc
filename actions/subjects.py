"""What can be asked that opens no form: how each is called in a choice, what answers it, who answers by telephone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

#: Intents whose messages go on with the question before.
CONTINUES: Final = frozenset({"inform", "correct_input", "nlu_fallback", "out_of_scope"})

#: The key of a question's own words among its facts.
WORDS: Final = "words"

#: The key under which an answer that had to ask for a fact says which.
ASKED_FOR: Final = "asked_for"

#: What was asked: facts by the names of their entities, and the message's words by WORDS.
Asked = dict[str, str]

FILE: Final = "filing_form"


@dataclass(frozen=True)
class Subject:
    """A subject by its intent."""

    intent: str
    label: str
    contact: str
    #: The action that answers, or the form that collects what is sent.
    answer: str
    #: Entities that belong to it, also as a follow-up.
    facts: frozenset[str] = frozenset()
    #: Whether a few words without any entity are a follow-up too ("and yoghurt pots?").
    takes_words: bool = False
    #: How many are few.
    most_words: int = 6


SUBJECTS: Final[Mapping[str, Subject]] = {
    subject.intent: subject
    for subject in (
        Subject(
            "transport_plan_trip",
            "label_trip",
            "contact_transport",
            "action_plan_trip",
            facts=frozenset(
                {"origin", "destination", "stop", "address", "commune", "direction", "mode", "date", "time"}
            ),
            takes_words=True,
        ),
        Subject(
            "transport_disruptions",
            "label_disruptions",
            "contact_transport",
            "action_disruptions",
            facts=frozenset({"line", "stop", "mode", "date"}),
        ),
        Subject(
            "transport_nearest_stop",
            "label_nearest_stop",
            "contact_transport",
            "action_nearest_stop",
            facts=frozenset({"address", "stop", "commune", "mode", "line"}),
            takes_words=True,
        ),
        Subject(
            "transport_line_info",
            "label_line",
            "contact_transport",
            "action_line_info",
            facts=frozenset({"line", "direction", "stop", "date"}),
        ),
        Subject(
            "transport_first_last",
            "label_first_last",
            "contact_transport",
            "action_first_last",
            facts=frozenset({"line", "stop", "mode", "direction", "date", "commune"}),
        ),
        Subject(
            "transport_fares",
            "label_fares",
            "contact_transport",
            "action_fares",
            facts=frozenset({"ticket", "age", "condition", "fare"}),
            takes_words=True,
        ),
        Subject(
            "transport_accessibility",
            "label_accessibility",
            "contact_transport",
            "action_accessibility",
            facts=frozenset({"stop", "line", "address", "commune"}),
        ),
        Subject(
            "transport_bike_share",
            "label_bikes",
            "contact_city",
            "action_bike_share",
            facts=frozenset({"address", "stop", "commune", "want"}),
        ),
        Subject(
            "transport_lez_check",
            "label_lez",
            "contact_city",
            "action_lez_check",
            facts=frozenset({"vehicle", "fuel", "euro_norm", "date", "first_registered", "facet"}),
            takes_words=True,
        ),
        Subject(
            "transport_parking_rules",
            "label_parking",
            "contact_city",
            "action_parking_rules",
            facts=frozenset({"address", "stop", "commune", "date", "time", "want"}),
        ),
        Subject(
            "transport_lost_property",
            "label_lost_property",
            "contact_transport",
            "action_lost_property",
            facts=frozenset({"operator", "mode", "line"}),
        ),
        Subject(
            "waste_sorting",
            "label_sorting",
            "contact_waste",
            "action_waste_sorting",
            facts=frozenset({"waste_item", "address", "stop", "commune"}),
            takes_words=True,
        ),
        Subject("waste_bulky_pickup", "label_bulky", "contact_waste", FILE),
        Subject(
            "waste_container_park",
            "label_container_park",
            "contact_waste",
            "action_container_park",
            facts=frozenset({"address", "stop", "commune", "date", "material", "waste_item"}),
            takes_words=True,
        ),
        Subject(
            "waste_drop_off_points",
            "label_drop_off",
            "contact_waste",
            "action_drop_off_points",
            facts=frozenset({"address", "stop", "commune", "material", "waste_item"}),
            takes_words=True,
        ),
        Subject(
            "waste_bags_and_rules",
            "label_bag_rules",
            "contact_waste",
            "action_bags_and_rules",
            facts=frozenset({"fraction", "facet", "commune"}),
            takes_words=True,
        ),
        Subject("waste_missed_collection", "label_missed", "contact_waste", FILE),
        Subject("waste_illegal_dumping", "label_dumping", "contact_waste", FILE),
        Subject(
            "waste_calendar",
            "label_calendar",
            "contact_waste",
            "action_waste_calendar",
            facts=frozenset({"address", "stop", "commune", "fraction", "line", "time"}),
            takes_words=True,
        ),
        Subject("waste_reminder", "label_reminder", "contact_waste", "action_waste_reminder"),
        Subject(
            "permit_needed",
            "label_permit_needed",
            "contact_city",
            "action_permit_needed",
            facts=frozenset({"project", "answers"}),
            takes_words=True,
            most_words=9,
        ),
        Subject(
            "permit_status", "label_permit_status", "contact_city", "action_permit_status", frozenset({"reference"})
        ),
        Subject(
            "permit_resident_parking",
            "label_resident_card",
            "contact_city",
            "action_resident_parking",
            facts=frozenset({"commune", "address", "facet", "variant"}),
            takes_words=True,
        ),
        Subject(
            "permit_moving_parking",
            "label_moving",
            "contact_city",
            "action_moving_parking",
            facts=frozenset({"commune", "address", "date", "facet", "variant"}),
            takes_words=True,
        ),
        Subject(
            "permit_event",
            "label_event",
            "contact_city",
            "action_event",
            facts=frozenset({"commune", "address", "date", "facet", "variant"}),
            takes_words=True,
        ),
        Subject(
            "permit_public_inquiries",
            "label_inquiries",
            "contact_city",
            "action_public_inquiries",
            facts=frozenset({"address", "stop", "commune"}),
        ),
        Subject("permit_appointment", "label_appointment", "contact_city", FILE),
        Subject("permit_infringement", "label_infringement", "contact_city", FILE),
        Subject("city_report_problem", "label_report", "contact_city", FILE),
        Subject(
            "city_report_status",
            "label_report_status",
            "contact_city",
            "action_report_status",
            frozenset({"reference"}),
        ),
        Subject(
            "city_participation",
            "label_participation",
            "contact_city",
            "action_participation",
            facts=frozenset({"commune", "address"}),
        ),
        Subject("delete_my_data", "label_delete_data", "contact_city", "action_delete_data"),
        Subject("export_my_data", "label_export_data", "contact_city", "action_export_data"),
    )
}
