"""Whatever is typed, a message is understood or not; it never raises and never takes long."""

import time

import pytest

TEXTS = {
    "empty": "",
    "blank": " \t\n",
    "emoji": "😀🚋🇧🇪👩‍👩‍👧",
    "html": "<script>alert('x')</script><b>prochain tram</b>",
    "command": "/restart",
    "payload": '/inform{"stop": "Flagey"}',
    "half a surrogate pair": "tram \ud83d 81",
    "control": "tram\x00 81\x07 \x1b[31mFlagey",
    "zero width": "t\u200br\u200ba\u200bm 81",
    "combining": "tra" + "\u0301" * 50 + "m",
    "right to left": "ترام 81 متى",
    "full width": "ｔｒａｍ ８１ Ｆｌａｇｅｙ",
    "digits": "1" * 500,
    "one letter": "x" * 10_000,
    "no space": "flagey" * 2_000,
    "many names": "tram 81 rue de la loi 16 flagey " * 400,
    "many typos": "debroeckere montgommery blaesstrat " * 300,
    "many numbers": "12 34-56/78 9:30 2026-11-24 " * 400,
    "quotes": "'\"`´’“”«»" * 100,
    "ligature": "ﬁn de l’œuvre ß ĳ İ",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_no_message_raises(understanding, text):
    message = understanding.of(text)
    assert message.get("intent")["name"]
    for each in message.get("entities") or []:
        assert 0 <= each["start"] <= each["end"] <= len(text)


@pytest.mark.parametrize("name", ["one letter", "no space", "many names", "many typos", "many numbers"])
def test_a_long_message_keeps_nobody_waiting(understanding, name):
    started = time.process_time()
    understanding.of(TEXTS[name] + name)
    assert time.process_time() - started < 1.0


def test_a_typed_command_is_understood_as_text(understanding):
    assert understanding.of("/restart").get("intent")["name"] in ("nlu_fallback", "out_of_scope", "inform")


def test_full_width_letters_are_letters(understanding):
    assert understanding.entities("ｔｒａｍ ８１")["line"] == "81"
