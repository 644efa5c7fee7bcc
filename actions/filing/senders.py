"""How a draft is sent: a request to the city's services, or what another endpoint of the façade takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from actions import report
from actions.answers import merged
from actions.city.errors import CityProblemError, CityUnavailableError
from actions.city.models import Answer
from actions.city.requests import Created
from actions.filing.draft import Draft, Question
from actions.filing.photos import PHOTOS
from actions.reminders.following import following_choice
from actions.services import Services
from actions.speech import on_day
from kit.clock import BRUSSELS, today
from kit.languages import Language
from kit.replies import Part, Value, text
from kit.tasks import attach_photos, remember_request


@dataclass(frozen=True)
class Receipt:
    """What is said once it is sent; without an answer of the façade there is no source to state."""

    parts: list[Part]
    answer: Answer | None = None
    options: tuple[Part, ...] = ()
    #: For the gateway (``kit.tasks``); said again, the receipt comes without them.
    tasks: tuple[Part, ...] = ()
    cards: tuple[dict[str, Any], ...] = ()


class Sender(Protocol):
    """Sends one kind of draft; with the draft's key it happens once."""

    async def send(self, draft: Draft, services: Services, languages: Sequence[Language]) -> Receipt:
        """Send it; raises CityUnavailableError, and CityProblemError where it is refused."""
        ...

    def mended(self, draft: Draft, error: CityProblemError) -> tuple[str, Question] | None:
        """Return the field that would mend a refusal, and what to ask; None where none would."""
        ...


class RequestSender:
    """Makes a request, or joins the one that somebody else has made."""

    #: Problems that another fact would mend: the field to ask again, and what to say.
    _MENDED: Final = {
        "place_not_found": ("place", "filing_place_gone"),
        "place_too_large": ("place", "ask_street_in_commune"),
        "outside_region": ("place", "filing_outside_region"),
        "place_needed": ("place", "ask_filing_place"),
        "contact_needed": ("contact", "ask_contact"),
        "not_followable": ("same", "filing_not_followable"),
        "request_not_found": ("same", "filing_not_followable"),
    }

    def __init__(self, service: str | None = None, *, expected: str = "filing_expected") -> None:
        """``service``: None where a field chooses it; ``expected``: the reply that says who does what by when."""
        self._service, self._expected = service, expected

    async def send(self, draft: Draft, services: Services, languages: Sequence[Language]) -> Receipt:
        """Send it, and say the reference and what happens next."""
        language = languages[0]
        if draft.value("same"):
            contact = draft.value("contact")
            followed = await services.city.follow_request(draft.value("same"), draft.key, language, contact=contact)
            count = text("filing_followed", reference=followed.reference, count=followed.followers)
            return Receipt(
                [count],
                followed,
                options=(following_choice("request", followed.reference),),
                tasks=(remember_request(followed.reference, followed.key, draft.subject),),
            )
        created = await services.city.create_request(self._body(draft), draft.key, language)
        parts = [text("filing_sent", reference=created.reference)]
        if created.expected_at is not None:
            when = on_day(created.expected_at.astimezone(BRUSSELS).date(), today(services.clock))
            parts.append(text(self._expected, who=await _who(created, services, languages), when=when))
        tasks = [remember_request(created.reference, created.key, draft.subject)]
        photos: list[str] = draft.value(PHOTOS) or []
        if photos:
            parts.append(text("filing_photos_sent", count=len(photos)))
            tasks.append(attach_photos(created.reference, created.key, photos))
        parts.append(text("filing_keep_reference"))
        cards, options = (report.made(created, language),), (following_choice("request", created.reference),)
        return Receipt(parts, created, cards=cards, options=options, tasks=tuple(tasks))

    def mended(self, draft: Draft, error: CityProblemError) -> tuple[str, Question] | None:
        """Return the field to ask again."""
        del draft
        if error.code not in self._MENDED:
            return None
        name, reply = self._MENDED[error.code]
        return name, Question(reply)

    def _body(self, draft: Draft) -> dict[str, Any]:
        """Return the body of ``POST /v1/requests``."""
        place, contact = draft.value("place"), draft.value("contact")
        body: dict[str, Any] = {
            "service_code": self._service or draft.value("kind"),
            "description": draft.value("description") or "",
            "attributes": _attributes(draft),
            "photos_to_come": len(draft.value(PHOTOS) or []),
        }
        if place:
            body["place"] = place["id"]
        if contact:
            body["contact"] = contact
        return body


async def _who(created: Created, services: Services, languages: Sequence[Language]) -> Value:
    """Return who deals with it, in each language; it is made already, and a failure here must not say otherwise."""
    found: dict[str, str] = {languages[0]: created.responsible}
    for language in languages[1:]:
        try:
            found[language] = (await services.city.request_status(created.reference, language)).responsible
        except (CityProblemError, CityUnavailableError):
            break
    return merged(found) if len(found) > 1 else created.responsible


def _attributes(draft: Draft) -> dict[str, list[str]]:
    collection = draft.value("collection") or {}
    found = {
        "fraction": collection.get("fraction"),
        "collection_date": collection.get("date"),
        "items": draft.value("items"),
        "wanted_date": draft.value("day"),
    }
    return {code: [value] for code, value in found.items() if value}
