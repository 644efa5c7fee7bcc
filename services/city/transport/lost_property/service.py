"""Lost property as answers."""

from __future__ import annotations

from typing import Final

from rapidfuzz import fuzz
from sqlalchemy.orm import Session

from kit.clock import Clock
from kit.languages import Language
from kit.text import fold
from services.city.core.errors import NotFoundError
from services.city.core.schemas import Name, stated
from services.city.transport import factbook
from services.city.transport.lost_property.facts import LostProperty
from services.city.transport.lost_property.schemas import LostPropertyInfo, LostPropertyPage

TOPIC: Final = "lost_property"
_ALIKE: Final = 80.0


def lost_property(
    session: Session,
    clock: Clock,
    language: Language,
    *,
    operator: str | None,
    mode: str | None,
    limit: int,
    offset: int,
) -> LostPropertyPage:
    """Return where to ask, of one operator where one is named.

    Raises NotFoundError ``operator_not_found``, with the operators there are.
    """
    now = clock.now()
    every, in_use = factbook.facts(session, TOPIC, LostProperty)
    found = [each for each in every if each.holds_on(now.date())]
    if operator is not None:
        named = [each for each in found if _is_called(each, operator)]
        if not named:
            detail = f"There is no operator {operator[:80]!r}."
            known = [{"id": each.id, "name": {"fr": each.names.fr, "nl": each.names.nl}} for each in found]
            raise NotFoundError("operator_not_found", detail, known)
        found = named
    if mode is not None:
        found = [each for each in found if fold(mode) in each.modes]
    source, as_of = stated(in_use, now)
    items = [
        LostPropertyInfo(
            id=each.id,
            name=Name(fr=each.names.fr, nl=each.names.nl),
            modes=list(each.modes),
            how=each.how.to(language),
            collect=each.collect.to(language),
            phone=each.phone,
            url=each.url.to(language),
            fee_eur=float(each.fee_eur) if each.fee_eur is not None else None,
            valid_from=each.valid_from,
            may_have_changed=each.may_have_changed(now.date()),
        )
        for each in found
    ]
    return LostPropertyPage.cut(items, limit=limit, offset=offset, source=source, as_of=as_of)


def _is_called(fact: LostProperty, operator: str) -> bool:
    wanted = fold(operator[:80])
    names = (fold(name) for name in (fact.id, fact.names.fr, fact.names.nl, *fact.aliases))
    return bool(wanted) and any(fuzz.ratio(wanted, name) >= _ALIKE for name in names)
