"""Whom the appointment is with, what it is about, and in whose name."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Final

from actions.answers import merged
from actions.city.appointments import Desk
from actions.city.errors import CityProblemError
from actions.city.models import CommuneRef, Place
from actions.cues import labels_in
from actions.filing.draft import Draft, Fact, Question, Taken
from actions.filing.fields import Field, choices, picked
from actions.places.resolution import ADMINISTRATIVE, Resolution, resolve
from actions.services import Services
from actions.speech import ask, named
from actions.turn import Turn
from kit.languages import LANGUAGES
from kit.replies import text

_SUBJECTS: Final = Path(__file__).with_name("subjects.yml")
#: A name is no longer; a pasted text is none.
_LONGEST_NAME: Final = 80
_INTRODUCTION: Final = re.compile(
    r"^\W*(?:je m'appelle|je suis|mon nom est|mon nom c'est|au nom de|c'est|ik heet|ik ben|mijn naam is|op naam van"
    r"|my name is|my name's|i am|i'm|under the name|it's|nom\s*:|naam\s*:|name\s*:)\s+",
    re.IGNORECASE,
)


class CommuneField(Field):
    """The commune whose planning desk it is with."""

    name, shown, label = "commune", "appointment_desk", "appointment_change_commune"

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the commune that a message names, itself or by an address in it."""
        del draft
        written = turn.entity("commune") or turn.entity("address")
        return await self._find(written, services) if written else None

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the choice, or the commune that the words name."""
        chosen = picked(turn, draft)
        ids = draft.question.ids if draft.question else []
        if chosen is None and turn.intent == "affirm" and len(ids) == 1:
            chosen = ids[0]
        if chosen:
            return await self._with(chosen, services)
        written = turn.entity("commune") or turn.entity("address") or turn.text
        return await self._find(written, services) if any(each.isalpha() for each in written) else None

    def asked(self, draft: Draft) -> Question:
        """Return the question."""
        del draft
        return Question("ask_appointment_commune")

    async def _find(self, written: str, services: Services) -> Taken:
        if written.startswith("commune:"):
            return await self._with(written.removeprefix("commune:"), services)
        found = await resolve(services.city, written, ADMINISTRATIVE)
        if found.problem == "not_found":
            found = await resolve(services.city, written, ("street", "address"))
        commune = found.place.commune if found.place else None
        return await self._with(commune.id, services) if commune else _which(written, found)

    async def _with(self, commune: str, services: Services) -> Taken:
        """Return the commune as a fact, where its desk takes appointments."""
        try:
            desks = await desk_in_every_language(commune, services)
        except CityProblemError as error:
            if error.code == "no_desk":
                options = [ask("choice_appointment_desk", "city_commune_contact", commune=f"commune:{commune}")]
                return Question("appointment_no_desk", options=options)
            return Question("ask_appointment_commune")
        first = next(iter(desks.values()))
        desk_name = merged({language: each.name for language, each in desks.items()})
        where = text("appointment_desk_at", desk=desk_name, address=named(first.address))
        return Fact(first.commune.id, where)


class SubjectField(Field):
    """What one comes for."""

    name, shown, label = "subject", "appointment_subject", "appointment_change_subject"
    follows, hints = frozenset({"commune"}), frozenset({"about"})

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Offer what the desk takes; what the first message said chooses among it."""
        subjects = await self._subjects(draft, services)
        hinted = draft.value("about")
        if hinted in subjects:
            return subjects[hinted]
        return Question("ask_appointment_subject", **choices({each: fact.label for each, fact in subjects.items()}))

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Note what the message that started it is about."""
        del services
        if turn.intent == "permit_appointment" and turn.text:
            about = labels_in(turn.text, _SUBJECTS)
            if about:
                draft.facts["about"] = Fact(about[0])
        return None

    def knows(self, turn: Turn) -> bool:
        """Tell whether the words say what it is about, and do not ask anything."""
        return bool(labels_in(turn.text, _SUBJECTS)) and not turn.text.rstrip().endswith("?")

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the choice, or what the words are about."""
        subjects = await self._subjects(draft, services)
        chosen = picked(turn, draft) or next(iter(labels_in(turn.text, _SUBJECTS)), None)
        return subjects.get(chosen or "")

    def asked(self, draft: Draft) -> Question:
        """Return the question without choices."""
        del draft
        return Question("ask_appointment_subject")

    async def _subjects(self, draft: Draft, services: Services) -> dict[str, Fact]:
        desks = await desk_in_every_language(draft.value("commune"), services)
        names: dict[str, dict[str, str]] = {}
        bring: dict[str, dict[str, str]] = {}
        for language, desk in desks.items():
            for each in desk.subjects:
                names.setdefault(each.id, {})[language] = each.name
                if each.bring:
                    bring.setdefault(each.id, {})[language] = each.bring
        return {
            found: Fact({"id": found, "bring": merged(bring[found]) if found in bring else None}, merged(names[found]))
            for found in names
        }


class NameField(Field):
    """Whom the desk calls in."""

    name, shown, label = "name", "appointment_name", "appointment_change_name"
    free = True

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the name; what has an e-mail address or a number in it is something else."""
        del draft, services
        written = " ".join(_INTRODUCTION.sub("", turn.text).split()).strip(" .,;")
        kept = "".join(each for each in written if each.isprintable())
        is_name = any(each.isalpha() for each in kept) and "@" not in kept and not re.search(r"\d{3}", kept)
        return Fact(kept, kept) if is_name and len(kept) <= _LONGEST_NAME else None

    def asked(self, draft: Draft) -> Question:
        """Return the question."""
        del draft
        return Question("ask_appointment_name")


async def desk_in_every_language(commune: str, services: Services) -> dict[str, Desk]:
    """Return a commune's desk by language; CityProblemError ``no_desk``."""
    found = await asyncio.gather(*(services.city.free_slots(commune, language) for language in LANGUAGES))
    return {language: each.desk for language, each in zip(LANGUAGES, found, strict=True)}


def _which(written: str, found: Resolution) -> Question:
    """Return the question that settles the commune."""
    distinct: dict[str, CommuneRef] = {each.id: each for each in map(_commune, found.candidates) if each}
    if distinct:
        labels = {each.id: named(each.name) for each in distinct.values()}
        return Question("which_one", **choices(labels))
    if len(written) > _LONGEST_NAME:
        return Question("ask_appointment_commune")
    return Question("commune_not_found", params={"query": written})


def _commune(place: Place) -> CommuneRef | None:
    return place.commune
