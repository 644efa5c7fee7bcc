"""What can be sent to the city: for each subject its facts, in the order in which they are asked, and its service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from actions.appointments.booking import BookingSender
from actions.appointments.cancelling import (
    CancellingSender,
    ProofField,
    ReferenceField,
    StandingField,
    is_about_one_that_stands,
    way_back,
)
from actions.appointments.fields import CommuneField, NameField, SubjectField
from actions.appointments.moments import SlotField, WhenField
from actions.filing.days import DayField, MissedField
from actions.filing.fields import PICK, ContactField, Words
from actions.filing.filing import Filing, Wording
from actions.filing.ideas import IDEA, IdeaField, IdeaPlaceField
from actions.filing.items import ItemsField
from actions.filing.known_permits import KnownPermitsField
from actions.filing.matters import KindField, SameField
from actions.filing.photos import PhotosField
from actions.filing.places import PlaceField
from actions.filing.rules import RulesField
from actions.filing.senders import RequestSender
from actions.reminders.fields import BagsField, CollectedPlaceField, FirstField, HourField
from actions.reminders.sender import ReminderSender
from actions.reminders.wishes import wants_one
from actions.turn import Turn
from kit.wire import REMINDER_INTENT

#: Places where something in the street is.
_STREET: Final = ("street", "address", "stop", "landmark")
_HOUSE: Final = ("street", "address")

_DESCRIPTION: Final = ("description", "ask_filing_description", "filing_description", "filing_change_description")
_WORKS: Final = ("description", "ask_infringement_works", "filing_description", "filing_change_description")

_BOOKING: Final = Wording(
    shown="appointment_shown",
    send="appointment_book_ask",
    yes="choice_appointment_book",
    not_sent="appointment_not_booked",
)
_REMINDING: Final = Wording(
    shown="reminder_shown",
    send="reminder_set_ask",
    yes="choice_reminder_yes",
    not_sent="reminder_not_set",
)
_CANCELLING: Final = Wording(
    shown="appointment_to_cancel",
    send="appointment_cancel_ask",
    yes="choice_appointment_cancel_yes",
    no="choice_appointment_keep",
    not_sent="appointment_not_cancelled",
    declined="appointment_kept",
)

#: By subject. Of several with one intent, the first whose message it is opens.
FILINGS: Final[Mapping[str, Filing]] = {
    each.subject: each
    for each in (
        Filing(
            "waste_missed_collection",
            (
                PlaceField(*_HOUSE, numbered=True, question="ask_filing_house"),
                MissedField(),
                PhotosField(),
                ContactField(needed=False),
            ),
            RequestSender("missed_collection"),
            contact="contact_waste",
        ),
        Filing(
            "waste_illegal_dumping",
            (
                PlaceField(*_STREET),
                SameField("illegal_dumping"),
                Words(*_DESCRIPTION),
                PhotosField(),
                ContactField(needed=False),
            ),
            RequestSender("illegal_dumping"),
            contact="contact_waste",
        ),
        Filing(
            REMINDER_INTENT,
            (
                CollectedPlaceField(*_HOUSE, numbered=True, question="ask_filing_house"),
                BagsField(),
                HourField(),
                FirstField(),
            ),
            ReminderSender(),
            contact="contact_waste",
            opens=wants_one,
            wording=_REMINDING,
        ),
        Filing(
            "waste_bulky_pickup",
            (
                ItemsField(),
                PlaceField(*_HOUSE, numbered=True, question="ask_filing_house"),
                RulesField("bulky"),
                DayField(),
                PhotosField(),
                ContactField(),
            ),
            RequestSender("bulky_pickup"),
            contact="contact_waste",
        ),
        Filing(
            "city_report_problem",
            (
                KindField(),
                PlaceField(*_STREET),
                SameField(),
                Words(*_DESCRIPTION),
                PhotosField(),
                ContactField(needed=False),
            ),
            RequestSender(),
        ),
        Filing(
            "permit_infringement",
            (
                PlaceField(*_HOUSE, numbered=True, street_will_do=True, question="ask_infringement_place"),
                KnownPermitsField(),
                Words(*_WORKS),
                PhotosField(),
                ContactField(needed=False),
            ),
            RequestSender("permit_infringement", expected="filing_examined"),
        ),
        Filing(
            IDEA,
            (IdeaField(), IdeaPlaceField(), ContactField(needed=False)),
            RequestSender("idea", expected="filing_examined"),
            of="city_participation",
            opens=None,
            back=lambda _: {PICK: IDEA},
        ),
        Filing(
            "appointment_cancel",
            (ReferenceField(), ProofField(), StandingField()),
            CancellingSender(),
            of="permit_appointment",
            opens=is_about_one_that_stands,
            back=way_back,
            wording=_CANCELLING,
        ),
        Filing(
            "permit_appointment",
            (CommuneField(), SubjectField(), WhenField(), SlotField(), NameField(), ContactField()),
            BookingSender(),
            wording=_BOOKING,
        ),
    )
}

#: Intents whose messages open a draft.
OPENING: Final = frozenset(each.intent for each in FILINGS.values() if each.opens is not None)


def subject_of(turn: Turn) -> str | None:
    """Return the subject whose draft a message opens; None where it opens none."""
    fitting = (each for each in FILINGS.values() if each.intent == turn.intent)
    return next((each.subject for each in fitting if each.opens is not None and each.opens(turn)), None)
