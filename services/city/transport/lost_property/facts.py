"""Where one operator's lost property is, as the importer checks it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from services.city.core.facts import Bilingual, BilingualUrl, Phone, Text, Trilingual
from services.city.transport.factbook import Fact


class LostProperty(Fact):
    """How to report what was lost, where it is handed out, and until when."""

    names: Bilingual
    aliases: tuple[Text, ...] = ()
    modes: tuple[Text, ...] = ()
    how: Trilingual
    collect: Trilingual
    phone: Phone | None = None
    url: BilingualUrl
    fee_eur: Annotated[Decimal, Field(ge=0, le=1000)] | None = None
