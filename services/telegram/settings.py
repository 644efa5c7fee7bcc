"""The Telegram channel's settings, each from an environment variable ``BXL_TELEGRAM_<NAME>``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, Literal, Self

from cryptography.fernet import Fernet
from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_ROOT = Path(__file__).resolve().parents[2]

#: For a laptop only: the webhook's start refuses them.
DEVELOPMENT_SECRET: Final = "a laptop's secret"  # noqa: S105 - refused where it would protect anybody
DEVELOPMENT_KEY: Final = "bGFwdG9wIGxhcHRvcCBsYXB0b3AgbGFwdG9wIGxhcHQ="

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{16,256}")


class TelegramSettings(BaseSettings):
    """Settings of the Telegram channel, which runs in the gateway's process."""

    model_config = SettingsConfigDict(env_prefix="BXL_TELEGRAM_", extra="ignore")

    mode: Literal["off", "polling", "webhook"] = Field(
        default="off",
        description="off; polling: updates are fetched, for a laptop; webhook: Telegram posts them to the gateway.",
    )
    token: SecretStr = Field(default=SecretStr(""), description="The bot's token, as @BotFather gave it.")
    api_url: str = Field(default="https://api.telegram.org", description="Address of the Bot API server.")
    public_url: str = Field(
        default="", description="The gateway's public address, https://…, under which Telegram reaches the webhook."
    )
    webhook_secret: SecretStr = Field(
        default=SecretStr(""),
        description="What Telegram repeats in each request to the webhook: 16 to 256 of A-Za-z0-9_-.",
    )
    id_secret: SecretStr = Field(
        default=SecretStr(DEVELOPMENT_SECRET),
        min_length=8,
        description="Secret of the keyed hashes that stand for chats. With another one, no chat is known any more.",
    )
    keys: SecretStr = Field(
        default=SecretStr(DEVELOPMENT_KEY),
        description="Fernet keys with commas between them, for addresses and waiting updates: the first encrypts.",
    )
    texts: Path = Field(default=_ROOT / "data" / "telegram", description="Folder of the channel's own texts.")
    timeout_s: float = Field(default=15, gt=0, description="Longest wait for the Bot API server.")
    poll_s: int = Field(default=25, ge=0, le=50, description="How long a poll waits for updates.")
    messages_per_s: float = Field(default=30, gt=0, description="Messages a second, over all chats (Telegram's limit).")
    chat_burst: int = Field(
        default=3, ge=1, le=20, description="Messages of one chat at once; in the long run it is one a second."
    )
    at_once: int = Field(
        default=8, ge=1, le=8, description="Chats answered at once; with PostgreSQL, each takes up to two connections."
    )
    max_waiting: int = Field(default=20, ge=1, description="Updates of one chat that wait at once; more are refused.")
    order_wait_s: float = Field(
        default=0.3, ge=0, description="How long an update waits for the one before it, where that is missing."
    )
    most_tries: int = Field(default=4, ge=1, description="How often an update is tried that fails by itself.")
    retry_s: float = Field(
        default=1, gt=0, description="Pause before the second try; it doubles each time, up to a minute."
    )
    answer_within_h: float = Field(
        default=12, gt=0, description="An update is dropped where it could not be answered for so long."
    )
    remember_h: float = Field(
        default=48,
        ge=25,
        description="How long it is remembered what was answered and sent; Telegram repeats for 24 hours.",
    )
    sweep_s: float = Field(default=30, gt=0, description="How often updates are looked for that another process left.")

    @field_validator("keys")
    @classmethod
    def _are_keys(cls, value: SecretStr) -> SecretStr:
        for key in split(value):
            Fernet(key)  # raises ValueError
        return value

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.mode != "off" and not self.token.get_secret_value():
            raise ValueError("BXL_TELEGRAM_TOKEN is missing")
        if self.mode != "webhook":
            return self
        if not self.public_url.startswith(("https://", "http://127.0.0.1")):
            raise ValueError("BXL_TELEGRAM_PUBLIC_URL has to be an https:// address")
        if not _SECRET.fullmatch(self.webhook_secret.get_secret_value()):
            raise ValueError("BXL_TELEGRAM_WEBHOOK_SECRET has to be 16 to 256 characters of A-Za-z0-9_-")
        if self.id_secret.get_secret_value() == DEVELOPMENT_SECRET:
            raise ValueError("BXL_TELEGRAM_ID_SECRET is the laptop's")
        if DEVELOPMENT_KEY in split(self.keys):
            raise ValueError("BXL_TELEGRAM_KEYS has the laptop's key")
        return self


def split(keys: SecretStr) -> list[str]:
    """Return the keys, the one that encrypts first."""
    return [key.strip() for key in keys.get_secret_value().split(",")]
