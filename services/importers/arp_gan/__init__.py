"""The waste agency's calendars, collected street by street over many updates."""

from services.importers.arp_gan.update import FEED, update

__all__ = ["FEED", "update"]
