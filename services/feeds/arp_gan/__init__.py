"""The waste agency's calendar service: which bags are collected when, asked address by address."""

from services.feeds.arp_gan.client import SOURCE, ArpGan
from services.feeds.arp_gan.model import Calendar, FoundStreet
from services.feeds.waste.errors import UnknownAddressError

__all__ = ["SOURCE", "ArpGan", "Calendar", "FoundStreet", "UnknownAddressError"]
