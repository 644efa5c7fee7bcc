"""The gateway's settings, each from an environment variable ``BXL_GATEWAY_<NAME>``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.common.retention import FILE

_ROOT = Path(__file__).resolve().parents[2]


class GatewaySettings(BaseSettings):
    """Settings of the gateway's process."""

    model_config = SettingsConfigDict(env_prefix="BXL_GATEWAY_", extra="ignore", populate_by_name=True)

    database_url: str = Field(
        default=f"sqlite:///{Path('.bxl/conversations.db')}",
        description="SQLAlchemy URL of the conversations (sqlite:///… for one process, or postgresql+psycopg://…).",
    )
    pool_size: int = Field(
        default=8, ge=1, description="Database connections, or for SQLite reading threads, of one process."
    )
    channel_secret: SecretStr = Field(
        min_length=1, description="Secret shared with the Rasa server (its BXL_CHANNEL_SECRET); there is no default."
    )
    rasa_url: str = Field(default="http://127.0.0.1:5005", description="Address of the Rasa server.")
    rasa_file: Path | None = Field(
        default=None,
        description="File that says where the live Rasa server is (./bxl up writes it); otherwise the address above.",
    )
    rasa_timeout_s: float = Field(
        default=12, gt=0, description="Longest wait for the Rasa server; longer than an action may take there."
    )
    city_url: str = Field(default="http://127.0.0.1:8001", description="Address of the city façade.")
    city_timeout_s: float = Field(default=2, gt=0, description="Longest wait for the city façade.")
    responses: Path = Field(default=_ROOT / "data" / "responses", description="Folder of the assistant's reply texts.")
    texts: Path = Field(default=_ROOT / "data" / "gateway", description="Folder of the gateway's own texts.")
    privacy: Path = Field(default=_ROOT / "data" / "privacy", description="Folder of the texts of the page on data.")
    accessibility: Path = Field(
        default=_ROOT / "data" / "accessibility", description="Folder of the texts of the accessibility statement."
    )
    page: Path = Field(
        default=_ROOT / "services" / "widget" / "demo", description="Folder of the page around the chat: a city's site."
    )
    widget: Path = Field(default=_ROOT / "services" / "widget" / "dist", description="Folder of the built widget.")
    allowed_origins: list[str] = Field(
        default=[],
        description='Other sites that may show the chat, as JSON: ["https://www.example.brussels"]. Never "*".',
    )
    map_tiles: str = Field(
        default="",
        pattern=r"^$|^https?://[^/ ;,]+/[^ ;,]*\{z\}[^ ;,]*$",
        description="Address of map tiles, https://…/{z}/{x}/{y}.png; without one, places are shown as a list only.",
    )
    map_attribution: str = Field(default="", description="Whose map that is, as plain text.")
    map_attribution_url: str = Field(default="", description="Page about the map's rights.")
    max_text: int = Field(default=10_000, ge=1, le=100_000, description="Longest message, in characters.")
    photo_bytes: int = Field(
        default=8_000_000, ge=10_000, le=100_000_000, description="Largest photo that may be uploaded, in bytes."
    )
    photo_pixels: int = Field(default=40_000_000, ge=10_000, description="Most pixels of a photo that is decoded.")
    photo_side: int = Field(default=1600, ge=100, description="Longest side of a photo as it is kept, in pixels.")
    photos_kept: int = Field(default=20, ge=1, description="Most photos that one conversation keeps.")
    photos_kept_bytes: int = Field(
        default=20_000_000, ge=10_000, description="Most bytes that the photos of one conversation take."
    )
    photos_at_once: int = Field(
        default=8, ge=1, description="Most photos that are received or decoded at once in one process."
    )
    photos_per_minute: float = Field(default=10, gt=0, description="Photos of one conversation, in the long run.")
    photos_burst: int = Field(default=10, ge=1, description="Photos of one conversation at once.")
    send_every_s: float = Field(default=30, gt=0, description="How often the city is tried again for photos.")
    body_timeout_s: float = Field(default=30, gt=0, description="Longest time that a body may take to arrive.")
    max_waiting: int = Field(
        default=8, ge=1, description="Most messages of one conversation that wait for their answer at once."
    )
    max_streams: int = Field(default=4, ge=1, description="Most event streams that one conversation keeps open.")
    stream_poll_s: float = Field(
        default=5, gt=0, description="How often a stream looks for what another process has stored."
    )
    rate_limit: Literal["public", "all", "off"] = Field(
        default="public",
        description="Whom the limits below hold for: all callers, all but those on this machine (public), or nobody.",
    )
    messages_per_minute: float = Field(default=30, gt=0, description="Messages of one conversation, in the long run.")
    messages_burst: int = Field(default=10, ge=1, description="Messages of one conversation at once.")
    address_per_minute: float = Field(
        default=300, gt=0, description="Messages and photos of one address, in the long run; offices share addresses."
    )
    address_burst: int = Field(default=150, ge=1, description="Messages and photos of one address at once.")
    redis_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("redis_url", "BXL_GATEWAY_REDIS_URL", "REDIS_URL"),
        description="Redis (redis://…) in which several workers count rates together; alone, each counts for itself.",
    )
    conversations_per_minute: float = Field(
        default=20, gt=0, description="New conversations of one address, in the long run; offices share addresses."
    )
    conversations_burst: int = Field(default=30, ge=1, description="New conversations of one address at once.")
    calendars_per_minute: float = Field(
        default=120, gt=0, description="Calendars asked for by one address, in the long run; agendas share addresses."
    )
    calendars_burst: int = Field(default=60, ge=1, description="Calendars asked for by one address at once.")
    opinions_per_minute: float = Field(
        default=60, gt=0, description="Opinions on answers in one conversation, in the long run."
    )
    opinions_burst: int = Field(default=30, ge=1, description="Opinions on answers in one conversation at once.")
    retention: Path = Field(default=FILE, description="File that says how long each kind of data is kept.")
    look_every_s: float = Field(
        default=30, gt=0, description="How often what residents follow is looked at, as far as something is due."
    )
    deliver_every_s: float = Field(
        default=10,
        gt=0,
        description="How often what could not be delivered at once is tried again, as far as it is due.",
    )
    hand_over: Literal["on", "off"] = Field(
        default="on",
        description="Whether residents who ask for a person are brought to the desk (on), or only told how "
        "to telephone (off).",
    )
    hand_over_grace_s: float = Field(
        default=60,
        gt=0,
        description="Who was not seen at the desk for so long is gone, and their conversations wait again; take "
        "several times BXL_DESK_PRESENCE_S.",
    )
    hand_over_code_minutes: float = Field(
        default=120, gt=0, description="How long a code that a resident reads out opens their conversation."
    )
    hand_over_approval: list[Literal["transport", "waste", "permits", "other"]] = Field(
        default=[],
        description="Topics whose conversations are in approval mode as soon as an operator has them: the assistant "
        "proposes answers that wait for a click. Elsewhere the operator turns it on.",
    )
    hand_over_look_s: float = Field(default=5, gt=0, description="How often it is looked at who is still at the desk.")
    purge_every_s: float = Field(default=600, gt=0, description="How often conversations past their time are deleted.")
