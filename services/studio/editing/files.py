"""Where sentences and texts stand in the repository, and how a file of them is looked at: nodes with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

import yaml

from kit.languages import Language
from services.studio.editing.errors import BrokenFileError

Kind = Literal["nlu", "responses", "tests"]

#: Of ``data/nlu``, but no sentences: word lists, which stand on their own.
VOCABULARY: Final = "vocabulary"
#: What may name a topic's file.
TOPIC: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PATH: Final = re.compile(r"data/(nlu|responses)/(fr|nl|en)/([a-z][a-z0-9_]{0,39})\.yml")
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, order=True)
class File:
    """A topic's file in one language: sentences to learn, texts, or sentences to test with."""

    kind: Kind
    language: Language
    topic: str

    @property
    def path(self) -> str:
        """The path in the repository."""
        folder = "tests/nlu" if self.kind == "tests" else f"data/{self.kind}"
        return f"{folder}/{self.language}/{self.topic}.yml"


def file_of(path: str) -> File | None:
    """Return the file of a path in the repository; None where it holds neither sentences nor texts."""
    found = _PATH.fullmatch(path)
    if found is None or (found[1], found[3]) == ("nlu", VOCABULARY):
        return None
    kind, language = cast("Kind", found[1]), cast("Language", found[2])
    return File(kind, language, found[3])


def composed(content: str, path: str) -> yaml.MappingNode:
    """Return a file's nodes, each with where it begins and ends. Raises BrokenFileError."""
    try:
        node = yaml.compose(content, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise BrokenFileError(path, error.problem or "not YAML", line) from error
    except yaml.YAMLError as error:
        raise BrokenFileError(path, " ".join(str(error).split())) from error
    if not isinstance(node, yaml.MappingNode):
        raise BrokenFileError(path, "expected a mapping at the top", 1)
    return node


def children(node: yaml.MappingNode, path: str) -> dict[str, tuple[yaml.ScalarNode, Any]]:
    """Return a mapping's keys and values by the keys' names. Raises BrokenFileError where a key stands twice."""
    found: dict[str, tuple[yaml.ScalarNode, Any]] = {}
    for key, value in node.value:
        if key.value in found:
            raise BrokenFileError(path, f"{key.value} stands twice", key.start_mark.line + 1)
        found[key.value] = (key, value)
    return found


def child(node: yaml.MappingNode, name: str, kind: type[yaml.Node], path: str) -> Any:
    """Return a mapping's value of a kind. Raises BrokenFileError."""
    _, value = children(node, path).get(name, (None, None))
    if not isinstance(value, kind):
        raise BrokenFileError(path, f"expected the key {name!r}", node.start_mark.line + 1)
    return value
