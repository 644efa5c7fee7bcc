"""What can be found: procedures, rules, contacts, town halls and messages, each as an item and as weighted words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy.orm import Session

from kit.clock import BRUSSELS
from kit.languages import LANGUAGES, Language
from services.city.communes import repository as communes
from services.city.communes.facts import CommuneFacts, ContactFacts
from services.city.core.facts import BilingualUrl, Trilingual
from services.city.core.schemas import Name, stated
from services.city.knowledge.schemas import KnowledgeItem, KnowledgePart, Texts
from services.city.permits import facts as permit_facts
from services.city.permits import repository as permits
from services.city.permits.facts import FACETS, ProcedureFacts
from services.city.transport import messages
from services.city.transport.memory import Reading
from services.city.transport.realtime.forms import Message
from services.city.transport.realtime.told import Teller
from services.city.waste import repository as waste
from services.city.waste.rules.facts import RuleFacts
from services.common.ranking import Part

#: How much the words of a title, of a text and of the sides of a procedure count.
_TITLE = 1.0
_TEXT = 0.7
_SIDE = 0.5


@dataclass(frozen=True)
class Entry:
    """Something that can be found, and its words by language; a message comes with who tells it."""

    item: KnowledgeItem
    words: Mapping[Language, Sequence[Part]]
    told: tuple[Message, Teller] | None = None
    rule: RuleFacts | None = None

    def holds(self, at: datetime) -> bool:
        """Tell whether it holds at a time."""
        if self.told is not None:
            return messages.holds(self.told[0], at)
        return self.rule is None or self.rule.holds_on(at.astimezone(BRUSSELS).date())


def written(session: Session, now: datetime) -> list[Entry]:
    """Return what was imported and can be found, in the order in which it is shown where nothing is asked for."""
    return [*_procedures(session, now), *_rules(session, now), *_contacts(session, now)]


def _procedures(session: Session, now: datetime) -> Iterator[Entry]:
    found, datasets = permits.procedures(session)
    source, as_of = stated(datasets, now)
    for each in sorted(found, key=lambda facts: facts.id):
        sides = [(name, _side(each, name)) for name in FACETS]
        item = KnowledgeItem(
            source=source,
            as_of=as_of,
            id=f"procedure:{each.id}",
            kind="procedure",
            topic="permits",
            title=_texts(each.names),
            text=_texts(each.summary),
            parts=[KnowledgePart(facet=name, text=text) for name, text in sides],
            url=_pages(each.online_url, each.source_url),
            owner=each.owner,
        )
        words: dict[Language, Sequence[Part]] = {}
        for language in LANGUAGES:
            titles = (each.names.to(language), *each.aliases.to(language))
            texts = [getattr(text, language) or "" for _, text in sides]
            summary = f"{each.summary.to(language)} {each.authority.to(language)}"
            words[language] = [(_TITLE, " ".join(titles)), (_TEXT, summary), (_SIDE, " ".join(texts))]
        yield Entry(item, words)


def _rules(session: Session, now: datetime) -> Iterator[Entry]:
    dataset = waste.newest(session, "waste_rules")
    bodies = waste.documents(session, dataset.id, "rule") if dataset else []
    source, as_of = stated([dataset] if dataset else [], now)
    for each in map(RuleFacts.model_validate, bodies):
        end = each.valid_until
        item = KnowledgeItem(
            source=source,
            as_of=as_of,
            id=f"rule:{each.id}",
            kind="rule",
            topic="waste",
            title=_texts(each.title),
            text=_texts(each.text),
            parts=[],
            url=Texts(fr=each.source.url, nl=each.source.url, en=each.source.url),
            owner=each.owner,
            valid_until=datetime.combine(end, time.max, BRUSSELS) if end else None,
        )
        words = {lang: [(_TITLE, each.title.to(lang)), (_TEXT, each.text.to(lang))] for lang in LANGUAGES}
        yield Entry(item, words, rule=each)


def _contacts(session: Session, now: datetime) -> Iterator[Entry]:
    found, datasets = communes.contacts(session)
    source, as_of = stated(datasets, now)
    for each in found:
        item = KnowledgeItem(
            source=source,
            as_of=as_of,
            id=f"contact:{each.id}",
            kind="contact",
            topic="city",
            title=_texts(each.names),
            text=_texts(each.when_to_call),
            parts=[],
            phone=each.phone,
            email=each.email,
            url=_pages(each.website, each.source_url),
            owner=each.owner,
        )
        yield Entry(item, {lang: _contact_words(each, lang) for lang in LANGUAGES})
    halls, datasets = communes.communes(session)
    source, as_of = stated(datasets, now)
    for hall in halls:
        office = hall.administration
        item = KnowledgeItem(
            source=source,
            as_of=as_of,
            id=f"commune:{hall.id}",
            kind="contact",
            topic="city",
            title=_texts(office.names),
            text=_texts(office.services_note),
            parts=[],
            phone=office.phone,
            email=office.email,
            address=Name(fr=office.address.fr, nl=office.address.nl),
            url=_pages(office.website, hall.source_url),
        )
        yield Entry(item, {lang: _hall_words(hall, lang) for lang in LANGUAGES})


def told(reading: Reading, now: datetime) -> Iterator[Entry]:
    """Yield the messages for travellers, the weightiest first."""
    for message, teller in sorted(messages.told(reading), key=lambda each: each[0].importance):
        item = KnowledgeItem(
            source=teller.source,
            as_of=teller.as_of.astimezone(now.tzinfo),
            id=f"message:{message.id}",
            kind="message",
            topic="transport",
            title=_known(message.titles),
            text=_known(message.texts),
            parts=[],
            url=_known(message.urls),
        )
        places = [name for each in reading.places_of(message.stops) for name in (each.name.fr, each.name.nl)]
        about = " ".join((*message.lines, *message.modes, *places))
        words = {
            lang: [(_TITLE, f"{message.titles.get(lang, '')} {about}"), (_TEXT, message.texts.get(lang, ""))]
            for lang in LANGUAGES
        }
        yield Entry(item, words, told=(message, teller))


def _contact_words(each: ContactFacts, lang: Language) -> list[Part]:
    called = " ".join((each.names.to(lang), *each.situations, each.phone, each.phone.replace(" ", "")))
    return [(_TITLE, called), (_TEXT, each.when_to_call.to(lang))]


def _hall_words(hall: CommuneFacts, lang: Language) -> list[Part]:
    """Return a town hall's words; people name communes in the other language too."""
    parts = [name for part in hall.localities for name in (part.names.fr, part.names.nl, *part.aliases)]
    office = hall.administration
    names = (office.names.to(lang), hall.names.fr, hall.names.nl, *hall.aliases, *parts, *hall.postcodes)
    called = " ".join((*names, office.phone, office.phone.replace(" ", "")))
    other = f"{office.services_note.to(lang)} {office.address.to(lang)}"
    return [(_TITLE, called), (_TEXT, other)]


def _side(facts: ProcedureFacts, name: permit_facts.Facet) -> Texts:
    value = getattr(facts.facets, name)
    if name == "documents":
        return Texts(**{lang: " · ".join(each.to(lang) for each in value) for lang in LANGUAGES})
    return _texts(value)


def _texts(text: Trilingual | permit_facts.Text) -> Texts:
    return Texts(fr=text.fr, nl=text.nl, en=text.en)


def _known(texts: Mapping[str, str]) -> Texts:
    return Texts(**{lang: texts.get(lang) for lang in LANGUAGES})


def _pages(page: BilingualUrl | permit_facts.Link | None, otherwise: str) -> Texts:
    """Return the pages to read more on: their own where there are, else the one that the facts were read on."""
    if page is None:
        return Texts(fr=otherwise, nl=otherwise, en=otherwise)
    return Texts(fr=page.fr, nl=page.nl, en=page.to("en"))
