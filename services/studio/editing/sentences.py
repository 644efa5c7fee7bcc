"""The training sentences of a file: read with their lines, and changed line by line, every other byte kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

import yaml

from services.studio.editing.edits import (
    AddSentence,
    ConflictError,
    RemoveSentence,
    ReplaceSentence,
    SentenceEdit,
)
from services.studio.editing.errors import BrokenFileError, GoneError, LastSentenceError
from services.studio.editing.files import child, children, composed

_INDENT: Final = " " * 6


@dataclass(frozen=True)
class Block:
    """The sentences of an intent that stand together; an intent may have several blocks."""

    intent: str
    sentences: tuple[str, ...]
    #: Number of each sentence's line, from 0, and of the line that begins the block.
    lines: tuple[int, ...]
    begins: int


def read(content: str, path: str) -> list[Block]:
    """Return a file's blocks. Raises BrokenFileError."""
    lines = content.split("\n")
    items = child(composed(content, path), "nlu", yaml.SequenceNode, path).value
    return [block for item in items if (block := _block(content, lines, item, path)) is not None]


def of_intent(blocks: Sequence[Block], intent: str) -> list[str]:
    """Return an intent's sentences."""
    return [text for block in blocks if block.intent == intent for text in block.sentences]


def applied(content: str, edit: SentenceEdit, path: str) -> str:
    """Return a file's content with a change made; the same where it was made already.

    Raises BrokenFileError, ConflictError, GoneError, LastSentenceError.
    """
    blocks = [block for block in read(content, path) if block.intent == edit.intent]
    lines = content.split("\n")
    if isinstance(edit, AddSentence):
        changed = _added(lines, blocks, edit)
    elif isinstance(edit, RemoveSentence):
        changed = _removed(lines, blocks, edit)
    else:
        changed = _replaced(lines, blocks, edit)
    made = "\n".join(changed)
    read(made, path)  # raises where the change would have broken the file
    return made


def became(before: Sequence[str], after: Sequence[str], sentence: str) -> str | None:
    """Return what a sentence became from one list to the next; None where it is gone."""
    for tag, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "replace" and sentence in before[first:last]:
            place = start + before[first:last].index(sentence)
            return after[min(place, end - 1)]
    return None


def _block(content: str, lines: list[str], item: yaml.Node, path: str) -> Block | None:
    if not isinstance(item, yaml.MappingNode):
        raise BrokenFileError(path, "expected '- intent:' with 'examples:'", item.start_mark.line + 1)
    found = children(item, path)
    if "intent" not in found:
        return None  # a synonym or a list of words, which are not sentences
    intent = child(item, "intent", yaml.ScalarNode, path).value
    examples = child(item, "examples", yaml.ScalarNode, path)
    begins = content.count("\n", 0, examples.start_mark.index)
    if examples.style != "|":
        raise BrokenFileError(path, f"the sentences of {intent} have to follow 'examples: |'", begins + 1)
    expected = [line for line in examples.value.split("\n") if line.strip()]
    numbers = [
        number
        for number in range(begins + 1, content.count("\n", 0, examples.end_mark.index) + 1)
        if lines[number].strip()
    ][: len(expected)]
    for number, said in zip(numbers, expected, strict=True):
        if not said.startswith("- ") or lines[number].strip() != said.strip():
            raise BrokenFileError(path, f"expected '- ' and a sentence of {intent}", number + 1)
    return Block(intent, tuple(said[2:].strip() for said in expected), tuple(numbers), begins)


def _find(blocks: Sequence[Block], text: str) -> tuple[Block, int] | None:
    for block in blocks:
        if text in block.sentences:
            return block, block.lines[block.sentences.index(text)]
    return None


def _written(model: str, text: str) -> str:
    """Return a sentence's line, indented and ended as another one."""
    indent = model[: len(model) - len(model.lstrip())] or _INDENT
    return f"{indent}- {text}" + ("\r" if model.endswith("\r") else "")


def _added(lines: list[str], blocks: Sequence[Block], edit: AddSentence) -> list[str]:
    if _find(blocks, edit.text):
        return lines
    if not blocks:
        end = len(lines) - 1 if not lines[-1].strip() else len(lines)
        return [*lines[:end], f"  - intent: {edit.intent}", "    examples: |", f"{_INDENT}- {edit.text}", ""]
    last = blocks[-1]
    at = last.lines[-1] + 1 if last.lines else last.begins + 1
    if edit.after == "":
        at = blocks[0].begins + 1
    elif edit.after is not None and (there := _find(blocks, edit.after)):
        at = there[1] + 1
    model = lines[last.lines[-1]] if last.lines else _INDENT
    return [*lines[:at], _written(model, edit.text), *lines[at:]]


def _removed(lines: list[str], blocks: Sequence[Block], edit: RemoveSentence) -> list[str]:
    there = _find(blocks, edit.text)
    if there is None:
        return lines
    block, number = there
    if len(block.sentences) == 1:
        raise LastSentenceError(f"{edit.file.path}: the only sentence of {edit.intent}", intent=edit.intent)
    return [*lines[:number], *lines[number + 1 :]]


def _replaced(lines: list[str], blocks: Sequence[Block], edit: ReplaceSentence) -> list[str]:
    if not blocks:
        raise GoneError(f"{edit.file.path}: no intent {edit.intent}")
    there = _find(blocks, edit.old)
    if there is None:
        if _find(blocks, edit.new):
            return lines
        raise ConflictError(edit, None)
    number = there[1]
    return [*lines[:number], _written(lines[number], edit.new), *lines[number + 1 :]]
