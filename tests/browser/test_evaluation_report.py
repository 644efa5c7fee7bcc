"""The evaluation's page in a real browser: readable in light and dark, on a phone, without eyes."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from evaluation import baseline, html_report, measures, result
from evaluation.answers import Answered, Question
from evaluation.heldout import Sentence
from evaluation.resolution import Resolver
from evaluation.thresholds import Thresholds
from evaluation.understanding import Understood
from kit.languages import LANGUAGES

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def _pairs():
    for language in LANGUAGES:
        for number in range(30):
            wanted = ("thank", "city_emergency", "out_of_scope", "waste_sorting")[number % 4]
            found = wanted if number % 5 else "waste_calendar"
            sentence = Sentence(f"{language} {number} x", language, "waste", wanted)
            yield sentence, Understood(language, found, 0.5, [], [(found, number / 30)])


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    (folder / "gazetteer.json").write_text(json.dumps({"names": []}))
    pairs, resolver = list(_pairs()), Resolver(folder / "gazetteer.json")
    saved = {name: {baseline.key(c): False for c in own} for name, own in measures.every(pairs, resolver).items()}
    answers = [Answered(Question("fr", "waste_calendar", ("Quel sac ?",)), ("'sac jaune' is missing",))]
    found = result.gather(pairs, resolver, model="abc", before=saved, answers=answers)
    thresholds = Thresholds.load()
    page = folder / "report.html"
    page.write_text(html_report.render(found, thresholds, thresholds.failures(found)), encoding="utf-8")
    return page.as_uri()


def _open(browser, address, **options):
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1100, 390], ids=["desk", "phone"])
def test_axe_finds_nothing(browser, report, scheme, width):
    page = _open(browser, report, color_scheme=scheme, viewport={"width": width, "height": 800})
    for summary in page.locator("summary").all():
        summary.evaluate("summary => { summary.parentElement.open = true }")
    results = Axe().run(page, options={"runOnly": RULES})
    assert results.violations_count == 0, results.generate_report()
    page.context.close()


def test_nothing_but_plots_and_tables_scrolls_sideways_on_a_phone(browser, report):
    page = _open(browser, report, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.context.close()


def test_marks_and_words_stay_inside_their_plots(browser, report):
    page = _open(browser, report, viewport={"width": 1100, "height": 800})
    outside = """plots => plots.flatMap(plot => {
        const box = plot.getBoundingClientRect();
        return [...plot.querySelectorAll('text, circle, rect, path')].filter(mark => {
            const own = mark.getBoundingClientRect();
            return own.left < box.left - 1 || own.right > box.right + 1 || own.top < box.top - 1
                || own.bottom > box.bottom + 1;
        }).map(mark => mark.textContent || mark.tagName);
    })"""
    assert page.locator("svg[role=img]").evaluate_all(outside) == []
    page.context.close()
