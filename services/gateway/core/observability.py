"""Request ids, the access log, metrics, and the last resort for what nobody expected; people's words are in none."""

from __future__ import annotations

import logging
import re
import time
import traceback
import uuid
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.gateway.core.errors import language_of, problem
from services.gateway.core.texts import Texts

log = logging.getLogger("services.gateway.access")

_SAFE_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SECONDS: Final = (0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1, 2.5, 5, 15)
#: Seconds of a queue.
_WAITS: Final = (5, 15, 30, 60, 120, 300, 600, 1200, 3600)


class Metrics:
    """The gateway's metrics, in a registry of their own so that several apps fit in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "bxl_gateway_requests", "Requests answered.", ("route", "method", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "bxl_gateway_request_seconds",
            "Time to answer a request; streams are left out.",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.turns = Counter(
            "bxl_gateway_turns",
            "Messages answered, by who answered: rasa, fallback, or nobody (an operator will).",
            ("by",),
            registry=self.registry,
        )
        self.rasa_seconds = Histogram(
            "bxl_gateway_rasa_seconds", "Time that the Rasa server took.", buckets=_SECONDS, registry=self.registry
        )
        self.streams = Gauge("bxl_gateway_streams", "Event streams that are open.", registry=self.registry)
        self.purged = Counter(
            "bxl_gateway_purged", "Conversations deleted because their time was over.", registry=self.registry
        )
        self.photos = Counter("bxl_gateway_photos", "Photos that were sent to requests.", registry=self.registry)
        self.feedback = Counter(
            "bxl_gateway_feedback",
            "Opinions of residents on answers: up, down.",
            ("value",),
            registry=self.registry,
        )
        self.unasked = Counter(
            "bxl_gateway_unasked", "What was said unasked, by kind of subscription.", ("kind",), registry=self.registry
        )
        self.unasked_held = Counter(
            "bxl_gateway_unasked_held",
            "Looks at what is followed that have to be repeated: quiet, city_down, failed.",
            ("kind", "why"),
            registry=self.registry,
        )
        self.delivered = Counter(
            "bxl_gateway_deliveries",
            "Tries to deliver what came unasked: delivered, retried, dropped (too late), gone, dead (given up).",
            ("channel", "outcome"),
            registry=self.registry,
        )
        self.outbox = Gauge(
            "bxl_gateway_outbox", "Deliveries in the outbox, by state.", ("channel", "state"), registry=self.registry
        )
        self.scheduling = Gauge(
            "bxl_gateway_scheduling", "1 in the process that runs the scheduler.", registry=self.registry
        )
        self.waiting = Gauge(
            "bxl_gateway_hand_over_waiting", "Conversations that wait for a person.", registry=self.registry
        )
        self.with_operators = Gauge(
            "bxl_gateway_hand_over_taken", "Conversations that an operator has.", registry=self.registry
        )
        self.operators = Gauge("bxl_gateway_operators", "Operators who are at the desk.", registry=self.registry)
        self.waited = Histogram(
            "bxl_gateway_hand_over_wait_seconds",
            "Time that residents waited before an operator took them; call-backs are left out.",
            buckets=_WAITS,
            registry=self.registry,
        )
        self.jobs_failed = Counter(
            "bxl_gateway_jobs_failed", "Runs of scheduled jobs that failed.", ("job",), registry=self.registry
        )


class ObserveRequests:
    """Middleware around everything: an id for each request, its route, status and time, and no trace to the outside.

    Only the route's template is recorded: paths hold the ids of conversations. Of an unexpected error, its type and
    place are logged, not its words.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, texts: Texts) -> None:
        self._app = app
        self._metrics = metrics
        self._texts = texts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = headers.get("x-request-id", "")
        if not _SAFE_ID.fullmatch(request_id):
            request_id = uuid.uuid4().hex
        status: int | None = None

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message["headers"], (b"x-request-id", request_id.encode())]}
            await send(message)

        started = time.perf_counter()
        try:
            await self._app(scope, receive, send_with_id)
        except Exception as error:
            place = " < ".join(f"{f.name}:{f.lineno}" for f in reversed(traceback.extract_tb(error.__traceback__)[-4:]))
            log.error("unexpected %s at %s id=%s", type(error).__name__, place, request_id)
            if status is None:
                answer = problem(self._texts, 500, "internal_error", language_of(headers))
                await answer(scope, receive, send_with_id)
        finally:
            seconds = time.perf_counter() - started
            # Below a mount, the route's own path begins where the mount ends.
            route = f"{scope.get('root_path', '')}{getattr(scope.get('route'), 'path', '')}" or "none"
            self._metrics.requests.labels(route, scope["method"], str(status)).inc()
            if not route.endswith("/events"):
                self._metrics.seconds.labels(route).observe(seconds)
            log.info("%s %s %s %.1f ms id=%s", scope["method"], route, status, seconds * 1000, request_id)
