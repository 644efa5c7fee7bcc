"""Rules as answers: only those that hold on the day asked about."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from kit.clock import Clock, today
from kit.languages import Language
from services.city.core.schemas import stated
from services.city.waste import repository
from services.city.waste.rounds import Fraction
from services.city.waste.rules.facts import RuleFacts, Topic
from services.city.waste.rules.schemas import Amount, Read, RuleInfo, RulePage


def rules(
    session: Session,
    clock: Clock,
    language: Language,
    *,
    topic: Topic | None,
    fraction: Fraction | None,
    commune: str | None,
    on: date | None,
    limit: int,
    offset: int,
) -> RulePage:
    """Return the rules of a topic that hold on a day, for a bag and in a commune where these are given.

    A commune's own rules are left out where no commune, or another one, is asked about.
    """
    dataset = repository.newest(session, "waste_rules")
    bodies = repository.documents(session, dataset.id, "rule") if dataset else []
    day = on or today(clock)
    where = commune.removeprefix("commune:") if commune else None
    wanted = [
        rule
        for rule in map(RuleFacts.model_validate, bodies)
        if rule.holds_on(day)
        and topic in (None, rule.topic)
        and (fraction is None or not rule.fractions or fraction in rule.fractions)
        and rule.commune in (None, where)
    ]
    wanted.sort(key=lambda rule: rule.commune is None)
    source, as_of = stated([dataset] if dataset else [], clock.now())
    items = [_rule(rule, language) for rule in wanted]
    return RulePage.cut(items, limit=limit, offset=offset, source=source, as_of=as_of)


def _rule(rule: RuleFacts, language: Language) -> RuleInfo:
    amount = rule.amount
    return RuleInfo(
        id=rule.id,
        topic=rule.topic,
        fractions=list(rule.fractions),
        commune=rule.commune,
        title=rule.title.to(language),
        text=rule.text.to(language),
        amount=Amount(least=amount.least, most=amount.most) if amount else None,
        read_on=Read(name=rule.source.name, url=rule.source.url),
        owner=rule.owner,
        valid_from=rule.valid_from,
        valid_until=rule.valid_until,
    )
