"""Rasa's reply generator: every text of the assistant, in the language of the conversation.

An action says ``{response: id, params, options, cards, source}``; this renders the text and the labels of the options.
While the language is not known, the reply is made in both official languages, French first; for the desk's helper in
the operator's as well (``kit.helping``).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.nlg.catalogue import Catalogue
from bot.nlg.reading import reading
from bot.nlg.rendering import Renderer, RenderingError
from kit import helping, wire
from kit.clock import Clock, clock_from_environment
from kit.languages import Language, as_language

log = logging.getLogger(__name__)

#: Said where a reply cannot be rendered: the fault is ours, and silence would be worse.
FALLBACK_REPLY = "utter_something_wrong"
_FALLBACK_PARAMS: dict[str, Any] = {"contact": {"t": "reply", "id": "contact_city", "params": {}}}


class CatalogueGenerator(NaturalLanguageGenerator):
    """Renders replies from the files below ``folder`` (endpoints.yml; default ``data/responses``)."""

    def __init__(
        self,
        endpoint_config: EndpointConfig | None = None,
        domain: Domain | None = None,
        clock: Clock | None = None,
    ) -> None:
        del domain
        settings = endpoint_config.kwargs if endpoint_config else {}
        self._catalogue = Catalogue(Path(settings.get("folder", "data/responses")))
        self._renderer = Renderer(self._catalogue, clock or clock_from_environment())

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """Return the draft of a message: ``{text, language, choices, translations?}``."""
        del output_channel
        self._catalogue.refresh()
        params, options = kwargs.get(wire.REPLY_PARAMS) or {}, kwargs.get(wire.REPLY_OPTIONS) or []
        metadata = tracker.latest_message.metadata if tracker.latest_message else None
        languages = helping.languages(metadata, language_of(tracker))
        try:
            first, *others = [self._draft(utter_action, params, options, each) for each in languages]
        except (RenderingError, KeyError, TypeError, ValueError) as error:
            log.error("reply %s cannot be rendered: %s", utter_action, error)
            first, *others = [self._draft(FALLBACK_REPLY, _FALLBACK_PARAMS, [], each) for each in languages]
        first[wire.REPLY_READ] = reading(tracker, utter_action)
        if helping.is_asked(metadata):
            first[wire.REPLY_IDS] = [utter_action, *helping.texts_in([params, options])]
        return {**first, wire.REPLY_TRANSLATIONS: others} if others else first

    def _draft(
        self, reply_id: str, params: Mapping[str, Any], options: Sequence[Mapping[str, Any]], language: Language
    ) -> dict[str, Any]:
        return {
            "text": self._renderer.text(reply_id, params, language),
            wire.REPLY_LANGUAGE: language,
            wire.REPLY_CHOICES: [
                {
                    "label": self._renderer.value(option["label"], language),
                    "payload": in_language(option["payload"], language),
                }
                for option in options
            ],
        }


def language_of(tracker: DialogueStateTracker) -> Language | None:
    """Return the language to answer in: the tracker's, else what the gateway knows, else None."""
    known = as_language(tracker.get_slot(wire.LANGUAGE_SLOT))
    if tracker.latest_message is None:
        return known
    metadata = tracker.latest_message.metadata or {}
    return helping.first(metadata, known or as_language(metadata.get(wire.META_LANGUAGE)))


def in_language(payload: str, language: Language) -> str:
    """Return a choice's payload that also says in which language it was read.

    Choosing a label says which language a person reads, also where nothing was known of it before.
    """
    intent, brace, facts = payload.partition("{")
    entities = json.loads(brace + facts) if brace else {}
    return f"{intent}{json.dumps({**entities, wire.LANGUAGE_ENTITY: language}, ensure_ascii=False)}"
