"""A gateway of its own in a process of its own, which looks and delivers as often as it is told to.

``python -m …worker <settings as JSON> <file>``: each line on standard input is a round; each message that the channel
takes is a line of the file; after each round comes a line on standard output.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from kit.clock import FixedClock
from services.gateway.app import create_app
from services.gateway.notifications.port import Delivered, Outcome
from services.gateway.settings import GatewaySettings

#: Told so, the process dies between its claim and the channel.
DIE = "die"


class FileOutlet:
    """A channel that writes down what it takes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.dies = False

    async def deliver(self, conversation_id: str, message: Any) -> Outcome:
        """Write it down."""
        if self.dies:
            os._exit(9)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([conversation_id, message.text]) + "\n")
        return Delivered()


async def main(settings: dict[str, Any], path: Path) -> None:
    """Work off the rounds."""
    app = create_app(GatewaySettings(**settings["gateway"]), FixedClock(datetime.fromisoformat(settings["now"])))
    app.state.outlets["telegram"] = outlet = FileOutlet(path)
    while line := await asyncio.to_thread(sys.stdin.readline):
        outlet.dies = line.strip() == DIE
        said = await app.state.following.look("line")
        delivered = await app.state.delivering.deliver()
        await app.state.delivering.close()
        print(json.dumps([said, delivered]), flush=True)
    await app.state.close()


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1]), Path(sys.argv[2])))
