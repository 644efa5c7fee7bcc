"""Communes and contacts as answers: texts in one language, and whether they are open."""

from __future__ import annotations

from typing import Any, Final, Literal

from rapidfuzz import fuzz, process
from sqlalchemy.orm import Session

from kit.clock import Clock
from kit.languages import Language
from kit.text import fold
from services.city.communes import repository
from services.city.communes.facts import CommuneFacts, ContactFacts
from services.city.communes.schemas import CommuneAnswer, CommuneInfo, ContactInfo, Locality
from services.city.core import opening
from services.city.core.errors import NotFoundError
from services.city.core.facts import slug
from services.city.core.hours import Note, hours_of
from services.city.core.schemas import Name, Page, stated

_SUGGESTIONS: Final = 3
_ALIKE: Final = 60.0

ContactKind = Literal["emergency", "help_line", "service", "call_centre"]


def list_communes(session: Session, clock: Clock, language: Language, limit: int, offset: int) -> Page[CommuneInfo]:
    """Return a page of all communes."""
    facts, datasets = repository.communes(session)
    source, as_of = stated(datasets, clock.now())
    items = [_commune(commune, clock, language) for commune in facts]
    return Page[CommuneInfo].cut(items, limit=limit, offset=offset, source=source, as_of=as_of)


def one_commune(session: Session, clock: Clock, language: Language, commune_id: str) -> CommuneAnswer:
    """Return a commune; NotFoundError ``commune_not_found`` with the communes of the most similar names."""
    facts, datasets = repository.commune(session, commune_id)
    if facts is None:
        raise NotFoundError(
            "commune_not_found", f"There is no commune {commune_id[:80]!r}.", _alike(session, commune_id)
        )
    source, as_of = stated(datasets, clock.now())
    return CommuneAnswer(source=source, as_of=as_of, **dict(_commune(facts, clock, language)))


def list_contacts(
    session: Session,
    clock: Clock,
    language: Language,
    *,
    kind: ContactKind | None,
    situation: str | None,
    limit: int,
    offset: int,
) -> Page[ContactInfo]:
    """Return a page of the contacts, those that answer in the language first and else in the file's order."""
    facts, datasets = repository.contacts(session, kind)
    source, as_of = stated(datasets, clock.now())
    wanted = [contact for contact in facts if situation is None or situation in contact.situations]
    wanted.sort(key=lambda contact: language not in contact.languages)
    items = [_contact(contact, clock, language) for contact in wanted]
    return Page[ContactInfo].cut(items, limit=limit, offset=offset, source=source, as_of=as_of)


def _commune(facts: CommuneFacts, clock: Clock, language: Language) -> CommuneInfo:
    town_hall = facts.administration
    on_holidays = town_hall.public_holidays == "open"
    status = opening.status(town_hall.hours, clock.now(), open_on_holidays=on_holidays)
    return CommuneInfo(
        id=facts.id,
        name=Name(fr=facts.names.fr, nl=facts.names.nl),
        aliases=list(facts.aliases),
        nis_code=facts.nis_code,
        postcodes=list(facts.postcodes),
        localities=[
            Locality(id=slug(part.names.fr), name=Name(fr=part.names.fr, nl=part.names.nl), postcode=part.postcode)
            for part in facts.localities
        ],
        lat=facts.location.lat,
        lon=facts.location.lon,
        administration=town_hall.names.to(language),
        address=Name(fr=town_hall.address.fr, nl=town_hall.address.nl),
        phone=town_hall.phone,
        email=town_hall.email,
        website=town_hall.website.to(language),
        e_counter=town_hall.e_counter.url.to(language),
        e_counter_name=town_hall.e_counter.name,
        services_note=town_hall.services_note.to(language),
        source_url=facts.source_url,
        hours=hours_of(town_hall.hours),
        open_now=status.open_now,
        opens_next=status.opens_next,
        open_on_public_holidays=on_holidays,
    )


def _contact(facts: ContactFacts, clock: Clock, language: Language) -> ContactInfo:
    on_holidays = facts.public_holidays == "open"
    status = opening.status(facts.hours, clock.now(), always_open=facts.always_open, open_on_holidays=on_holidays)
    return ContactInfo(
        id=facts.id,
        kind=facts.kind,
        situations=list(facts.situations),
        name=facts.names.to(language),
        names=Note.model_validate(facts.names.model_dump()),
        when_to_call=facts.when_to_call.to(language),
        phone=facts.phone,
        languages=list(facts.languages),
        email=facts.email,
        website=facts.website.to(language) if facts.website else None,
        always_open=facts.always_open,
        source_url=facts.source_url,
        hours=hours_of(facts.hours or ()),
        open_now=status.open_now,
        opens_next=status.opens_next,
        open_on_public_holidays=on_holidays,
    )


def _alike(session: Session, written: str) -> list[dict[str, Any]]:
    facts, _ = repository.communes(session)
    names: dict[str, CommuneFacts] = {}
    for commune in facts:
        parts = [name for part in commune.localities for name in (part.names.fr, part.names.nl, *part.aliases)]
        for name in (commune.names.fr, commune.names.nl, *commune.aliases, *parts):
            names.setdefault(fold(name), commune)
    found = process.extract(fold(written[:80]), list(names), scorer=fuzz.ratio, limit=20, score_cutoff=_ALIKE)
    communes = {names[name].id: names[name] for name, _, _ in found}
    return [{"id": c.id, "name": {"fr": c.names.fr, "nl": c.names.nl}} for c in list(communes.values())[:_SUGGESTIONS]]
