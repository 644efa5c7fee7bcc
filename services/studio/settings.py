"""The studio's settings, each from an environment variable ``BXL_STUDIO_<NAME>``."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

_ROOT = Path(__file__).resolve().parents[2]


class StudioSettings(BaseSettings):
    """Settings of the studio, which runs in the gateway's process."""

    model_config = SettingsConfigDict(env_prefix="BXL_STUDIO_", extra="ignore")

    repository: Path = Field(
        default=_ROOT, description="Working copy of the git repository whose data/ is read and written."
    )
    git: str = Field(default="git", min_length=1, description="The git program.")
    git_timeout_s: float = Field(default=10, gt=0, description="Longest time that one command of git may take.")
    wait_s: float = Field(default=10, gt=0, description="Longest wait for another change that is being saved.")
    address_domain: str = Field(
        default="studio.invalid",
        pattern=r"^[A-Za-z0-9.-]+$",
        description="Domain of the addresses that stand in commits in place of the editors' own.",
    )
    warn_days: int = Field(
        default=30, ge=0, description="So many days before a text's last day, the list of texts warns of it."
    )
    texts: Path = Field(default=_ROOT / "data" / "studio", description="Folder of the texts of the screens.")
