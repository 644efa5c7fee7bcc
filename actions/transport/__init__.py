"""Departures."""
