"""A photo of the chat ends up with the city's request, and goes with it when the resident erases everything."""

from __future__ import annotations

import re
import time
from typing import Any

import httpx

from tests.conversations.assistant import Assistant
from tests.pictures import noise


def photos_of(assistant: Assistant, reference: str, count: int) -> list[dict[str, Any]]:
    """Return a request's photos once there are so many; they follow it by themselves."""
    deadline = time.monotonic() + 20
    while True:
        answer = httpx.get(f"{assistant.city_url}/v1/requests/{reference}", trust_env=False).json()
        if len(answer["photos"]) == count or time.monotonic() > deadline:
            found: list[dict[str, Any]] = answer["photos"]
            return found


def test_a_photo_reaches_the_city_after_the_yes_and_is_erased_with_everything(assistant: Assistant) -> None:
    with assistant.conversation("fr") as conversation:
        photo_id = conversation.upload(noise(300))["id"]
        conversation.say(photo=photo_id)
        conversation.say(text="Il y a un dépôt clandestin chaussée de Wavre 300")
        conversation.say(text="un canapé et des sacs devant la porte du garage")
        reply = conversation.say(text="oui")
        found = re.search(r"BXL-\d{4}-\d+", reply["messages"][-1]["text"])
        assert found, reply
        (photo,) = photos_of(assistant, found[0], 1)
        address = f"{assistant.city_url}{photo['url']}"
        assert httpx.get(address, trust_env=False).content[:3] == b"\xff\xd8\xff"
        conversation.say(text="efface toutes mes données")
        receipt = conversation.say(text="oui")["messages"][-1]["text"]
        assert "Photos : 1" in receipt
        assert httpx.get(address, trust_env=False).status_code == 404
