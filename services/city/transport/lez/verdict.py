"""Decides from the tables whether a vehicle may drive in the zone on a day. It never guesses what it was not told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.city.transport.lez.facts import Fuel, Rule, Step, Vehicle, Zone

Verdict = Literal["allowed", "not_allowed", "missing_facts", "unknown"]
Missing = Literal["vehicle", "fuel", "euro"]


@dataclass(frozen=True)
class Asked:
    """A vehicle, as far as it is known."""

    vehicle: Vehicle | None = None
    fuel: Fuel | None = None
    euro: int | None = None
    first_registered: date | None = None


@dataclass(frozen=True)
class Decision:
    """The verdict, the rule that it follows from, and what that rule means on the day."""

    verdict: Verdict
    rule: Rule | None = None
    step: Step | None = None
    euro: int | None = None
    euro_estimated: bool = False
    missing: tuple[Missing, ...] = ()


def decide(zone: Zone, asked: Asked, day: date) -> Decision:
    """Return the decision for a day.

    ``unknown``: the tables do not reach that day or that kind of vehicle. ``missing_facts``: what else has to be asked.
    """
    euro, estimated = _euro(zone, asked)
    if not zone.holds_on(day):
        return Decision("unknown", euro=euro, euro_estimated=estimated)
    if asked.fuel in zone.always_allowed:
        return Decision("allowed", euro=euro, euro_estimated=estimated)
    given = {"vehicle": asked.vehicle, "fuel": asked.fuel, "euro": euro}
    missing: tuple[Missing, ...] = tuple(name for name in ("vehicle", "fuel", "euro") if given[name] is None)
    rules = [rule for rule in zone.rules if rule.starts <= day <= rule.ends and _concerns(rule, asked)]
    if missing and (rules or asked.vehicle is None or asked.fuel is None):
        return Decision("missing_facts", euro=euro, euro_estimated=estimated, missing=missing)
    if not rules or euro is None:
        return Decision("unknown", euro=euro, euro_estimated=estimated)
    rule = rules[0]
    step = [step for step in rule.steps if step.day <= day][-1]
    verdict: Verdict = "allowed" if euro >= rule.least_euro else "not_allowed"
    return Decision(verdict, rule, step, euro, estimated)


def _concerns(rule: Rule, asked: Asked) -> bool:
    return asked.vehicle in (None, *rule.vehicles) and asked.fuel in (None, *rule.fuels)


def _euro(zone: Zone, asked: Asked) -> tuple[int | None, bool]:
    """Return the norm that was given, else the one that cars of that age usually have, which is an estimate."""
    first = asked.first_registered
    if asked.euro is not None or first is None or asked.vehicle not in (None, "car"):
        return asked.euro, False
    for span in zone.euro_by_first_registration:
        if span.starts <= first and (span.ends is None or first <= span.ends):
            return span.euro, True
    return None, False
