"""Rasa component that finds the city's names in a sentence: streets, stops, communes and localities.

Names of both languages are found in a sentence of any language, in full or shortened (av., stwg, st-), and with
typing errors where the misspelt word is not an ordinary one: see ``bot.components.naming`` for the rules.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import lru_cache
from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.cues import Cues
from bot.components.folding import folded
from bot.components.mentions import MISSPELT, UNFAMILIAR, Mention, set_mentions
from bot.components.naming import NameFinder
from bot.components.ordinary import OrdinaryWords, frequent_words
from bot.components.wordlists import WordLists, ordinary_words
from bot.importers import lookups
from kit.text import fold

_FILE: Final = "gazetteer.json"
_NAME_KINDS: Final = ("street", "stop", "commune", "locality", "landmark")


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR],
    is_trainable=True,
)
class GazetteerExtractor(GraphComponent):
    """Adds a mention for each name of a place; first component of the pipeline, as names must not vote on language."""

    def __init__(
        self,
        model_storage: ModelStorage,
        resource: Resource,
        content: dict[str, Any] | None = None,
        words: WordLists | None = None,
    ) -> None:
        self._storage = model_storage
        self._resource = resource
        self._words = words or WordLists.from_words({})
        self._content = content or {"names": {}, "cues": {}, "abbreviations": {}, "ordinary": []}
        self._ordinary = OrdinaryWords(self._words, self._content["ordinary"])
        self._finder = self._make_finder()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GazetteerExtractor:
        """Return an extractor that knows no names yet."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Take names, abbreviations and ordinary words from the training data, and store them."""
        self._words = _dictionaries()
        self._content = _content_of(training_data)
        self._ordinary = OrdinaryWords(self._words)
        self._finder = self._make_finder()
        self._content["ordinary"] = self._ordinary_of(training_data)
        self._ordinary = OrdinaryWords(self._words, self._content["ordinary"])
        self._finder = self._make_finder()
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(self._content, ensure_ascii=False), encoding="utf-8")
            self._words.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> GazetteerExtractor:
        """Return the extractor with the names that ``train`` stored."""
        with model_storage.read_from(resource) as folder:
            content = json.loads((folder / _FILE).read_text(encoding="utf-8"))
            return cls(model_storage, resource, content, WordLists.load(folder))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add mentions to the training examples, in the way that they are added to residents' sentences."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add mentions to messages."""
        for message in messages:
            text = message.get(TEXT) or ""
            ordinary = self._ordinary.positions(text)
            set_mentions(message, self._finder.find(text, ordinary, self._ordinary.rare(text)))
            words = folded(text).words
            message.set(UNFAMILIAR, [at for at in range(len(words)) if at not in ordinary])
            message.set(MISSPELT, [at for at, word in enumerate(words) if not self._spells(word.text)])
        return messages

    def _spells(self, word: str) -> bool:
        return self._ordinary.spells(word) or self._finder.spells(word)

    def find(self, text: str) -> list[Mention]:
        """Return the names in a sentence, none overlapping another."""
        return self._finder.find(text, self._ordinary.positions(text), self._ordinary.rare(text))

    def _make_finder(self) -> NameFinder:
        return NameFinder(self._content["names"], Cues(self._content["cues"]), self._content["abbreviations"])

    def _ordinary_of(self, training_data: TrainingData) -> list[str]:
        examples = (
            (example, [name for name in self.find(example.get(TEXT) or "") if name["source"] == "gazetteer"])
            for example in training_data.intent_examples
        )
        cues = {word for phrases in self._content["cues"].values() for each in phrases for word in fold(each).split()}
        return sorted(frequent_words(examples) | cues)


def _content_of(training_data: TrainingData) -> dict[str, Any]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for (kind,), elements in lookups.tables_of(training_data, lookups.GAZETTEER):
        if kind in _NAME_KINDS:
            names[kind].extend(elements)
    abbreviations = {
        short: word for (_, word), shorts in lookups.tables_of(training_data, lookups.ABBREVIATIONS) for short in shorts
    }
    cues = Cues.from_training_data(training_data).phrases
    return {"names": dict(names), "cues": cues, "abbreviations": abbreviations, "ordinary": []}


@lru_cache(maxsize=1)
def _dictionaries() -> WordLists:
    return WordLists.from_words(ordinary_words())
