"""The assistant's approved reply texts as operators search them: statements, without buttons, labels and questions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

from kit.languages import LANGUAGES, Language
from services.common.ranking import Ranking
from services.desk.approved import Approved
from services.desk.knowing import TOPICS, Known, Sought

#: What begins the id of such an item.
PREFIX: Final = "answer:"

#: A statement has so many words of its own, and no more gaps than that.
_LEAST_WORDS: Final = 5
_MOST_GAPS: Final = 3
_GAP: Final = re.compile(r"\{[^{}]*\}")
_WORD: Final = re.compile(r"\w{2,}")
#: Asks the resident for something.
_ASKING: Final = "ask_"


class ReplyTexts:
    """The reply texts, ready to be searched, as they are now."""

    def __init__(self, approved: Approved) -> None:
        self._approved = approved
        self._made = (approved.entries, _Searchable(approved))

    def search(self, sought: Sought) -> list[Known]:
        """Return what fits, best first; everything in the files' order without words."""
        return self._now().search(sought)

    def by_ids(self, ids: Sequence[str]) -> list[Known]:
        """Return those of these ids that there are."""
        return self._now().by_ids(ids)

    def _now(self) -> _Searchable:
        entries = self._approved.entries
        if self._made[0] is not entries:
            self._made = (entries, _Searchable(self._approved))
        return self._made[1]


class _Searchable:
    """The texts of one time."""

    def __init__(self, approved: Approved) -> None:
        self._known = {each.id: each for each in map(_known, approved.texts()) if each is not None}

    def search(self, sought: Sought) -> list[Known]:
        """Return what fits, best first; everything in the files' order without words."""
        if sought.kind not in {None, "answer"}:
            return []
        wanted = {key: each for key, each in self._known.items() if sought.topic in {None, each.topic}}
        if not sought.words:
            return list(wanted.values())
        ranked = self._rankings[sought.language].search(sought.words, within=wanted)
        return [replace(wanted[each.id], score=each.score) for each in ranked]

    def by_ids(self, ids: Sequence[str]) -> list[Known]:
        """Return those of these ids that there are."""
        return [self._known[each] for each in ids if each in self._known]

    @cached_property
    def _rankings(self) -> Mapping[Language | None, Ranking]:
        found: dict[Language | None, Ranking] = {
            None: Ranking({key: [(1.0, text) for text in each.texts.values()] for key, each in self._known.items()})
        }
        for language in LANGUAGES:
            found[language] = Ranking({key: [(1.0, each.texts[language])] for key, each in self._known.items()})
        return found


def _known(entry: tuple[str, Mapping[Language, Mapping[str, Any]]]) -> Known | None:
    """Return a text as it is searched, or None where it is no statement."""
    text_id, by_language = entry
    texts = {language: _text(each.get("text")) for language, each in by_language.items()}
    if text_id.startswith(_ASKING) or not all(_is_statement(text) for text in texts.values()):
        return None
    first = by_language[LANGUAGES[0]]
    owner = str(first.get("owner") or "city")
    source, end = first.get("source"), first.get("valid_until")
    return Known(
        id=f"{PREFIX}{text_id}",
        kind="answer",
        topic=owner if owner in TOPICS else "city",
        titles={},
        texts={language: _GAP.sub("…", text) for language, text in texts.items()},
        urls=dict.fromkeys(LANGUAGES, str(source)) if source else None,
        owner=owner,
        valid_until=str(end) if end else None,
    )


def _text(text: object) -> str:
    """Return the text, of one with several numbers that of many."""
    return str(text.get("other", "")) if isinstance(text, Mapping) else str(text or "")


def _is_statement(text: str) -> bool:
    ends = text.rstrip().endswith((".", ".”", "»", "’", ")"))
    return ends and len(_GAP.findall(text)) <= _MOST_GAPS and len(_WORD.findall(_GAP.sub("", text))) >= _LEAST_WORDS
