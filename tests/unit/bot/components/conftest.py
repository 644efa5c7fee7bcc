"""A pipeline trained on a handful of sentences, each of its components stored and loaded again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import patches

patches.apply()

from rasa.engine.storage.local_model_storage import LocalModelStorage  # noqa: E402
from rasa.engine.storage.resource import Resource  # noqa: E402
from rasa.shared.nlu.constants import TEXT  # noqa: E402
from rasa.shared.nlu.training_data.message import Message  # noqa: E402

from bot.components.gazetteer import GazetteerExtractor  # noqa: E402
from bot.components.intent import MaskedIntentClassifier  # noqa: E402
from bot.components.language import LanguageIdentifier  # noqa: E402
from bot.components.mentions import mentions_of  # noqa: E402
from bot.components.patterns import PatternExtractor  # noqa: E402
from bot.components.typing import EntityTyping  # noqa: E402
from bot.importers.multilingual import MultilingualImporter  # noqa: E402

from .sentences import EXAMPLES, LINES, NAMES, POSTCODES, THINGS  # noqa: E402

_VOCABULARIES = Path(__file__).resolve().parents[4] / "data" / "nlu"
COMPONENTS = (GazetteerExtractor, PatternExtractor, LanguageIdentifier, MaskedIntentClassifier, EntityTyping)


class Understanding:
    """Components in the pipeline's order."""

    def __init__(self, components: list[Any]) -> None:
        self.components = components

    def of(self, text: str, language: str | None = None) -> Message:
        """Return the message as the pipeline leaves it."""
        message = Message({TEXT: text, "metadata": {"language": language} if language else None})
        for component in self.components:
            component.process([message])
        return message

    def intent(self, text: str) -> str:
        return str(self.of(text).get("intent")["name"])

    def entities(self, text: str) -> dict[str, str]:
        found = self.of(text).get("entities") or []
        return {each["entity"]: each["value"] for each in found if each["entity"] != "message_language"}

    def asked(self, intent: str, text: str) -> dict[str, str]:
        """Return the entities of a text whose intent is known."""
        message = Message({TEXT: text})
        names, patterns, *_, typing = self.components
        for component in (names, patterns):
            component.process([message])
        return {each["entity"]: each["value"] for each in typing.entities(text, intent, mentions_of(message))}

    def language(self, text: str, known: str | None = None) -> str | None:
        """Return the language that the message shows, as it reaches the tracker."""
        found = self.of(text, known).get("entities") or []
        return next((each["value"] for each in found if each["entity"] == "message_language"), None)

    def named(self, text: str) -> dict[str, tuple[str, ...]]:
        """Return the certain mentions: what was written and the kinds it may be."""
        return {m["value"]: tuple(m["kinds"]) for m in mentions_of(self.of(text)) if m["strong"]}

    def doubtful(self, text: str) -> set[str]:
        return {m["value"] for m in mentions_of(self.of(text)) if not m["strong"]}


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for language, intents in EXAMPLES.items():
        target = folder / "nlu" / language
        target.mkdir(parents=True)
        nlu = [
            {"intent": name, "examples": "".join(f"- {text}\n" for text in texts)} for name, texts in intents.items()
        ]
        (target / "small.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True))
        shutil.copy(_VOCABULARIES / language / "vocabulary.yml", target)
    (folder / "gazetteer.json").write_text(
        json.dumps({"names": NAMES, "lines": LINES, "postcodes": POSTCODES, "things": THINGS})
    )
    return folder


@pytest.fixture(scope="session")
def training_data(data_folder):
    return MultilingualImporter(None, None, [str(data_folder)], str(data_folder / "gazetteer.json")).get_nlu_data()


@pytest.fixture(scope="session")
def storage(tmp_path_factory) -> LocalModelStorage:
    return LocalModelStorage(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="session")
def understanding(training_data, storage) -> Understanding:
    loaded = []
    for each in COMPONENTS:
        config = each.get_default_config()
        if each is MaskedIntentClassifier:
            config.update(threshold=0.3, decisive=0.002)  # a handful of sentences makes nothing sure
        resource = Resource(each.__name__)
        trained = each.create(config, storage, resource, None)
        trained.train(training_data)
        if hasattr(trained, "process_training_data"):
            trained.process_training_data(training_data)
        loaded.append(each.load(config, storage, resource, None))
    return Understanding(loaded)
