"""What a server's answer changes: the delivery, and the stage of the request it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from services.city.models.requests import RequestDelivery, RequestStep, ServiceRequest
from services.city.requests import catalogue, repository
from services.city.requests.answering import UNKNOWN_LANGUAGE
from services.feeds.open311 import RemoteRequest

_LONGEST_NOTE: Final = 1000


@dataclass(frozen=True)
class Change:
    """A delivery's next state, and what the server says of the request."""

    state: str
    remote_id: str | None = None
    token: str | None = None
    wait: timedelta = timedelta(0)
    error: str | None = None
    attempts: int | None = None
    stage: str | None = None
    note: str | None = None

    def store(self, session: Session, delivery: RequestDelivery, now: datetime) -> None:
        """Write it down; the caller commits."""
        delivery.state, delivery.error, delivery.updated_at = self.state, self.error, now
        delivery.remote_id = (self.remote_id or delivery.remote_id or "")[:120] or None
        delivery.remote_token = (self.token or delivery.remote_token or "")[:120] or None
        delivery.attempts = delivery.attempts if self.attempts is None else self.attempts
        delivery.next_at = now + self.wait
        if self.stage is not None:
            self._step(session, session.get_one(ServiceRequest, delivery.request_id), now)
        session.flush()

    def _step(self, session: Session, request: ServiceRequest, now: datetime) -> None:
        """Note a step where it tells something new; a request that is further, or closed, never goes back."""
        note = {UNKNOWN_LANGUAGE: self.note[:_LONGEST_NOTE]} if self.note else {}
        further = self.stage == "passed_on" and request.stage != "received"
        stage = request.stage if further else str(self.stage)
        known = [(step.stage, step.note) for step in repository.steps(session, request.id)]
        if request.closed_at is not None or (further and not note) or (stage, note) in known:
            return
        step = RequestStep(request_id=request.id, at=now, stage=stage, note=note)
        repository.add_step(session, request, step, closed=catalogue.current(session).stages[stage].closed)


def received(remote_id: str | None, token: str | None, again: timedelta) -> Change:
    """Return what it changes that a server has a request, under an id or, so far, a token."""
    if remote_id is not None:
        return Change("sent", attempts=0, remote_id=remote_id, wait=again, stage="passed_on")
    return Change("token", attempts=0, token=token, wait=min(again, timedelta(minutes=10)), stage="passed_on")


def followed(found: RemoteRequest | None, again: timedelta) -> Change:
    """Return what it changes how far a request is on a server; one that it no longer has tells nothing."""
    if found is None or found.closed is None:
        return Change("sent", attempts=0, wait=again)
    if found.closed:
        return Change("closed", attempts=0, stage="done", note=found.status_notes)
    return Change("sent", attempts=0, wait=again, stage="passed_on", note=found.status_notes)
