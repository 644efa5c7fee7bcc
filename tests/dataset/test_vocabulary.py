"""The vocabulary's values are those that the city knows, and each has phrases in the three languages."""

from __future__ import annotations

from typing import Any, get_args

import pytest
import yaml

from kit.languages import LANGUAGES, Language
from services.city.transport.fares.facts import Condition, Ticket
from services.city.transport.journeys.schemas import Mode
from services.city.transport.lez.facts import FUELS, VEHICLES
from services.city.waste.materials import MATERIALS
from services.city.waste.rounds import FRACTIONS
from services.cli import paths


def _sample(path: str) -> Any:
    return yaml.safe_load((paths.SAMPLE_CITY / path).read_text(encoding="utf-8"))


def _services() -> set[str]:
    services = _sample("requests/services.yml")["services"]
    return {each["code"] for each in services if each["capability"] == "city_report_problem"}


def _vocabulary(language: Language) -> dict[str, dict[str, list[str]]]:
    text = (paths.ROOT / "data/nlu" / language / "vocabulary.yml").read_text(encoding="utf-8")
    # BaseLoader, as the importer reads it: every value is a text.
    content = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - plain text only
    values: dict[str, dict[str, list[str]]] = content["vocabulary"]
    return values


KNOWN: dict[str, set[str]] = {
    "fraction": set(FRACTIONS),
    "vehicle": set(VEHICLES),
    "fuel": set(FUELS),
    "ticket": set(get_args(Ticket)),
    "condition": set(get_args(Condition)) - {"none"},
    "operator": {each["id"] for each in _sample("lost_property/lost_property.yml")["lost_property"]},
    "mode": {"tram", "bus", "metro", "train"},
    "material": set(MATERIALS),
    "want": {"bikes", "docks"},
    "category": _services(),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entity", KNOWN)
def test_every_value_of_the_city_has_phrases_and_no_other_has(entity: str, language: Language) -> None:
    assert set(_vocabulary(language)[entity]) == KNOWN[entity]


def test_the_modes_are_some_of_those_that_journeys_have() -> None:
    assert set(get_args(Mode)) > KNOWN["mode"]
