"""Settings of ``bxl up``: where each process listens (``BXL_<PROCESS>_PORT``) and how long they may take to start."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class LaunchSettings(BaseSettings):
    """Settings of the launcher."""

    model_config = SettingsConfigDict(env_prefix="BXL_", extra="ignore")

    gateway_host: str = Field(default="127.0.0.1", description="Address of the public door.")
    gateway_port: int = Field(default=8000, ge=1, le=65535, description="Port of the public door.")
    city_port: int = Field(default=8001, ge=1, le=65535, description="Port of the city façade.")
    rasa_port: int = Field(default=5005, ge=1, le=65535, description="Port of the Rasa server; never public.")
    actions_port: int = Field(default=5055, ge=1, le=65535, description="Port of the action server; never public.")
    start_timeout_s: float = Field(default=120, gt=0, description="Longest time that all processes take to be ready.")
    stop_timeout_s: float = Field(default=10, gt=0, description="Time that a process has to stop by itself.")

    @property
    def gateway_url(self) -> str:
        """Address of the gateway on this machine."""
        return f"http://127.0.0.1:{self.gateway_port}"

    @property
    def city_url(self) -> str:
        """Address of the city façade."""
        return f"http://127.0.0.1:{self.city_port}"

    @property
    def rasa_url(self) -> str:
        """Address of the Rasa server."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        """Address of the action server."""
        return f"http://127.0.0.1:{self.actions_port}"
