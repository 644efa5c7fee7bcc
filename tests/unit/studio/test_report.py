"""What figures say: shares, tables, what the public may read, and the file for other programs."""

from datetime import date

import pytest

from services.studio.insight.figures import Figure
from services.studio.insight.report import Kept, as_csv, public, report

DAY = date(2026, 11, 24)
TOPICS = {"waste_sorting": "waste", "permit_needed": "permits"}


def topic_of(intent):
    return TOPICS.get(intent, "")


def figure(intent="waste_sorting", outcome="answered", questions=1, **more):
    given = {"day": DAY, "hour": 8, "language": "fr", "channel": "web", "commune": "", **more}
    return Figure(intent=intent, outcome=outcome, questions=questions, **given)


def made(*figures, **kept):
    return report(figures, topic_of, Kept(**kept), [DAY])


def test_asking_for_a_fact_is_not_counted_against_the_answer():
    found = made(figure(questions=3), figure(outcome="asked", questions=5), figure(outcome="not_understood"))
    assert (found.total.questions, found.total.settled, found.total.share) == (9, 4, 0.75)
    assert found.outcomes == {"asked": 5, "answered": 3, "not_understood": 1}


def test_tables_have_the_most_frequent_first():
    found = made(figure(), figure("permit_needed", questions=4, language="nl", hour=23), figure("", commune="ixelles"))
    assert [line.value for line in found.tables["topic"]] == ["permits", "", "waste"]
    assert [(line.value, line.questions) for line in found.tables["commune"]] == [("ixelles", 1)]
    assert dict(found.hours)[23] == 4
    assert found.days == [(DAY, 6)]


@pytest.mark.parametrize(
    ("kept", "count"), [({"topic": "permits"}, 4), ({"language": "nl"}, 4), ({"channel": "telegram"}, 2), ({}, 7)]
)
def test_what_is_kept(kept, count):
    figures = (figure(), figure("permit_needed", questions=4, language="nl"), figure(questions=2, channel="telegram"))
    assert made(*figures, **kept).total.questions == count


def test_without_a_question_there_is_no_share():
    found = made(figure(questions=0))
    assert (found.total.questions, found.total.share, found.satisfaction) == (0, None, None)


def test_satisfaction_is_of_those_who_said_something():
    assert made(figure(questions=9, helped=3, not_helped=1)).satisfaction == 0.75


def test_few_questions_are_not_told_to_everybody_and_cannot_be_reckoned():
    figures = [figure(questions=90), figure("permit_needed", questions=20, language="nl"), figure("", questions=3)]
    assert dict(public(figures, topic_of)["topic"]) == {"waste": 90, "permits": None, "": None}
    assert dict(public(figures, topic_of)["language"]) == {"fr": 93, "nl": 20}
    assert dict(public(figures[:1], topic_of)["topic"]) == {"waste": 90}
    assert dict(public(figures[2:], topic_of)["topic"]) == {"": None}


def test_a_file_for_other_programs():
    lines = as_csv([figure(questions=2, helped=1), figure(questions=0)]).splitlines()
    assert lines == [
        "day,hour,intent,language,channel,outcome,commune,questions,helped,not_helped",
        "2026-11-24,8,waste_sorting,fr,web,answered,,2,1,0",
    ]
