"""The zone's rules as dated tables, as the importer checks them; the shape is that of ``data/city/lez/README.md``."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final, Literal, Self, get_args

from pydantic import Field, model_validator

from services.city.core.facts import Facts, Trilingual, Url
from services.city.transport.factbook import Day, Fact

Vehicle = Literal["car", "van", "motorcycle", "bus", "lorry"]
Fuel = Literal["diesel", "petrol", "lpg", "cng", "electric", "hydrogen"]
Enforcement = Literal["none", "warning", "fine"]

VEHICLES: Final[tuple[Vehicle, ...]] = get_args(Vehicle)
FUELS: Final[tuple[Fuel, ...]] = get_args(Fuel)

Euro = Annotated[int, Field(ge=0, le=7)]
Euros = Annotated[Decimal, Field(ge=0, le=10_000)]


class Step(Facts):
    """From this day on, who breaks the rule meets this."""

    day: Day
    enforcement: Enforcement
    text: Trilingual


class Rule(Facts):
    """From ``least_euro`` on, these vehicles may drive in the zone from ``starts`` to ``ends``, both inclusive."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,60}$")]
    vehicles: Annotated[tuple[Vehicle, ...], Field(min_length=1)]
    fuels: Annotated[tuple[Fuel, ...], Field(min_length=1)]
    least_euro: Euro
    starts: Day
    ends: Day
    text: Trilingual
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    source_url: Url

    @model_validator(mode="after")
    def _days_rise(self) -> Self:
        days = [step.day for step in self.steps]
        if self.ends < self.starts or days != sorted(set(days)) or days[0] > self.starts or days[-1] > self.ends:
            raise ValueError("the days of a rule and its steps do not rise")
        return self


class EuroByAge(Facts):
    """The norm that cars first registered in these days usually have."""

    euro: Euro
    starts: Day
    ends: Day | None = None


class DayPass(Facts):
    """A day on which a vehicle may drive all the same."""

    price_eur: Euros
    most_a_year: Annotated[int, Field(ge=1, le=366)]
    text: Trilingual


class Zone(Fact):
    """Everything about the zone; ``valid_until`` is the last day that the tables know about."""

    valid_until: Day
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    always_allowed: tuple[Fuel, ...]
    euro_by_first_registration: tuple[EuroByAge, ...]
    fine_eur: Euros
    day_pass: DayPass
    registration: Trilingual
    exemptions: Trilingual
    where: Trilingual
    history: Trilingual
    check_url: Url

    @model_validator(mode="after")
    def _one_rule_at_a_time(self) -> Self:
        for number, rule in enumerate(self.rules):
            for other in self.rules[number + 1 :]:
                same = set(rule.vehicles) & set(other.vehicles) and set(rule.fuels) & set(other.fuels)
                if same and rule.starts <= other.ends and other.starts <= rule.ends:
                    raise ValueError(f"{rule.id} and {other.id} hold for one vehicle on one day")
        return self
