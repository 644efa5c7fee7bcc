"""All actions of the domain, made with the services that they need."""

from __future__ import annotations

from typing import Final

from rasa_sdk.executor import ActionExecutor

from actions.base import CityAction
from actions.city_reports.status import ReportStatus
from actions.communes.answer import CommuneContactAnswer
from actions.communes.forms import AskCommune, ValidateCommuneContactForm
from actions.conversation.clarifying import Clarify
from actions.conversation.follow_up import FollowUp
from actions.conversation.greeting import Greet, Help
from actions.conversation.human import AskHuman
from actions.conversation.language import ChangeLanguage, RepeatAnswer, SayAgain
from actions.conversation.opinions import StayCalm, TakeFeedback
from actions.conversation.privacy import DeleteMyData, ExportMyData, Privacy
from actions.conversation.scope import OutOfScope
from actions.conversation.yes_no import Affirm, Deny
from actions.emergency.advice import EmergencyAdvice
from actions.filing.form import AskFiling, ValidateFilingForm
from actions.filing.sending import SendFiling
from actions.filing.stopping import Stop
from actions.participation.answer import ParticipationAnswer
from actions.permits.advice import PermitNeeded
from actions.permits.answer import PermitProcedure
from actions.permits.forms import AskPermitType, ValidatePermitProcedureForm
from actions.permits.inquiries import PublicInquiries
from actions.permits.known import EventPermit, MovingParking, ResidentParking
from actions.permits.status import PermitStatus
from actions.reminders.answer import WasteReminder
from actions.services import Services
from actions.transport.accessibility import StepFreeAccess
from actions.transport.answer import NextDepartures
from actions.transport.bikes import BikeShare
from actions.transport.disruptions import Disruptions
from actions.transport.fares import FareAnswer
from actions.transport.first_last import FirstAndLast
from actions.transport.forms import AskStop, ValidateDeparturesForm
from actions.transport.lez import LezCheck
from actions.transport.lines import LineInfo
from actions.transport.lost_property import LostThings
from actions.transport.nearest import NearestStop
from actions.transport.parking import ParkingRules
from actions.transport.trips import PlanTrip
from actions.waste.answer import WasteCollectionDay
from actions.waste.calendar import WasteCalendar
from actions.waste.drop_off import DropOffAnswer
from actions.waste.forms import AskAddress, ValidateWasteCollectionForm
from actions.waste.parks import ContainerParkAnswer
from actions.waste.rules import BagsAndRules
from actions.waste.sorting import WasteSorting

ACTIONS: Final[tuple[type[CityAction], ...]] = (
    ValidateWasteCollectionForm,
    ValidateDeparturesForm,
    ValidatePermitProcedureForm,
    ValidateCommuneContactForm,
    ValidateFilingForm,
    AskFiling,
    SendFiling,
    Stop,
    AskAddress,
    AskStop,
    AskPermitType,
    AskCommune,
    WasteCollectionDay,
    NextDepartures,
    PermitProcedure,
    CommuneContactAnswer,
    EmergencyAdvice,
    Greet,
    Help,
    AskHuman,
    ChangeLanguage,
    RepeatAnswer,
    FollowUp,
    Clarify,
    Affirm,
    Deny,
    OutOfScope,
    Disruptions,
    StepFreeAccess,
    LostThings,
    BikeShare,
    FareAnswer,
    ParkingRules,
    PlanTrip,
    LezCheck,
    LineInfo,
    NearestStop,
    FirstAndLast,
    WasteSorting,
    ContainerParkAnswer,
    DropOffAnswer,
    BagsAndRules,
    WasteCalendar,
    ResidentParking,
    MovingParking,
    EventPermit,
    PermitNeeded,
    PermitStatus,
    PublicInquiries,
    ReportStatus,
    ParticipationAnswer,
    SayAgain,
    TakeFeedback,
    StayCalm,
    WasteReminder,
    Privacy,
    ExportMyData,
    DeleteMyData,
)


def executor(services: Services) -> ActionExecutor:
    """Return rasa-sdk's executor with every action registered."""
    made = ActionExecutor()
    for action in ACTIONS:
        made.register_action(action(services))
    return made
