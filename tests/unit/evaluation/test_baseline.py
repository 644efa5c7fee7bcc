import pytest

from evaluation import baseline, measures


def _cases(pairs, resolver):
    return measures.every(pairs, resolver)


def test_the_same_run_differs_in_nothing(tmp_path, pairs, resolver):
    file = tmp_path / "baseline.json"
    baseline.save(_cases(pairs, resolver), "a model", file)
    found = baseline.compare(baseline.load(file), _cases(pairs, resolver))
    assert {(each.points, each.chance) for each in found} == {(0, 1)}
    assert {each.language for each in found} == {"fr", "nl", "en", "all"}


def test_no_sentence_is_in_the_file(tmp_path, pairs, resolver):
    file = tmp_path / "baseline.json"
    baseline.save(_cases(pairs, resolver), "a model", file)
    text = file.read_text()
    assert [sentence.text for sentence, _ in pairs if sentence.text in text] == []


def test_more_losses_than_chance_are_significant_and_a_few_are_not(pair, resolver):
    before = [pair("thank", "thank", text=str(number)) for number in range(60)]
    few = [pair("thank", "deny" if number < 3 else "thank", text=str(number)) for number in range(60)]
    many = [pair("thank", "deny" if number < 12 else "thank", text=str(number)) for number in range(60)]
    saved = {name: {baseline.key(c): c.held for c in own} for name, own in _cases(before, resolver).items()}

    def change(after):
        return next(d for d in baseline.compare(saved, _cases(after, resolver)) if d.measure == "intent")

    assert (change(few).points, change(few).significant(), change(few).better) == (-5, False, False)
    assert (change(many).points, change(many).significant(), change(many).better) == (-20, True, False)


def test_less_harm_is_better(pair, resolver):
    saved = {"harm": {baseline.key(c): True for c in measures.harm([pair("thank", "deny")])}}
    change = baseline.compare(saved, {"harm": measures.harm([pair("thank", "thank")])})[0]
    assert (change.points, change.better) == (-100, True)


def test_only_cases_of_both_runs_are_compared(pair, resolver):
    saved = {"intent": {baseline.key(c): True for c in measures.intent([pair("thank", "thank", text="old")])}}
    new = measures.intent([pair("thank", "deny", text="new"), pair("thank", "thank", text="old")])
    assert {each.shared for each in baseline.compare(saved, {"intent": new})} == {1}


def test_no_saved_run_is_none_and_a_broken_one_is_named(tmp_path):
    assert baseline.load(tmp_path / "none.json") is None
    broken = tmp_path / "broken.json"
    broken.write_text('{"measures": {"intent": {"cases": "a b", "held": "1"}}}')
    with pytest.raises(ValueError, match=r"broken.json: no saved run"):
        baseline.load(broken)
