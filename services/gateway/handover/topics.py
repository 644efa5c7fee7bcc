"""What a question is about, for the queue: the topics of ``data/gateway/hand_over.yml``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

OTHER: Final = "other"


class TopicsError(ValueError):
    """A file that cannot be used; the message names it and what is wrong."""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    owner: str
    topics: dict[str, list[str]] = Field(min_length=1)


class Topics:
    """Topics by the beginnings of intents."""

    def __init__(self, path: Path) -> None:
        """Read the file. Raises TopicsError."""
        try:
            content = _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        except (OSError, yaml.YAMLError, ValidationError) as error:
            raise TopicsError(f"{path}: {' '.join(str(error).split())}") from error
        self._topics = [(start, topic) for topic, starts in content.topics.items() for start in starts]

    def of(self, question: str | None) -> str:
        """Return the topic of an intent."""
        return next((topic for start, topic in self._topics if question and question.startswith(start)), OTHER)
