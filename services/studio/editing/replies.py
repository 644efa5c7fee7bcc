"""The reply texts of a file: read with their places, and changed in place, every other byte kept."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import yaml

from services.studio.editing.edits import ChangeField, ChangeText, ConflictError, ReplyEdit
from services.studio.editing.errors import BrokenFileError, GoneError
from services.studio.editing.files import child, children, composed

#: The form of a text without plurals, and of one with them where there are many.
OTHER: Final = "other"
_WIDTH: Final = 120
#: As much of a text as stands on one line with its key.
_SHORT: Final = 100
_PLAIN: Final = re.compile(r"https?://[^\s,\[\]{}#]+|\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Reply:
    """What the assistant says for an id, in one language."""

    id: str
    #: By plural category.
    forms: dict[str, str]
    owner: str | None
    source: str | None
    valid_until: date | None


def read(content: str, path: str) -> dict[str, Reply]:
    """Return a file's texts by their ids. Raises BrokenFileError."""
    return {reply_id: _reply(reply_id, entry, path) for reply_id, (_, entry) in _entries(content, path).items()}


def applied(content: str, edit: ReplyEdit, path: str) -> str:
    """Return a file's content with a change made; the same where it was made already.

    Raises BrokenFileError, ConflictError, GoneError.
    """
    entries = _entries(content, path)
    if edit.reply not in entries:
        raise GoneError(f"{path}: no text {edit.reply}")
    entry = entries[edit.reply][1]
    made = _worded(content, entry, edit, path) if isinstance(edit, ChangeText) else _set(content, entry, edit, path)
    read(made, path)  # raises where the change would have broken the file
    return made


def _entries(content: str, path: str) -> dict[str, tuple[yaml.ScalarNode, Any]]:
    return children(child(composed(content, path), "replies", yaml.MappingNode, path), path)


def _reply(reply_id: str, entry: yaml.Node, path: str) -> Reply:
    line = entry.start_mark.line + 1
    if not isinstance(entry, yaml.MappingNode):
        raise BrokenFileError(path, f"{reply_id} needs 'text' and 'owner'", line)
    fields = children(entry, path)

    def plain(name: str) -> str | None:
        return str(fields[name][1].value) if name in fields else None

    end = plain("valid_until")
    try:
        until = date.fromisoformat(end) if end else None
    except ValueError as error:
        raise BrokenFileError(path, f"{reply_id}: {end!r} is no day such as 2027-01-31", line) from error
    return Reply(
        reply_id, {form: node.value.strip() for form, node in _forms(entry, path, reply_id).items()},
        plain("owner"), plain("source"), until,
    )  # fmt: skip


def _forms(entry: yaml.MappingNode, path: str, reply_id: str) -> dict[str, yaml.ScalarNode]:
    _, text = children(entry, path).get("text", (None, None))
    if isinstance(text, yaml.ScalarNode) and text.value.strip():
        return {OTHER: text}
    if isinstance(text, yaml.MappingNode):
        forms = {form: node for form, (_, node) in children(text, path).items()}
        if OTHER in forms and all(isinstance(node, yaml.ScalarNode) for node in forms.values()):
            return forms
    raise BrokenFileError(
        path, f"{reply_id} needs 'text': a sentence, or one a plural form with 'other'", entry.start_mark.line + 1
    )


def _worded(content: str, entry: yaml.MappingNode, edit: ChangeText, path: str) -> str:
    node = _forms(entry, path, edit.reply).get(edit.form)
    if node is None:
        raise GoneError(f"{path}: {edit.reply} has no form {edit.form}")
    now = node.value.strip()
    if now == edit.new:
        return content
    if now != edit.old:
        raise ConflictError(edit, now)
    first, last = _span(content, node)
    return content[:first] + _scalar(content, node, edit.new) + content[last:]


def _span(content: str, node: yaml.Node) -> tuple[int, int]:
    """Return where a value begins and ends; the breaks after a block of lines are not part of it."""
    first, last = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        last = first + len(content[first:last].rstrip())
    return first, last


def _scalar(content: str, node: yaml.ScalarNode, text: str) -> str:
    """Return a text as YAML: a block of lines where it was one and is still long, else in double quotes."""
    if node.style in {"|", ">"} and (len(text) > _SHORT or "\n" in text):
        first = content.index("\n", node.start_mark.index) + 1
        indent = re.match(r"[ \r\n]*?( *)\S", content[first:])
        margin = indent[1] if indent else " " * 6
        wrapped = textwrap.wrap(text, _WIDTH - len(margin), break_long_words=False, break_on_hyphens=False)
        lines, mark = (text.split("\n"), "|-") if "\n" in text else (wrapped, ">-")
        return "\n".join([mark, *(f"{margin}{line}" if line else "" for line in lines)])
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _set(content: str, entry: yaml.MappingNode, edit: ChangeField, path: str) -> str:
    there = children(entry, path).get(edit.name)
    now = str(there[1].value) if there else None
    if now == edit.new:
        return content
    if now != edit.old:
        raise ConflictError(edit, now)
    if edit.new is not None and not _PLAIN.fullmatch(edit.new):
        raise ValueError(f"{edit.new!r} is neither an address nor a day")
    if edit.new is None:
        return _without(content, entry, edit.name)
    if there:
        first, last = _span(content, there[1])
        return content[:first] + edit.new + content[last:]
    end = _span(content, entry.value[-1][1])[1]
    end = _end(content, entry.value[-1][1], end)
    between = ", " if entry.flow_style else "\n" + " " * entry.value[0][0].start_mark.column
    return f"{content[:end]}{between}{edit.name}: {edit.new}{content[end:]}"


def _end(content: str, node: yaml.Node, end: int) -> int:
    """Return where a value ends: a mapping of lines ends with the last of its values."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        last = node.value[-1][1]
        return _end(content, last, _span(content, last)[1])
    return end


def _without(content: str, entry: yaml.MappingNode, name: str) -> str:
    place = next(number for number, (key, _) in enumerate(entry.value) if key.value == name)
    key, value = entry.value[place]
    end = _span(content, value)[1]
    if entry.flow_style:
        if place == 0:
            return content[: key.start_mark.index] + content[entry.value[1][0].start_mark.index :]
        before = entry.value[place - 1][1]
        return content[: _span(content, before)[1]] + content[end:]
    first = content.rindex("\n", 0, key.start_mark.index) + 1
    last = content.find("\n", end)
    return content[:first] + content[last + 1 if last >= 0 else len(content) :]
