"""The façade's settings, each from an environment variable ``BXL_CITY_<NAME>``."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class CitySettings(BaseSettings):
    """Settings of the city façade's process."""

    model_config = SettingsConfigDict(env_prefix="BXL_CITY_", extra="ignore")

    database_url: str = Field(
        default=f"sqlite:///{Path('.bxl/city.db')}",
        description="SQLAlchemy URL of the city database (sqlite:///… or postgresql+psycopg://…).",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8001, ge=1, le=65535, description="Port to listen on.")
    pool_size: int = Field(default=16, ge=1, description="Database connections that one process keeps open.")
    photos_folder: Path = Field(default=Path(".bxl/photos"), description="Folder of the photos of requests.")
    photo_max_bytes: int = Field(
        default=12_000_000, ge=10_000, le=100_000_000, description="Largest photo that may be uploaded."
    )
    staff_key: SecretStr | None = Field(
        default=None, min_length=16, description="Key with which staff says what was done; without one, nobody can."
    )
    remotes_file: Path | None = Field(
        default=None, description="YAML file of the Open311 servers that requests are forwarded to."
    )
