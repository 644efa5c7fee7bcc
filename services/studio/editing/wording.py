"""Checks of reply texts: what ``bxl check`` asks of them, said before they are committed."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from kit.languages import LANGUAGES, OFFICIAL, Language
from services.studio.editing.edits import ChangeField, ChangeText
from services.studio.editing.findings import Finding
from services.studio.editing.library import Snapshot
from services.studio.editing.replies import Reply

#: Characters of a text; Telegram takes 4096 in a message, with everything around.
MOST: Final = 1500
_MARKUP: Final = re.compile(r"<\s*[a-z/!?]|javascript\s*:|\bon\w+\s*=\s*[\"']|&#?\w+;", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029\u200b-\u200f\u202a-\u202e\ufeff]")
_PICTURE: Final = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_INFORMAL: Final[Mapping[Language, re.Pattern[str]]] = {
    "fr": re.compile(r"\b(?:tu|toi|ton|ta|tes|t')\b", re.IGNORECASE),
    "nl": re.compile(r"\b(?:je|jij|jouw|jullie)\b", re.IGNORECASE),
}
_NUMBER: Final = re.compile(r"\b(?:0\d{1,3}(?: \d{2,4})+|1\d{2,3})\b")
_WORDLESS: Final = re.compile(r"(?:\{\w+\}|[\W\d_])*")
_SOURCE: Final = re.compile(r"https?://[^\s,\[\]{}#<>\"'&]+\.[^\s,\[\]{}#<>\"'&]+")


def placeholders(text: str) -> frozenset[str]:
    """Return the names of a text's placeholders. Raises ValueError where the braces are not in order."""
    names = set()
    for _, name, spec, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if spec or conversion or not name.isidentifier():
            raise ValueError(name)
        names.add(name)
    return frozenset(names)


def text_findings(edits: Sequence[ChangeText], snapshot: Snapshot) -> list[Finding]:
    """Return what is found of a reply's new texts; ``edits`` are all of one reply."""
    if not edits:
        return []
    reply_id = edits[0].reply
    found = [finding for edit in edits for finding in _alone(edit, snapshot)]
    if any(finding.level == "wrong" for finding in found):
        return found
    _, now = snapshot.texts.get(reply_id, ("", {}))
    return [*found, *_together(edits, now)]


def field_findings(edit: ChangeField) -> list[Finding]:
    """Return what is found of a new source or last day."""
    if edit.new is None:
        return []
    fits = _SOURCE.fullmatch(edit.new) if edit.name == "source" else _is_day(edit.new)
    return [] if fits else [Finding(f"{edit.name}_shape", language=edit.language)]


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _alone(edit: ChangeText, snapshot: Snapshot) -> Iterator[Finding]:
    text, language = edit.new, edit.language
    if not text.strip():
        yield Finding("text_empty", language=language)
        return
    if len(text) > MOST:
        yield Finding("text_too_long", language=language, params={"most": MOST, "count": len(text)})
        return
    if _CONTROL.search(text):
        yield Finding("text_control", language=language)
    if _MARKUP.search(text):
        yield Finding("text_markup", language=language)
    yield from _gaps(edit, snapshot)
    if "!" in text:
        yield Finding("text_exclaims", language=language)
    if _PICTURE.search(text):
        yield Finding("text_picture", language=language)
    if "  " in text or text != text.strip():
        yield Finding("text_spaces", language=language)
    informal = _INFORMAL.get(language)
    if informal and (word := informal.search(text)):
        yield Finding("text_informal", language=language, params={"word": word[0]})


def _gaps(edit: ChangeText, snapshot: Snapshot) -> Iterator[Finding]:
    try:
        names = placeholders(edit.new)
    except ValueError:
        yield Finding("text_braces", language=edit.language)
        return
    known = known_placeholders(snapshot, edit.reply)
    if unknown := sorted(names - known):
        yield Finding("text_unknown", language=edit.language, params={"names": _listed(unknown)})
    if missing := sorted(known - names):
        yield Finding("text_missing", language=edit.language, params={"names": _listed(missing)})


def known_placeholders(snapshot: Snapshot, reply_id: str) -> frozenset[str]:
    """Return what the assistant fills in a reply: what its texts of now have."""
    _, texts = snapshot.texts.get(reply_id, ("", {}))
    names: set[str] = set()
    for reply in texts.values():
        for text in reply.forms.values():
            try:
                names |= placeholders(text)
            except ValueError:
                continue
    return frozenset(names)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def _together(edits: Sequence[ChangeText], now: Mapping[Language, Reply]) -> Iterator[Finding]:
    """Yield what is found of the languages side by side."""
    before = {language: dict(reply.forms) for language, reply in now.items()}
    after = {language: dict(forms) for language, forms in before.items()}
    for edit in edits:
        after.setdefault(edit.language, {})[edit.form] = edit.new
    for language in (each for each in LANGUAGES if not any(after.get(each, {}).values())):
        yield Finding("text_lacks", language=language)
    if _numbers_agree(before) and not _numbers_agree(after):
        yield Finding("text_numbers")
    for place, language in enumerate(LANGUAGES):
        for other in LANGUAGES[:place]:
            same = after.get(language) == after.get(other) and before.get(language) != before.get(other)
            if same and not all(_WORDLESS.fullmatch(text) for text in after[language].values()):
                yield Finding("text_copied", language=language)
    changed = {edit.language for edit in edits if edit.new != edit.old}
    for language, other in (OFFICIAL, OFFICIAL[::-1]):
        if language in changed and other not in changed:
            yield Finding("text_one_language", "look", other)


def _numbers_agree(texts: Mapping[Language, Mapping[str, str]]) -> bool:
    found = {frozenset(_NUMBER.findall(" ".join(forms.values()))) for forms in texts.values()}
    return len(found) <= 1
