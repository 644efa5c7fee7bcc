"""Answers to a service's questions are of the right kind, known and complete."""

from __future__ import annotations

import pytest

from services.city.core.errors import CityError
from services.city.requests.attributes import checked
from services.city.requests.facts import AttributeFacts, ServiceFacts

TEXTS = {"fr": "f", "nl": "n", "en": "e"}
LIST = [{"key": "a", "names": TEXTS}, {"key": "b", "names": TEXTS}]


def attribute(code: str, datatype: str, *, required: bool = False) -> AttributeFacts:
    values = LIST if datatype.endswith("list") else []
    return AttributeFacts.model_validate(
        {"code": code, "datatype": datatype, "required": required, "texts": TEXTS, "values": values}
    )


def service(*attributes: AttributeFacts) -> ServiceFacts:
    words = {language: ["word"] for language in TEXTS}
    return ServiceFacts(
        code="s", capability="c", group="g", names=TEXTS, descriptions=TEXTS, keywords=words, responsible=TEXTS,
        working_days=1, attributes=attributes,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("datatype", "values"),
    [
        ("string", ["x"]),
        ("text", ["two\nlines"]),
        ("number", ["2.5"]),
        ("number", ["2,5"]),
        ("datetime", ["2026-11-23"]),
        ("datetime", ["2026-11-23T08:15:00+01:00"]),
        ("singlevaluelist", ["a"]),
        ("multivaluelist", ["b", "a"]),
    ],
)
def test_what_fits_is_taken(datatype: str, values: list[str]) -> None:
    assert checked(service(attribute("x", datatype)), {"x": values}) == {"x": values}


@pytest.mark.parametrize(
    ("datatype", "values"),
    [
        ("string", ["x", "y"]),
        ("number", ["many"]),
        ("number", ["nan"]),
        ("number", ["1e999"]),
        ("datetime", ["tomorrow"]),
        ("singlevaluelist", ["c"]),
        ("singlevaluelist", ["a", "b"]),
        ("multivaluelist", ["a", "c"]),
    ],
)
def test_what_does_not_fit_is_refused(datatype: str, values: list[str]) -> None:
    with pytest.raises(CityError) as refused:
        checked(service(attribute("x", datatype)), {"x": values})
    assert refused.value.code == "invalid_attribute"
    assert [each["key"] for each in refused.value.suggestions] == (["a", "b"] if datatype.endswith("list") else [])


@pytest.mark.parametrize("given", [{}, {"x": []}, {"x": [""]}])
def test_what_is_required_is_asked_for(given: dict[str, list[str]]) -> None:
    with pytest.raises(CityError) as refused:
        checked(service(attribute("x", "string", required=True)), given)
    assert refused.value.code == "attribute_required"


def test_what_is_not_asked_is_refused() -> None:
    with pytest.raises(CityError) as refused:
        checked(service(attribute("x", "string")), {"y": ["1"]})
    assert (refused.value.code, refused.value.suggestions) == ("unknown_attribute", [{"code": "x"}])
