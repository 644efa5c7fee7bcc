"""The held-out sentences in ``tests/nlu/<lang>/<topic>.yml``, written apart from the training sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from kit.languages import LANGUAGES, Language

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "nlu"


@dataclass(frozen=True)
class Sentence:
    """A sentence with what has to be understood of it."""

    text: str
    language: Language
    topic: str
    intent: str
    entities: dict[str, str] = field(default_factory=dict)


def load(folder: Path = FOLDER) -> list[Sentence]:
    """Return every held-out sentence; raise ValueError with path and reason for a file of another shape."""
    sentences = []
    for language in LANGUAGES:
        for path in sorted((folder / language).glob("*.yml")):
            for number, item in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")) or [], start=1):
                try:
                    sentences.append(
                        Sentence(
                            text=item["text"],
                            language=language,
                            topic=path.stem,
                            intent=item["intent"],
                            entities={name: str(value) for name, value in (item.get("entities") or {}).items()},
                        )
                    )
                except (KeyError, TypeError) as error:
                    raise ValueError(f"{path}: item {number}: {error!r}") from error
    return sentences
