"""How sources are asked, each setting from an environment variable ``BXL_FEEDS_<NAME>``."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class FetchSettings(BaseSettings):
    """Settings of whatever fetches feeds."""

    model_config = SettingsConfigDict(env_prefix="BXL_FEEDS_", extra="ignore")

    user_agent: str = Field(
        default="brussels-city-assistant/0.1 (open-data reader)",
        description="How we introduce ourselves to sources; put an address to write to in it.",
    )
    connect_timeout_s: float = Field(default=10, gt=0, le=120, description="Longest wait for a connection.")
    read_timeout_s: float = Field(default=30, gt=0, le=600, description="Longest silence within an answer.")
    longest_s: float = Field(default=300, gt=0, le=7200, description="Longest time that one answer takes as a whole.")
    tries: int = Field(
        default=3, ge=1, le=10, description="How often a call is tried where the network or server fails."
    )
    first_wait_s: float = Field(
        default=1, ge=0, le=60, description="Wait before the second try; it doubles after that."
    )
    longest_wait_s: float = Field(default=20, ge=0, le=300, description="Longest wait between two tries.")
