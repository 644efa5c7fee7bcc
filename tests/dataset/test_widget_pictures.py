"""``docs/widget.md`` shows every card and state that is pictured, and every card that the widget draws is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.pictures.scenes import SCENES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "widget.md").read_text(encoding="utf-8")
PICTURES = ROOT / "docs" / "images" / "widget"
MOST_BYTES = 4_000_000


def test_every_scene_is_shown_and_nothing_else() -> None:
    assert re.findall(r"\(images/widget/([\w-]+)\.webp\)", PAGE) == [scene.name for scene in SCENES]
    assert {path.name for path in PICTURES.iterdir()} == {f"{scene.name}.webp" for scene in SCENES}


def test_every_card_that_is_drawn_is_pictured() -> None:
    source = (ROOT / "services" / "widget" / "src" / "cards" / "cards.ts").read_text(encoding="utf-8")
    cards = re.findall(r"^  (\w+): \{ needs:", source, re.MULTILINE)
    assert cards
    assert set(cards) <= {scene.name for scene in SCENES}


def test_the_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < MOST_BYTES


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_picture_is_a_sheet_of_three_languages(scene) -> None:
    with Image.open(PICTURES / f"{scene.name}.webp") as picture:
        assert picture.width == 3 * 390 + 4 * 12
