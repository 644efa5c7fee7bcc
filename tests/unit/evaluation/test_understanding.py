"""The parser is a command of another environment; here a small program in its place."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from evaluation import understanding

_ECHO = """#!{python}
import json, sys
assert sys.argv[1:5] == ["-m", "bot", "parse", "--model"], sys.argv
for line in open(sys.argv[8], encoding="utf-8"):
    text = json.loads(line)["text"]
    print(json.dumps({{"text": text, "language": "fr", "intent": text, "confidence": 0.5, "entities": [],
                       "ranking": [[text, 0.5]]}}), flush=True)
"""
_BROKEN = """#!{python}
import sys
sys.exit("model.tar.gz: no such model")
"""


def _program(folder: Path, text: str) -> Path:
    file = folder / "program"
    file.write_text(text.format(python=sys.executable))
    file.chmod(0o755)
    return file


def test_texts_are_understood_in_their_order_with_the_time_that_each_took(tmp_path):
    texts = ["où ?", "waar?", "x" * 5000]
    found = understanding.parse(Path("model.tar.gz"), texts, python=_program(tmp_path, _ECHO))
    assert [each.intent for each in found] == texts
    assert found[0].ranking == [("où ?", 0.5)]
    assert all(each.took_ms >= 0 for each in found)
    assert found[0].took_ms > found[1].took_ms


def test_a_parser_that_fails_says_why(tmp_path):
    with pytest.raises(RuntimeError, match=r"exit code 1: model.tar.gz: no such model"):
        understanding.parse(Path("model.tar.gz"), ["x"], python=_program(tmp_path, _BROKEN))
