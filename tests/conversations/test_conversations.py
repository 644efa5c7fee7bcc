"""Plays the conversations of ``tests/conversations/*.yml`` through the running assistant.

A turn says ``say`` (what the resident writes), ``choose`` (a label on offer) or ``photo`` (its colour), and what must
hold of the reply: ``language`` of each message, ``holds`` and ``lacks`` (parts of the text, upper and lower case alike,
and spaces that do not break like others), ``choices`` (labels that are on offer, in part), ``source`` (whether one is
named), ``cards`` (their types).

Conversations are put together of parts: ``{use: name}`` stands for the turns of that name in ``parts/*.yml``, so that
an interruption or a correction is written once and tried in the middle of many questions.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from services.cli.conversation import Conversation
from tests.conversations.assistant import Assistant
from tests.pictures import picture

_HERE = Path(__file__).parent
#: There are at least so many.
_LEAST = 120
_KNOWN = {"say", "choose", "photo", "language", "holds", "lacks", "choices", "source", "cards"}


def _parts() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted((_HERE / "parts").glob("*.yml")):
        for name, turns in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            assert name not in found, f"{name!r} is in two files of parts"
            found[name] = turns
    return found


_PARTS = _parts()


def _whole(turns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the turns with those of the parts in their places."""
    return [each for turn in turns for each in (_PARTS[turn["use"]] if "use" in turn else [turn])]


def _scenarios() -> list[Any]:
    return [
        pytest.param(_whole(scenario["turns"]), scenario.get("starts_in"), id=f"{path.stem}: {scenario['name']}")
        for path in sorted(_HERE.glob("*.yml"))
        for scenario in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def test_there_are_many_and_each_has_a_name_of_its_own() -> None:
    names = [scenario.id for scenario in _scenarios()]
    assert len(names) == len(set(names))
    assert len(names) >= _LEAST


@pytest.mark.parametrize(("turns", "starts_in"), _scenarios())
def test_conversation(assistant: Assistant, turns: list[dict[str, Any]], starts_in: str | None) -> None:
    with assistant.conversation(starts_in) as conversation:
        for turn in turns:
            assert set(turn) <= _KNOWN
            _check(turn, _play(conversation, turn))


def _play(conversation: Conversation, turn: dict[str, Any]) -> list[dict[str, Any]]:
    if "photo" in turn:
        reply = conversation.say(photo=conversation.upload(picture(turn["photo"]))["id"])
    elif "choose" not in turn:
        reply = conversation.say(text=turn["say"])
    else:
        label = next((c["label"] for c in conversation.choices if turn["choose"] in c["label"]), None)
        assert label is not None, f"{turn['choose']!r} is not on offer: {[c['label'] for c in conversation.choices]}"
        reply = conversation.say(choice=label)
    assert "messages" in reply, reply
    return [message for message in reply["messages"] if message["author"] != "resident"]


def _plain(written: object) -> str:
    return " ".join(str(written).split()).casefold()


def _check(turn: dict[str, Any], messages: list[dict[str, Any]]) -> None:
    text = "\n".join(message["text"] for message in messages)
    shown = f"{turn.get('say') or turn.get('choose') or 'a photo'!r} was answered with:\n{text}"
    assert text, "no answer"
    if "language" in turn:
        assert {message["language"] for message in messages} == {turn["language"]}, shown
    for part in turn.get("holds", ()):
        assert _plain(part) in _plain(text), f"{part!r} is missing. {shown}"
    for part in turn.get("lacks", ()):
        assert _plain(part) not in _plain(text), f"{part!r} is said. {shown}"
    labels = [choice["label"] for message in messages for choice in message.get("choices") or ()]
    for part in turn.get("choices", ()):
        assert any(part in label for label in labels), f"{part!r} is not on offer: {labels}. {shown}"
    if "source" in turn:
        assert any(message.get("source") for message in messages) is turn["source"], shown
    if "cards" in turn:
        assert [card["type"] for message in messages for card in message.get("cards") or ()] == turn["cards"], shown
