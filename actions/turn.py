"""The turn that an action serves: what was just said, what is known, and what was asked before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, cast

from rasa_sdk import Tracker

from kit import helping
from kit.languages import Language, as_language
from kit.tasks import Kept
from kit.wire import FALLBACK_INTENT, LANGUAGE_SLOT, META_CHANNEL, META_KEPT, META_LANGUAGE

#: Value of a choice that asks for another place than the one that is known.
ANOTHER: Final = "?"
#: Questions whose answers are about lines.
_OF_LINES: Final = frozenset(
    {
        *("transport_next_departures", "transport_disruptions", "transport_line_info"),
        *("transport_first_last", "transport_accessibility"),
    }
)


class Turn:
    """A reading of the tracker."""

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker

    @property
    def intent(self) -> str:
        """The intent of the latest message."""
        return _intent(self.tracker.latest_message)

    @property
    def text(self) -> str:
        """The latest message as typed; empty for a choice, whose payload is not a resident's words."""
        text = str(self.tracker.latest_message.get("text") or "")
        return "" if text.startswith("/") else text

    @property
    def language(self) -> Language | None:
        """The language to answer in, or None where it is not clear yet: the tracker's, else what the gateway knows.

        At the desk it is the caller's, once somebody has said which that is.
        """
        known = as_language(self.tracker.slots.get(LANGUAGE_SLOT)) or as_language(self._metadata.get(META_LANGUAGE))
        return helping.first(self._metadata, known)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The language to answer in, or both official ones where it is not clear yet; at the desk the operator's."""
        return helping.languages(self._metadata, self.language)

    @property
    def kept(self) -> Kept:
        """What the gateway keeps of the conversation besides its messages, before this turn."""
        return cast("Kept", self._metadata.get(META_KEPT) or {})

    @property
    def in_messenger(self) -> bool:
        """Whether the conversation is in an application for messages, which brings them by itself; else on a page."""
        return self._metadata.get(META_CHANNEL) == "telegram"

    @property
    def at_desk(self) -> bool:
        """Whether an operator asks for a caller, who has no conversation here."""
        return helping.is_asked(self._metadata)

    @property
    def _metadata(self) -> dict[str, Any]:
        """What the gateway sent along with the latest message."""
        message: dict[str, Any] = next(
            (event for event in reversed(self.tracker.events) if event.get("event") == "user"), {}
        )
        return message.get("metadata") or {}

    @property
    def form(self) -> str | None:
        """The form that is open."""
        name = (self.tracker.active_loop or {}).get("name")
        return str(name) if name else None

    def entities(self, name: str) -> list[str]:
        """Return the values of an entity in the latest message, in order, each once."""
        values = (
            str(entity["value"])
            for entity in self.tracker.latest_message.get("entities") or []
            if entity.get("entity") == name and entity.get("value") not in (None, "")
        )
        return list(dict.fromkeys(values))

    def entity(self, name: str) -> str | None:
        """Return the last value of an entity in the latest message."""
        values = self.entities(name)
        return values[-1] if values else None

    def entity_names(self) -> set[str]:
        """Return the names of the entities in the latest message, the message's own language apart."""
        names = {str(entity.get("entity")) for entity in self.tracker.latest_message.get("entities") or []}
        return names - {"message_language"}

    def facts(self) -> dict[str, str]:
        """Return each entity of the latest message with its last value, the message's own language apart.

        A number that may be a line and a day ("et le 7 ?") is a line where the last answer was about one.
        """
        facts = {name: value for name in sorted(self.entity_names()) if (value := self.entity(name))}
        if self.slot("last_question") in _OF_LINES and any(
            {"line", "date"} <= each for each in self.entities_by_place()
        ):
            facts.pop("date", None)
        return facts

    def spans(self, names: Sequence[str]) -> list[tuple[int, int, str]]:
        """Return where the latest message has entities of these names and their values, each part of the text once."""
        found: dict[tuple[int, int], str] = {}
        for name in names:
            for entity in self.tracker.latest_message.get("entities") or []:
                if entity.get("entity") == name and entity.get("end"):
                    found.setdefault((int(entity.get("start") or 0), int(entity["end"])), str(entity["value"]))
        return [(start, end, value) for (start, end), value in found.items()]

    def entities_by_place(self) -> list[set[str]]:
        """Return the names of the entities for each part of the text that has some: "Flagey" has two."""
        found: dict[tuple[Any, Any], set[str]] = {}
        for entity in self.tracker.latest_message.get("entities") or []:
            found.setdefault((entity.get("start"), entity.get("end")), set()).add(str(entity.get("entity")))
        return list(found.values())

    def slot(self, name: str) -> str | None:
        """Return the text in a slot; the empty text counts as nothing."""
        value = self.tracker.slots.get(name)
        return value if isinstance(value, str) and value else None

    def memory(self, name: str) -> dict[str, Any]:
        """Return the facts in a slot of facts (``shown``, ``pending``)."""
        value = self.tracker.slots.get(name)
        return dict(value) if isinstance(value, dict) else {}

    def pending(self, slot: str | None = None) -> dict[str, Any]:
        """Return the open question where it is about ``slot``.

        Outside a form a question is open for one turn only: a "yes" long after it answers nothing.
        """
        pending = self.memory("pending")
        if slot is not None and pending.get("slot") != slot:
            return {}
        if self.form is None and not self._set_since_previous_message("pending"):
            return {}
        return pending

    def asked_just_before(self, slot: str) -> dict[str, Any]:
        """Return the question about ``slot`` that was left open right before the latest message, in a form or not."""
        before = False
        for event in reversed(self.tracker.events):
            if event.get("event") == "user":
                if before:
                    return {}
                before = True
            elif event.get("event") == "slot" and event.get("name") == "pending":
                pending = self.memory("pending") if before else {}
                return pending if pending.get("slot") == slot else {}
        return {}

    def reopened(self, slot: str) -> dict[str, Any]:
        """Return the question about ``slot`` that an answer of this very turn has opened again, else nothing."""
        for event in reversed(self.tracker.events):
            if event.get("event") == "user":
                return {}
            if event.get("event") == "slot" and event.get("name") == "pending":
                pending = self.memory("pending")
                return pending if pending.get("slot") == slot and pending.get("problem") else {}
        return {}

    def actions_so_far(self) -> list[str]:
        """Return the actions that the latest message has led to until now, newest first."""
        found: list[str] = []
        for event in reversed(self.tracker.events):
            if event.get("event") == "user":
                break
            if event.get("event") == "action":
                found.append(str(event.get("name") or ""))
        return found

    def previous_intents(self) -> Iterator[str]:
        """Yield the intents of the messages before the latest one, newest first."""
        messages = [event for event in self.tracker.events if event.get("event") == "user"]
        for event in reversed(messages[:-1]):
            yield _intent(event.get("parse_data") or {})

    def ranking(self) -> list[tuple[str, float]]:
        """Return the intents that the latest message may have, the likeliest first, each with its probability."""
        ranked = self.tracker.latest_message.get("intent_ranking") or []
        found = [(str(each.get("name") or ""), float(each.get("confidence") or 0.0)) for each in ranked]
        return [(name, likely) for name, likely in found if name and name != FALLBACK_INTENT]

    def _set_since_previous_message(self, slot: str) -> bool:
        """Tell whether a slot was last set after the message before the latest one."""
        messages_seen = 0
        for event in reversed(self.tracker.events):
            if event.get("event") == "user":
                messages_seen += 1
                if messages_seen == 2:
                    return False
            elif event.get("event") == "slot" and event.get("name") == slot:
                return True
        return False


def _intent(message: dict[str, Any]) -> str:
    return str((message.get("intent") or {}).get("name") or "")
