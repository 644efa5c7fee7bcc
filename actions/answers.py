"""An answer with facts: paragraphs, the decisive one first, then cards, and the source that the facts are from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from actions.city.models import Answer, Name, Words
from actions.speech import say, source_of
from kit.languages import Language
from kit.replies import Part, Value, name, text

_PARAGRAPHS: Final = {
    2: "paragraphs_2",
    3: "paragraphs_3",
    4: "paragraphs_4",
    5: "paragraphs_5",
    6: "paragraphs_6",
}


def paragraphs(parts: Sequence[Part]) -> Part:
    """Return several replies as one, each on a line of its own; there may be six."""
    if len(parts) == 1:
        return parts[0]
    return text(_PARAGRAPHS[len(parts)], **dict(zip("abcdef", parts, strict=False)))


def together(sentences: Sequence[Part]) -> Part:
    """Return several sentences as one paragraph; there is at least one."""
    first, *others = sentences
    for each in others:
        first = text("two_sentences", first=first, second=each)
    return first


def say_answer(
    dispatcher: CollectingDispatcher,
    parts: Sequence[Part],
    answer: Answer,
    *,
    cards: Sequence[dict[str, Any]] = (),
    options: Sequence[Part] = (),
    url: str | None = None,
    tasks: Sequence[Part] = (),
) -> None:
    """Say paragraphs with the source of their facts; sample data is said to be so."""
    said = paragraphs([*parts, text("sample_note")] if answer.source.sample else parts)
    source = source_of(answer, url)
    say(dispatcher, said["id"], cards=cards, options=options, source=source, tasks=tasks, **said["params"])


def at_start(words: str) -> str:
    """Return a name as it stands at the start of a sentence."""
    return words[:1].upper() + words[1:]


def worded(value: Words) -> Value:
    """Return a text of the façade, which may be in one language or in several, as a reply's parameter."""
    if isinstance(value, str):
        return value
    return merged(value)


def merged(values: Mapping[str, str]) -> Part:
    """Return one text that is known in some languages; the others read the first of these."""
    first = next(iter(values.values()))
    return name(values.get("fr") or first, values.get("nl") or first, values.get("en") or first)


def spoken(value: Name | Words, language: Language | None) -> str:
    """Return a text of the façade as it stands on a card, which holds plain data."""
    if isinstance(value, str):
        return value
    by_language = {"fr": value.fr, "nl": value.nl} if isinstance(value, Name) else value
    return by_language.get(language or "fr") or next(iter(by_language.values()))
