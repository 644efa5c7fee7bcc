"""One word that ends what a message that came unasked was about, whichever the channel and however it is classified."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from kit import wire
from kit.tasks import Kept
from kit.text import fold
from services.gateway.conversations.schemas import Location
from services.gateway.dialogue.port import Said


class StopWords:
    """The words, from a file of the gateway's texts."""

    def __init__(self, path: Path) -> None:
        """Read the file: ``stop_words``, a list for all languages together."""
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        self._words = frozenset(fold(str(word)) for word in content["stop_words"])

    def applied(self, said: Said | Location, kept: Kept) -> Said | Location:
        """Return what was said, or the choice under the last message where that came unasked and is answered so."""
        told = kept.get("told")
        if told is None or not isinstance(said, Said) or said.kind != "text" or fold(said.value) not in self._words:
            return said
        facts = json.dumps({wire.REMINDER_ENTITY: told})
        return Said("payload", f"/{wire.REMINDER_INTENT}{facts}", masked=said.masked)
