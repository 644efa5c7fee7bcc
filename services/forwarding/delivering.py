"""Delivers what is due, one request after the other, each step stored before and after the server is told.

Open311 cannot say "take this once". So a delivery is marked as being sent before it is: when the process dies, or the
answer does, the server is searched for our reference first, and told again, with the same ``Idempotency-Key``, only
where it does not have it.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Engine

from kit.clock import Clock
from services.city.core.database import make_session_factory
from services.city.models.requests import RequestDelivery, ServiceRequest
from services.city.requests import outbox
from services.city.requests.remotes import Remote
from services.feeds.errors import FeedError
from services.feeds.open311 import Open311Client, OutcomeUnknownError, Report, ReportRefusedError
from services.forwarding.outcomes import Change, followed, received
from services.forwarding.reports import marker, report
from services.forwarding.settings import ForwardSettings

log = logging.getLogger(__name__)

#: A server's clock may be this far from ours.
_CLOCK_MARGIN: Final = timedelta(hours=2)
#: What servers answer to a search that finds nothing, or that they do not know how to do.
_NOTHING_FOUND: Final = frozenset({400, 404, 405})
#: Refusals of what was sent, which no retry mends; keys and addresses can be mended by who runs either server.
_FINAL: Final = frozenset({400, 413, 415, 422})


class Forwarder:
    """Delivers to these servers and asks them what became of what they have."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        remotes: Sequence[Remote],
        settings: ForwardSettings | None = None,
        *,
        public_url: str | None = None,
        connect: Callable[[Remote], Open311Client] | None = None,
    ) -> None:
        self._sessions = make_session_factory(engine)
        self._clock = clock
        self._remotes = {remote.name: remote for remote in remotes}
        self._settings = settings or ForwardSettings()
        self._public_url = public_url
        self._connect = connect or self._client

    def run(self) -> Counter[str]:
        """Do what is due now, and return how many deliveries came to which state. Several processes may call it."""
        done: Counter[str] = Counter()
        with self._sessions() as session:
            due = outbox.due(session, self._now(), list(self._remotes), self._settings.at_once)
        for delivery_id in due:
            state = self._one(delivery_id)
            if state is not None:
                done[state] += 1
        return done

    def _one(self, delivery_id: int) -> str | None:
        """Take a delivery and bring it further; None where somebody else has it."""
        now = self._now()
        with self._sessions() as session, session.begin():
            delivery = outbox.taken(session, delivery_id, now, now + timedelta(seconds=self._settings.lease_s))
            if delivery is None:
                return None
            before, remote = delivery.state, self._remotes[delivery.remote]
            request = session.get_one(ServiceRequest, delivery.request_id)
            content = report(session, request, remote, self._public_url) if before in ("waiting", "sending") else None
            if before == "waiting":
                delivery.state = "sending"
                delivery.attempts += 1
            session.flush()
            session.expunge_all()
        try:
            with self._connect(remote) as client:
                change = self._ask(client, before, delivery, request, content)
        except FeedError as error:
            change = self._failed(before, delivery, error)
        with self._sessions() as session, session.begin():
            change.store(session, session.get_one(RequestDelivery, delivery_id), self._now())
        return change.state

    def _ask(
        self,
        client: Open311Client,
        before: str,
        delivery: RequestDelivery,
        request: ServiceRequest,
        content: Report | None,
    ) -> Change:
        again = timedelta(seconds=self._settings.ask_every_s)
        if before == "sent" and request.closed_at is not None:
            return Change("closed")
        if before == "sent":
            return followed(client.request(delivery.remote_id or ""), again)
        if before == "token":
            return received(client.id_of(delivery.remote_token or ""), delivery.remote_token, again)
        if content is None:  # the server no longer takes this service
            return Change("cancelled")
        if before == "sending":
            known = self._looked_for(client, request, content)
            if known is not None:
                return received(known, None, again)
        receipt = client.post(content, key=f"{request.reference}-{delivery.remote}")
        return received(receipt.id, receipt.token, again)

    def _looked_for(self, client: Open311Client, request: ServiceRequest, content: Report) -> str | None:
        """Return the id under which a server has a request that it was perhaps told before."""
        first = request.created_at if request.created_at.tzinfo else request.created_at.replace(tzinfo=UTC)
        last = min(self._now() + _CLOCK_MARGIN, first - _CLOCK_MARGIN + timedelta(days=90))
        try:
            found = client.requests(content.service_code, first - _CLOCK_MARGIN, last)
        except ReportRefusedError as error:
            if error.status not in _NOTHING_FOUND:
                raise
            return None
        mark = marker(request.reference)
        return next((each.id for each in found if mark in (each.description or "")), None)

    def _failed(self, before: str, delivery: RequestDelivery, error: FeedError) -> Change:
        """Return when to try again, or that there is no use in it."""
        log.warning("delivery %d to %s: %s", delivery.id, delivery.remote, type(error).__name__)
        attempts = delivery.attempts + (before != "waiting")
        status = error.status if isinstance(error, ReportRefusedError) else None
        said = f"{type(error).__name__}{f' {status}' if status else ''}"
        sending = before in ("waiting", "sending")
        if sending and (status in _FINAL or attempts >= self._settings.give_up_after):
            return Change("failed", error=said, attempts=attempts)
        # Where it was surely not taken, now and before, it need not be looked for.
        untouched = before == "waiting" and not isinstance(error, OutcomeUnknownError)
        state = "waiting" if untouched else "sending" if sending else before
        wait = max(self._settings.wait(attempts), timedelta(seconds=error.retry_after_s or 0))
        return Change(state, error=said, attempts=attempts, wait=wait)

    def _client(self, remote: Remote) -> Open311Client:
        return Open311Client(
            remote.url,
            self._clock,
            form=remote.format,
            jurisdiction_id=remote.jurisdiction_id,
            api_key=remote.api_key,
        )

    def _now(self) -> datetime:
        return self._clock.now().astimezone(UTC)
