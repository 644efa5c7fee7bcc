"""The address file's reader."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from services.feeds.best.coordinates import from_lambert72
from services.feeds.best.model import AddressRow, UnusableFeedError
from services.feeds.best.reader import read_addresses

HEADER = (
    "EPSG:31370_x,EPSG:31370_y,EPSG:4326_lat,EPSG:4326_lon,address_id,box_number,house_number,municipality_id,"
    "municipality_name_de,municipality_name_fr,municipality_name_nl,postcode,postname_fr,postname_nl,street_id,"
    "streetname_de,streetname_fr,streetname_nl,region_code,status"
)
GRAND_PLACE = (
    "148800.0,170900.0,50.84669,4.35246,1,,1,21004,,Bruxelles,Brussel,1000,Bruxelles,Brussel,77,,Grand-Place,"
    "Grote Markt,BE-BRU,current"
)


def read(path: Path) -> tuple[list[AddressRow], list[tuple[str, int | None, str]]]:
    problems: list[tuple[str, int | None, str]] = []
    rows = list(read_addresses(path, lambda *problem: problems.append(problem)))
    return rows, problems


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "openaddress-bebru.csv"


def test_a_line_is_read_whole(file: Path) -> None:
    file.write_text(f"{HEADER}\n{GRAND_PLACE}\n", encoding="utf-8")
    rows, problems = read(file)
    assert problems == []
    assert rows == [
        AddressRow(
            line=2,
            street_id=77,
            street_fr="Grand-Place",
            street_nl="Grote Markt",
            street_de="",
            house_number="1",
            box_number="",
            postcode="1000",
            municipality_id="21004",
            municipality_fr="Bruxelles",
            municipality_nl="Brussel",
            lat=50.84669,
            lon=4.35246,
            current=True,
        )
    ]


def test_lambert_is_converted_where_there_is_no_wgs84(file: Path) -> None:
    file.write_text(f"{HEADER}\n{GRAND_PLACE.replace('50.84669,4.35246', ',')}\n", encoding="utf-8")
    (row,), problems = read(file)
    assert problems == []
    assert (row.lat, row.lon) == pytest.approx((50.8484, 4.3516), abs=0.0005)


def test_lambert_origin_is_where_the_geodetic_institute_puts_it() -> None:
    # The false origin of EPSG:31370 (150000.013, 5400088.438) is the pole; 4°22'02.952" is its central meridian.
    assert from_lambert72(150000.013, 170000.0)[1] == pytest.approx(4.3686, abs=0.002)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        pytest.param("50.84669,4.35246", "north,4.35246", "'north' is not a coordinate", id="no number"),
        pytest.param("50.84669,4.35246", "nan,4.35246", "'nan' is not a coordinate", id="nan"),
        pytest.param("50.84669,4.35246", "4.35246,50.84669", "not in Belgium", id="latitude and longitude swapped"),
        pytest.param("148800.0,170900.0,50.84669,4.35246", ",,,", "no coordinates", id="no point"),
        pytest.param("148800.0,170900.0,50.84669,4.35246", "1e30,1e30,,", "not in Belgium", id="off the projection"),
        pytest.param(",77,", ",seventy,", "street_id 'seventy' is not a number", id="street id"),
        pytest.param(",77,", ",99999999999,", "is not a number", id="street id too large"),
        pytest.param(",1000,", ",B-1000,", "postcode 'B-1000' is not four digits", id="postcode"),
        pytest.param("Grand-Place,Grote Markt", ",", "no street name", id="no name"),
        pytest.param("Bruxelles,Brussel,1000", ",,1000", "no municipality name", id="no commune"),
        pytest.param(",1,21004", ",,21004", "house_number ''", id="no house number"),
        pytest.param(",1,21004", ",123456789,21004", "house_number '123456789'", id="house number too long"),
        pytest.param(",BE-BRU", "", "19 fields, not 20", id="a field too few"),
        pytest.param("Grand-Place", '"Grand-Place', "unexpected end of data", id="an open quote"),
        pytest.param("Grand-Place", "Grand\0Place", "NUL", id="nul character"),
        pytest.param("Grand-Place", "x" * 201, "longer than 200", id="name too long"),
    ],
)
def test_a_bad_line_is_left_out_with_its_line(file: Path, old: str, new: str, reason: str) -> None:
    bad = GRAND_PLACE.replace(old, new)
    assert bad != GRAND_PLACE
    file.write_text(f"{HEADER}\n{GRAND_PLACE}\n{bad}\n{GRAND_PLACE}\n", encoding="utf-8")
    rows, problems = read(file)
    assert [row.line for row in rows] == [2, 4]
    assert [(name, line) for name, line, _ in problems] == [("openaddress-bebru.csv", 3)]
    assert reason in problems[0][2]


def test_marks_blank_lines_and_column_order_do_not_matter(file: Path) -> None:
    header, values = HEADER.split(","), GRAND_PLACE.split(",")
    turned = ",".join(reversed(header)).upper(), ",".join(reversed(values))
    file.write_bytes(b"\xef\xbb\xbf" + f"{turned[0]}\r\n\r\n{turned[1]}\r\n,,,\r\n".encode())
    rows, problems = read(file)
    assert problems == []
    assert [row.street_nl for row in rows] == ["Grote Markt"]


def test_addresses_that_are_not_in_use_say_so(file: Path) -> None:
    file.write_text(f"{HEADER}\n{GRAND_PLACE.replace('current', 'retired')}\n", encoding="utf-8")
    assert [row.current for row in read(file)[0]] == [False]


def test_a_zip_and_a_folder_are_read_as_the_file(file: Path, tmp_path: Path) -> None:
    file.write_text(f"{HEADER}\n{GRAND_PLACE}\n", encoding="utf-8")
    packed = tmp_path / "packed" / "openaddress-bebru.zip"
    packed.parent.mkdir()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(file, "openaddress-bebru.csv")
    assert read(tmp_path)[0] == read(file)[0] == read(packed)[0] != []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", ":1: no column", id="empty"),
        pytest.param(b"<html></html>\n", ":1: no column", id="a web page"),
        pytest.param(HEADER.replace("streetname_nl", "x").encode(), "no column streetname_nl", id="a column missing"),
        pytest.param(HEADER.replace("EPSG:", "").encode(), ":1: no coordinates", id="no coordinates"),
        pytest.param(f"{HEADER}\n{GRAND_PLACE}\n".encode() + b"caf\xe9", ":3: not UTF-8", id="latin 1"),
        pytest.param(f"{HEADER}\n".encode() + b"1" * 20_000, ":2: not an address file", id="a line without end"),
        pytest.param(b"PK\x03\x04 no zip after all \xff", ":1: not UTF-8", id="a torn zip"),
    ],
)
def test_an_unusable_file_says_why(file: Path, content: bytes, reason: str) -> None:
    file.write_bytes(content)
    with pytest.raises(UnusableFeedError, match=reason):
        read(file)


def test_a_missing_file_and_an_empty_folder_say_so(file: Path, tmp_path: Path) -> None:
    with pytest.raises(UnusableFeedError, match="cannot be read"):
        read(file)
    with pytest.raises(UnusableFeedError, match="0 CSV files"):
        read(tmp_path)
