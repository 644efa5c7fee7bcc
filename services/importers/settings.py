"""What is watched and where it is kept, each setting from an environment variable ``BXL_FEEDS_<NAME>``."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class WatchSettings(BaseSettings):
    """Settings of ``bxl import --watch``."""

    model_config = SettingsConfigDict(env_prefix="BXL_FEEDS_", extra="ignore")

    enabled: str = Field(
        default="",
        max_length=2000,
        description="Names of the sources to watch, with commas, or `all`. Default: none, the sample city is used.",
    )
    folder: Path = Field(default=Path(".bxl/feeds"), description="Where fetched files are kept.")
    threads: int = Field(default=4, ge=1, le=32, description="Sources that are asked at the same time.")
    lease_s: float = Field(
        default=3600, gt=0, le=86_400, description="After this long, whoever was asking a source is taken for dead."
    )
    stop_timeout_s: float = Field(default=20, ge=0, le=600, description="Time that running imports have to end by.")

    def names(self, known: list[str]) -> list[str]:
        """Return the enabled sources in the order of ``known``; ValueError naming one that there is not."""
        asked = {name.strip() for name in self.enabled.split(",")} - {""}
        unknown = sorted(asked - {"all", *known})
        if unknown:
            raise ValueError(f"BXL_FEEDS_ENABLED: there is no source {unknown[0]!r}; there are {', '.join(known)}")
        return [name for name in known if name in asked or "all" in asked]
