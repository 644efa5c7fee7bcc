"""A real Chromium, the page as it is served, and a fake chat behind it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, expect, sync_playwright

from tests.browser.fake_chat import FakeChat, serving

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _chromium() -> str:
    named = os.environ.get("BXL_CHROMIUM")
    found = named or next((path for path in map(shutil.which, _NAMES) if path), None)
    if found is None:
        pytest.fail("these tests need a Chromium: apt-get install chromium, or BXL_CHROMIUM=/path/to/chrome")
    return found


def launched(playwright: Playwright) -> Browser:
    """Start the system's Chromium."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=_chromium(), args=arguments)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a module: while it runs, its thread belongs to Playwright's event loop."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture
def chat() -> FakeChat:
    return FakeChat()


@pytest.fixture
def address(chat: FakeChat) -> Iterator[str]:
    with serving(chat) as url:
        yield url


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """A function that opens the page and, unless told not to, the chat.

    Whatever goes wrong in its scripts or against its policy fails the test.
    """
    contexts, errors = [], []

    def opened(language: str = "fr", path: str | None = None, *, chat: bool = True, **options: Any) -> Page:
        settings = {
            "reduced_motion": "reduce",
            "locale": "fr-BE",
            "viewport": {"width": 1000, "height": 800},
            **options,
        }
        context = browser.new_context(**settings)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if "Content Security" in line.text else None)
        page.goto(address + (f"?lang={language}" if path is None else path))
        if chat:
            open_chat(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


def open_chat(page: Page) -> None:
    """Press the button in the corner."""
    page.locator("city-assistant .launcher").click()
    expect(page.get_by_role("textbox")).to_be_visible()


def ask(page: Page, text: str) -> Locator:
    """Write a question, send it with Enter and return the answer, once it is there."""
    before = page.locator("article:not(.resident)").count()
    page.get_by_role("textbox").fill(text)
    page.get_by_role("textbox").press("Enter")
    answer = page.locator("article:not(.resident)").nth(before)
    expect(answer).to_be_visible()
    return answer
