from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from services.city.permits.facts import FACETS, ProcedureFacts
from services.city.permits.merging import merged


def text(words: str) -> dict[str, str]:
    return {"fr": f"{words} fr", "nl": f"{words} nl", "en": f"{words} en"}


def procedure(**fields: Any) -> dict[str, Any]:
    return {
        "id": "sign",
        "sample": True,
        "names": text("name"),
        "aliases": {"fr": ["a"], "nl": [], "en": []},
        "authority": text("authority"),
        "summary": text("summary"),
        "facets": {**{facet: text(facet) for facet in FACETS}, "documents": [text("plan"), text("photo")]},
        "online_url": {"fr": "https://example.org/fr", "nl": "https://example.org/nl"},
        "varies_by_commune": ["cost", "documents"],
        "communes": {"jette": exception()},
        "owner": "tests",
        "source_url": "https://example.org/",
        "valid_from": "2026-01-01",
        "as_of": "2026-11-24",
        **fields,
    }


def exception(**fields: Any) -> dict[str, Any]:
    return {
        "source_url": "https://jette.example.org/",
        "valid_from": "2026-06-01",
        "valid_until": "2026-12-31",
        "facets": {"cost": text("dear"), "documents": [text("form")]},
        **fields,
    }


def lead_time(variant: str | None = None) -> dict[str, Any]:
    return {"variant": variant, "count": 5, "unit": "days", "kind": "rule"}


def test_lead_times_and_prices_are_replaced_whole() -> None:
    price = {"label": text("a"), "euros": "1.50", "per": "year"}
    communes = {"jette": exception(lead_times=[lead_time()]), "uccle": exception(prices=[price])}
    facts = ProcedureFacts.model_validate(procedure(lead_times=[{**lead_time(), "count": 9}], communes=communes))
    jette, uccle, general = merged(facts, "jette"), merged(facts, "uccle"), merged(facts, None)
    assert [each.count for each in jette.lead_times] == [5]
    assert [each.count for each in uccle.lead_times] == [each.count for each in general.lead_times] == [9]
    assert [str(each.euros) for each in uccle.prices] == ["1.50"]
    assert jette.prices == general.prices == ()


def test_without_a_commune_the_general_facts_hold() -> None:
    facts = ProcedureFacts.model_validate(procedure())
    for commune in (None, "uccle"):
        here = merged(facts, commune)
        assert here.facets == facts.facets
        assert (here.differs, here.source_url) == ((), "https://example.org/")


def test_an_exception_replaces_its_facets_whole_and_leaves_the_others() -> None:
    here = merged(ProcedureFacts.model_validate(procedure()), "jette")
    assert here.differs == ("documents", "cost")
    assert here.facets.cost.en == "dear en"
    assert [each.en for each in here.facets.documents] == ["form en"]
    assert here.facets.who.en == "who en"
    assert here.source_url == "https://jette.example.org/"


@pytest.mark.parametrize(
    ("general", "there", "expected"),
    [
        pytest.param(None, "2026-12-31", date(2026, 12, 31), id="only there"),
        pytest.param("2026-10-01", None, date(2026, 10, 1), id="only in general"),
        pytest.param("2026-10-01", "2026-12-31", date(2026, 10, 1), id="the earlier of both"),
        pytest.param(None, None, None, id="neither"),
    ],
)
def test_the_facts_hold_together_as_long_as_both_do(
    general: str | None, there: str | None, expected: date | None
) -> None:
    communes = {"jette": exception(valid_until=there)}
    here = merged(ProcedureFacts.model_validate(procedure(valid_until=general, communes=communes)), "jette")
    assert (here.valid_from, here.valid_until) == (date(2026, 6, 1), expected)


def test_an_exception_may_have_its_own_form() -> None:
    own = {"fr": "https://jette.example.org/fr", "nl": "https://jette.example.org/nl"}
    facts = ProcedureFacts.model_validate(
        procedure(communes={"jette": exception(online_url=own), "uccle": exception()})
    )
    there, elsewhere = merged(facts, "jette").online_url, merged(facts, "uccle").online_url
    assert there is not None
    assert elsewhere is not None
    assert (there.to("nl"), elsewhere.to("en")) == ("https://jette.example.org/nl", "https://example.org/fr")


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        pytest.param({"id": "Sign"}, ("id",), id="id"),
        pytest.param({"names": {"fr": "a", "nl": "b"}}, ("names", "en"), id="a language is missing"),
        pytest.param({"summary": {**text("s"), "en": " "}}, ("summary", "en"), id="an empty text"),
        pytest.param({"varies_by_commune": ["price"]}, ("varies_by_commune", 0), id="unknown facet"),
        pytest.param({"source_url": "example.org"}, ("source_url",), id="not an address"),
        pytest.param({"valid_from": "soon"}, ("valid_from",), id="not a date"),
        pytest.param({"price": "1"}, ("price",), id="unknown key"),
        pytest.param({"valid_until": "2025-01-01"}, (), id="ends before it begins"),
        pytest.param({"varies_by_commune": ["cost"]}, (), id="an exception that is not announced"),
        pytest.param({"communes": {"Jette": exception()}}, ("communes", "Jette", "[key]"), id="not a slug"),
        pytest.param({"communes": {"jette": exception(facets={})}}, ("communes", "jette"), id="nothing differs"),
        pytest.param({"lead_times": [lead_time(variant="fair")]}, (), id="no such variant"),
        pytest.param(
            {"communes": {"jette": exception(lead_times=[lead_time("fair")])}}, (), id="no such variant there"
        ),
        pytest.param(
            {"communes": {"jette": exception(facets={"cost": "1 €"})}},
            ("communes", "jette", "facets", "cost"),
            id="a text without languages",
        ),
    ],
)
def test_a_fault_is_named_by_its_field(fields: dict[str, Any], where: tuple[str | int, ...]) -> None:
    with pytest.raises(ValidationError) as error:
        ProcedureFacts.model_validate(procedure(**fields))
    assert [fault["loc"] for fault in error.value.errors()] == [where]
