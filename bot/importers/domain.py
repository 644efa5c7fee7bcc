"""Reads ``domain.yml``, in which a slot's mapping may say ``outside: <form>``.

Such a mapping holds while that form is not open: outside forms, and in each other form. Rasa has conditions for the
forms in which a mapping holds and none for the one in which it does not, so they would have to be listed again in every
mapping whenever a form is added.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import rasa.shared.utils.io
from rasa.shared.core.domain import Domain

from bot.importers.errors import DataFileError

_OUTSIDE: Final = "outside"


def read_domain(path: Path | str) -> Domain:
    """Return the domain; DataFileError where a mapping is outside a form that does not exist."""
    content = dict(rasa.shared.utils.io.read_yaml_file(path))
    forms = list(content.get("forms") or {})
    for name, slot in (content.get("slots") or {}).items():
        slot["mappings"] = [_expanded(mapping, forms, path, name) for mapping in slot.get("mappings") or []]
    return Domain.from_dict(content)


def _expanded(mapping: dict[str, Any], forms: list[str], path: Path | str, slot: str) -> dict[str, Any]:
    if _OUTSIDE not in mapping:
        return mapping
    form = mapping[_OUTSIDE]
    if form not in forms:
        raise DataFileError(path, f"slot {slot}: a mapping is outside {form}, which is not a form")
    others: list[dict[str, Any]] = [{"active_loop": other} for other in forms if other != form]
    kept = {key: value for key, value in mapping.items() if key != _OUTSIDE}
    return {**kept, "conditions": [{"active_loop": None}, *others]}
