"""What actions are given: the city and the clock."""

from __future__ import annotations

from dataclasses import dataclass

from actions.city.port import City
from kit.clock import Clock


@dataclass(frozen=True)
class Services:
    """The outside world, as the actions know it."""

    city: City
    clock: Clock
    #: Address at which residents reach the gateway, for links to it.
    public_url: str = "http://127.0.0.1:8000"
