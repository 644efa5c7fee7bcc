from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.city.permits.dossiers.references import canonical, read, slips


@pytest.mark.parametrize(
    "written",
    [
        "04/PU/1234567",
        "04/pu/1234567",
        "4/PU/1234567",
        "04 PU 1234567",
        "04-PU-1234567",
        "04PU1234567",
        "4pu1234567",
        " 04 / PU / 1234567 ",
        "04.PU.1234567",
        "04\\PU\\1234567",
        "04–PU–1234567",
        "O4/PU/1234567",
        "０４/ＰＵ/１２３４５６７",
        "ref. 04/PU/1234567",
        "dossier 04/PU/1234567",
        "n° 04/PU/1234567",
        "référence: 04/PU/1234567",
        "04/PU/1234567.",
    ],
)
def test_every_spelling_is_one_reference(written: str) -> None:
    found = read(written)
    assert found is not None
    assert found.canonical == "04/PU/1234567"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("19/PFD/2026357", "19/PFD/2026357", id="another type"),
        pytest.param("09/GOU_PU/1234567", "09/GOU_PU/1234567", id="a type of two parts"),
        pytest.param("9 gou pu 1234567", "09/GOU_PU/1234567", id="a type of two parts, with spaces"),
        pytest.param("45799-RPU", "45799-RPU", id="a commune's own"),
        pytest.param("45799 rpu", "45799-RPU", id="a commune's own, with a space"),
    ],
)
def test_other_shapes_are_read(written: str, expected: str) -> None:
    found = read(written)
    assert found is not None
    assert found.canonical == expected


@pytest.mark.parametrize(
    ("written", "parts"),
    [("1234567", (None, None, "1234567")), ("PU 1234567", (None, "PU", "1234567"))],
    ids=["a bare number", "without the commune"],
)
def test_a_part_of_a_reference_is_read_as_one(written: str, parts: tuple[str | None, str | None, str]) -> None:
    found = read(written)
    assert found is not None
    assert (found.commune, found.type, found.number, found.canonical) == (*parts, None)


@pytest.mark.parametrize(
    "written", ["", " ", "bonjour", "04/PU", "12", "04/PU/1234567/8", "😀", "٠٤/PU/١٢٣٤", "PU/1\x002", "/" * 80]
)
def test_what_is_no_reference_is_none(written: str) -> None:
    assert read(written) is None


def test_a_registers_odd_reference_is_kept_in_capitals() -> None:
    assert canonical("  pe  dossier 1/2 b ") == ("PE DOSSIER 1/2 B", "12")
    assert canonical("04/pu/1234567") == ("04/PU/1234567", "1234567")
    assert canonical("pu 1234567") == ("PU 1234567", "1234567")


def test_a_slip_is_one_digit_or_two_swapped() -> None:
    found = set(slips("123"))
    assert {"213", "132", "124", "023"} <= found
    assert "123" not in found
    assert all(len(each) == 3 for each in found)


@given(st.text(max_size=80))
def test_any_text_can_be_read(written: str) -> None:
    found = read(written)
    assert found is None or found.number.isascii()


@given(st.integers(1, 19), st.sampled_from(["PU", "PFD", "PE", "GOU_PU", "LOT"]), st.integers(100, 99_999_999))
def test_reading_a_canonical_reference_gives_it_back(commune: int, kind: str, number: int) -> None:
    written = f"{commune:02}/{kind}/{number}"
    assert canonical(written) == (written, str(number))
    assert canonical(written.lower().replace("/", " ")) == (written, str(number))
