"""Rasa importer that makes one set of training data from the files of all languages.

``data/nlu/<lang>/*.yml`` are joined, each example marked with its language; ``data/rules`` and ``data/stories`` hold no
language. The domain learns the ids of the reply texts, never the texts, so that editing a text needs no training.
The gazetteer is read with the training data, so that new names retrain what uses them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import rasa.shared.utils.io
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.exceptions import RasaException
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.importers.utils import story_graph_from_paths
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from bot.importers.domain import read_domain
from bot.importers.errors import DataFileError
from bot.importers.gazetteer import read_gazetteer
from bot.importers.vocabulary import FILE_NAME as VOCABULARY_FILE
from bot.importers.vocabulary import read_vocabulary
from bot.nlg.catalogue import reply_ids
from kit.languages import LANGUAGES, Language

#: Wins over the path in ``config.yml``; ``python -m bot train --gazetteer`` sets it.
GAZETTEER_VARIABLE: Final = "BXL_GAZETTEER"

#: The message property that holds an example's language, or the language identified.
LANGUAGE_PROPERTY: Final = "language"


class MultilingualImporter(TrainingDataImporter):
    """Reads the project's training data; see the module."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        gazetteer: str | None = None,
    ) -> None:
        """Create an importer; ``gazetteer`` comes from ``config.yml``, the first training path is the data folder."""
        paths = [training_data_paths] if isinstance(training_data_paths, str) else training_data_paths or ["data"]
        self._config_file = config_file
        self._domain_path = domain_path
        self._data = Path(paths[0])
        gazetteer = os.environ.get(GAZETTEER_VARIABLE) or gazetteer
        self._gazetteer = Path(gazetteer) if gazetteer else None

    def get_config(self) -> dict[str, Any]:
        """Return the content of ``config.yml``."""
        if not self._config_file:
            return {}
        return dict(rasa.shared.utils.io.read_model_configuration(self._config_file))

    def get_config_file_for_auto_config(self) -> str | None:
        """Return the configuration's path; nothing is ever configured automatically, as every key is given."""
        return self._config_file

    @cached_method
    def get_domain(self) -> Domain:
        """Return ``domain.yml`` with the reply ids that rules may utter, each without its text."""
        domain = Domain.empty()
        if self._domain_path:
            domain = domain.merge(read_domain(self._domain_path))
        ids = [reply_id for reply_id in reply_ids(self._data / "responses") if reply_id.startswith("utter_")]
        if not ids:
            return domain
        # A text that nobody reads: bot/nlg renders the catalogue's. Rasa only needs to know that the id exists.
        return domain.merge(Domain.from_dict({"responses": {reply_id: [{"text": ""}] for reply_id in sorted(ids)}}))

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Return rules and stories of all topics."""
        files = [
            str(path) for folder in ("rules", "stories") for path in sorted((self._data / folder).glob("**/*.yml"))
        ]
        return story_graph_from_paths(files, self.get_domain(), exclusion_percentage=exclusion_percentage)

    @cached_method
    def get_nlu_data(self, language: str | None = None) -> TrainingData:
        """Return the examples, word lists and names of all languages, whatever language is asked for."""
        folder = self._data / "nlu"
        unknown = [path for path in sorted(folder.glob("*")) if path.is_dir() and path.name not in LANGUAGES]
        if unknown:
            raise DataFileError(unknown[0], f"not a language of this assistant ({', '.join(LANGUAGES)})")
        parts = [_read(path, each) for each in LANGUAGES for path in sorted((folder / each).glob("*.yml"))]
        if self._gazetteer:
            parts.append(TrainingData(lookup_tables=read_gazetteer(self._gazetteer)))
        # Not TrainingData.merge for each file: it copies all that was read before.
        return TrainingData(
            training_examples=[example for part in parts for example in part.training_examples],
            lookup_tables=[table for part in parts for table in part.lookup_tables],
        )


def _read(path: Path, language: Language) -> TrainingData:
    if path.name == VOCABULARY_FILE:
        return TrainingData(lookup_tables=read_vocabulary(path, language))
    try:
        data = RasaYAMLReader().read(str(path))
    except RasaException as error:
        raise DataFileError(path, " ".join(str(error).split())) from error
    if not data.intent_examples:
        raise DataFileError(path, "no examples; expected nlu: with intent: and examples:")
    for message in data.training_examples:
        message.set(LANGUAGE_PROPERTY, language)
        if not str(message.get(TEXT) or "").strip():
            raise DataFileError(path, f"an empty example of {message.get('intent')}")
    return data
