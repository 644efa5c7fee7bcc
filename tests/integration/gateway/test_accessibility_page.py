"""The accessibility statement: what the law asks of it is there, in each language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from services.gateway.accessibility import AccessibilityPage

TEXTS = Path(__file__).parents[3] / "data" / "accessibility"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("Déclaration d&#39;accessibilité", "ordonnance du", "partiellement conforme", "autoévaluation")),
        ("nl", ("Toegankelijkheidsverklaring", "ordonnantie van", "voldoet gedeeltelijk", "zelfevaluatie")),
        ("en", ("Accessibility statement", "ordinance of", "partly meets", "self-assessment")),
    ],
)
async def test_it_is_served_in_each_language_with_its_state_contact_and_complaint_route(client, language, words):
    for asked in ({"params": {"lang": language}}, {"headers": {"Accept-Language": language}}):
        answer = await client.get("/accessibility", **asked)
        assert answer.headers["content-type"].startswith("text/html")
        assert answer.headers["content-language"] == language
        assert f'<html lang="{language}">' in answer.text
        for each in (*words, "EN 301 549", "WCAG 2.2", "2026", 'href="tel:+3280013680"', "ombuds.brussels"):
            assert each in answer.text


async def test_a_language_that_is_none_is_refused(client):
    assert (await client.get("/accessibility", params={"lang": "de"})).status_code == 422


def test_the_three_say_the_same_number_of_things():
    pages = [yaml.safe_load((TEXTS / f"page.{language}.yml").read_text()) for language in ("fr", "nl", "en")]
    shapes = [
        [{part: len(section.get(part, [])) for part in ("text", "items", "links")} for section in page["sections"]]
        for page in pages
    ]
    assert shapes[0] == shapes[1] == shapes[2]


@pytest.mark.parametrize("hostile", ["javascript:alert(1)", "http://plain.example/", ""])
def test_a_link_that_is_none_of_ours_stops_the_start(tmp_path, hostile):
    for path in TEXTS.glob("*.yml"):
        (tmp_path / path.name).write_text(re.sub(r'"tel:\+3280013680"', f'"{hostile}"', path.read_text()))
    with pytest.raises(ValidationError):
        AccessibilityPage(tmp_path)


def test_markup_in_a_text_is_shown_as_text(tmp_path):
    for path in TEXTS.glob("*.yml"):
        (tmp_path / path.name).write_text(path.read_text().replace("Accessibility statement", "<b>x</b>"))
    page = AccessibilityPage(tmp_path).html("en")
    assert "<b>" not in page
    assert "&lt;b&gt;x" in page
