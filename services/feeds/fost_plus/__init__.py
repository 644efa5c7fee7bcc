"""Fost Plus's Recycle!: on which days each bag is collected, asked address by address."""

from services.feeds.fost_plus.calendar import Calendar
from services.feeds.fost_plus.client import SOURCE, FoundStreet, Recycle

__all__ = ["SOURCE", "Calendar", "FoundStreet", "Recycle"]
