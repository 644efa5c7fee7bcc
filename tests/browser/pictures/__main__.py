"""``python -m tests.browser.pictures``: make docs/images/widget anew, or only the scenes that are named."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from kit.languages import LANGUAGES
from tests.browser.conftest import launched, open_chat
from tests.browser.drawn import drawn_tile
from tests.browser.fake_chat import FakeChat, serving
from tests.browser.pictures.scenes import SCENES, Scene

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "images" / "widget"
_THEMES = ("light", "dark")
_WIDTH_PX, _HEIGHT_PX = 390, 760
#: High enough for a whole conversation, so that nothing has to be scrolled.
_TALL_PX = 4000
_AROUND_PX = 12
_QUALITY = 82
_MAP = {"attribution": "© Exemple", "attribution_url": "https://tiles.example.brussels/copyright"}


def main(names: list[str]) -> None:
    """Write one file a scene, or say which names are unknown."""
    unknown = set(names) - {scene.name for scene in SCENES}
    if unknown:
        sys.exit(f"no such scene: {', '.join(sorted(unknown))}; there are {', '.join(each.name for each in SCENES)}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launched(playwright)
        for scene in SCENES:
            if names and scene.name not in names:
                continue
            file = FOLDER / f"{scene.name}.webp"
            shots = [[_shot(browser, scene, language, theme) for language in LANGUAGES] for theme in _THEMES]
            _sheet(shots).save(file, "WEBP", quality=_QUALITY, method=6)
            print(f"{file.name}: {file.stat().st_size / 1000:.0f} kB")
        browser.close()


def _shot(browser: Browser, scene: Scene, language: str, theme: str) -> Image.Image:
    chat = FakeChat()
    chat.tile = drawn_tile()
    with serving(chat) as address:
        chat.map = _MAP | {"tiles": f"{address}tiles/{{z}}/{{x}}/{{y}}.png"}
        context = browser.new_context(
            viewport={"width": _WIDTH_PX, "height": _HEIGHT_PX if scene.whole else _TALL_PX},
            color_scheme=theme,  # type: ignore[arg-type] - one of _THEMES
            reduced_motion="reduce",
            locale="fr-BE",
            has_touch=True,
            is_mobile=True,
        )
        page = context.new_page()
        page.goto(f"{address}?lang={language}")
        open_chat(page)
        page.mouse.move(1, 1)  # nothing is shown as it is under the pointer
        scene.play(page, chat, language)
        if scene.whole:
            taken = page.screenshot()
        else:
            box = page.locator("#log").bounding_box()
            if box is None:
                raise RuntimeError(f"{scene.name}: nothing is shown")
            taken = page.screenshot(
                clip={
                    "x": 0,
                    "y": box["y"] - _AROUND_PX,
                    "width": _WIDTH_PX,
                    "height": box["height"] + 2 * _AROUND_PX,
                }
            )
        context.close()
    return Image.open(io.BytesIO(taken)).convert("RGB")


def _sheet(rows: list[list[Image.Image]]) -> Image.Image:
    """Return the languages beside each other, the light theme above the dark one."""
    heights = [max(shot.height for shot in row) for row in rows]
    width = len(rows[0]) * (_WIDTH_PX + _AROUND_PX) + _AROUND_PX
    sheet = Image.new("RGB", (width, sum(heights) + (len(rows) + 1) * _AROUND_PX), "#9a9ea6")
    top = _AROUND_PX
    for row, height in zip(rows, heights, strict=True):
        for at, shot in enumerate(row):
            sheet.paste(shot, (_AROUND_PX + at * (_WIDTH_PX + _AROUND_PX), top))
        top += height + _AROUND_PX
    return sheet


if __name__ == "__main__":
    main(sys.argv[1:])
