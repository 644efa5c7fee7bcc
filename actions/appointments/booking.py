"""Books the slot that was chosen, and says what is needed on the day: the reference, the file, how to cancel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode

from actions.appointments.moments import moment, taken_meanwhile
from actions.city.appointments import Booked
from actions.city.errors import CityProblemError
from actions.filing.draft import Draft, Question
from actions.filing.fields import PICK
from actions.filing.senders import Receipt
from actions.reminders.following import following_choice
from actions.services import Services
from actions.speech import ask, named
from kit.languages import Language
from kit.reminding import day_before
from kit.replies import Part, text
from kit.tasks import remember_request

SUBJECT: Final = "permit_appointment"
#: The gateway's folder of the files; ``services/gateway/calendar.py`` serves them.
_PATH: Final = "/calendar/appointments"
#: What parts a reference from its key in a choice.
KEY_MARK: Final = "/"


class BookingSender:
    """Books it; a slot that somebody else has taken meanwhile is chosen anew."""

    async def send(self, draft: Draft, services: Services, languages: Sequence[Language]) -> Receipt:
        """Book it."""
        language = languages[0]
        body: dict[str, Any] = {
            "commune": draft.value("commune"),
            "subject": draft.value("subject")["id"],
            "starts_at": draft.value("slot"),
            "name": draft.value("name"),
            "language": language,
            **draft.value("contact"),
        }
        made = await services.city.book_appointment(body, draft.key, language)
        parts = [
            text("appointment_booked", moment=moment(made.starts_at), number=made.reference),
            self._what_to_know(draft, made),
            text("appointment_file", url=_file(services.public_url, made, language)),
            text("appointment_how_to_cancel", reference=made.reference),
        ]
        owned = {PICK: f"{made.reference}{KEY_MARK}{made.key}"}
        remembered = remember_request(made.reference, made.key, SUBJECT)
        reminds = day_before(made.starts_at) > services.clock.now()
        options = [following_choice("appointment", made.reference)] if reminds else []
        options.append(ask("choice_appointment_cancel", SUBJECT, **owned))
        return Receipt(parts, made, tuple(options), (remembered,))

    def mended(self, draft: Draft, error: CityProblemError) -> tuple[str, Question] | None:
        """Offer other slots; ask again for what the desk does not know, or cannot read."""
        del draft
        if error.code in {"slot_taken", "no_such_slot"}:
            return "slot", taken_meanwhile(error)
        if error.code in {"no_desk", "commune_not_found"}:
            return "commune", Question("ask_appointment_commune")
        if error.code == "invalid_request":  # the rest was chosen from what the façade offers
            return "contact", Question("ask_contact")
        return None

    def _what_to_know(self, draft: Draft, made: Booked) -> Part:
        bring = draft.value("subject")["bring"]
        address = named(made.desk.address)
        if bring is None:
            return text("appointment_where", address=address)
        return text("appointment_where_bring", address=address, bring=bring)


def _file(public_url: str, made: Booked, language: Language) -> str:
    return f"{public_url}{_PATH}/{made.reference}.ics?{urlencode({'key': made.key, 'lang': language})}"
