"""Permit procedures."""
