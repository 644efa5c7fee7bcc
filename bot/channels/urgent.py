"""Whether a message tells of an emergency: all that is answered while an operator has the conversation."""

from __future__ import annotations

from typing import Any, Final

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from kit import wire

#: An emergency that was not understood for certain is among so many of the likeliest.
_LIKELIEST: Final = 2


async def is_answered(message: UserMessage, agent: Agent | None) -> bool:
    """Tell whether a message is answered: where only emergencies are, it has to be one."""
    if not (message.metadata or {}).get(wire.META_URGENT):
        return True
    if agent is None or message.text is None:
        return False
    return is_urgent(await agent.parse_message(message.text))


def is_urgent(parsed: dict[str, Any]) -> bool:
    """Tell whether what was parsed is an emergency, or may be one where nothing else is understood."""
    intent = parsed["intent"]["name"]
    if intent != wire.FALLBACK_INTENT:
        return bool(intent == wire.EMERGENCY_INTENT)
    ranking = [each for each in parsed.get("intent_ranking") or [] if each["name"] != wire.FALLBACK_INTENT]
    return any(
        each["name"] == wire.EMERGENCY_INTENT and each["confidence"] >= wire.EMERGENCY_PROBABILITY
        for each in ranking[:_LIKELIEST]
    )
