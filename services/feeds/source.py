"""What is known of an outside source, read from the ``source.yml`` in its folder.

The environment may say otherwise: ``BXL_FEEDS_<NAME>_URL``, ``BXL_FEEDS_<NAME>_REFRESH`` (``PT30S``, ``P1D``) and, for
a key, the variable that the source's ``key`` names.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError, model_validator

from services.feeds.errors import FeedRefusedError

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$", max_length=500)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Variable = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{1,79}$")]

Refresh = Annotated[timedelta, Field(ge=timedelta(seconds=5), le=timedelta(days=366))]

_REFRESH: Final = TypeAdapter(Refresh)


class Described(BaseModel):
    """A part of ``source.yml``; what it does not know is refused, so that no misspelt key is lost."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Key(Described):
    """The key that a source wants, how it is sent, and how it is got."""

    env: Variable
    header: Text | None = None
    param: Text | None = None
    required: bool = False
    quota: Annotated[int, Field(ge=1)] | None = None  # calls a day with the key
    how: Text

    @model_validator(mode="after")
    def _is_sent_in_one_way(self) -> Self:
        if (self.header is None) == (self.param is None):
            raise ValueError("either header or param says how the key is sent")
        return self


class Source(Described):
    """An outside source. ``refresh`` is an ISO 8601 duration in the file (``PT30S``, ``P1D``)."""

    name: Name
    title: Text
    url: Url
    licence: Text
    attribution: Text
    refresh: Refresh
    quota: Annotated[int, Field(ge=1)] | None = None  # calls a day without a key
    key: Key | None = None
    quirks: tuple[Text, ...] = ()
    settings: dict[Name, Text | int | float | bool] = {}

    @property
    def address(self) -> str:
        """The address to fetch from: that of the environment, else the source's own."""
        return os.environ.get(f"BXL_FEEDS_{self.name.upper()}_URL", "").strip() or self.url

    @property
    def every(self) -> timedelta:
        """How often it is asked: as the environment says, else as often as the source changes."""
        text = os.environ.get(f"BXL_FEEDS_{self.name.upper()}_REFRESH", "").strip()
        if not text:
            return self.refresh
        try:
            return _REFRESH.validate_python(text)
        except ValidationError as error:
            raise ValueError(f"BXL_FEEDS_{self.name.upper()}_REFRESH={text!r}: {error.errors()[0]['msg']}") from error

    @property
    def secret(self) -> str | None:
        """The key, where one is set."""
        return (os.environ.get(self.key.env, "").strip() or None) if self.key else None

    @property
    def daily_calls(self) -> int | None:
        """How many calls a day the source allows; None where it does not say."""
        return self.key.quota or self.quota if self.key and self.secret else self.quota

    def headers(self) -> dict[str, str]:
        """Return the headers that carry the key; FeedRefusedError where it is required and not set."""
        return self._keyed(self.key.header if self.key else None)

    def params(self) -> dict[str, str]:
        """Return the parameters that carry the key; FeedRefusedError where it is required and not set."""
        return self._keyed(self.key.param if self.key else None)

    def _keyed(self, name: str | None) -> dict[str, str]:
        if self.key and self.key.required and self.secret is None:
            raise FeedRefusedError(f"{self.title} needs a key: set {self.key.env} ({self.key.how})")
        return {name: self.secret} if name and self.secret else {}


def read_source(path: Path, **changes: object) -> Source:
    """Return the source that a file describes; ``changes`` stand for keys that it leaves to the code.

    Raises ValueError naming the file and what is wrong with it.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(content, Mapping):
            raise ValueError(f"{path}: not a mapping")
        return Source.model_validate({**content, **changes})
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ValueError(f"{path}: cannot be read: {error}") from error
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, f['loc']))}: {f['msg']}" for f in error.errors())
        raise ValueError(f"{path}: {faults}") from error


def own_source(module_file: str, name: str = "source.yml") -> Source:
    """Return the source described beside a module: ``SOURCE = own_source(__file__)``."""
    return read_source(Path(module_file).with_name(name))
