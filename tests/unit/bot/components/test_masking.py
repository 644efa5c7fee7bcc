"""What the intent model sees of a sentence."""

import pytest

from bot.components.masking import masked
from bot.components.mentions import mentions_of


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Prochain 81 à Flagey ?", "prochain ⑤ a ③ ?"),
        ("sacs jaunes Rue Blaes 20", "sacs jaunes ⑦ ①"),
        ("Vuilnis in Elsene", "vuilnis in ④"),
        ("le 25 décembre à 18h30", "le ⑥ a ⑥"),
        ("J'ai 400 sacs", "j'ai 0 sacs"),
        ("un hôtel à Zanzibar", "un hotel a zanzibar"),
        ("comment aller à l'Atomium", "comment aller a l' ③"),
        ("où jeter une boîte à pizza", "ou jeter une boite a pizza ⑪"),
        ("dossier 04/PU/1234567", "dossier ⑰"),
        ("mijn bestelwagen diesel euro 5", "mijn bestelwagen ⑭ diesel ⑭ ⑱"),
        ("rappelez-moi au 0471 23 45 67", "rappelez-moi au ⑳"),
        ("pour un enfant de 14 ans", "pour un enfant de ⑲"),
        ("lampadaire cassé rue Blaes 20", "lampadaire ⑫ casse ①"),
    ],
)
def test_names_give_way_to_the_sign_of_their_kind(understanding, text, seen):
    assert masked(text, mentions_of(understanding.of(text))) == seen


def test_a_doubtful_value_speaks_for_itself(understanding):
    assert masked("un ticket", mentions_of(understanding.of("un ticket"))) == "un ticket"


def test_without_mentions_the_sentence_is_folded():
    assert masked("  Où est\tl’ÉGLISE ?  ", []) == "ou est l'eglise ?"
