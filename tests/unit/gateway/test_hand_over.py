"""Codes, and what a question is about."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from services.gateway.handover.codes import new_code, read_code
from services.gateway.handover.topics import OTHER, Topics, TopicsError

ROOT = Path(__file__).parents[3]
FILE = ROOT / "data" / "gateway" / "hand_over.yml"


def test_codes_have_four_characters_that_nobody_mistakes():
    codes = {new_code() for _ in range(500)}
    assert len(codes) > 490
    assert {len(code) for code in codes} == {4}
    assert not set("0O1IL2Z5S8BUV") & set("".join(codes))


@pytest.mark.parametrize("typed", ["k7pm", " K7PM ", "k7-pm", "k 7 p m", "K7.PM"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "K7PM"


def test_topics_are_teams_and_have_a_name_at_the_desk():
    topics = yaml.safe_load(FILE.read_text(encoding="utf-8"))["topics"]
    teams = yaml.safe_load((ROOT / "data" / "desk" / "teams.yml").read_text(encoding="utf-8"))["teams"]
    assert set(topics) <= set(teams)
    for language in ("fr", "nl", "en"):
        texts = (ROOT / "data" / "desk" / f"{language}.yml").read_text(encoding="utf-8")
        assert all(f"  topic_{topic}:" in texts for topic in [*topics, OTHER])


def test_every_question_with_a_topic_of_its_own_has_it():
    topics = Topics(FILE)
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    found = {intent: topics.of(intent) for intent in domain["intents"]}
    assert found["permit_needed"] == "permits"
    assert found["city_report_problem"] == found["waste_sorting"] == "waste"
    assert found["transport_fares"] == "transport"
    assert found["city_commune_contact"] == found["greet"] == topics.of(None) == OTHER


@pytest.mark.parametrize("content", ["", "topics: {}", "owner: x\ntopics: {waste: waste_}", "owner: [", "[]"])
def test_a_file_that_cannot_be_used_is_named(tmp_path, content):
    path = tmp_path / "hand_over.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TopicsError, match=r"hand_over\.yml"):
        Topics(path)
