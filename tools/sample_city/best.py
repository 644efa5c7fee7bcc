"""Write the sample city's address file: ``python -m tools.sample_city.best [--out FILE]``."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from pyproj import Transformer

from tools.sample_city.best_doors import Door, doors
from tools.sample_city.streets_facts import Commune, StreetPart, Streets, load

OUT_FILE: Final = Path(__file__).parents[2] / "data" / "city" / "best" / "addresses.csv"

#: The columns of BeSt Address' open data, in its order.
COLUMNS: Final = (
    "EPSG:31370_x",
    "EPSG:31370_y",
    "EPSG:4326_lat",
    "EPSG:4326_lon",
    "address_id",
    "box_number",
    "house_number",
    "municipality_id",
    "municipality_name_de",
    "municipality_name_fr",
    "municipality_name_nl",
    "postcode",
    "postname_fr",
    "postname_nl",
    "street_id",
    "streetname_de",
    "streetname_fr",
    "streetname_nl",
    "region_code",
    "status",
)

Row = dict[str, str]


def render(streets: Streets) -> str:
    """Return the text of the address file; the same facts always give the same text."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, fieldnames=COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for commune, part in streets.parts:
        writer.writerows(_rows(commune, part))
    return buffer.getvalue()


def main(arguments: list[str] | None = None) -> None:
    """Write the address file, replacing the one that is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT_FILE, help="file to write (default: %(default)s)")
    file: Path = parser.parse_args(arguments).out
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(render(load()), encoding="utf-8", newline="")


def _rows(commune: Commune, part: StreetPart) -> Iterator[Row]:
    post_fr, post_nl = commune.post_name(part.postcode)
    shared: Row = {
        "municipality_id": commune.nis_code,
        "municipality_name_fr": commune.fr,
        "municipality_name_nl": commune.nl,
        "postcode": part.postcode,
        "postname_fr": post_fr,
        "postname_nl": post_nl,
        "street_id": str(part.street_id),
        "streetname_fr": part.name_fr,
        "streetname_nl": part.name_nl,
        "region_code": "BE-BRU",
        "status": "current",
    }
    for door in doors(part):
        lat, lon = door.point
        x, y = _to_lambert72().transform(lon, lat)
        place: Row = {
            "EPSG:31370_x": f"{x:.0f}",
            "EPSG:31370_y": f"{y:.0f}",
            "EPSG:4326_lat": f"{lat:.5f}",
            "EPSG:4326_lon": f"{lon:.5f}",
            "house_number": door.house_number,
        }
        for box in door.boxes:
            yield shared | place | {"address_id": _address_id(part, door, box), "box_number": box}


@lru_cache(maxsize=1)
def _to_lambert72() -> Transformer:
    return Transformer.from_crs("EPSG:4326", "EPSG:31370", always_xy=True)


def _address_id(part: StreetPart, door: Door, box: str) -> str:
    """Return an id that changes only with the street, the number and the box, whatever else is added."""
    number, _, _ = door.house_number.rstrip("A").partition("-")
    slot = int(box or 0) + (9 if door.house_number.endswith("A") else 0)
    return str((part.street_id * 10_000 + int(number)) * 10 + slot)


if __name__ == "__main__":
    main()
