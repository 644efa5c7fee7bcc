"""Other Open311 servers that requests are forwarded to: a YAML file that the operator writes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from services.city.requests.facts import Code
from services.city.requests.making import Routes


class Remote(BaseModel):
    """One server, and which of our services it takes under which of its codes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Code
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")] = Field(
        description="Address of its GeoReport v2, up to and without /services."
    )
    format: Literal["json", "xml"] = "json"
    jurisdiction_id: str | None = None
    api_key_variable: str | None = Field(default=None, description="Environment variable that holds its API key.")
    send_contact: bool = Field(default=False, description="Whether it is told who made a request.")
    services: dict[Code, str] = Field(description="Its service code for each of ours that it takes.")

    @property
    def api_key(self) -> str | None:
        """The server's API key, from the environment."""
        return os.environ.get(self.api_key_variable) if self.api_key_variable else None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    remotes: tuple[Remote, ...]

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        if len({each.name for each in self.remotes}) != len(self.remotes):
            raise ValueError("two servers with one name")
        return self


def read(path: Path | None) -> tuple[Remote, ...]:
    """Return the servers of a file; none without one. Raises ValueError, naming the file, where it is at fault."""
    if path is None:
        return ()
    try:
        return _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).remotes
    except (OSError, yaml.YAMLError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error


def routes(remotes: tuple[Remote, ...]) -> Routes:
    """Return the names of the servers that take each service."""
    found: dict[str, list[str]] = {}
    for remote in remotes:
        for code in remote.services:
            found.setdefault(code, []).append(remote.name)
    return found
