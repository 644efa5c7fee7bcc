"""The low-emission zone as an answer."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Final

from sqlalchemy.orm import Session

from kit.clock import Clock
from kit.languages import Language
from services.city.core.errors import CityError
from services.city.core.schemas import stated
from services.city.transport import factbook
from services.city.transport.lez.facts import Zone
from services.city.transport.lez.schemas import LezAnswer, LezDayPass, LezRule
from services.city.transport.lez.verdict import Asked, decide

TOPIC: Final = "lez"


def lez(session: Session, clock: Clock, language: Language, asked: Asked, day: date | None) -> LezAnswer:
    """Return the verdict for a vehicle on a day, today without one.

    Raises CityError ``lez_rules_unavailable`` (503) where no rules have been imported.
    """
    now = clock.now()
    zones, in_use = factbook.facts(session, TOPIC, Zone)
    if not zones:
        raise CityError(HTTPStatus.SERVICE_UNAVAILABLE, "lez_rules_unavailable", "No rules have been imported yet.")
    zone, on = zones[0], day or now.date()
    found = decide(zone, asked, on)
    forbidden = found.verdict == "not_allowed"
    day_pass = LezDayPass(
        price_eur=float(zone.day_pass.price_eur),
        most_a_year=zone.day_pass.most_a_year,
        text=zone.day_pass.text.to(language),
    )
    source, as_of = stated(in_use, now)
    return LezAnswer(
        source=source,
        as_of=as_of,
        date=on,
        vehicle=asked.vehicle,
        fuel=asked.fuel,
        euro=found.euro,
        euro_estimated=found.euro_estimated,
        verdict=found.verdict,
        missing=list(found.missing),
        rule=LezRule(
            id=found.rule.id,
            text=found.rule.text.to(language),
            least_euro=found.rule.least_euro,
            starts=found.rule.starts,
            ends=found.rule.ends,
            source_url=found.rule.source_url,
        )
        if found.rule
        else None,
        enforcement=found.step.enforcement if forbidden and found.step else None,
        enforcement_text=found.step.text.to(language) if forbidden and found.step else None,
        fine_eur=float(zone.fine_eur) if forbidden and found.step and found.step.enforcement == "fine" else None,
        day_pass=day_pass if forbidden else None,
        day_pass_offer=day_pass,
        registration=zone.registration.to(language),
        exemptions=zone.exemptions.to(language),
        where=zone.where.to(language),
        history=zone.history.to(language),
        known_until=zone.valid_until,
        check_url=zone.check_url,
    )
