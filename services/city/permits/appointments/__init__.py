"""Appointments at the communes' planning desks."""
