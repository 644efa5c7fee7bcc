"""Makes the words of a reply from its id and typed parameters (``kit.replies``), in one language."""

from __future__ import annotations

import string
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from bot.nlg import wording
from bot.nlg.catalogue import Catalogue
from kit.clock import Clock, today
from kit.languages import LANGUAGES, Language

#: Replies may hold replies; a text that ends up holding itself must not run for ever.
_MAX_DEPTH: Final = 6
_FORMATTER: Final = string.Formatter()


class RenderingError(ValueError):
    """A reply that cannot be rendered: an unknown id or part, or a parameter that was not given."""


class Renderer:
    """Renders replies of one catalogue."""

    def __init__(self, catalogue: Catalogue, clock: Clock) -> None:
        self._catalogue = catalogue
        self._clock = clock

    def text(self, reply_id: str, params: Mapping[str, Any], language: Language, _depth: int = 0) -> str:
        """Return a reply's text; raises RenderingError."""
        forms = self._catalogue.forms(reply_id, language)
        if forms is None:
            raise RenderingError(f"no text {reply_id!r} in {language}")
        if _depth > _MAX_DEPTH:
            raise RenderingError(f"{reply_id!r} is nested too deeply")
        template = forms["other"]
        if len(forms) > 1:
            count = params.get("count")
            if not isinstance(count, int | float):
                raise RenderingError(f"{reply_id!r} has plural forms and was given no count")
            template = forms.get(wording.plural_category(count, language), template)
        try:
            pieces = _FORMATTER.parse(template)
            return "".join(
                literal + (self.value(params[field], language, _depth) if field is not None else "")
                for literal, field, _spec, _conversion in pieces
            )
        except KeyError as error:
            raise RenderingError(f"{reply_id!r} in {language} needs the parameter {error}") from error
        except ValueError as error:
            raise RenderingError(f"{reply_id!r} in {language}: {error}") from error

    def value(self, value: Any, language: Language, _depth: int = 0) -> str:
        """Return a typed parameter's words; raises RenderingError."""
        if isinstance(value, str):
            return value
        if isinstance(value, int | float):
            return wording.number(value, language)
        if not isinstance(value, Mapping):
            raise RenderingError(f"no words for a {type(value).__name__}")
        return self._part(value, language, _depth)

    def _part(self, part: Mapping[str, Any], language: Language, depth: int) -> str:
        kind = part.get("t")
        if kind == "reply":
            return self.text(part["id"], part.get("params") or {}, language, depth + 1)
        if kind == "quotation":
            return self._quotation(part["texts"], language, depth)
        if kind == "list":
            items = [self.value(item, language, depth) for item in part["items"]]
            return wording.joined(items, part["style"], language)
        return self._fact(part, language)

    def _fact(self, part: Mapping[str, Any], language: Language) -> str:
        kind = part.get("t")
        if kind == "name":
            return wording.name(part["fr"], part["nl"], part.get("en"), language)
        if kind == "date":
            return wording.day(date.fromisoformat(part["v"]), part["style"], today(self._clock), language)
        if kind == "time":
            return wording.time_of_day(datetime.fromisoformat(part["v"]), language)
        if kind == "money":
            return wording.money(part["v"], part["currency"], language)
        raise RenderingError(f"no words for a part of the kind {kind!r}")

    def _quotation(self, texts: Mapping[str, str], language: Language, depth: int) -> str:
        """Return a text in the reader's language, or one that is introduced as being in another."""
        if texts.get(language):
            return texts[language]
        written = next((each for each in LANGUAGES if texts.get(each)), None)
        if written is None:
            raise RenderingError("a quotation without a text")
        return self.text(f"quoted_{written}", {"words": texts[written]}, language, depth + 1)
