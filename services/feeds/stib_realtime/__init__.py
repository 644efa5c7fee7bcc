"""STIB-MIVB's real time: waiting times, travellers' information and vehicle positions."""

from services.feeds.stib_realtime.fetch import TRAVELLERS_INFORMATION, VEHICLE_POSITIONS, WAITING_TIMES, fetch

__all__ = ["TRAVELLERS_INFORMATION", "VEHICLE_POSITIONS", "WAITING_TIMES", "fetch"]
