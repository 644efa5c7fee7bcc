"""The changes that can be made, each said by what it changes and not by where it stands, so that changes merge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kit.languages import Language
from services.studio.editing.errors import EditingError
from services.studio.editing.files import File

#: What of a reply can be changed beside its words.
Field = Literal["source", "valid_until"]


@dataclass(frozen=True)
class AddSentence:
    """One more training sentence; ``after`` is the one it follows ("" begins), at the end without."""

    language: Language
    topic: str
    intent: str
    text: str
    after: str | None = None

    @property
    def file(self) -> File:
        """The file that it changes."""
        return File("nlu", self.language, self.topic)


@dataclass(frozen=True)
class RemoveSentence:
    """A training sentence less."""

    language: Language
    topic: str
    intent: str
    text: str

    @property
    def file(self) -> File:
        """The file that it changes."""
        return File("nlu", self.language, self.topic)


@dataclass(frozen=True)
class ReplaceSentence:
    """A training sentence in other words, in the same place."""

    language: Language
    topic: str
    intent: str
    old: str
    new: str

    @property
    def file(self) -> File:
        """The file that it changes."""
        return File("nlu", self.language, self.topic)


@dataclass(frozen=True)
class ChangeText:
    """A reply's words; ``form`` is the plural category (``other`` of a text without plurals)."""

    language: Language
    topic: str
    reply: str
    form: str
    old: str
    new: str

    @property
    def file(self) -> File:
        """The file that it changes."""
        return File("responses", self.language, self.topic)


@dataclass(frozen=True)
class ChangeField:
    """A reply's source or the last day on which it holds (ISO); None is none."""

    language: Language
    topic: str
    reply: str
    name: Field
    old: str | None
    new: str | None

    @property
    def file(self) -> File:
        """The file that it changes."""
        return File("responses", self.language, self.topic)


@dataclass(frozen=True)
class AddTest:
    """One more sentence to test with, which is never learnt."""

    language: Language
    topic: str
    intent: str
    text: str

    @property
    def file(self) -> File:
        """The file that it changes."""
        return File("tests", self.language, self.topic)


SentenceEdit = AddSentence | RemoveSentence | ReplaceSentence
ReplyEdit = ChangeText | ChangeField
Edit = SentenceEdit | ReplyEdit | AddTest


class ConflictError(EditingError):
    """Somebody else has changed the same in the meantime: ``theirs`` is how it is now, None where it is gone."""

    code = "conflict"

    def __init__(self, edit: Edit, theirs: str | None, who: str | None = None) -> None:
        super().__init__(f"{edit.file.path}: changed by somebody else")
        self.edit = edit
        self.theirs = theirs
        self.who = who
