"""What a question of each intent can be about: the entities that are given with it.

``ride`` gives ``stop`` and ``direction``; ``trip`` gives ``origin`` and ``destination``, ``trip_end`` only those that
the words before a place mark as such.
"""

from __future__ import annotations

from typing import Final

from kit import wire

_PLACE: Final = ("address", "stop", "commune")
_CONTACT: Final = ("email", "phone")

#: What a message can be that only gives a fact.
FACTS: Final = (
    *("address", "stop", "commune", "line", "direction", "trip_end", "date", "time"),
    *("fraction", "waste_item", "material", "permit_type", "facet", "category", "reference", "language"),
    *("vehicle", "fuel", "euro_norm", "ticket", "condition", "age", "operator", "mode", "want", "email", "phone"),
)

WANTED: Final[dict[str, tuple[str, ...]]] = {
    "transport_next_departures": ("ride", "line", "mode", "date", "time"),
    "transport_plan_trip": ("trip", "mode", "date", "time"),
    "transport_disruptions": ("stop", "line", "direction", "mode", "operator", "date"),
    "transport_nearest_stop": (*_PLACE, "mode", "line"),
    "transport_line_info": ("line", "direction", "mode", "stop", "date"),
    "transport_first_last": ("ride", "line", "mode", "date", "time"),
    "transport_fares": ("ticket", "age", "condition", "operator"),
    "transport_accessibility": ("stop", "line", "mode"),
    "transport_bike_share": (*_PLACE, "want"),
    "transport_lez_check": ("vehicle", "fuel", "euro_norm", "date", "commune"),
    "transport_parking_rules": (*_PLACE, "date", "time"),
    "transport_lost_property": ("operator", "mode", "line", "stop", "date"),
    "waste_collection_day": ("address", "commune", "fraction", "date"),
    "waste_sorting": ("waste_item", "fraction"),
    "waste_bulky_pickup": ("address", "commune", "waste_item", "date", *_CONTACT),
    "waste_container_park": ("address", "commune", "waste_item", "date", "time"),
    "waste_drop_off_points": (*_PLACE, "material", "waste_item"),
    "waste_bags_and_rules": ("fraction", "facet", "commune", "address"),
    "waste_missed_collection": ("address", "commune", "fraction", "date", *_CONTACT),
    "waste_illegal_dumping": (*_PLACE, "waste_item", "date", *_CONTACT),
    "waste_calendar": ("address", "commune", "fraction"),
    "waste_reminder": ("address", "commune", "fraction", "date", "time", "line", "reference"),
    "permit_needed": ("permit_type", "address", "commune"),
    "permit_procedure": ("permit_type", "facet", "commune", "address"),
    "permit_status": ("reference", "address", "date"),
    "permit_resident_parking": ("facet", "commune", "address"),
    "permit_moving_parking": ("facet", "commune", "address", "date"),
    "permit_event": ("facet", "commune", "address", "date"),
    "permit_public_inquiries": ("address", "commune"),
    "permit_appointment": ("commune", "date", "time", "reference", *_CONTACT),
    "permit_infringement": ("address", "commune", "date", *_CONTACT),
    "city_report_problem": ("category", *_PLACE, "date", *_CONTACT),
    "city_report_status": ("reference", "address", "date"),
    "city_commune_contact": ("commune", "address", "date", "time"),
    "city_participation": ("commune", "address"),
    "city_emergency": _PLACE,
    "ask_human": _CONTACT,
    "change_language": ("language",),
    wire.INFORM_INTENT: FACTS,
    "correct_input": FACTS,
}
