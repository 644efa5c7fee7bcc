"""Has the gateway set the reminder that was confirmed, and says how it comes and how it ends."""

from __future__ import annotations

from collections.abc import Sequence

from actions.city.errors import CityProblemError
from actions.filing.draft import Draft, Question
from actions.filing.senders import Receipt
from actions.services import Services
from actions.speech import ask, place_label
from kit.clock import today
from kit.following import ALL
from kit.languages import Language
from kit.replies import text
from kit.tasks import remind_of_collections
from kit.wire import REMINDER_ENTITY, REMINDER_INTENT


class ReminderSender:
    """Sets a reminder, one a bag where bags are named."""

    async def send(self, draft: Draft, services: Services, languages: Sequence[Language]) -> Receipt:
        """Set it; the collections are looked up once more, for their source and the place's names in both languages."""
        del languages
        found = await services.city.collections(draft.value("place")["id"], start=today(services.clock), days=1)
        place = found.place
        number = f" {place.house_number}" if place.house_number else ""
        fr, nl = place.name.fr, place.name.nl
        names = {"fr": f"{fr or nl}{number}", "nl": f"{nl or fr}{number}", "en": f"{fr or nl}{number}"}
        fractions: list[str | None] = draft.value("fractions") or [None]
        first = draft.facts["first"].label or ""
        return Receipt(
            [
                text("reminder_is_set", place=place_label(place), first=first),
                text("reminder_where_chat" if draft.in_messenger else "reminder_where"),
                text("reminder_end"),
            ],
            found,
            options=(
                ask("choice_reminder_stop", REMINDER_INTENT, **{REMINDER_ENTITY: ALL}),
                ask("choice_reminder_calendar", "waste_calendar", address=place.id),
            ),
            tasks=tuple(remind_of_collections(place.id, names, each, draft.value("at")) for each in fractions),
        )

    def mended(self, draft: Draft, error: CityProblemError) -> tuple[str, Question] | None:
        """Ask for the address again where it is gone."""
        del draft
        return ("place", Question("filing_place_gone")) if error.code == "place_not_found" else None
