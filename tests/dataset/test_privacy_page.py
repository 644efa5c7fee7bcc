"""``docs/privacy.md`` names every column of the conversations and of what residents send to the city."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import MetaData

from services.city.models import Base as City
from services.common import retention
from services.gateway.channels import desk_tables, studio_tables, telegram_tables
from services.gateway.conversations import handover_models
from services.gateway.conversations.models import Base as Gateway

PAGE = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text(encoding="utf-8")
GATEWAY, CITY = (part.split("\n## ")[0] for part in re.split(r"\n## The .* database\n", PAGE)[1:])
#: Tables of the façade that an import fills, or that keep count of imports.
IMPORTED = {"datasets", "feed_states", "realtime_snapshots"}
# The tables of channels and of the hand-over are among them.
ELSEWHERE = (
    telegram_tables.TABLES.chats,
    desk_tables.TABLES.accounts,
    studio_tables.TABLES.figures,
    handover_models.HandOver.__table__,
)
assert {each.metadata for each in ELSEWHERE} == {Gateway.metadata}
KEPT_FOREVER = "kept: it names nobody"


def documented(part: str) -> dict[str, dict[str, str]]:
    """Return the kind of each field by table."""
    found: dict[str, dict[str, str]] = {}
    for section in part.split("\n### ")[1:]:
        name = section.split("`")[1]
        fields = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \| [^|]+ \|$", section, re.MULTILINE)
        found[name] = {field: kind.strip() for field, kind in fields}
    return found


def without(part: str) -> set[str]:
    """Return the tables that are said to hold no personal data."""
    line = next(line for line in part.splitlines() if line.startswith("Without personal data"))
    return set(re.findall(r"`(\w+)`", line))


def personal(metadata: MetaData, part: str) -> dict[str, set[str]]:
    """Return the columns that have to be documented, by table."""
    imported = {
        table.name
        for table in metadata.sorted_tables
        if "dataset_id" in table.c or table.name in IMPORTED or table.name.startswith("transport_")
    }
    left = {table.name: {column.name for column in table.c} for table in metadata.sorted_tables}
    return {name: columns for name, columns in left.items() if name not in imported | without(part)}


@pytest.mark.parametrize(
    ("metadata", "part"),
    [pytest.param(Gateway.metadata, GATEWAY, id="gateway"), pytest.param(City.metadata, CITY, id="city")],
)
def test_every_column_is_there_and_no_other(metadata: MetaData, part: str) -> None:
    assert {name: set(fields) for name, fields in documented(part).items()} == personal(metadata, part)


def test_every_kind_is_one_that_is_deleted_by_or_names_nobody() -> None:
    known = retention.kinds(retention.FILE)
    named = {
        kind.split(" ")[0]
        for part in (GATEWAY, CITY)
        for fields in documented(part).values()
        for entry in fields.values()
        if entry != KEPT_FOREVER
        for kind in entry.split("; ")
    }
    assert named == set(known)
