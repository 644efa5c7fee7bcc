"""Writes a few container parks and drop-off points for tests."""

from __future__ import annotations

from pathlib import Path

MATERIALS = """\
materials:
  - {id: wood, names: {fr: bois, nl: hout, en: wood}}
  - {id: oil, drop_off: oil, names: {fr: huile, nl: olie, en: oil},
     limit: {fr: Dix litres., nl: Tien liter., en: Ten litres.}}
"""
PARKS = """\
visit:
  bring: [{fr: Une carte, nl: Een kaart, en: A card}]
  rules: [{fr: Gratuit., nl: Gratis., en: Free.}]
parks:
  - id: north
    kind: recypark
    names: {fr: Nord, nl: Noord}
    address: {fr: Rue du Nord, nl: Noordstraat}
    postcode: "1000"
    location: {lat: 50.88, lon: 4.35}
    phone: 0800 981 81
    website: {fr: "https://x.example/fr", nl: "https://x.example/nl"}
    hours:
      - {days: [mon], opens: "12:00", closes: "18:00"}
      - {days: [tue, wed, thu, fri], opens: "09:00", closes: "16:00"}
    public_holidays: closed
    accepts: [wood, oil]
    closures:
      - {first: 2026-12-01, last: 2026-12-03, reason: {fr: Travaux., nl: Werken., en: Works.}}
  - id: south
    kind: recypark
    names: {fr: Sud, nl: Zuid}
    address: {fr: Rue du Sud, nl: Zuidstraat}
    postcode: "1190"
    location: {lat: 50.80, lon: 4.35}
    phone: 0800 981 81
    website: {fr: "https://x.example/fr", nl: "https://x.example/nl"}
    hours: [{days: [mon, sat], opens: "08:00", closes: "16:00"}]
    public_holidays: closed
    accepts: [wood]
"""
POINTS = """\
kinds:
  glass_bank: {names: {fr: Bulle, nl: Glasbol, en: Glass bank}, note: {fr: Sans bouchon., nl: Zonder dop., en: No cap.}}
  shop_box: {names: {fr: Boîte, nl: Box, en: Box}, note: {fr: Au magasin., nl: In de winkel., en: In the shop.}}
points:
  - {id: bank-a, kind: glass_bank, materials: [glass], postcode: "1000", address: {fr: A, nl: A},
     location: {lat: 50.8400, lon: 4.35}}
  - {id: bank-b, kind: glass_bank, materials: [glass], postcode: "1000", address: {fr: B, nl: B},
     location: {lat: 50.8500, lon: 4.35}}
  - {id: box, kind: shop_box, materials: [oil, batteries], postcode: "1000", address: {fr: C, nl: C},
     location: {lat: 50.8410, lon: 4.35}, public_holidays: closed,
     hours: [{days: [mon], opens: "09:00", closes: "18:00"}]}
"""


def write(folder: Path, *, materials: str = MATERIALS, parks: str = PARKS, points: str = POINTS) -> Path:
    """Write the folder and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {"materials": materials, "parks": parks, "points": points}.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder
