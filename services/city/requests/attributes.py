"""Checks the answers to a service's questions: known codes, the right kind of value, nothing missing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from services.city.core.errors import CityError
from services.city.requests.facts import AttributeFacts, ServiceFacts

#: Answers by the attribute's code; all but a multivaluelist's have one.
Answers = dict[str, list[str]]


def checked(service: ServiceFacts, given: Mapping[str, Sequence[str]]) -> Answers:
    """Return the answers in the order of the questions; empty ones are left out.

    Raises CityError ``unknown_attribute``, ``invalid_attribute`` or ``attribute_required`` (422), with the attributes
    or values that there are as suggestions.
    """
    known = {each.code: each for each in service.attributes}
    for code in given:
        if code not in known:
            raise _refused(
                "unknown_attribute",
                f"{service.code} has no attribute {code[:60]!r}.",
                [{"code": each} for each in known],
            )
    answers: Answers = {}
    for code, facts in known.items():
        values = [value for value in given.get(code, ()) if value]
        if values:
            answers[code] = _values(facts, values)
        elif facts.required:
            raise _refused("attribute_required", f"{service.code} needs the attribute {code!r}.", _choices(facts))
    return answers


def _values(facts: AttributeFacts, values: list[str]) -> list[str]:
    if len(values) > 1 and facts.datatype != "multivaluelist":
        raise _refused("invalid_attribute", f"{facts.code!r} takes one value.", _choices(facts))
    if facts.values:
        keys = {value.key for value in facts.values}
        if not set(values) <= keys:
            raise _refused("invalid_attribute", f"{facts.code!r} takes one of its values.", _choices(facts))
        return list(dict.fromkeys(values))
    if facts.datatype == "number" and not _is_number(values[0]):
        raise _refused("invalid_attribute", f"{facts.code!r} is a number.")
    if facts.datatype == "datetime" and not _is_moment(values[0]):
        raise _refused("invalid_attribute", f"{facts.code!r} is a day or an instant in ISO 8601.")
    return values


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text.replace(",", ".", 1)))
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _choices(facts: AttributeFacts) -> list[dict[str, Any]]:
    return [{"code": facts.code, "key": value.key, "names": value.names.model_dump()} for value in facts.values]


def _refused(code: str, detail: str, suggestions: Sequence[dict[str, Any]] = ()) -> CityError:
    return CityError(HTTPStatus.UNPROCESSABLE_ENTITY, code, detail, list(suggestions))
