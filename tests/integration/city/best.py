"""Writes small address files for tests."""

from __future__ import annotations

from pathlib import Path

COLUMNS = (
    "EPSG:31370_x,EPSG:31370_y,EPSG:4326_lat,EPSG:4326_lon,address_id,box_number,house_number,municipality_id,"
    "municipality_name_de,municipality_name_fr,municipality_name_nl,postcode,postname_fr,postname_nl,street_id,"
    "streetname_de,streetname_fr,streetname_nl,region_code,status"
)

COMMUNES = {
    "1000": ("Bruxelles", "Brussel"),
    "1020": ("Bruxelles", "Brussel"),
    "1040": ("Etterbeek", "Etterbeek"),
    "1050": ("Ixelles", "Elsene"),
    "1060": ("Saint-Gilles", "Sint-Gillis"),
    "1090": ("Jette", "Jette"),
    "1160": ("Auderghem", "Oudergem"),
}


def line(street: int, fr: str, nl: str, postcode: str, number: str, *, lat: float, lon: float, box: str = "") -> str:
    """Return one line of an address file."""
    commune_fr, commune_nl = COMMUNES[postcode]
    return (
        f",,{lat:.6f},{lon:.6f},{street}{number},{box},{number},21000,,{commune_fr},{commune_nl},{postcode},"
        f"{commune_fr},{commune_nl},{street},,{fr},{nl},BE-BRU,current"
    )


def write(path: Path, lines: list[str]) -> Path:
    """Write an address file and return its path."""
    path.write_text("\n".join([COLUMNS, *lines]) + "\n", encoding="utf-8")
    return path
