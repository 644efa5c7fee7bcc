"""The sentences about the low-emission zone: the verdict first, then its rule, and what else there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from actions.answers import merged, together
from actions.city.mobility_models import Lez, LezVehicle
from actions.speech import on_day
from kit.languages import Language
from kit.replies import Part, amount, day, text

#: An answer in each language that it was asked for in.
Localised = Mapping[Language, Lez]

#: Labels of the kinds of vehicles, in the order of the choices, and of the fuels.
KINDS: Final = {
    "car": "lez_car",
    "van": "lez_van",
    "motorcycle": "lez_motorcycle",
    "lorry": "lez_lorry",
    "bus": "lez_bus",
}
FUELS: Final = {
    "diesel": "lez_diesel",
    "petrol": "lez_petrol",
    "lpg": "lez_lpg",
    "cng": "lez_cng",
    "electric": "lez_electric",
    "hydrogen": "lez_hydrogen",
}
#: How a sentence names a vehicle: kind, with its fuel and norm as parameters.
_NAMED: Final = {"car": "lez_a_car", "van": "lez_a_van", "motorcycle": "lez_a_motorcycle"}
_RUNS_ON: Final = {"diesel": "lez_on_diesel", "petrol": "lez_on_petrol", "lpg": "lez_on_lpg", "cng": "lez_on_cng"}


def verdict(found: Localised, vehicle: LezVehicle, today: date) -> list[Part]:
    """Return the whole answer: allowed or not on that day, the rule and its dates, day pass and registration."""
    first = next(iter(found.values()))
    registration = text("lez_fact", fact=_words(found, lambda each: each.registration))
    if first.verdict == "missing_facts":
        return [text("lez_norm_needed", url=first.check_url), registration]
    if first.verdict == "unknown":
        late = first.day > first.known_until
        said = text("lez_day_unknown", day=day(first.known_until, "date")) if late else text("lez_kind_unknown")
        return [together([said, text("lez_check", url=first.check_url)]), registration]
    if first.rule is None:
        return [text("lez_always", fuel=text(FUELS[vehicle.fuel or "electric"])), registration]
    said = text(_reply(first), vehicle=_vehicle(first, vehicle), day=_on_day(first.day, today))
    parts = [together([said, text("lez_estimated")]) if first.euro_estimated else said, _rule(found)]
    if first.verdict == "not_allowed":
        parts += [_day_pass(found), text("lez_fact", fact=_words(found, lambda each: each.exemptions))]
    return [*parts, registration]


def about(found: Localised, topics: Sequence[str]) -> list[Part]:
    """Return what a question asks about besides the vehicle."""
    said = []
    if "fine" in topics:
        first = next(iter(found.values()))
        if first.enforcement_text:
            said.append(text("lez_fact", fact=_words(found, lambda each: each.enforcement_text or "")))
        said.append(text("lez_fine_received", url=next(iter(found.values())).check_url))
    if "day_pass" in topics:
        said.append(_day_pass(found))
    if "registration" in topics:
        said.append(text("lez_fact", fact=_words(found, lambda each: each.registration)))
    if "exemptions" in topics:
        said.append(text("lez_fact", fact=_words(found, lambda each: each.exemptions)))
    return said


def _reply(found: Lez) -> str:
    return "lez_allowed" if found.verdict == "allowed" else "lez_not_allowed"


def _vehicle(found: Lez, vehicle: LezVehicle) -> Part:
    fuel = text(_RUNS_ON[str(vehicle.fuel)])
    return text(_NAMED[str(vehicle.kind)], fuel=fuel, norm=text("lez_norm", norm=str(found.euro)))


def _on_day(value: date, today: date) -> Part:
    """Return the day as a sentence says when, with its year where it is not this year's."""
    return on_day(value, today) if value.year == today.year else text("on_day", day=day(value, "full"))


def _rule(found: Localised) -> Part:
    first = next(iter(found.values()))
    rule = first.rule
    assert rule is not None  # noqa: S101 - verdicts by a rule only
    said = [text("lez_fact", fact=_words(found, lambda each: each.rule.text if each.rule else ""))]
    if rule.ends < first.known_until:
        said.append(text("lez_rule_span", starts=day(rule.starts, "date"), ends=day(rule.ends, "date")))
    else:
        said.append(text("lez_rule_since", starts=day(rule.starts, "date")))
    if first.enforcement_text:
        said.append(text("lez_fact", fact=_words(found, lambda each: each.enforcement_text or "")))
    return together(said)


def _day_pass(found: Localised) -> Part:
    first = next(iter(found.values()))
    about_it = text("lez_fact", fact=_words(found, lambda each: each.day_pass_offer.text))
    return together([text("lez_day_pass", price=amount(first.day_pass_offer.price_eur)), about_it])


def _words(found: Localised, of: Callable[[Lez], str]) -> Part:
    return merged({each: of(answer) for each, answer in found.items()})
