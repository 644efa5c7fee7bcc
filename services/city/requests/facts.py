"""What can be requested, the stages of a request and the Region's outline, as importers check them.

The shapes are those of ``data/city/requests/README.md``.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self, get_args

from pydantic import Field, StringConstraints, model_validator

from kit.languages import Language
from services.city.core.facts import Facts, Text, Trilingual

Datatype = Literal["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]
Stage = Literal[
    "received", "passed_on", "planned", "in_progress", "done", "not_followed", "duplicate", "withdrawn"
]  # fmt: skip

STAGES: Final[tuple[Stage, ...]] = get_args(Stage)

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]


class Keywords(Facts):
    """What people call it or say of it, by language."""

    fr: Annotated[tuple[Text, ...], Field(min_length=1)]
    nl: Annotated[tuple[Text, ...], Field(min_length=1)]
    en: Annotated[tuple[Text, ...], Field(min_length=1)]

    def to(self, language: Language) -> tuple[str, ...]:
        """Return the keywords in a language."""
        return {"fr": self.fr, "nl": self.nl, "en": self.en}[language]


class ValueFacts(Facts):
    """One answer of a list."""

    key: Key
    names: Trilingual


class AttributeFacts(Facts):
    """A question that belongs to a service, in Open311's data types."""

    code: Key
    datatype: Datatype
    required: bool
    texts: Trilingual
    values: tuple[ValueFacts, ...] = ()

    @model_validator(mode="after")
    def _lists_have_values(self) -> Self:
        if self.datatype.endswith("list") != bool(self.values):
            raise ValueError("values belong to the datatypes singlevaluelist and multivaluelist, and only to these")
        if len({value.key for value in self.values}) != len(self.values):
            raise ValueError("two values with one key")
        return self


class ServiceFacts(Facts):
    """Something that can be reported or asked for."""

    code: Code
    capability: Code
    group: Code
    public: bool = True
    type: Literal["realtime", "batch"] = "realtime"
    place: Literal["required", "optional"] = "required"
    contact: Literal["required", "optional"] = "optional"
    alike: tuple[Code, ...] = ()
    names: Trilingual
    descriptions: Trilingual
    keywords: Keywords
    responsible: Trilingual
    working_days: Annotated[int, Field(ge=1, le=250)]
    notice: Trilingual | None = None
    attributes: tuple[AttributeFacts, ...] = ()

    @model_validator(mode="after")
    def _codes_differ(self) -> Self:
        if len({each.code for each in self.attributes}) != len(self.attributes):
            raise ValueError("two attributes with one code")
        return self


class StageFacts(Facts):
    """A stage that a request can be at."""

    id: Stage
    closed: bool
    names: Trilingual
    texts: Trilingual


class RegionFacts(Facts):
    """The outline within which requests are taken: (latitude, longitude), once around."""

    outline: Annotated[tuple[tuple[float, float], ...], Field(min_length=4)]


class CategoryFacts(Facts):
    """Words of a category of FixMyStreet Brussels, and the service that it belongs to."""

    service: Code
    words: Annotated[tuple[Text, ...], Field(min_length=1)]
