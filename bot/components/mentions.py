"""Mentions: what a sentence names, before its intent says what each name is used for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypedDict

from rasa.shared.nlu.training_data.message import Message

MENTIONS: Final = "mentions"

#: The message property with the positions of words that no language has: names, perhaps, or typing errors.
UNFAMILIAR: Final = "unfamiliar_words"

#: The message property with the positions of words that no list has as they are spelt: also slight misspellings.
MISSPELT: Final = "misspelt_words"

#: Kinds of places, which the gazetteer knows.
PLACES: Final = frozenset({"street", "stop", "commune", "locality", "landmark", "address"})


class Mention(TypedDict):
    """A span of the original text.

    ``kinds`` are all that it may be ("Flagey": stop and street). ``value`` is the normalised value. ``strong`` is
    False where the words are common ones and only an intent that needs such a name makes them a name.
    """

    kinds: list[str]
    start: int
    end: int
    value: str
    strong: bool
    source: str


def mention(kinds: Iterable[str], start: int, end: int, value: str, source: str, *, strong: bool = True) -> Mention:
    """Return a mention; kinds are sorted, so that equal mentions are equal."""
    return {"kinds": sorted(kinds), "start": start, "end": end, "value": value, "strong": strong, "source": source}


def mentions_of(message: Message) -> list[Mention]:
    """Return the mentions that were found so far, in order."""
    return list(message.get(MENTIONS) or [])


def set_mentions(message: Message, found: Iterable[Mention]) -> None:
    """Store mentions on the message, in order of their place in the text."""
    message.set(MENTIONS, sorted(found, key=lambda each: (each["start"], -each["end"])))


def overlaps(one: Mention, other: Mention) -> bool:
    """Tell whether two mentions share a character."""
    return one["start"] < other["end"] and other["start"] < one["end"]


def longest_first(candidates: Sequence[Mention], taken: Iterable[Mention] = ()) -> list[Mention]:
    """Return the candidates that overlap neither each other nor what is taken; strong before weak, then longer."""
    kept: list[Mention] = []
    blocked = list(taken)
    for candidate in sorted(candidates, key=lambda c: (not c["strong"], c["start"] - c["end"], c["start"])):
        if not any(overlaps(candidate, other) for other in blocked):
            kept.append(candidate)
            blocked.append(candidate)
    return sorted(kept, key=lambda each: each["start"])
