"""What is sent to the topic requests, and its answers."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kit.languages import Language
from services.city.core.schemas import Answer, Commune, Name
from services.city.requests.facts import Datatype, Stage
from services.city.requests.texts import Description, Line, Prose

PhotoId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Email = Annotated[Line, StringConstraints(pattern=r"^[^@\s]{1,64}@[^@\s]+\.[^@\s]+$", max_length=254)]
Phone = Annotated[Line, StringConstraints(pattern=r"^\+?[0-9][0-9 ./()-]{5,38}$", max_length=40)]


class Sent(BaseModel):
    """A part of what is sent; what is not known is refused, so that nothing is lost unseen."""

    model_config = ConfigDict(extra="forbid")


class Point(Sent):
    """WGS 84, in degrees."""

    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)


class Contact(Sent):
    """How to reach a person; kept apart from the request, shown in no answer, erased on demand and after closing."""

    name: Annotated[Line, Field(max_length=120)] | None = None
    email: Email | None = None
    phone: Phone | None = None
    handle: Annotated[Line, Field(max_length=200)] | None = Field(
        default=None, description="Of a conversation or channel through which the person can be told."
    )

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not (self.email or self.phone or self.handle):
            raise ValueError("a contact has an email, a phone or a handle")
        return self


class NewRequest(Sent):
    """A request to be made."""

    service_code: str = Field(max_length=60, examples=["street_light"])
    place: Annotated[Line, Field(max_length=120)] | None = Field(
        default=None, description="Id of a place.", examples=["address:4012:16"]
    )
    point: Point | None = Field(default=None, description="The exact spot; with a place, the place gives the address.")
    description: Description = Field(default="", description="What is the matter, in the resident's own words.")
    attributes: Annotated[
        dict[
            Annotated[str, StringConstraints(max_length=60)],
            Annotated[list[Annotated[Prose, Field(max_length=1000)]], Field(max_length=30)],
        ],
        Field(max_length=30),
    ] = Field(default_factory=dict, description="Answers to the service's questions, by the attribute's code.")
    contact: Contact | None = None
    photos: Annotated[list[PhotoId], Field(max_length=5)] = Field(
        default_factory=list, description="Ids of photos that were uploaded before."
    )
    photos_to_come: int = Field(
        default=0,
        ge=0,
        le=5,
        description="How many photos follow by `POST …/photos`; forwarding waits for them.",
    )


class NewFollower(Sent):
    """Somebody who has the same problem, and wants to know what becomes of it or only to be counted."""

    contact: Contact | None = None


class Note(Sent):
    """What was done, in one language or more."""

    fr: Annotated[Prose, Field(max_length=1000)] | None = None
    nl: Annotated[Prose, Field(max_length=1000)] | None = None
    en: Annotated[Prose, Field(max_length=1000)] | None = None


class NewStep(Sent):
    """A stage that a request has come to."""

    stage: Stage
    note: Note = Field(default_factory=Note)


class Names(BaseModel):
    """A name in the three languages."""

    fr: str
    nl: str
    en: str


class ValueInfo(BaseModel):
    """One answer of a list."""

    key: str
    name: str


class AttributeInfo(BaseModel):
    """A question that belongs to a service."""

    code: str
    datatype: Datatype
    required: bool
    question: str
    values: list[ValueInfo]


class ServiceBrief(BaseModel):
    """A service as requests refer to it."""

    code: str = Field(examples=["street_light"])
    name: str
    names: Names


class ServiceInfo(ServiceBrief):
    """Something that can be reported or asked for; texts are in the language asked for."""

    capability: str = Field(description="The assistant's intent that it serves.", examples=["city_report_problem"])
    group: str
    description: str
    keywords: list[str]
    responsible: str = Field(description="Who deals with it.")
    working_days: int = Field(description="Within how many working days it should be dealt with.")
    notice: str | None = Field(description="What to know before reporting, such as a number to call in danger.")
    public: bool = Field(description="Whether others see such requests; those of a private matter are not shown.")
    place: Literal["required", "optional"]
    contact: Literal["required", "optional"]
    attributes: list[AttributeInfo]
    score: float | None = Field(default=None, description="How well it fits what was searched for, 0 to 1.")


class PhotoInfo(BaseModel):
    """A photo of a request."""

    id: str
    url: str = Field(description="Path on this server.")
    width: int
    height: int


class PhotoAnswer(Answer, PhotoInfo):
    """A photo that was checked and stored."""


class RequestPlace(BaseModel):
    """Where a request is."""

    lat: float
    lon: float
    place_id: str | None
    address: Name | None = Field(description="As an envelope has it.")
    postcode: str | None
    commune: Commune | None


class StepInfo(BaseModel):
    """A stage that a request came to."""

    at: AwareDatetime
    stage: Stage
    name: str
    text: str
    note: str | None = Field(description="What was said or done, as the service wrote it.")
    note_language: Language | None = Field(description="Language of the note; null where it is not known.")


class RequestAnswer(Answer):
    """A request: what it is about, how far it is, what was done. Whom it is from is never in it."""

    reference: str = Field(examples=["BXL-2026-00123"])
    service: ServiceBrief
    status: Literal["open", "closed"]
    stage: Stage
    stage_name: str
    stage_text: str
    responsible: str = Field(description="Who deals with it.")
    public: bool = Field(description="False: a private matter, whose place, text and photos are not shown here.")
    place: RequestPlace | None
    description: str | None = Field(description="As it was written, with e-mail addresses and phone numbers masked.")
    photos: list[PhotoInfo]
    followers: int = Field(description="How many others have the same problem.")
    created_at: AwareDatetime
    updated_at: AwareDatetime
    expected_at: AwareDatetime | None = Field(description="When it should be dealt with.")
    closed_at: AwareDatetime | None
    steps: list[StepInfo] = Field(description="In the order in which they happened.")


class CreatedAnswer(RequestAnswer):
    """A request that was made."""

    key: str = Field(description="Shows that one made this request; needed to erase it. It is told once.")


class FollowAnswer(Answer):
    """Somebody more has the same problem."""

    reference: str
    followers: int = Field(description="How many have the same problem, besides who reported it.")
    already: bool = Field(description="True: this person followed it, or made it, before.")
    key: str | None = Field(description="Needed to stop following; null without a contact and where `already`.")


class NearbyRequest(BaseModel):
    """An open request near a point."""

    reference: str | None = Field(description="Null for a request of another system.")
    external_id: str | None = Field(description="Its id in another system.")
    system: str = Field(description="Who holds it.")
    url: str | None
    service: ServiceBrief | None = Field(description="Null: a category that has no service here.")
    name: str = Field(description="The service's or, of another system, the category's name.")
    stage: Stage
    stage_name: str
    description: str | None
    address: Name | None
    lat: float
    lon: float
    distance_m: int
    age_days: int | None = Field(description="Days since it was reported or, in another system, last changed.")
    followers: int
    can_follow: bool
    photos: list[PhotoInfo]
