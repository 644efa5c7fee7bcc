"""An appointment as an iCalendar file (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from kit.languages import Language
from services.city.permits.appointments.schemas import AppointmentAnswer


def calendar_file(appointment: AppointmentAnswer, language: Language, now: datetime) -> bytes:
    """Return the file: the event, with an alarm a day before; cancelled where the appointment is.

    Instants are written in UTC, so that a calendar needs no definition of our time zone.
    """
    event = Event()
    event.add("uid", f"{appointment.reference}@permits.city.brussels")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", appointment.starts_at.astimezone(UTC))
    event.add("dtend", appointment.ends_at.astimezone(UTC))
    event.add("summary", f"{appointment.desk.name}: {appointment.subject.name}")
    address = appointment.desk.address.nl if language == "nl" else appointment.desk.address.fr
    event.add("location", address)
    event.add("description", "\n".join(filter(None, (appointment.reference, appointment.subject.bring))))
    cancelled = appointment.state == "cancelled"
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("sequence", 1 if cancelled else 0)
    if not cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", event["summary"])
        alarm.add("trigger", timedelta(days=-1))
        event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Brussels city assistant//permits//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
