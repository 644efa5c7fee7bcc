"""Checks of training sentences before they are committed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kit.languages import Language
from kit.redaction import redact
from kit.text import fold
from services.studio.editing import markup, wording
from services.studio.editing.alike import Alike, Near
from services.studio.editing.edits import AddSentence, AddTest, ChangeField, ChangeText, Edit, ReplaceSentence
from services.studio.editing.findings import Finding
from services.studio.editing.heldout import HeldOut
from services.studio.editing.library import Snapshot

#: Characters of a sentence: the longest that residents write in one go.
MOST: Final = 500
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\ufeff]")
_SAME: Final = 100.0


def tidied(sentence: str) -> str:
    """Return a sentence as it is kept: on one line, without the dash of a list."""
    return " ".join(sentence.removeprefix("- ").split())


class Checks:
    """Looks at changes; what it finds is ``wrong``, or has to be looked at and confirmed."""

    def __init__(self, alike: Alike, held_out: HeldOut) -> None:
        self._alike = alike
        self._held_out = held_out

    def of(self, edits: Sequence[Edit], snapshot: Snapshot) -> list[Finding]:
        """Return what is found of changes that are made together."""
        found: list[Finding] = []
        for edit in edits:
            if isinstance(edit, AddSentence):
                found += self.of_sentence(snapshot, edit.language, edit.intent, edit.text)
            elif isinstance(edit, ReplaceSentence) and edit.new != edit.old:
                found += self.of_sentence(snapshot, edit.language, edit.intent, edit.new, instead_of=edit.old)
            elif isinstance(edit, AddTest):
                found += self.of_test(snapshot, edit.language, edit.text)
            elif isinstance(edit, ChangeField):
                found += wording.field_findings(edit)
        replies = dict.fromkeys(edit.reply for edit in edits if isinstance(edit, ChangeText))
        for reply in replies:
            texts = [edit for edit in edits if isinstance(edit, ChangeText) and edit.reply == reply]
            found += wording.text_findings(texts, snapshot)
        return found

    def of_sentence(
        self, snapshot: Snapshot, language: Language, intent: str, sentence: str, *, instead_of: str | None = None
    ) -> list[Finding]:
        """Return what is found of a sentence for an intent."""
        found = list(_of_itself(snapshot, language, sentence))
        if found:
            return found
        if self._held_out.has(markup.plain(sentence)):
            return [Finding("held_out", language=language)]
        if redact(sentence) != sentence:
            found.append(Finding("personal", "look", language))
        near = [each for each in self.near(snapshot, language, sentence) if each.placed.text != instead_of]
        return found + list(_like(near, intent, language))

    def of_test(self, snapshot: Snapshot, language: Language, sentence: str) -> list[Finding]:
        """Return what is found of a sentence to test with, which must not be learnt."""
        found = list(_of_itself(snapshot, language, sentence))
        if found:
            return found
        learnt = [each for each in self.near(snapshot, language, sentence) if each.score >= _SAME]
        if learnt:
            return [Finding("learnt", language=language, params={"intent": learnt[0].placed.intent})]
        return [Finding("personal", "look", language)] if redact(sentence) != sentence else []

    def near(self, snapshot: Snapshot, language: Language, sentence: str) -> list[Near]:
        """Return the sentences that are nearly the same."""
        return self._alike.find(snapshot, language, sentence)


def _of_itself(snapshot: Snapshot, language: Language, sentence: str) -> Iterator[Finding]:
    if not fold(markup.plain(sentence)) and not sentence.strip():
        yield Finding("sentence_empty", language=language)
    elif len(sentence) > MOST:
        yield Finding("sentence_too_long", language=language, params={"most": MOST, "count": len(sentence)})
    elif _CONTROL.search(sentence):
        yield Finding("sentence_control", language=language)
    elif part := markup.fault(sentence, snapshot.entities):
        yield Finding("sentence_mark", language=language, params={"part": part})


def _like(near: Sequence[Near], intent: str, language: Language) -> Iterator[Finding]:
    for each in near:
        other: dict[str, object] = {"sentence": each.placed.text, "intent": each.placed.intent}
        if each.score >= _SAME:
            code = "sentence_there" if each.placed.intent == intent else "sentence_elsewhere"
            yield Finding(code, language=language, params=other)
        elif each.placed.intent != intent:
            yield Finding("sentence_near", "look", language, other)
