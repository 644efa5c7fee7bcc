"""Writes small sorting guides for tests."""

from __future__ import annotations

from pathlib import Path

DESTINATIONS = """\
owner: tests
destinations:
  - {id: blue, kind: bag, fraction: blue, names: {fr: sac bleu, nl: blauwe zak, en: blue bag},
     how: {fr: Videz-le., nl: Maak het leeg., en: Empty it.}}
  - {id: glass_bank, kind: point, material: glass, names: {fr: bulle, nl: glasbol, en: glass bank},
     how: {fr: Sans bouchon., nl: Zonder dop., en: Without cap.}}
  - {id: white, kind: bag, fraction: white, names: {fr: sac blanc, nl: witte zak, en: white bag},
     how: {fr: Sans plus., nl: Gewoon erin., en: Just put it in.}}
"""
REASONS = """\
owner: tests
reasons:
  recycled: {fr: Cela se recycle., nl: Het wordt gerecycleerd., en: It is recycled.}
"""
TRAPS = """\
owner: tests
traps:
  wrap: {fr: Emballez-le., nl: Wikkel het in., en: Wrap it.}
"""
ITEMS = """\
items:
  - {id: glass_bottle, to: [glass_bank], why: recycled,
     fr: [bouteille en verre, flacon], nl: [glazen fles], en: [glass bottle]}
  - {id: plastic_bottle, to: [blue], why: recycled,
     fr: [bouteille en plastique], nl: [plastic fles], en: [plastic bottle]}
  - {id: drinking_glass, to: [white, blue], why: recycled, trap: wrap,
     fr: [verre à boire], nl: [drinkglas], en: [drinking glass]}
"""
AMBIGUITIES = """\
owner: tests
ambiguities:
  - {id: glass, words: {fr: [verre], nl: [glas], en: [glass]}, items: [glass_bottle, drinking_glass]}
"""


def write(
    folder: Path,
    *,
    items: str = ITEMS,
    destinations: str = DESTINATIONS,
    reasons: str = REASONS,
    traps: str = TRAPS,
    ambiguities: str = AMBIGUITIES,
) -> Path:
    """Write a guide's folder and return its path."""
    (folder / "items").mkdir(parents=True, exist_ok=True)
    texts = {"destinations": destinations, "reasons": reasons, "traps": traps, "ambiguities": ambiguities}
    for name, text in {**texts, "items/all": items}.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder
