"""Reads public intent data: CLINC150's ``data_full.json``, and JSONL of ``{text, intent, language?, split}``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.measures import OUT_OF_SCOPE

SPLITS = ("train", "val", "test")
_CLINC = "data_full.json"
_OOS = "oos"
#: What other collections call these.
_ALSO = {"valid": "val", "validation": "val", "dev": "val", "testing": "test", "training": "train"}
_OUT = frozenset({_OOS, OUT_OF_SCOPE})


@dataclass(frozen=True)
class Item:
    """A sentence with its intent (``out_of_scope`` for what has none), its split and, where told, its language."""

    text: str
    intent: str
    split: str
    language: str = ""


@dataclass(frozen=True)
class Dataset:
    """Items under the name of their file."""

    name: str
    items: list[Item]

    def of(self, split: str) -> list[Item]:
        """Return the items of a split."""
        return [item for item in self.items if item.split == split]


def load(folder: Path) -> list[Dataset]:
    """Return every dataset in a folder; raise ValueError with path and reason for one that cannot be used."""
    if not folder.is_dir():
        raise ValueError(f"{folder}: no such folder")
    readers = [(folder / _CLINC, _clinc)] if (folder / _CLINC).is_file() else []
    readers += [(path, _lines) for path in sorted(folder.glob("*.jsonl"))]
    if not readers:
        raise ValueError(f"{folder}: neither {_CLINC} nor *.jsonl in it")
    return [_checked(path, reader(path)) for path, reader in readers]


def _checked(path: Path, items: Iterator[Item]) -> Dataset:
    dataset = Dataset(path.stem, list(items))
    for split in ("train", "test"):
        if not dataset.of(split):
            raise ValueError(f"{path}: no sentence of split {split}")
    if len({item.intent for item in dataset.of("train")}) == 1:
        raise ValueError(f"{path}: one intent only")
    return dataset


def _clinc(path: Path) -> Iterator[Item]:
    try:
        for name, pairs in json.loads(path.read_text(encoding="utf-8")).items():
            for text, intent in pairs:
                yield _item(text, intent, name)
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError(f"{path}: not the shape of CLINC150: {error}") from error


def _lines(path: Path) -> Iterator[Item]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                item = json.loads(line)
                yield _item(item["text"], item["intent"], item["split"], item.get("language") or "")
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                reason = "needs text, intent and split" if isinstance(error, KeyError | TypeError) else str(error)
                raise ValueError(f"{path}:{number}: {reason}") from error


def _item(text: Any, intent: Any, split: Any, language: Any = "") -> Item:
    """Return an item; a split ``oos_test``, or one of its other names, is ``test`` out of scope."""
    if not all(isinstance(value, str) for value in (text, intent, split, language)):
        raise ValueError("text, intent, split and language are strings")
    outside = intent in _OUT or split.startswith(f"{_OOS}_")
    split = split.removeprefix(f"{_OOS}_")
    split = _ALSO.get(split, split)
    if split == _OOS:
        outside, split = True, "test"
    if split not in SPLITS:
        raise ValueError(f"split {split!r} is none of {', '.join(SPLITS)}, {_OOS}")
    return Item(text, OUT_OF_SCOPE if outside else intent, split, language)
