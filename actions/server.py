"""The action server: rasa-sdk's protocol (``POST /webhook``, ``GET /health``, ``GET /actions``) on Sanic.

rasa-sdk's own application answers a failure with the whole tracker and logs a trace of it, both full of what residents
wrote; this one says neither.
"""

from __future__ import annotations

import json
import logging
import warnings
import zlib
from typing import Any, Final

import httpx
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions.city.client import HttpCity
from actions.registry import executor
from actions.services import Services
from actions.settings import ActionSettings
from kit.clock import clock_from_environment

log = logging.getLogger(__name__)

#: Largest body taken: a tracker of hundreds of events stays far below.
MAX_BODY_BYTES: Final = 20 * 1024 * 1024


def make_city_client(settings: ActionSettings) -> httpx.AsyncClient:
    """Return the HTTP client that reaches the city façade, with its time limits."""
    return httpx.AsyncClient(
        base_url=settings.city_url,
        timeout=httpx.Timeout(settings.city_read_timeout_s, connect=settings.city_connect_timeout_s),
        limits=httpx.Limits(max_connections=64, max_keepalive_connections=16),
        trust_env=False,
    )


def create_app(settings: ActionSettings | None = None, client: httpx.AsyncClient | None = None) -> Sanic[Any, Any]:
    """Return the server's application; ``client`` reaches another façade than the settings name.

    Raises ValueError where the environment names a clock that is none.
    """
    settings = settings or ActionSettings()
    client = client or make_city_client(settings)
    services = Services(
        city=HttpCity(client, budget_s=settings.city_budget_s),
        clock=clock_from_environment(),
        public_url=settings.public_url.rstrip("/"),
    )
    app: Sanic[Any, Any] = Sanic("city_actions", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY_BYTES
    app.config.ACCESS_LOG = False
    app.config.MOTD = False
    _add_routes(app, executor(services))

    async def close(_: Sanic[Any, Any]) -> None:
        await client.aclose()

    app.register_listener(close, "after_server_stop")
    return app


def run(settings: ActionSettings) -> None:
    """Listen until a signal ends it; one process, as actions only wait for the façade."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        create_app(settings).run(host=settings.host, port=settings.port, single_process=True, access_log=False)


def _add_routes(app: Sanic[Any, Any], actions: ActionExecutor) -> None:
    async def health(_: Request[Any, Any]) -> HTTPResponse:
        return json_response({"status": "ok"})

    async def registered(_: Request[Any, Any]) -> HTTPResponse:
        return json_response([{"name": name} for name in sorted(actions.actions)])

    async def webhook(request: Request[Any, Any]) -> HTTPResponse:
        call = _call(request)
        if call is None:
            return json_response({"error": "the body is not an action call"}, status=400)
        name = str(call.get("next_action") or "")
        try:
            result = await actions.run({"domain": {}, **call})
        except ActionExecutionRejection as error:
            return json_response({"error": error.message, "action_name": error.action_name}, status=400)
        except ActionNotFoundException as error:
            log.error("%s", error.message)
            return json_response({"error": error.message, "action_name": error.action_name}, status=404)
        if result is None:
            return json_response({"error": "next_action is missing"}, status=400)
        log.debug("%s: %d replies", name, len(result.responses))
        return json_response(result.model_dump())

    async def failed(request: Request[Any, Any], error: Exception) -> HTTPResponse:
        if isinstance(error, SanicException) and error.status_code < 500:
            return json_response({"error": error.message}, status=error.status_code)
        log.error("%s %s failed: %s", request.method, request.path, type(error).__name__)
        return json_response({"error": "internal error"}, status=500)

    app.add_route(health, "/health", methods=["GET"])
    app.add_route(registered, "/actions", methods=["GET"])
    app.add_route(webhook, "/webhook", methods=["POST"])
    app.exception(Exception)(failed)


def _call(request: Request[Any, Any]) -> dict[str, Any] | None:
    """Return the action call in a request's body, compressed or not; None where it is none."""
    try:
        body = request.body
        if request.headers.get("content-encoding") == "deflate":
            body = zlib.decompress(body)
        call = json.loads(body)
    except (ValueError, zlib.error):
        return None
    return call if isinstance(call, dict) and isinstance(call.get("tracker"), dict) else None
