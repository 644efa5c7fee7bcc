"""``python -m bot classify``: trains the configured intent classifier on given sentences and ranks the others.

For data that has nothing to do with the city, such as public test sets: the same classifier with the same options and
the same way of reading a sentence, but without the city's names.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, TextIO

import yaml
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.utils.log_utils import configure_structlog

from bot.components.intent import MaskedIntentClassifier

_TRAIN: Final = "train"
_RANKED: Final = 3


def run(options: argparse.Namespace) -> int:
    """Read sentences from standard input, write the rankings of those that are not to be learnt; return the code."""
    configure_structlog(logging.ERROR)
    try:
        items = list(_read(sys.stdin))
        for line in classify(items, options.config):
            print(json.dumps(line, ensure_ascii=False))
    except (ValueError, OSError) as error:
        print(f"cannot classify: {error}", file=sys.stderr)
        return 1
    return 0


def classify(items: Iterable[dict[str, Any]], config: Path) -> Iterable[dict[str, Any]]:
    """Learn from the items of split ``train``; yield intent and ranking of each other item, in their order."""
    items = list(items)
    learnt = [Message({TEXT: each["text"], INTENT: each["intent"]}) for each in items if each["split"] == _TRAIN]
    if len({message.get(INTENT) for message in learnt}) < 2:
        raise ValueError("there are fewer than two intents to learn")
    options = {**MaskedIntentClassifier.get_default_config(), **_configured(config)}
    with tempfile.TemporaryDirectory() as folder:
        storage, resource = LocalModelStorage(Path(folder)), Resource("intent")
        made = MaskedIntentClassifier.create(options, storage, resource, None)  # type: ignore[arg-type]
        made.train(TrainingData(learnt))
        classifier = MaskedIntentClassifier.load(options, storage, resource, None)  # type: ignore[arg-type]
    for each in items:
        if each["split"] != _TRAIN:
            message = classifier.process([Message({TEXT: each["text"]})])[0]
            ranking = message.get(INTENT_RANKING_KEY)[:_RANKED]
            yield {
                "intent": message.get(INTENT)[INTENT_NAME_KEY],
                "ranking": [[one[INTENT_NAME_KEY], one[PREDICTED_CONFIDENCE_KEY]] for one in ranking],
            }


def _configured(config: Path) -> dict[str, Any]:
    """Return the options that the assistant's configuration gives the classifier."""
    name = f"{MaskedIntentClassifier.__module__}.{MaskedIntentClassifier.__name__}"
    pipeline = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    found = [each for each in pipeline if each["name"] == name]
    if not found:
        raise ValueError(f"{config}: no {name} in its pipeline")
    return {key: value for key, value in found[0].items() if key != "name"}


def _read(lines: TextIO) -> Iterable[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        item = json.loads(line)
        if not isinstance(item, dict) or not {"text", "intent", "split"} <= set(item):
            raise ValueError(f"line {number}: expected an object with text, intent and split")
        yield item
