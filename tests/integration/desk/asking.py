"""Asking for a person, as the actions have the gateway do it."""

from __future__ import annotations

from typing import Any

from tests.integration.gateway.rasa import message

HOURS = "Pour parler à une personne, appelez le 0800 13 680."


def asking(question: str | None = "waste_missed_collection", *, is_open: bool | None = True, **facts: str) -> Any:
    """Return Rasa's answer to who asks for a person."""
    task = {"do": "ask_person", "question": question, "facts": facts, "open": is_open}
    return {"messages": [message(HOURS, tasks=[task])], "language": "fr"}


async def at_the_desk(
    app: Any, operator_id: str, *, name: str = "Nadia", teams: Any = (), status: Any = "available"
) -> None:
    """Let somebody say that they are there."""
    await app.state.handover.present(operator_id, name, teams, ("fr", "nl"), status)
