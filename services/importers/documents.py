"""Reads files of checked documents: YAML whose faults are named by file, line and reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from services.city.core.datasets import ImportReport
from services.importers.base import ImportRefusedError

Document = TypeVar("Document", bound=BaseModel)


@dataclass(frozen=True)
class YamlFile:
    """A file's mapping, and its nodes, which know their lines."""

    path: Path
    content: dict[str, Any]
    node: yaml.Node

    @property
    def as_of(self) -> date | None:
        """The day of which the file says that its facts are."""
        value = self.content.get("as_of")
        return value if isinstance(value, date) else None


def read_yaml(path: Path) -> YamlFile:
    """Read a file whose top level is a mapping.

    Raises ImportRefusedError where it cannot be read, is not UTF-8, not YAML, or not a mapping.
    """
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except OSError as error:
        raise ImportRefusedError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ImportRefusedError(f"{path}: not UTF-8 (byte {error.start})") from error
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ImportRefusedError(f"{path}{line}: not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise ImportRefusedError(f"{path}: not YAML: {error}") from error
    if not isinstance(content, dict) or node is None:
        raise ImportRefusedError(f"{path}: not a mapping")
    return YamlFile(path, content, node)


def each(file: YamlFile, key: str, shape: type[Document], report: ImportReport) -> Iterator[tuple[Document, int]]:
    """Yield the documents of the list under ``key`` with their lines; those at fault become problems instead."""
    entries = file.content.get(key)
    if not isinstance(entries, list):
        raise ImportRefusedError(f"{file.path}: no list under {key!r}")
    for entry, line in zip(entries, _lines(file.node, key), strict=True):
        try:
            yield shape.model_validate(entry), line
        except ValidationError as error:
            for fault in error.errors():
                where = ".".join(map(str, fault["loc"]))
                report.problem(file.path.name, line, f"{where}: {fault['msg']}" if where else fault["msg"])


def line_of(file: YamlFile, where: tuple[int | str, ...]) -> int:
    """Return the line of a field, or of the innermost part around it that is there."""
    node = file.node
    for step in where:
        if isinstance(node, yaml.MappingNode):
            inner = next((value for key, value in node.value if key.value == str(step)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            inner = node.value[step]
        else:
            inner = None
        if inner is None:
            break
        node = inner
    return int(node.start_mark.line) + 1


def _lines(node: yaml.Node, key: str) -> list[int]:
    for name, value in node.value:
        if name.value == key:
            return [item.start_mark.line + 1 for item in value.value]
    return []
