"""Rasa component that makes entities of mentions, once the intent says what each name is used for.

"Flagey" is a stop in a question about departures and an address in one about bags; the "2" of "rue Haute 2" is no
line. An entity is given once a message: the façade and the forms settle what stays ambiguous.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.cues import Cues
from bot.components.folding import MAX_CHARACTERS, folded
from bot.components.lines import UNKNOWN
from bot.components.mentions import Mention, mention, mentions_of
from bot.components.roles import RideRoles
from bot.components.trips import Trip, TripEnds
from bot.components.values import DETAILS
from bot.components.wanted import WANTED
from kit import wire
from kit.text import fold

_FILE: Final = "cues.json"
_NO: Final = "deny"
_CORRECTION: Final = "correct_input"
_PARKING: Final = "transport_parking_rules"
_NO_INTENT: Final = frozenset({wire.FALLBACK_INTENT, "out_of_scope"})
_HOUSE_NUMBER: Final = re.compile(r"[ ,]*\d{1,4}[a-z]?(?![a-z0-9])")
#: A message with no more words than this names something, even where its words are ordinary ones.
_FEW_WORDS: Final = 4
#: Intents of messages that may give any fact.
_ANY_FACT: Final = frozenset({wire.INFORM_INTENT, "correct_input"})
#: "How do I …, and what does it cost?" asks for the cost: the general facets give way to the particular ones.
_FACETS: Final = ("cost", "duration", "documents", "online_form", "languages", "who", "where", "how")

Entity = dict[str, Any]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class EntityTyping(GraphComponent):
    """Sets the message's entities."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, cues: Cues | None = None) -> None:
        self._storage = model_storage
        self._resource = resource
        self._roles = RideRoles(cues or Cues({}))
        self._denied = _denied(cues or Cues({}))
        self._trips = TripEnds(cues or Cues({}))
        self._who_parks = _ahead_of_parking(cues or Cues({}))
        self._parking = (cues or Cues({})).words("parking_verb")
        self._typed: dict[str, Callable[[str, Sequence[Mention]], list[Entity]]] = {
            "address": self._address,
            "stop": self._stop,
            "commune": self._commune,
            "ride": self._ride,
            "trip": self._trip,
            "trip_end": self._trip_end,
            "direction": self._direction,
            "facet": self._facet,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityTyping:
        """Return a component that knows no cue yet."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Store the vocabulary's cues."""
        with self._storage.write_to(self._resource) as folder:
            phrases = Cues.from_training_data(training_data).phrases
            (folder / _FILE).write_text(json.dumps(phrases, ensure_ascii=False), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> EntityTyping:
        """Return the component with the cues that ``train`` stored."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Cues(json.loads((folder / _FILE).read_text(encoding="utf-8"))))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of messages to those that they have."""
        for message in messages:
            text, intent, mentions = message.get(TEXT) or "", _meant_intent(message), mentions_of(message)
            if intent == _NO and self._corrects(text, mentions):
                intent = _CORRECTION
                message.set(INTENT, {**message.get(INTENT), INTENT_NAME_KEY: intent}, add_to_output=True)
            found = self.entities(text, intent, mentions)
            message.set(ENTITIES, [*(message.get(ENTITIES) or []), *found], add_to_output=True)
        return messages

    def _corrects(self, text: str, mentions: Sequence[Mention]) -> bool:
        """Tell whether a no gives the fact that is right instead: "non, 70 ans", but not "nee, niet in Elsene"."""
        certain = [each for each in mentions if each["strong"]]
        return bool(self.entities(text, _CORRECTION, certain))

    def entities(self, text: str, intent: str, mentions: Sequence[Mention]) -> list[Entity]:
        """Return the entities of a text with that intent, in the order of the text."""
        text = text[:MAX_CHARACTERS]
        if intent == _PARKING:
            mentions = [each for each in mentions if not self._is_to_park(text, each)]
        if intent == wire.INFORM_INTENT and len(folded(text).words) > _FEW_WORDS:
            mentions = [each for each in mentions if each["strong"]]
        if intent in _ANY_FACT:
            # A number alone may answer any question.
            mentions = [each for each in self._affirmed(text, mentions) if each["source"] != UNKNOWN]
        found: list[Entity] = []
        for name in WANTED.get(intent, ()):
            typed = self._typed.get(name)
            found += typed(text, mentions) if typed else _one(name, mentions)
        found = _without_ends_of_rides(found)
        if intent not in _ANY_FACT:
            found = _without_lines_as_days(found)
        return sorted(found, key=lambda entity: (entity["start"], entity["entity"]))

    def _affirmed(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        """Return the mentions without those that are denied: "pas la chaussée d'Ixelles, celle de Vleurgat"."""
        sentence = folded(text)
        return [each for each in mentions if not self._denied.search(sentence.text[: sentence.position(each["start"])])]

    def _is_to_park(self, text: str, place: Mention) -> bool:
        """Tell whether what looks like the stop "Park" is what is done there: "where can I park near Merode"."""
        sentence = folded(text)
        start = sentence.position(place["start"])
        return fold(place["value"]) in self._parking and self._who_parks.search(sentence.text[:start]) is not None

    def _address(self, text: str, mentions: Sequence[Mention]) -> list[Entity]:
        order = ("address", "street", "stop", "landmark", "locality")
        for sure in (True, False):
            for kind in order:
                place = next((each for each in mentions if kind in each["kinds"] and each["strong"] is sure), None)
                if place is not None:
                    return [_entity("address", _with_number(text, place))]
        return []

    def _stop(self, text: str, mentions: Sequence[Mention]) -> list[Entity]:
        ride = self._roles.of(text, [each for each in mentions if "stop" in each["kinds"]])
        return [_entity("stop", ride.stop)] if ride.stop else []

    def _commune(self, text: str, mentions: Sequence[Mention]) -> list[Entity]:
        places = [each for each in mentions if {"commune", "locality"} & set(each["kinds"])]
        strong = [each for each in places if each["strong"]]
        return [_entity("commune", each) for each in (strong or places)[:1]]

    def _ride(self, text: str, mentions: Sequence[Mention]) -> list[Entity]:
        ride = self._roles.of(text, mentions)
        found = [_entity("stop", ride.stop)] if ride.stop else []
        ahead = [_entity("direction", ride.direction)] if ride.direction else _one("direction", mentions)
        return found + ahead

    def _direction(self, text: str, mentions: Sequence[Mention]) -> list[Entity]:
        marked = self._roles.marked(text, mentions)
        return [_entity("direction", marked)] if marked else _one("direction", mentions)

    def _trip(self, text: str, mentions: Sequence[Mention]) -> list[Entity]:
        return _ends(text, self._trips.of(text, mentions))

    def _trip_end(self, text: str, mentions: Sequence[Mention]) -> list[Entity]:
        return _ends(text, self._trips.marked(text, mentions))

    @staticmethod
    def _facet(text: str, mentions: Sequence[Mention]) -> list[Entity]:
        facets = [each for each in mentions if "facet" in each["kinds"]]
        return [_entity("facet", min(facets, key=lambda each: _FACETS.index(each["value"])))] if facets else []


def _denied(cues: Cues) -> re.Pattern[str]:
    """Return the pattern of what stands before a fact that is denied."""
    between = f"(?:[a-z]{{1,3}}|{cues.pattern('at', 'line_word', 'stop_word')})"
    return re.compile(rf"(?<![a-z0-9]){cues.pattern('denial')}(?![a-z0-9])(?:[ ']*{between}(?![a-z0-9]))*[ ']*$")


def _ahead_of_parking(cues: Cues) -> re.Pattern[str]:
    """Return the pattern of the words before a verb that is spelt like a stop's name."""
    return re.compile(rf"(?<![a-z0-9]){cues.pattern('before_parking')} *$")


def _without_ends_of_rides(found: Sequence[Entity]) -> list[Entity]:
    """Leave out places that are where a ride goes: "direction Montgomery" names neither a stop nor an address."""
    ends = [(each["start"], each["end"]) for each in found if each["entity"] == "direction"]
    places = {"address", "stop", "commune"}
    return [
        each
        for each in found
        if each["entity"] not in places or not any(each["start"] < end and start < each["end"] for start, end in ends)
    ]


def _without_lines_as_days(found: Sequence[Entity]) -> list[Entity]:
    """Leave out days that are a line's number: "le 15" in a question about departures."""
    lines = [(each["start"], each["end"]) for each in found if each["entity"] == "line"]
    return [
        each
        for each in found
        if each["entity"] != "date" or not any(each["start"] < end and start < each["end"] for start, end in lines)
    ]


def _meant_intent(message: Message) -> str:
    """Return the intent; of a message that has none of ours, the likeliest one, whose facts a next message may need.

    Of the two likeliest it is one that facts belong to: "ook nog een kast" may ask to hear it again, or name a thing.
    """
    intent = str((message.get(INTENT) or {}).get("name") or "")
    if intent not in _NO_INTENT:
        return intent
    ranking = [str(each["name"]) for each in message.get(INTENT_RANKING_KEY) or []]
    likely = [name for name in ranking if name not in _NO_INTENT][:2]
    return next((name for name in likely if name in WANTED), likely[0] if likely else intent)


def _one(name: str, mentions: Sequence[Mention]) -> list[Entity]:
    """Return the first that is certain; of a detail, the one that says most ("pile plate" rather than "boîte")."""
    found = [each for each in mentions if name in each["kinds"]]
    found = [each for each in found if each["strong"]] or found
    if name == "time":  # "le soir, après 21 h": the clock says more than the part of the day
        found = [each for each in found if each["source"] == "pattern"] or found
    if name in DETAILS or name == "reference":
        found = sorted(found, key=lambda each: each["start"] - each["end"])
    return [_entity(name, each) for each in found[:1]]


def _ends(text: str, trip: Trip) -> list[Entity]:
    ends = (("origin", trip.origin), ("destination", trip.destination))
    return [_entity(name, _with_number(text, place)) for name, place in ends if place is not None]


def _with_number(text: str, place: Mention) -> Mention:
    """Return the place with the house number behind it, which may have been left out for being a line's number too."""
    if "street" not in place["kinds"]:
        return place
    number = _HOUSE_NUMBER.match(text, place["end"])
    if number is None:
        return place
    return mention(["address"], place["start"], number.end(), text[place["start"] : number.end()], place["source"])


def _entity(name: str, found: Mention) -> Entity:
    value = found["value"]
    return {
        "entity": name,
        "value": value,
        "start": found["start"],
        "end": found["end"],
        "extractor": EntityTyping.__name__,
    }
