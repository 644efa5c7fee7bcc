"""Parameters that several endpoints of the topic take."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

StopId = Annotated[
    str, Path(description="The stop's id, or a feed's own stop_id.", examples=["stop:flagey"], max_length=200)
]
