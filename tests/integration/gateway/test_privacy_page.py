"""The page that tells residents what is kept, with the times that are really kept to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from services.gateway.privacy import PrivacyPage

TEXTS = Path(__file__).parents[3] / "data" / "privacy"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("Vos données", "7 jours après", "2 jours", "90 jours après", "2 ans")),
        ("nl", ("Uw gegevens", "7 dagen na", "2 dagen", "90 dagen na", "2 jaar")),
        ("en", ("Your data", "7 days after", "2 days", "90 days after", "2 years")),
    ],
)
async def test_it_is_served_in_each_language(client, language, words):
    for asked in ({"params": {"lang": language}}, {"headers": {"Accept-Language": language}}):
        answer = await client.get("/privacy", **asked)
        assert answer.headers["content-type"].startswith("text/html")
        assert answer.headers["content-language"] == language
        assert f'<html lang="{language}">' in answer.text
        for each in words:
            assert each in answer.text


async def test_a_language_that_is_none_is_refused(client):
    assert (await client.get("/privacy", params={"lang": "de"})).status_code == 422


def test_the_times_are_those_of_the_retention(tmp_path):
    kept = yaml.safe_load((TEXTS / "retention.yml").read_text())
    kept["kinds"]["photo"]["hours"] = 5
    kept["kinds"]["conversation"]["hours"] = 24
    (tmp_path / "retention.yml").write_text(yaml.safe_dump(kept))
    page = PrivacyPage(TEXTS, tmp_path / "retention.yml").html("en")
    assert "for 5 hours" in page
    assert "for 1 day after" in page


def test_the_three_say_the_same_number_of_things():
    pages = [yaml.safe_load((TEXTS / f"page.{language}.yml").read_text()) for language in ("fr", "nl", "en")]
    shapes = [
        [[set(re.findall(r"{\w+}", item)) for item in part["items"]] for part in page["sections"]] for page in pages
    ]
    assert shapes[0] == shapes[1] == shapes[2]


def test_markup_in_a_text_is_shown_as_text(tmp_path):
    for path in TEXTS.glob("*.yml"):
        (tmp_path / path.name).write_text(path.read_text().replace("Your data", "'<script>alert(1)</script>'"))
    page = PrivacyPage(tmp_path, tmp_path / "retention.yml").html("en")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


async def test_it_is_a_page_that_its_own_policy_lets_be_styled(client):
    page = await client.get("/privacy")
    style = await client.get("/privacy.css")
    assert 'href="privacy.css"' in page.text
    assert style.headers["content-type"].startswith("text/css")
    assert "style-src 'self'" in page.headers["content-security-policy"]
