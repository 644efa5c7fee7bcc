"""How requests are forwarded, each setting from an environment variable ``BXL_FORWARD_<NAME>``."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ForwardSettings(BaseSettings):
    """Settings of ``bxl forward``."""

    model_config = SettingsConfigDict(env_prefix="BXL_FORWARD_", extra="ignore")

    every_s: float = Field(default=30, gt=0, le=86_400, description="How often `--watch` looks for something to do.")
    at_once: int = Field(default=200, ge=1, le=10_000, description="Most deliveries in one go.")
    lease_s: float = Field(
        default=300, gt=0, le=86_400, description="After this long, whoever was delivering a request is taken for dead."
    )
    first_wait_s: float = Field(default=60, gt=0, le=86_400, description="Wait after a first failure; it doubles then.")
    longest_wait_s: float = Field(default=21_600, gt=0, le=604_800, description="Longest wait between two tries.")
    give_up_after: int = Field(
        default=40, ge=1, le=10_000, description="Tries after which a delivery is left to people."
    )
    ask_every_s: float = Field(
        default=3600, gt=0, le=604_800, description="How often a server is asked what became of a request."
    )

    def wait(self, attempts: int) -> timedelta:
        """Return how long to wait after so many failures: twice as long each time, up to a limit."""
        doubled = self.first_wait_s * 2.0 ** min(max(attempts - 1, 0), 30)
        return timedelta(seconds=min(doubled, self.longest_wait_s))
