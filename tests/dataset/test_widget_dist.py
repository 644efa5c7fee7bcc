"""The built widget that is served is what its sources make: here by their digest, in `bxl check` by building it."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

WIDGET = Path(__file__).resolve().parents[2] / "services" / "widget"
BUDGET_BYTES = 40_000


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_the_widget_was_built_from_these_sources():
    names = [str(path.relative_to(WIDGET)) for path in (WIDGET / "src").rglob("*") if path.is_file()]
    names += ["package-lock.json", "build/build.mjs", "build/own-unit.mjs"]
    lines = [f"{name}\n{_sha256((WIDGET / name).read_bytes())}\n" for name in sorted(names)]
    built = (WIDGET / "dist" / "SOURCES").read_text(encoding="utf-8").strip()
    assert built == _sha256("".join(lines).encode()), "services/widget: npm ci && npm run build"


def test_the_widget_is_within_its_budget():
    script = (WIDGET / "dist" / "city-assistant.js").read_bytes()
    assert len(gzip.compress(script, 9, mtime=0)) <= BUDGET_BYTES


def test_the_widget_fetches_nothing_from_elsewhere():
    script = (WIDGET / "dist" / "city-assistant.js").read_text(encoding="utf-8")
    addresses = {part.split('"')[0].split("`")[0].split("'")[0] for part in script.split("://")[1:]}
    assert {address for address in addresses if "." in address} <= {"www.w3.org/2000/svg"}


def test_the_lock_file_names_no_registry():
    lock = json.loads((WIDGET / "package-lock.json").read_text(encoding="utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in lock["packages"].items() if name)
