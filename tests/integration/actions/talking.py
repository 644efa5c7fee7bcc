"""Plays the request form as the Rasa server does: the validator, then the open question or the sending."""

from __future__ import annotations

import json
from typing import Any

from tests.unit.actions.dispatch import Json, Rasa, Said


class Talk:
    """One resident and one request."""

    def __init__(self, rasa: Rasa, language: str = "fr") -> None:
        self.rasa = rasa
        self.language = language
        self.slots: Json = {}
        self.form: str | None = None
        self.events: list[Json] = []

    async def say(self, intent: str, text: str = "", **entities: str) -> list[Said]:
        """Say something and return what is answered; nothing where the form leaves the message to the rules."""
        asked = "filing" if self.form else None
        done = await self._run("validate_filing_form", intent, text, asked, entities)
        if not done.events:
            return []
        said = list(done.said)
        if self.slots.get("filing") or "requested_slot" in done.slots:
            self.form = None
            sent = await self._run("action_send_filing", intent, text, None, entities)
            said += sent.said
            if sent.calls_for != "filing_form":
                return said
        self.form = "filing_form"
        return said + (await self._run("action_ask_filing", intent, text, "filing", entities)).said

    async def choose(self, said: Said, number: int) -> list[Said]:
        """Take one of the choices that were offered, counted from 0."""
        intent, _, facts = said.payloads[number].removeprefix("/").partition("{")
        return await self.say(intent, "", **(json.loads("{" + facts) if facts else {}))

    async def _run(self, action: str, intent: str, text: str, asked: str | None, entities: dict[str, str]) -> Any:
        done = await self.rasa.run(
            action,
            intent,
            text,
            speaks=self.language,
            slots={name: value for name, value in self.slots.items() if name not in {"language", "requested_slot"}},
            form=self.form,
            asked=asked,
            **entities,
        )
        self.slots.update(done.slots)
        return done


def labels(said: Said) -> list[str]:
    """Return the ids of the choices' texts."""
    return [label["id"] if isinstance(label, dict) and "id" in label else str(label) for label in said.labels]
