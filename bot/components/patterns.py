"""Rasa component that finds what is named by a pattern or by the vocabulary: lines, dates, times, addresses, values.

It completes the names that the gazetteer found: a street with a number becomes an address. Patterns of all languages
apply to every sentence, as residents mix them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.addresses import AddressFinder
from bot.components.codes import CodeFinder
from bot.components.cues import Cues
from bot.components.folding import FoldedText, folded
from bot.components.lines import LineFinder
from bot.components.mentions import (
    MISSPELT,
    UNFAMILIAR,
    Mention,
    longest_first,
    mention,
    mentions_of,
    overlaps,
    set_mentions,
)
from bot.components.moments import MomentFinder
from bot.components.spoken import SpokenLines, in_words
from bot.components.tries import PhraseTrie
from bot.components.values import DETAILS, ValueFinder
from bot.importers import lookups
from kit.text import fold

_FILE: Final = "patterns.json"
_MOST_SPOKEN: Final = 3
#: Values of the vocabulary that are written in many ways and are quoted as written.
_AS_WRITTEN: Final = frozenset({"date", "time"})


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR],
    is_trainable=True,
)
class PatternExtractor(GraphComponent):
    """Adds mentions of lines, moments, addresses and vocabulary values."""

    def __init__(self, model_storage: ModelStorage, resource: Resource) -> None:
        self._storage = model_storage
        self._resource = resource
        self._content: dict[str, Any] = {"cues": {}, "vocabulary": [], "lines": [], "spoken": {}, "postcodes": []}
        self._build()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PatternExtractor:
        """Return an extractor that knows no words yet."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Take vocabulary, cues and line numbers from the training data, and store them."""
        vocabulary = [
            [entity, value, phrase]
            for (_, entity, value), phrases in lookups.tables_of(training_data, lookups.VOCABULARY)
            for phrase in phrases
        ]
        tables = {kind: elements for (kind,), elements in lookups.tables_of(training_data, lookups.GAZETTEER)}
        cues = Cues.from_training_data(training_data).phrases
        self._content = {
            "cues": cues,
            "vocabulary": vocabulary,
            "lines": tables.get("line", []),
            "spoken": in_words(tables.get("line", [])),
            "postcodes": tables.get("postcode", []),
        }
        self._build()
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(self._content, ensure_ascii=False), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> PatternExtractor:
        """Return the extractor with the words that ``train`` stored."""
        extractor = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder:
            extractor._content = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        extractor._build()
        return extractor

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add mentions to the training examples."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add mentions to messages."""
        for message in messages:
            text, names = message.get(TEXT) or "", mentions_of(message)
            found = self.find(text, names, message.get(UNFAMILIAR) or [])
            details = self._details(text, names, message.get(MISSPELT) or [])
            # "au 15 rue Haute" is no day.
            taken = [each for each in found if each["strong"] and "line" not in each["kinds"]]
            free = [each for each in details if each["strong"] or not any(overlaps(each, other) for other in taken)]
            set_mentions(message, [*found, *free])
        return messages

    def find(self, text: str, names: list[Mention], unfamiliar: list[int]) -> list[Mention]:
        """Return the names with everything else that the sentence mentions."""
        sentence = folded(text)
        certain = [self._with_number(sentence, name) for name in names if name["strong"]]
        doubtful = [name for name in names if not name["strong"]]
        certain += longest_first(list(self._addresses.postcodes(sentence)), certain)
        certain += longest_first([*self._moments.find(sentence), *self._values(sentence)], certain)
        lines = longest_first([*self._lines.find(sentence), *self._few_spoken(sentence)], certain)
        certain += [line for line in lines if line["strong"]]
        doubtful += [line for line in lines if not line["strong"]]
        streets = [
            self._with_number(sentence, street) for street in self._addresses.street_shapes(sentence, unfamiliar)
        ]
        certain += longest_first(streets, certain)
        doubtful += self._addresses.stop_shapes(sentence, unfamiliar)
        doubtful += self._lines.unknown(sentence)
        return certain + longest_first(doubtful, certain)

    def _details(self, text: str, names: list[Mention], misspelt: list[int]) -> list[Mention]:
        # "Rue de l'Arbre" names no tree; all else may be found in the same words.
        sentence, named = folded(text), [name for name in names if name["strong"]]
        values = self._details_of.find(sentence, misspelt)
        free = [value for value in values if not any(overlaps(value, name) for name in named)]
        return [*free, *self._codes.find(sentence)]

    def _with_number(self, sentence: FoldedText, name: Mention) -> Mention:
        if "street" not in name["kinds"]:
            return name
        address = self._addresses.with_number(sentence, name)
        if address is None or ("stop" in name["kinds"] and self._may_be_line(address, name)):
            return name
        return address

    def _few_spoken(self, sentence: FoldedText) -> list[Mention]:
        """Return the lines in words; "line one, line two, line three …" counts the lines of something else."""
        spoken = list(self._spoken.find(sentence))
        return spoken if len(spoken) <= _MOST_SPOKEN else []

    def _may_be_line(self, address: Mention, name: Mention) -> bool:
        # "Place Flagey 81" may ask for line 81: the intent decides, see EntityTyping.
        number = address["value"].replace(name["value"], "").strip(" ,")
        return bool(self._line_finder_knows(number))

    def _line_finder_knows(self, number: str) -> bool:
        return bool(number) and self._lines.normal(number) is not None

    def _values(self, sentence: FoldedText) -> Iterable[Mention]:
        words = [word.text for word in sentence.words]
        position = 0
        while position < len(words):
            found = self._phrases.longest(words, position)
            if found is None:
                position += 1
                continue
            end, labels = found
            start, last = sentence.span(sentence.words[position].start, sentence.words[end - 1].end)
            for label in sorted(labels):
                entity, _, value = label.partition("/")
                quoted = sentence.original[start:last] if entity in _AS_WRITTEN else value
                yield mention([entity], start, last, quoted, "vocabulary")
            position = end

    def _build(self) -> None:
        cues = Cues(self._content["cues"])
        self._moments = MomentFinder(cues)
        self._lines = LineFinder(cues, self._content["lines"])
        self._spoken = SpokenLines(cues, self._content["spoken"])
        self._addresses = AddressFinder(cues, self._content["postcodes"])
        self._codes = CodeFinder(cues)
        phrases = [(entity, value, phrase) for entity, value, phrase in self._content["vocabulary"]]
        self._details_of = ValueFinder((each for each in phrases if each[0] in DETAILS), cues)
        self._phrases = PhraseTrie(
            (fold(phrase).split(), f"{entity}/{value}") for entity, value, phrase in phrases if entity not in DETAILS
        )
