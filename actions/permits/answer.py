"""Answers how to get a permit: the facet that was asked for, or the whole procedure."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.errors import CityProblemError
from actions.city.models import CommuneContact
from actions.forms.answering import FormAnswer
from actions.permits.forms import CAPABILITY, FORM
from actions.permits.known_wording import ways_to
from actions.permits.lookup import procedure
from actions.permits.offers import offers
from actions.permits.wording import ASKABLE, FACETS, card, facet_sentences, validity, whole_sentences
from actions.places.resolution import commune_slug
from actions.speech import ask, inform
from actions.turn import ANOTHER, Turn
from kit.replies import Part, text


class PermitProcedure(FormAnswer):
    """Says how to get that permit, in the commune that is known."""

    action_name = "action_permit_procedure"
    form, slot, capability = FORM, "permit_type", CAPABILITY

    async def tell(self, turn: Turn, value: str, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the facts."""
        facet = turn.slot("facet") if turn.slot("facet") in ASKABLE else None
        written = turn.slot("commune")
        contact = await self._commune(turn, written)
        slug, commune = (contact.id, contact.name) if contact else (None, None)
        try:
            found = await procedure(self.services.city, value, slug, turn.languages)
        except CityProblemError as error:
            if error.code == "procedure_not_found":
                return self.ask_again(None)
            raise
        if facet:
            ways = ways_to(contact) if facet in next(iter(found.values())).varies_by_commune else []
            said = [*facet_sentences(found, facet, commune, text(self.contact)), *ways, *validity(found)]
        else:
            said = whole_sentences(found, commune)
        if written and commune is None:
            said.insert(0, text("permit_commune_unknown"))
            said = said[:5]
        first = next(iter(found.values()))
        say_answer(
            say_to,
            said,
            first,
            cards=[card(found, facet, turn.language)],
            options=_options(value, facet),
            url=first.source_url,
        )
        return [SlotSet("shown", {"permit_type": value})]

    async def _commune(self, turn: Turn, written: str | None) -> CommuneContact | None:
        """Return the administration of the commune that is known."""
        slug = await commune_slug(self.services.city, written) if written else None
        if slug is None:
            return None
        try:
            return await self.services.city.commune(slug, turn.language or "fr")
        except CityProblemError:
            return None


def _options(procedure_id: str, facet: str | None) -> list[Part]:
    """Return what else to ask about a procedure."""
    other = ask("choice_other_permit", CAPABILITY, permit_type=ANOTHER)
    if facet is None:
        return [other]
    facets = [each for each in offers().facets if each != facet][:3]
    choices = [inform(text(FACETS[each]), permit_type=procedure_id, facet=each) for each in facets]
    return [*choices, ask("choice_whole_procedure", CAPABILITY, permit_type=procedure_id), other]
