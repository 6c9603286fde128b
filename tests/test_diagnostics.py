"""Diagnostics as values, and what helps to mend."""

import pytest

from quizgen.diagnostics import (
    Diagnostic,
    Fault,
    Severity,
    Span,
    did_you_mean,
    error,
    has_errors,
    note,
    one_of,
    report,
    visible,
    warning,
)

SPAN = Span("a.yaml", 3, 5, 9, "    text")


def test_the_three_kinds_differ_in_their_severity_alone() -> None:
    for make, severity in ((error, Severity.ERROR), (warning, Severity.WARNING), (note, Severity.NOTE)):
        assert make("Q001", "wrong", SPAN) == Diagnostic("Q001", severity, "wrong", SPAN)
        assert make("Q001", "wrong", SPAN).hint == ""
        assert make("Q001", "wrong", SPAN, "mend it") == Diagnostic("Q001", severity, "wrong", SPAN, "mend it")


def test_only_an_error_is_an_error() -> None:
    assert has_errors([warning("Q401", "a", SPAN), error("Q001", "b", SPAN)])
    assert not has_errors([warning("Q401", "a", SPAN), note("Q390", "b", SPAN)])
    assert not has_errors([])


def test_a_note_says_so() -> None:
    assert str(note("Q390", "edited here", SPAN, "read it")) == (
        "a.yaml:3:5: note[Q390]: edited here\n    3 |     text\n      |     ^^^^\n      = hint: read it"
    )


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("stme", "did you mean 'stem'?"),
        ("STEM", "did you mean 'stem'?"),
        ("zzzz", "one of: stem, steam, answer"),
        ("answ", "did you mean 'answer'?"),
        ("an", "one of: stem, steam, answer"),  # too far off
    ],
)
def test_the_nearest_word_is_proposed_where_one_is_near(word: str, hint: str) -> None:
    assert did_you_mean(word, ["stem", "steam", "answer"]) == hint


def test_a_dozen_words_are_named_and_more_are_hinted_at() -> None:
    words = [f"w{number}" for number in range(13)]
    assert one_of(words[:12]) == "one of: " + ", ".join(words[:12])
    assert one_of(words) == "one of: " + ", ".join(words[:12]) + " ..."


def test_no_fault_is_no_complaint() -> None:
    report([])
    with pytest.raises(ValueError, match="faults"):
        report([Fault("Q201", "wrong")])


@pytest.mark.parametrize(
    "sign", "\x00 \x1b \x7f \x9b \n \u061c \u200e \u2028 \u2029 \u202e \u2066 \u2069 \ud800".split(" ")
)
def test_what_could_act_on_a_terminal_is_shown_as_an_escape(sign: str) -> None:
    assert visible(f"a{sign}b") == f"a\\u{ord(sign):04x}b"


def test_everything_else_stays_as_it_is() -> None:
    for text in ("é 日 🦀 \u0301 \u200d \u00a0", "\u2010\u2027\u202f\u2065\u206a"):
        assert visible(text) == text
