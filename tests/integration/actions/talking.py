"""Plays the request form as the Rasa server does: the validator, then the open question or the sending."""

from __future__ import annotations

import json
from typing import Any, Final

import httpx

from tests.unit.actions.dispatch import Json, Rasa, Said

#: Replies that name a fact before it is sent.
_SHOWN: Final = ("filing_", "infringement_permits", "appointment_")


class Talk:
    """One resident and one request."""

    def __init__(self, rasa: Rasa, language: str = "fr") -> None:
        self.rasa = rasa
        self.language = language
        self.slots: Json = {}
        self.form: str | None = None
        self.events: list[Json] = []
        self.kept: Json = {}
        #: What the next messages may be, the likeliest first.
        self.ranking: list[tuple[str, float]] = []

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
            kept=self.kept,
            ranking=self.ranking,
            **entities,
        )
        self.slots.update(done.slots)
        return done


def labels(said: Said) -> list[str]:
    """Return the ids of the choices' texts."""
    return [label["id"] if isinstance(label, dict) and "id" in label else str(label) for label in said.labels]


def shown(said: Said) -> list[str]:
    """Return the lines that are shown before sending."""
    aside = {"filing_shown", "filing_send"}
    return [name for name, _ in said.texts() if name.startswith(_SHOWN) and name not in aside]


async def reference(http: httpx.AsyncClient, said: Said) -> Json:
    """Return the request of a receipt, as the façade has it."""
    found = said.part("filing_sent")["reference"]
    answer: Json = (await http.get(f"/v1/requests/{found}")).json()
    assert answer["reference"] == found
    return answer
