"""Tables of the city database, one module a topic; importing this package registers them all."""

from services.city.models.audit import AuditNote
from services.city.models.base import Base
from services.city.models.bikes import BikeStation
from services.city.models.checksums import DatasetChecksum
from services.city.models.communes import CommuneRecord, ContactRecord
from services.city.models.datasets import Dataset
from services.city.models.feed_states import FeedState
from services.city.models.idempotency import IdempotencyKey
from services.city.models.participation import ParticipationRecord
from services.city.models.permits import Appointment, DossierRecord, PermitDocument, ProcedureRecord, ProjectRecord
from services.city.models.places import Address, Place, PlaceName
from services.city.models.realtime import RealtimeSnapshot, WrittenMessage
from services.city.models.requests import (
    ExternalRequest,
    RequestContact,
    RequestCounter,
    RequestDelivery,
    RequestDocument,
    RequestPhoto,
    RequestStep,
    ServiceRequest,
)
from services.city.models.transport import (
    Line,
    Pattern,
    PatternStop,
    Platform,
    Route,
    ServiceDays,
    StopPlace,
    Timing,
    TransportFeed,
    Trip,
)
from services.city.models.transport_facts import TransportFact
from services.city.models.waste import WasteCalendar, WasteHoliday, WastePart
from services.city.models.waste_guide import WasteDocument, WastePoint

__all__ = [
    "Address",
    "Appointment",
    "AuditNote",
    "Base",
    "BikeStation",
    "CommuneRecord",
    "ContactRecord",
    "Dataset",
    "DatasetChecksum",
    "DossierRecord",
    "ExternalRequest",
    "FeedState",
    "IdempotencyKey",
    "Line",
    "ParticipationRecord",
    "Pattern",
    "PatternStop",
    "PermitDocument",
    "Place",
    "PlaceName",
    "Platform",
    "ProcedureRecord",
    "ProjectRecord",
    "RealtimeSnapshot",
    "RequestContact",
    "RequestCounter",
    "RequestDelivery",
    "RequestDocument",
    "RequestPhoto",
    "RequestStep",
    "Route",
    "ServiceDays",
    "ServiceRequest",
    "StopPlace",
    "Timing",
    "TransportFact",
    "TransportFeed",
    "Trip",
    "WasteCalendar",
    "WasteDocument",
    "WasteHoliday",
    "WastePart",
    "WastePoint",
    "WrittenMessage",
]
