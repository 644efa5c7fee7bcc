"""The messages of commits: what was changed, in the shape of Conventional Commits, and why, in the editor's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kit.languages import LANGUAGES
from kit.redaction import redact
from services.studio.editing.edits import (
    AddSentence,
    AddTest,
    ChangeField,
    ChangeText,
    Edit,
    RemoveSentence,
    ReplaceSentence,
)

#: Characters of a reason.
MOST_WHY: Final = 500
REVERTS: Final = "This reverts commit"


def message(edits: Sequence[Edit], why: str) -> str:
    """Return the message of a commit with these changes."""
    return "\n\n".join(filter(None, (_subject(edits), reason(why)))) + "\n"


def revert_message(subject: str, commit: str, why: str) -> str:
    """Return the message of a commit that takes another one back."""
    return "\n\n".join(filter(None, (f"revert: {subject}", reason(why), f"{REVERTS} {commit}."))) + "\n"


def reason(why: str) -> str:
    """Return a reason as one line that git takes for nothing else, without numbers and addresses of people."""
    printable = "".join(character if character.isprintable() else " " for character in why)
    return redact(" ".join(printable.split())[:MOST_WHY])


def _subject(edits: Sequence[Edit]) -> str:
    of = [edit for edit in edits if isinstance(edit, AddSentence | RemoveSentence | ReplaceSentence)]
    languages = ", ".join(each for each in LANGUAGES if any(edit.language == each for edit in edits))
    tests = [edit for edit in edits if isinstance(edit, AddTest)]
    if tests:
        count = "a sentence" if len(tests) == 1 else f"{len(tests)} sentences"
        return f"test(nlu): add {count} of {_named(list(dict.fromkeys(each.intent for each in tests)))} ({languages})"
    if not of:
        replies = list(dict.fromkeys(edit.reply for edit in edits if isinstance(edit, ChangeText | ChangeField)))
        return f"fix(responses): change {_named(replies)} ({languages})"
    verbs = {AddSentence: ("add", "to"), RemoveSentence: ("remove", "from"), ReplaceSentence: ("reword", "of")}
    kinds = {type(edit) for edit in of}
    verb, where = verbs[kinds.pop()] if len(kinds) == 1 else ("change", "of")
    count = "a sentence" if len(of) == 1 else f"{len(of)} sentences"
    intents = list(dict.fromkeys(edit.intent for edit in of))
    return f"feat(nlu): {verb} {count} {where} {_named(intents)} ({languages})"


def _named(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
