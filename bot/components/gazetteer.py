"""Rasa component that finds the city's names in a sentence: streets, stops, communes and localities.

Names of both languages are found in a sentence of any language, in full or shortened (av., stwg, st-), and with
typing errors where the misspelt word is not an ordinary one. A name that is an ordinary word too ("bourse", "forest")
is weak unless something marks it as a name: a capital, or a word before it such as "arrêt", "à", "richting".
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.folding import FoldedText, folded
from bot.components.mentions import UNFAMILIAR, Mention, longest_first, mention, set_mentions
from bot.components.names import NUMBERED, NameIndex, NameLanguage
from bot.components.typos import TypoIndex
from bot.components.wordlists import WordLists, ordinary_words
from bot.importers import lookups
from kit.text import fold

_FILE: Final = "gazetteer.json"
_NAME_KINDS: Final = ("street", "stop", "commune", "locality")
_MARKERS: Final = ("at", "from", "towards", "stop_word")
#: A word of training sentences that occurs this often is ordinary, however it is spelt.
_ORDINARY_COUNT: Final = 2


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR],
    is_trainable=True,
)
class GazetteerExtractor(GraphComponent):
    """Adds a mention for each name of a place; first component of the pipeline, as names must not vote on language."""

    def __init__(self, model_storage: ModelStorage, resource: Resource) -> None:
        self._storage = model_storage
        self._resource = resource
        self._content: dict[str, Any] = {}
        self._names = NameIndex({}, NameLanguage())
        self._words = WordLists.from_words({})
        self._ordinary: frozenset[str] = frozenset()
        self._ordinary_typos = TypoIndex(())
        self._markers: frozenset[str] = frozenset()
        self._fillers: frozenset[str] = frozenset()

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
        names = {
            path[0]: elements
            for path, elements in lookups.tables_of(training_data, lookups.GAZETTEER)
            if path[0] in _NAME_KINDS
        }
        cues: defaultdict[str, list[str]] = defaultdict(list)
        for (_, cue), phrases in lookups.tables_of(training_data, lookups.CUES):
            cues[cue].extend(phrases)
        abbreviations = {
            short: word
            for (_, word), shorts in lookups.tables_of(training_data, lookups.ABBREVIATIONS)
            for short in shorts
        }
        self._content = {"names": names, "cues": dict(cues), "abbreviations": abbreviations, "ordinary": []}
        self._words = _spacy_words()
        self._build()
        self._content["ordinary"] = self._ordinary_of(training_data)
        self._build()
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
        extractor = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder:
            extractor._content = json.loads((folder / _FILE).read_text(encoding="utf-8"))
            extractor._words = WordLists.load(folder)
        extractor._build()
        return extractor

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add mentions to the training examples, in the way that they are added to residents' sentences."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add mentions to messages."""
        for message in messages:
            text = message.get(TEXT) or ""
            ordinary = self._ordinary_positions(text)
            set_mentions(message, self.find(text, ordinary))
            message.set(UNFAMILIAR, [at for at in range(len(folded(text).words)) if at not in ordinary])
        return messages

    def find(self, text: str, ordinary: frozenset[int] | None = None) -> list[Mention]:
        """Return the names in a sentence, none overlapping another; ``ordinary`` are positions of ordinary words."""
        sentence = folded(text)
        words = [word.text for word in sentence.words]
        if ordinary is None:
            ordinary = self._ordinary_positions(text)
        candidates = []
        for start in range(len(words)):
            exact = self._names.exact(words, start)
            if exact is not None:
                candidates += self._candidate(sentence, words, ordinary, start, *exact, corrected=0)
            if exact is None or start not in ordinary:
                near = self._names.misspelt(words, start, ordinary)
                if near is not None and near[2] and (exact is None or near[0] > exact[0]):
                    candidates += self._candidate(sentence, words, ordinary, start, near[0], near[1], corrected=near[2])
        return longest_first(candidates)

    def is_ordinary(self, word: str) -> bool:
        """Tell whether a folded word is one of ordinary language, or a slight misspelling of a training word."""
        return (
            len(word) < 3
            or word.isdigit()
            or word in self._ordinary
            or self._words.known(word)
            or bool(self._ordinary_typos.corrections(word))
        )

    def _ordinary_positions(self, text: str) -> frozenset[int]:
        return frozenset(at for at, word in enumerate(folded(text).words) if self.is_ordinary(word.text))

    def _candidate(
        self,
        sentence: FoldedText,
        words: list[str],
        ordinary: frozenset[int],
        start: int,
        end: int,
        kinds: frozenset[str],
        *,
        corrected: int,
    ) -> Iterable[Mention]:
        if kinds == {NUMBERED}:
            if corrected or not (end < len(words) and words[end][0].isdigit() and len(words[end]) <= 4):
                return
            kinds = frozenset({"street"})
        kinds = kinds - {NUMBERED}
        single = end - start == 1
        if corrected and single and len(words[start]) < 5:
            return
        strong = not single or start not in ordinary or self._marked(sentence, words, start)
        first, last = sentence.span(sentence.words[start].start, sentence.words[end - 1].end)
        source = "typo" if corrected else "gazetteer"
        yield mention(kinds, first, last, sentence.original[first:last], source, strong=strong)

    def _marked(self, sentence: FoldedText, words: list[str], start: int) -> bool:
        mixed_case = sum(sentence.capitalised(word.start) for word in sentence.words) * 2 <= len(words)
        if start > 0 and mixed_case and sentence.capitalised(sentence.words[start].start):
            return True
        before = start - 1
        while before > 0 and words[before] in self._fillers and words[before] not in self._markers:
            before -= 1
        return before >= 0 and words[before] in self._markers

    def _ordinary_of(self, training_data: TrainingData) -> list[str]:
        counts: Counter[str] = Counter()
        for example in training_data.intent_examples:
            text = example.get(TEXT) or ""
            covered = [(each["start"], each["end"]) for each in self.find(text) if each["source"] == "gazetteer"]
            sentence = folded(text)
            for word in sentence.words:
                place = sentence.span(word.start, word.end)
                if not any(start <= place[0] < end for start, end in covered):
                    counts[word.text] += 1
        words = {word for word, count in counts.items() if count >= _ORDINARY_COUNT and not word.isdigit()}
        for phrases in self._content["cues"].values():
            words.update(word for phrase in phrases for word in fold(phrase).split())
        return sorted(words)

    def _build(self) -> None:
        cues: Mapping[str, list[str]] = self._content["cues"]
        abbreviations: Mapping[str, str] = self._content["abbreviations"]
        self._names = NameIndex(
            self._content["names"],
            NameLanguage(
                abbreviations={fold(s): fold(w) for s, w in abbreviations.items() if not s.startswith("-")},
                endings={fold(s): fold(w) for s, w in abbreviations.items() if s.startswith("-")},
                street_types=_single_words(cues.get("street_type", ())),
                street_endings=tuple(sorted(_single_words(cues.get("street_ending", ())), key=len, reverse=True)),
                fillers=_single_words(cues.get("filler", ())),
            ),
        )
        self._ordinary = frozenset(self._content["ordinary"])
        # Short words are too near to each other for a correction to say anything.
        self._ordinary_typos = TypoIndex(word for word in self._ordinary if len(word) > 4)
        self._markers = frozenset().union(*(_single_words(cues.get(cue, ())) for cue in _MARKERS))
        self._fillers = _single_words(cues.get("filler", ()))


@lru_cache(maxsize=1)
def _spacy_words() -> WordLists:
    return WordLists.from_words(ordinary_words())


def _single_words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in map(fold, phrases) if word and " " not in word)
