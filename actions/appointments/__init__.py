"""Appointments at the communes' planning desks: booked, shown and cancelled from the chat."""
