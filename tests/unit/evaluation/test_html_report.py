from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from evaluation import baseline, html_report, measures, result
from evaluation.answers import Answered, Question
from evaluation.thresholds import Thresholds

THRESHOLDS = Thresholds.load()
ANSWERED = [
    Answered(Question("fr", "waste_calendar", ("Quel <sac> ?",), holds=("jaune",)), ("'jaune' is missing",)),
    Answered(Question("nl", "waste_calendar", ("Welke zak?",), holds=("geel",)), ()),
]


class _Outline(HTMLParser):
    """Collects what a reader without eyes or without a network would stumble over."""

    VOID = frozenset({"meta"})

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.plots: list[dict[str, str | None]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.tags.append(tag)
        if "id" in named:
            self.ids.append(named["id"])
        if tag == "a":
            self.links.append(named["href"])
        if tag == "svg" and named.get("role") == "img":
            self.plots.append(named)
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag, tag

    def whole(self) -> bool:
        return not self._open


@pytest.fixture
def found(pairs, resolver):
    saved = {
        name: {baseline.key(case): case.held for case in cases}
        for name, cases in measures.every(pairs, resolver).items()
    }
    return result.gather(pairs, resolver, model="abc", before=saved, answers=ANSWERED)


def _outline(page: str) -> _Outline:
    outline = _Outline()
    outline.feed(page)
    assert outline.whole()
    return outline


def test_the_page_needs_neither_script_nor_network(found):
    page = html_report.render(found, THRESHOLDS, [])
    assert not {"script", "link", "img", "iframe"} & set(_outline(page).tags)
    assert re.findall(r"(?:https?:)?//\w+|url\(|@import", page) == []


def test_each_plot_has_words_and_a_table_behind_it(found):
    outline = _outline(html_report.render(found, THRESHOLDS, []))
    assert len(outline.plots) == 6
    for plot in outline.plots:
        assert set(str(plot["aria-labelledby"]).split()) <= set(outline.ids)
    assert outline.tags.count("table") >= len(outline.plots)
    assert len(outline.ids) == len(set(outline.ids))
    assert {link.removeprefix("#") for link in outline.links} <= set(outline.ids)


def test_it_says_what_failed_first(found):
    page = html_report.render(found, THRESHOLDS, ["intent 80.0 < 85.0 (nl)"])
    assert page.index("1 below the threshold") < page.index("intent 80.0 &lt; 85.0 (nl)") < page.index('id="measures"')
    assert "Every measure meets its threshold" in html_report.render(found, THRESHOLDS, [])


def test_no_held_out_sentence_is_in_it(found, pairs):
    page = html_report.render(found, THRESHOLDS, [])
    assert [sentence.text for sentence, _ in pairs if sentence.text in page] == []


def test_questions_are_quoted_as_text(found):
    assert "Quel &lt;sac&gt; ?" in html_report.render(found, THRESHOLDS, [])


def test_marks_stand_where_their_figures_are(found):
    page = html_report.render(found, THRESHOLDS, [])
    # 8 of 9 in French: 200 + 88.9 % of 540 pixels.
    assert 'cx="680.0"' in page
    assert "intent, fr: 88.9 % (56.5 to 98.0) of 9" in page


def test_parts_that_were_not_asked_for_are_left_out(found):
    page = html_report.render(replace(found, differences=None, answers=[]), THRESHOLDS, [])
    assert 'id="differences"' not in page
    assert 'id="answers"' not in page


def test_nothing_confused_is_no_plot(pair, resolver):
    pairs = [pair("thank", "thank", language=language) for language in ("fr", "nl", "en")]
    page = html_report.render(result.gather(pairs, resolver, model="m"), THRESHOLDS, [])
    assert "confusions-plot" not in page
