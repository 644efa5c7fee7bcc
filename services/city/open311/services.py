"""Services and their definitions as GeoReport v2 has them."""

from __future__ import annotations

from typing import Any

from kit.languages import Language
from services.city.requests.facts import ServiceFacts


def listed(facts: ServiceFacts, language: Language) -> dict[str, Any]:
    """Return a service as it stands in the list."""
    return {
        "service_code": facts.code,
        "service_name": facts.names.to(language),
        "description": facts.descriptions.to(language),
        "metadata": bool(facts.attributes),
        "type": facts.type,
        "keywords": ", ".join(facts.keywords.to(language)),
        "group": facts.group,
    }


def definition(facts: ServiceFacts, language: Language) -> dict[str, Any]:
    """Return a service's questions."""
    return {
        "service_code": facts.code,
        "attributes": [
            {
                "variable": True,
                "code": attribute.code,
                "datatype": attribute.datatype,
                "required": attribute.required,
                "datatype_description": None,
                "order": order,
                "description": attribute.texts.to(language),
                "values": [{"key": value.key, "name": value.names.to(language)} for value in attribute.values],
            }
            for order, attribute in enumerate(facts.attributes, 1)
        ],
    }
