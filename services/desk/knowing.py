"""What the desk needs of the city's knowledge: found by words or by id, in each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol, get_args

from kit.languages import Language
from services.desk.helping import Source

Kind = Literal["answer", "procedure", "contact", "message"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
Topic = Literal["transport", "waste", "permits", "city"]
TOPICS: Final[tuple[Topic, ...]] = get_args(Topic)

Texts = Mapping[Language, str]


@dataclass(frozen=True)
class Known:
    """Something that is written down; a text may be missing in a language."""

    id: str
    kind: Kind
    topic: Topic
    titles: Texts
    texts: Texts
    #: The sides of a procedure (documents, cost, …), each with its texts.
    sides: tuple[tuple[str, Texts], ...] = ()
    phone: str | None = None
    email: str | None = None
    addresses: Texts | None = None
    urls: Texts | None = None
    source: Source | None = None
    owner: str | None = None
    valid_until: str | None = None
    #: How well it fits, 0 to 100.
    score: float = 0.0


@dataclass(frozen=True)
class Sought:
    """What is looked for; None and an empty text leave it open."""

    words: str = ""
    kind: Kind | None = None
    topic: Topic | None = None
    #: The language whose words are searched.
    language: Language | None = None


class KnowledgeDownError(Exception):
    """The city cannot be asked."""


class CityKnowledge(Protocol):
    """Finds what the city knows: procedures, rules, contacts, messages."""

    async def search(self, sought: Sought, limit: int) -> tuple[Sequence[Known], int]:
        """Return what fits, best first, and how much there is. Raises KnowledgeDownError."""
        ...

    async def by_ids(self, ids: Sequence[str]) -> Sequence[Known]:
        """Return what has these ids, as far as there is such. Raises KnowledgeDownError."""
        ...
