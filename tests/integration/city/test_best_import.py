"""Addresses, from the file to the tables."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from services.city.core.errors import NotFoundError
from services.city.models.places import Address
from services.city.places.lookup import Located, lookup
from services.importers.base import ImportRefusedError
from services.importers.best import BestImporter
from tests.integration.city import best

LOUISE = ("Avenue Louise", "Louizalaan")
LINES = [
    best.line(1, *LOUISE, "1000", "149", lat=50.8300, lon=4.3600),
    best.line(1, *LOUISE, "1000", "149", lat=50.8301, lon=4.3601, box="3"),
    best.line(1, *LOUISE, "1000", "200", lat=50.8290, lon=4.3610),
    best.line(1, *LOUISE, "1050", "12-16", lat=50.8350, lon=4.3570),
    best.line(2, "Rue sans nom flamand", "", "1050", "4a", lat=50.82, lon=4.37),
    best.line(3, "Chaussée de Wavre", "Waversesteenweg", "1050", "20", lat=50.8370, lon=4.3660),
    best.line(3, "Chaussée de Wavre", "Waversesteenweg", "1040", "20", lat=50.8310, lon=4.3900),
]


@pytest.fixture
def imported(app: FastAPI, tmp_path: Path) -> FastAPI:
    BestImporter().run(app.state.engine, best.write(tmp_path / "openaddress.csv", LINES), app.state.clock)
    return app


def found(app: FastAPI, place_id: str) -> Located:
    with app.state.sessions() as session:
        return lookup(session, place_id)


def test_boxes_of_one_door_are_one_address(imported: FastAPI) -> None:
    with imported.state.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Address)) == 6


def test_a_street_through_two_communes_has_both_the_larger_part_first(imported: FastAPI) -> None:
    street = found(imported, "street:1")
    assert street.commune_ids == ("bruxelles", "ixelles")
    assert (street.commune_id, street.postcode, street.street_id) == ("bruxelles", "1000", 1)


def test_a_street_stands_at_one_of_its_addresses(imported: FastAPI) -> None:
    assert (found(imported, "street:1").lat, found(imported, "street:1").lon) == (50.83, 4.36)


def test_a_street_with_one_name_has_it_in_both_languages(imported: FastAPI) -> None:
    assert found(imported, "street:2").name_nl == "Rue sans nom flamand"


@pytest.mark.parametrize(
    ("asked", "door", "commune"),
    [
        pytest.param("address:1:149", "address:1:149", "bruxelles", id="the number"),
        pytest.param("address:1:149B", "address:1:149", "bruxelles", id="a suffix that is not known"),
        pytest.param("address:1:14", "address:1:12-16", "ixelles", id="within a span"),
        pytest.param("address:2:4", "address:2:4A", "ixelles", id="only with a suffix"),
        pytest.param("address:2:4a", "address:2:4A", "ixelles", id="small letter"),
        pytest.param("address:3:20:1040", "address:3:20:1040", "etterbeek", id="twice in a street, by postcode"),
        pytest.param("address:3:20:1050", "address:3:20:1050", "ixelles", id="twice in a street, the other"),
    ],
)
def test_an_address_is_found_by_its_number(imported: FastAPI, asked: str, door: str, commune: str) -> None:
    address = found(imported, asked)
    assert (address.id, address.kind, address.commune_id) == (door, "address", commune)


@pytest.mark.parametrize("asked", ["address:1:13", "address:1:998", "address:1:149:1050", "address:1:x"])
def test_an_unknown_number_suggests_the_nearest(imported: FastAPI, asked: str) -> None:
    with pytest.raises(NotFoundError) as error:
        found(imported, asked)
    assert error.value.code == "place_not_found"
    assert {s["house_number"] for s in error.value.suggestions} == {"149", "200", "12-16"}


@pytest.mark.parametrize(
    "asked", ["street:99", "address:99:1", "nonsense", "", "street:1;drop", "😀", "street:" + "9" * 40]
)
def test_an_unknown_id_is_not_found(imported: FastAPI, asked: str) -> None:
    with pytest.raises(NotFoundError):
        found(imported, asked)


def test_a_bad_line_is_reported_and_the_rest_imported(app: FastAPI, tmp_path: Path) -> None:
    bad = LINES[0].replace("50.830000", "fifty")
    report = BestImporter().run(app.state.engine, best.write(tmp_path / "a.csv", [bad, *LINES[1:]]), app.state.clock)
    assert report.counts["streets"] == 3
    assert report.problems == [{"file": "a.csv", "line": 2, "reason": "'fifty' is not a coordinate"}]


def test_addresses_not_in_use_are_counted_not_imported(app: FastAPI, tmp_path: Path) -> None:
    lines = [LINES[0].replace("current", "retired"), *LINES[1:]]
    report = BestImporter().run(app.state.engine, best.write(tmp_path / "a.csv", lines), app.state.clock)
    # The second box of number 149 stands for its door now.
    assert report.counts == {"streets": 3, "addresses": 6, "addresses not in use": 1}


def test_boxes_and_repeated_lines_are_counted(app: FastAPI, tmp_path: Path) -> None:
    path = best.write(tmp_path / "a.csv", [*LINES, LINES[0], LINES[1]])
    report = BestImporter().run(app.state.engine, path, app.state.clock)
    assert report.counts == {"streets": 3, "addresses": 6, "further boxes": 1, "repeated lines": 2}
    assert report.problems == []


def test_a_file_of_faults_is_refused_before_its_list_fills_the_memory(
    imported: FastAPI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.importers.best.MOST_PROBLEMS", 3)
    path = best.write(tmp_path / "a.csv", [*LINES, *["nonsense"] * 4])
    with pytest.raises(ImportRefusedError, match=r"a.csv:12: 1 fields, not 20; more than 3 lines are at fault"):
        BestImporter().run(imported.state.engine, path, imported.state.clock)
    assert found(imported, "address:1:200").house_number == "200"


def test_a_zip_that_breaks_off_is_refused_and_the_old_version_stays(imported: FastAPI, tmp_path: Path) -> None:
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(best.write(tmp_path / "a.csv", LINES), "a.csv")
    damaged = bytearray(whole.read_bytes())
    damaged[60:90] = bytes(30)
    broken = tmp_path / "broken.zip"
    broken.write_bytes(damaged)
    with pytest.raises(ImportRefusedError, match=r"broken\.zip: cannot be read"):
        BestImporter().run(imported.state.engine, broken, imported.state.clock)
    assert found(imported, "address:1:200").house_number == "200"


def test_broken_text_is_refused_and_the_old_version_stays(imported: FastAPI, tmp_path: Path) -> None:
    path = tmp_path / "latin1.csv"
    path.write_bytes("\n".join([best.COLUMNS, *LINES]).encode("latin-1"))
    with pytest.raises(ImportRefusedError, match=r"latin1.csv:7: not UTF-8"):
        BestImporter().run(imported.state.engine, path, imported.state.clock)
    assert found(imported, "address:1:200").house_number == "200"


def test_half_a_file_is_refused_unless_forced(imported: FastAPI, tmp_path: Path) -> None:
    path = best.write(tmp_path / "half.csv", LINES[:1])
    with pytest.raises(ImportRefusedError, match="less than half"):
        BestImporter().run(imported.state.engine, path, imported.state.clock)
    BestImporter().run(imported.state.engine, path, imported.state.clock, force=True)
    with pytest.raises(NotFoundError):
        found(imported, "street:2")
