"""Every importer by the name that ``bxl import`` knows it by, and what the sample city is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from services.city.core.migrate import upgrade
from services.city.transport.fares.facts import Fare
from services.city.transport.lez.facts import Zone
from services.city.transport.lost_property.facts import LostProperty
from services.city.transport.parking.facts import ParkingZone
from services.importers.advice import AdviceImporter
from services.importers.base import Importer, ImportRefusedError
from services.importers.best import BestImporter
from services.importers.bikes import BikesImporter
from services.importers.car_parks import CarParksImporter
from services.importers.communes import CommunesImporter
from services.importers.contacts import ContactsImporter
from services.importers.fixmystreet import FixMyStreetImporter
from services.importers.gtfs import GtfsImporter
from services.importers.landmarks import LandmarksImporter
from services.importers.messages import MessagesImporter
from services.importers.nova import NovaImporter
from services.importers.participation import ParticipationImporter
from services.importers.permit_documents import DesksImporter, StagesImporter
from services.importers.permits import PermitsImporter
from services.importers.realtime.gtfs_realtime import ALERT_IMPORTERS, TRIP_UPDATE_IMPORTERS
from services.importers.realtime.stib import STIB_IMPORTERS
from services.importers.requests import RequestsImporter
from services.importers.sorting import SortingImporter
from services.importers.transport_facts import FactsImporter
from services.importers.waste import WasteImporter
from services.importers.waste_points import WastePointsImporter
from services.importers.waste_rules import WasteRulesImporter

__all__ = ["IMPORTERS", "SAMPLE", "ImportRefusedError", "Importer", "upgrade"]


def _by_name(importers: Iterable[Importer]) -> dict[str, Importer]:
    return {importer.name: importer for importer in importers}


#: A new feed is one more line here.
IMPORTERS: Final[dict[str, Importer]] = _by_name(
    (
        CommunesImporter(),
        BestImporter(),
        LandmarksImporter(),
        ContactsImporter(),
        GtfsImporter(),
        WasteImporter(),
        SortingImporter(),
        WastePointsImporter(),
        WasteRulesImporter(),
        PermitsImporter(),
        AdviceImporter(),
        StagesImporter(),
        NovaImporter(),
        DesksImporter(),
        ParticipationImporter(),
        RequestsImporter(),
        FixMyStreetImporter(),
        BikesImporter(),
        MessagesImporter(),
        *STIB_IMPORTERS,
        *TRIP_UPDATE_IMPORTERS,
        *ALERT_IMPORTERS,
        FactsImporter("fares", Fare),
        FactsImporter("lez", Zone),
        FactsImporter("parking", ParkingZone),
        FactsImporter("lost_property", LostProperty),
        CarParksImporter(),
    )
)

#: What to import for the sample city, in this order: importer and path below ``data/city``.
SAMPLE: Final[dict[str, str]] = {
    "communes": "communes",
    "best": "best",
    "landmarks": "landmarks",
    "contacts": "contacts.yml",
    "gtfs": "gtfs",
    "messages": "messages",
    "waste": "waste",
    "sorting": "waste/sorting",
    "waste_points": "waste/points",
    "waste_rules": "waste/rules",
    "permits": "permits",
    "advice": "permits/advice",
    "stages": "permits/stages",
    "nova": "permits/nova",
    "desks": "permits/desks",
    "participation": "participation",
    "requests": "requests",
    "fixmystreet": "fixmystreet/incidents.json",
    "bikes": "bikes",
    "fares": "fares",
    "lez": "lez",
    "parking": "parking",
    "lost_property": "lost_property",
    "car_parks": "car_parks",
}
