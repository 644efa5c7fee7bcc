"""The action server's settings, each from an environment variable ``BXL_ACTIONS_<NAME>``."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ActionSettings(BaseSettings):
    """Settings of the action server's process."""

    model_config = SettingsConfigDict(env_prefix="BXL_ACTIONS_", extra="ignore")

    city_url: str = Field(default="http://127.0.0.1:8001", description="Base URL of the city façade.")
    city_connect_timeout_s: float = Field(default=0.5, gt=0, description="Longest wait for a connection, in seconds.")
    city_read_timeout_s: float = Field(default=2.0, gt=0, description="Longest wait for an answer, in seconds.")
    city_budget_s: float = Field(
        default=3.0, gt=0, description="Longest time that one question may take with its retries, in seconds."
    )
    public_url: str = Field(
        default="http://127.0.0.1:8000",
        max_length=300,
        pattern=r"^https?://[^\s/]+(/\S*)?$",
        description="Address at which residents reach the gateway, for the links that answers hold.",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on; never a public one.")
    port: int = Field(default=5055, ge=0, le=65535, description="Port to listen on.")
