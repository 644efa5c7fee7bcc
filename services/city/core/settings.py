"""The façade's settings, each from an environment variable ``BXL_CITY_<NAME>``."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.common.retention import FILE


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
    public_url: str | None = Field(
        default=None, max_length=500, description="Address at which the world reaches this server; as asked, if absent."
    )
    open311_jurisdiction: str = Field(default="brussels", description="The jurisdiction_id of GeoReport v2.")
    open311_api_keys: list[SecretStr] = Field(
        default=[], description='API keys that may post by GeoReport v2, as JSON: ["…"]; without one, nobody may.'
    )
    open311_contact: str = Field(
        default="Whoever runs this server gives API keys.", description="Whom to write to, as discovery says it."
    )
    open311_production: bool = Field(default=False, description="Whether discovery calls this server production.")
    realtime_fresh_s: float = Field(
        default=90, gt=0, le=3600, description="Oldest waiting times, in seconds, that departures are told by."
    )
    messages_fresh_s: float = Field(
        default=900, gt=0, le=86_400, description="Oldest messages, in seconds, that are not called stale."
    )
    retention: Path = Field(default=FILE, description="File that says how long each kind of data is kept.")
    purge_every_s: float = Field(
        default=3600, gt=0, description="How often what is past its time is deleted, and once at the start."
    )
