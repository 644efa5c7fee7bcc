"""What the keeper of the servers, and the server after this one, ask for: ``POST /webhooks/city/moving``, signed.

``{do: "follow", port}``: ask the server there for conversations · ``{do: "take"}``: all that are left there ·
``{do: "close"}``: take no more messages, and name the conversations · ``{do: "give", names}``: their sessions ·
``{do: "resume"}``: take messages again · ``{do: "idle"}``: how many are being answered.
"""

from __future__ import annotations

import json
from typing import Any

from bot.moving.arriving import Arriving
from bot.moving.departing import Departing, Sessions


class Moving:
    """Both sides of a move, of one server."""

    def __init__(self, secret: str) -> None:
        self.departing = Departing()
        self.arriving = Arriving(secret)

    async def do(self, body: bytes, sessions: Sessions) -> dict[str, Any]:
        """Do what a request asks for and return the answer. Raises ValueError, and ArrivingError."""
        try:
            asked = json.loads(body)
            what = asked["do"]
            if what == "follow":
                self.arriving.follow(_port(asked["port"]))
            elif what == "take":
                return {"taken": await self.arriving.take_all(sessions)}
            elif what == "close":
                return {"names": self.departing.close(sessions)}
            elif what == "give":
                names = [str(name) for name in asked["names"]]
                return {"sessions": await self.departing.give(names, sessions)}
            elif what == "resume":
                self.departing.resume()
            elif what != "idle":
                raise ValueError("there is no such thing to do")
        except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
            raise ValueError("the body does not say what to do") from error
        return {"under_way": self.departing.under_way}


def _port(given: Any) -> int:
    if not isinstance(given, int) or not 0 < given < 65536:
        raise ValueError("port is no port")
    return given
