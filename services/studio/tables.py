"""The studio's tables, in the conversations' database: what became of real questions, and figures of the days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Date, Integer, MetaData, String, Table
from sqlalchemy.types import TypeEngine


@dataclass(frozen=True)
class Tables:
    """What the studio keeps; no words of residents."""

    #: What was decided on a wording, by a digest of it.
    decisions: Table
    #: How many questions of each kind there were in each hour.
    figures: Table


def tables(metadata: MetaData, instant: TypeEngine[datetime]) -> Tables:
    """Make the tables beside that of the conversations; ``instant`` is the type of points in time there."""
    decisions = Table(
        "studio_decisions",
        metadata,
        Column("digest", String(64), primary_key=True),  # SHA-256 of language and folded words
        Column("kind", String(16), nullable=False),  # see inbox.decisions.Kind
        Column("intent", String(80)),  # of an example or a test sentence
        Column("who", String(32), nullable=False),  # account
        Column("at", instant, nullable=False),
    )
    figures = Table(
        "studio_figures",
        metadata,
        Column("day", Date, primary_key=True),
        Column("hour", Integer, primary_key=True),  # 0 to 23, in Brussels
        Column("intent", String(80), primary_key=True),  # the likeliest capability; empty: none
        Column("language", String(2), primary_key=True),  # empty: not known
        Column("channel", String(16), primary_key=True),
        Column("outcome", String(16), primary_key=True),
        Column("commune", String(60), primary_key=True),  # empty: none was named
        Column("questions", Integer, nullable=False),
        Column("helped", Integer, nullable=False),  # thumbs up
        Column("not_helped", Integer, nullable=False),  # thumbs down
    )
    return Tables(decisions, figures)
