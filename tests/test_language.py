"""Words, their stems, and how hard a text is to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.language import language, lix, sentences, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The pier’s boats—25,000 of them!", ["the", "pier's", "boats", "25000", "of", "them"]),
        ("don't, 12:30, 3.5 and 1,5", ["don't", "12:30", "3.5", "and", "1,5"]),
        ("日本 tide", ["日", "本", "tide"]),
        ("Straße ÉTÉ", ["strasse", "été"]),
        ("_ * —", []),
    ],
)
def test_words_are_what_a_reader_would_count(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_words_are_compared_by_their_stems_and_empty_ones_are_left_out() -> None:
    english = language("en-GB")
    assert english.english
    assert english.content(words("Which of the protests drove him from power, and whose protesters?")) == [
        "protest", "drove", "power", "protest",
    ]  # fmt: skip
    assert english.content(["pier's", "piers", "pier"]) == ["pier"] * 3


def test_another_language_has_its_own_stems_and_no_empty_words() -> None:
    german = language("de")
    assert not german.english
    assert german.content(["häuser", "haus"]) == ["haus", "haus"]
    assert german.content(["the"]) == ["the"]
    assert language("xx").content(["häuser", "the"]) == ["häuser", "the"]


def test_sentences_end_at_their_marks() -> None:
    assert sentences('One. "Two!" Three? Four') == ["One", '"Two', "Three", "Four"]


def test_a_hard_text_is_harder_than_an_easy_one() -> None:
    easy = "The boats lie on the mud. They wait."
    hard = "Notwithstanding sedimentation, modernisation facilitated uninterrupted navigation."
    assert lix(easy) == pytest.approx(8 / 2)
    assert lix(hard) == 6 + 100
    assert lix("1931, 25 000!") == 0.0


@given(st.text())
def test_any_text_has_words_and_a_number(text: str) -> None:
    assert all(words(text))
    assert lix(text) >= 0
    assert all(language("en").content(words(text)))
