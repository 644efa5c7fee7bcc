"""The desk's settings, each from an environment variable ``BXL_DESK_<NAME>``."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal, Self, get_args

from cryptography.fernet import Fernet
from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_ROOT = Path(__file__).resolve().parents[2]

Role = Literal["operator", "supervisor", "editor", "administrator"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

#: For a laptop only: refused where the desk has an address that others reach.
DEVELOPMENT_KEY: Final = "ZGVzayBvZiBhIGxhcHRvcCwgbm90IG9mIGEgY2l0eSE="


class DeskSettings(BaseSettings):
    """Settings of the desk, which runs in the gateway's process."""

    model_config = SettingsConfigDict(env_prefix="BXL_DESK_", extra="ignore")

    public_url: str = Field(
        default="",
        pattern=r"^$|^https://[^/?#]+/?$|^http://(127\.0\.0\.1|localhost)(:\d+)?/?$",
        description="The gateway's address for operators, https://…; without one it answers on this machine only.",
    )
    keys: SecretStr = Field(
        default=SecretStr(DEVELOPMENT_KEY),
        description="Fernet keys with commas between them, for the secrets of codes and for forms: the first encrypts.",
    )
    second_factor: Literal["required", "off"] = Field(
        default="required", description="Whether a password needs a code beside it; off is for a laptop only."
    )
    idle_minutes: float = Field(default=60, gt=0, description="A session ends where nothing was done for so long.")
    session_hours: float = Field(default=12, gt=0, le=12, description="A session ends so long after the sign-in.")
    tries_per_minute: float = Field(default=6, gt=0, description="Tries to sign in from one address, in the long run.")
    tries_burst: int = Field(default=10, ge=1, description="Tries to sign in from one address at once.")
    free_failures: int = Field(default=3, ge=1, description="Wrong passwords of one name before the first wait.")
    first_wait_s: float = Field(default=5, gt=0, description="The first wait; each wrong password doubles it.")
    longest_wait_s: float = Field(default=900, gt=0, description="The longest wait of one name.")
    password_least: int = Field(default=12, ge=8, description="Fewest characters of a password.")
    codes_per_minute: float = Field(
        default=10, gt=0, description="Codes of conversations that one operator types, in the long run."
    )
    codes_burst: int = Field(default=10, ge=1, description="Codes of conversations that one operator types at once.")
    presence_s: float = Field(default=15, gt=0, description="How often an open page says that somebody is there.")
    oidc_issuer: str = Field(
        default="", description="The organisation's sign-in (OpenID Connect issuer); without one, only local accounts."
    )
    oidc_client_id: str = Field(default="", description="The desk's name at that sign-in.")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="The desk's secret at that sign-in.")
    oidc_scope: str = Field(default="openid profile", description="What is asked for there.")
    oidc_roles_claim: str = Field(
        default="roles", description="Claim that lists groups; dots lead into it, as in realm_access.roles."
    )
    oidc_roles: dict[str, Role] = Field(
        default={}, description='Which group has which role here, as JSON: {"call-centre": "operator"}.'
    )
    oidc_teams_claim: str = Field(default="", description="Claim that lists teams; without one, they are set here.")
    oidc_timeout_s: float = Field(default=5, gt=0, description="Longest wait for that sign-in.")
    texts: Path = Field(default=_ROOT / "data" / "desk", description="Folder of the texts of the screens.")

    @property
    def development(self) -> bool:
        """Whether nobody but this machine reaches the desk."""
        return not self.public_url.startswith("https://")

    @field_validator("keys")
    @classmethod
    def _are_keys(cls, value: SecretStr) -> SecretStr:
        for key in split(value):
            Fernet(key)  # raises ValueError
        return value

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.oidc_issuer:
            if not self.oidc_client_id or not self.oidc_client_secret.get_secret_value():
                raise ValueError("BXL_DESK_OIDC_CLIENT_ID or BXL_DESK_OIDC_CLIENT_SECRET is missing")
            if not self.oidc_roles:
                raise ValueError("BXL_DESK_OIDC_ROLES is missing: nobody would have a role")
        if self.development:
            return self
        if DEVELOPMENT_KEY in split(self.keys):
            raise ValueError("BXL_DESK_KEYS has the laptop's key")
        if self.second_factor == "off":
            raise ValueError("BXL_DESK_SECOND_FACTOR is off")
        if self.oidc_issuer and not self.oidc_issuer.startswith("https://"):
            raise ValueError("BXL_DESK_OIDC_ISSUER has to be an https:// address")
        return self


def split(keys: SecretStr) -> list[str]:
    """Return the keys, the one that encrypts first."""
    return [key.strip() for key in keys.get_secret_value().split(",")]
