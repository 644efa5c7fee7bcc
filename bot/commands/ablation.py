"""``python -m bot ablate``: what each part of understanding adds, by cross-validation on the training sentences.

It tells whether a part is worth its keep; how good the assistant is on sentences of other hands, only ``make evaluate``
tells. Names are found once for all folds: they come from the gazetteer and the vocabulary, not from the examples.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.model_selection import StratifiedKFold

from bot.components.gazetteer import GazetteerExtractor
from bot.components.intent import MaskedIntentClassifier
from bot.components.intent_model import IntentModel, Weights
from bot.components.language import LanguageIdentifier
from bot.components.masking import masked
from bot.components.mentions import mentions_of, set_mentions
from bot.components.patterns import PatternExtractor
from bot.importers.multilingual import LANGUAGE_PROPERTY, MultilingualImporter
from kit.languages import LANGUAGES
from kit.wire import FALLBACK_INTENT

_OUT_OF_SCOPE: Final = "out_of_scope"
_REJECTED: Final = frozenset({_OUT_OF_SCOPE, FALLBACK_INTENT})
_MIN_WORDS: Final = 3

Fold = tuple[list[Message], list[Message]]


def run(options: argparse.Namespace) -> int:
    """Print both tables and return the exit code."""
    gazetteer = str(options.gazetteer) if options.gazetteer else None
    data = MultilingualImporter(None, None, [str(options.data)], gazetteer).get_nlu_data()
    with tempfile.TemporaryDirectory() as folder:
        storage = LocalModelStorage(Path(folder))
        for component in (GazetteerExtractor, PatternExtractor):
            trained = component(storage, Resource(component.__name__))
            trained.train(data)
            trained.process_training_data(data)
        folds = list(_folds(data.intent_examples, options.folds))
        print(f"{len(data.intent_examples)} sentences, {options.folds} folds, per cent")
        print(f"{'intent':32}right  in two  rejected  harm")
        both = Weights()
        for name, see, weights, apart in (
            ("as configured", _masked, both, False),
            ("names not masked", _unmasked, both, False),
            ("words only", _masked, Weights(characters=0.0), False),
            ("characters only", _masked, Weights(words=0.0), False),
            ("words and characters alike", _masked, Weights(words=1.0), False),
            ("one model a language", _masked, both, True),
        ):
            print(f"{name:32}" + "  ".join(f"{each:6.1f}" for each in _intents(folds, see, weights, apart=apart)))
        print(f"\n{'language, 3 words or more':32}alone  wrong  after its own  after another")
        for name, names_vote in (("as configured", False), ("names vote", True)):
            shares = _languages(folds, storage, names_vote=names_vote)
            print(f"{name:32}" + "  ".join(f"{each:6.1f}" for each in shares))
    return 0


def _folds(examples: list[Message], count: int) -> Iterator[Fold]:
    strata = [f"{each.get(INTENT)} {each.get(LANGUAGE_PROPERTY)}" for each in examples]
    for train, test in StratifiedKFold(count, shuffle=True, random_state=1).split(strata, strata):
        yield [examples[at] for at in train], [examples[at] for at in test]


def _masked(message: Message) -> str:
    return masked(message.get(TEXT), mentions_of(message))


def _unmasked(message: Message) -> str:
    return masked(message.get(TEXT), [])


def _intents(
    folds: Sequence[Fold], see: Callable[[Message], str], weights: Weights, *, apart: bool
) -> tuple[float, float, float, float]:
    """Return right intents and right ones in two tries of those in scope, rejected of those out of it, and harm."""
    config = MaskedIntentClassifier.get_default_config()
    classifier = MaskedIntentClassifier(config, None, None)  # type: ignore[arg-type]
    right, in_two, rejected, harm = [], [], [], []
    for train, test in folds:
        for languages in [[each] for each in LANGUAGES] if apart else [list(LANGUAGES)]:
            own = [each for each in train if each.get(LANGUAGE_PROPERTY) in languages]
            model = IntentModel.fit(
                [see(each) for each in own],
                [each.get(INTENT) for each in own],
                regularisation=config["regularisation"],
                seed=config["seed"],
                weights=weights,
            )
            for each in (each for each in test if each.get(LANGUAGE_PROPERTY) in languages):
                ranking = model.ranking(see(each))
                found, _ = classifier.decide(each.get(TEXT), ranking)
                wanted = each.get(INTENT)
                harm.append(found not in _REJECTED and found != wanted)
                if wanted == _OUT_OF_SCOPE:
                    rejected.append(found in _REJECTED)
                else:
                    right.append(found == wanted)
                    in_two.append(wanted in [name for name, _ in ranking if name != _OUT_OF_SCOPE][:2])
    return _percent(right), _percent(in_two), _percent(rejected), _percent(harm)


def _languages(folds: Sequence[Fold], storage: Any, *, names_vote: bool) -> tuple[float, float, float, float]:
    """Return right and wrong languages of single sentences, then right ones in a conversation of either kind."""
    alone, wrong, same, other = [], [], [], []
    for train, test in folds:
        identifier = LanguageIdentifier(LanguageIdentifier.get_default_config(), storage, Resource("language"))
        identifier.train(TrainingData([_without_mentions(each) for each in train] if names_vote else train))
        for each in (each for each in test if len(each.get(TEXT).split()) >= _MIN_WORDS):
            wanted = each.get(LANGUAGE_PROPERTY)
            mentions = [] if names_vote else mentions_of(each)
            found = identifier.identify(each.get(TEXT), mentions)
            alone.append(found == wanted)
            wrong.append(found not in (None, wanted))
            same.append((identifier.identify(each.get(TEXT), mentions, wanted) or wanted) == wanted)
            before = LANGUAGES[LANGUAGES.index(wanted) - 1]
            other.append(identifier.identify(each.get(TEXT), mentions, before) == wanted)
    return _percent(alone), _percent(wrong), _percent(same), _percent(other)


def _without_mentions(message: Message) -> Message:
    plain = Message(dict(message.data))
    set_mentions(plain, [])
    return plain


def _percent(cases: Sequence[bool]) -> float:
    return 100 * float(np.mean(cases)) if cases else 100.0
