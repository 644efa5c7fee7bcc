"""The Rasa server with one door: the gateway's channel, and a status page for whoever started it.

Rasa's own HTTP API is not opened: it reads every conversation and loads any model, and nothing here uses it.
"""

from __future__ import annotations

import logging
import socket
from functools import partial
from pathlib import Path
from typing import Any, Final

from rasa.core.channels.channel import UserMessage
from rasa.core.run import close_resources, configure_app, load_agent_on_start
from rasa.core.utils import AvailableEndpoints
from rasa.utils.log_utils import configure_structlog
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.city import CityChannel
from bot.patches import action_session

#: Only processes on this machine may speak to the Rasa server: see docs/adr/0001-two-environments.md.
HOST: Final = "127.0.0.1"

#: Parsed before the first resident writes, so that nobody waits for what is loaded on first use.
_WARM_UP: Final = ("quand passe le camion poubelle rue haute", "wanneer komt tram 81", "how do i get a permit")

log = logging.getLogger(__name__)


def build_app(model: Path, endpoints: Path = Path("endpoints.yml")) -> Sanic:
    """Return the server; it loads the model before it listens."""
    parts = AvailableEndpoints.read_endpoints(str(endpoints))
    app = configure_app([CityChannel.from_credentials(None)], enable_api=False, endpoints=parts)

    @app.get("/status")
    async def status(_request: Request) -> HTTPResponse:
        return response.json({"model": model.name, "ready": True})

    app.register_listener(partial(load_agent_on_start, str(model), parts, None), "before_server_start")
    app.register_listener(_warm_up, "before_server_start")
    app.register_listener(close_resources, "after_server_stop")
    app.register_listener(_close_session, "after_server_stop")
    return app


async def _warm_up(app: Sanic, _loop: Any) -> None:
    for text in _WARM_UP:
        await app.ctx.agent.processor.parse_message(UserMessage(text))


async def _close_session(app: Sanic, _loop: Any) -> None:
    await action_session.close(app.ctx.agent.action_endpoint)


def serve(model: Path, port: int) -> None:
    """Serve until told to stop."""
    logging.basicConfig(level=logging.WARNING)
    # Without this Rasa prints every message and what was understood of it, and the words of a resident stay unlogged.
    configure_structlog(logging.ERROR)
    log.info("serving %s on %s:%d", model.name, HOST, port)
    with socket.socket() as listener:
        # Taken before the model is loaded, so that nobody waits in vain for a port that somebody else has.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        build_app(model).run(sock=listener, access_log=False, motd=False)
