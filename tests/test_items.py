"""What an author writes and what a marker gives for it, type by type; every expected score is worked out by hand."""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from quizgen.items import ITEM_TYPES, ItemBase, KeyLine, Option, letter, lettered
from quizgen.items.base import choices, ranked
from quizgen.items.fields import digest, slug
from quizgen.items.numeric import plain_digits, readings
from quizgen.items.wording import comparable

from .strategies import different, item_of, lines, seeds
from .test_laws import ranking


def item(kind: str, **fields: Any) -> ItemBase:
    """An item of which only what matters is said."""
    return item_of({"id": "item", "type": kind, "stem": "Stem", **fields})


def codes(kind: str, **fields: Any) -> list[tuple[str, tuple[str | int, ...]]]:
    """What the type itself finds wrong: code and place."""
    with pytest.raises(ValidationError) as raised:
        item(kind, **fields)
    entries = raised.value.errors()
    return [(fault.code, (*entry["loc"], *fault.at)) for entry in entries for fault in entry["ctx"]["faults"]]


def ids(found: ItemBase) -> dict[str, str]:
    """Text -> id of what can be picked."""
    return {choice.text: choice.id for choice in found.offered}


# --- multiple_choice --------------------------------------------------------------------------------------------

BOATS = {"answer": "On the mud", "distractors": ["In deep water", "At the pier"], "points": "2"}


def test_the_right_choice_earns_all_and_any_other_nothing() -> None:
    boats = item("multiple_choice", **BOATS)
    assert boats.score("on-the-mud") == 2
    assert boats.score("at-the-pier") == 0
    assert boats.score(["on-the-mud"]) == 0
    assert boats.score("A") == 0


def test_the_key_of_a_choice_is_its_letter_and_its_text() -> None:
    boats = item("multiple_choice", **BOATS).shuffled(lambda name: name[::-1].encode())
    assert boats.shown().choices == ("On the mud", "At the pier", "In deep water")
    assert boats.key_lines() == (KeyLine("A", "On the mud"),)
    assert boats.written_key() == ["A"]


def test_an_answer_that_differs_in_white_space_only_stands_among_the_distractors() -> None:
    assert codes("multiple_choice", answer="The  mud", distractors=["Sand", "The mud"]) == [
        ("Q202", ("distractors", 1))
    ]


def test_two_equal_distractors_are_one_too_many() -> None:
    twice = {"answer": "Mud", "distractors": ["Sand", "Caf\u00e9", "Cafe\u0301"]}
    assert codes("multiple_choice", **twice) == [("Q203", ("distractors", 2))]


def test_options_that_differ_in_case_are_two() -> None:
    assert len(item("multiple_choice", answer="Polish", distractors=["polish"]).offered) == 2


# --- multiple_response ------------------------------------------------------------------------------------------

STATES = {"answers": ["Russia", "Kazakhstan", "The US"], "distractors": ["Latvia", "Turkey"], "points": "3"}


@pytest.mark.parametrize(
    ("chosen", "earned"),
    [
        (["russia", "kazakhstan", "the-us"], 3),
        (["russia", "kazakhstan"], 2),
        (["russia", "kazakhstan", "the-us", "latvia"], 2),
        (["russia", "latvia"], 0),
        (["russia", "latvia", "turkey"], 0),
        (["latvia", "turkey"], 0),
        (["russia", "kazakhstan", "the-us", "latvia", "turkey"], 1),
        (["russia", "russia"], 1),
        (["russia", "atlantis"], 1),
        ("russia", 1),
        ({"russia": "kazakhstan"}, 0),
    ],
)
def test_a_wrong_choice_costs_what_a_right_one_earns(chosen: Any, earned: float) -> None:
    assert item("multiple_response", **STATES).score(chosen) == earned


def test_thirds_of_a_point_are_whole_together() -> None:
    states = item("multiple_response", **{**STATES, "points": "1"})
    assert states.score(["russia"]) == pytest.approx(1 / 3)
    assert states.score(states.correct_response()) == 1


@given(options=different(3, 7), data=st.data())
def test_no_choice_of_options_costs_more_than_it_earns(options: list[str], data: st.DataObject) -> None:
    found = item("multiple_response", answers=options[:2], distractors=options[2:])
    chosen = data.draw(st.lists(st.sampled_from([choice.id for choice in found.offered])))
    assert 0 <= (found.score(chosen) or 0) <= 1


def test_the_key_of_a_response_is_its_letters() -> None:
    states = item("multiple_response", **STATES)
    assert states.written_key() == ["A", "C", "D"]
    assert [line.text for line in states.key_lines()] == ["Kazakhstan", "Russia", "The US"]


def test_an_answer_among_the_distractors_and_an_answer_given_twice_are_both_found() -> None:
    assert codes("multiple_response", answers=["a", "b", "a"], distractors=["b", "c", "c"]) == [
        ("Q202", ("distractors", 0)),
        ("Q203", ("answers", 2)),
        ("Q203", ("distractors", 2)),
    ]


# --- true_false -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["true", "True", "TRUE"])
def test_true_may_be_typed_in_any_case(typed: str) -> None:
    found = item("true_false", answer=typed)
    assert (found.score("true"), found.score("false"), found.score("True")) == (1, 0, 0)
    assert (found.written_key(), found.key_lines()) == (["T"], (KeyLine("T", "True"),))


def test_a_false_statement_has_the_letter_f() -> None:
    found = item("true_false", answer="false")
    assert (found.score("false"), found.written_key(), found.key_lines()) == (1, ["F"], (KeyLine("F", "False"),))


def test_a_judgement_may_come_from_another_program() -> None:
    assert item("true_false", answer=False).correct_response() == "false"


@pytest.mark.parametrize("typed", ["yes", "No", "1", "wahr", ""])
def test_other_words_are_no_judgement(typed: str) -> None:
    assert codes("true_false", answer=typed) == [("Q201", ("answer",))]


@given(seed=seeds)
def test_true_always_stands_first(seed: str) -> None:
    assert item("true_false", answer="false").shuffled(ranking(seed)).shown().choices == ("True", "False")


# --- short_answer -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ignore", "answer", "given", "right"),
    [
        (["case"], "Bishkek", "BISHKEK", True),
        (["case"], "Straße", "STRASSE", True),
        (["case"], "Ὀδυσσεύς", "ὈΔΥΣΣΕΎΣ", True),
        ([], "Bishkek", "bishkek", False),
        (["accents"], "Bishkek", "bishkek", False),
        (["case"], "café", "cafe", False),
        (["accents"], "café", "cafe", True),
        (["accents"], "cafe", "café", True),
        (["accents"], "שָׁלוֹם", "שלום", True),
        (["accents", "case"], "École", "ecole", True),
        ([], "Jalal-Abad", "Jalal Abad", False),
        (["punctuation"], "Jalal-Abad", "Jalal Abad", True),
        (["punctuation"], "yes, we can!", "yes we can", True),
        (["punctuation"], "snake_case", "snake case", True),
        (["case"], "yes, we can", "yes we can", False),
    ],
)
def test_what_is_ignored_need_not_agree(ignore: list[str], answer: str, given: str, right: bool) -> None:
    assert item("short_answer", answers=[answer], ignore=ignore).score(given) == right


@pytest.mark.parametrize("ignore", [[], ["case"], ["accents"], ["punctuation"]])
@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("it's", "it’s"),
        ("it's", "it`s"),
        ('the "Tulip Revolution"', "the “Tulip Revolution”"),
        ('the "Tulip Revolution"', "the «Tulip Revolution»"),
        ("well-known", "well‑known"),
        ("1939-1945", "1939–1945"),
        ("co-operate", "co-oper\u00adate"),
        ("caf\u00e9", "cafe\u0301"),
        ("cafe\u0301", "caf\u00e9"),
        ("Roza Otunbayeva", "  Roza \t Otunbayeva\n"),
        ("25 kg", "25\u00a0kg"),
        ("각", unicodedata.normalize("NFD", "각")),
    ],
)
def test_keyboards_make_no_difference(ignore: list[str], answer: str, given: str) -> None:
    assert item("short_answer", answers=[answer], ignore=ignore).score(given) == 1


def test_case_is_ignored_unless_the_author_says_what_is() -> None:
    assert item("short_answer", answers=["Mud"]).score("mud") == 1
    assert item("short_answer", answers=["Mud"], ignore=["accents"]).score("mud") == 0


def test_every_accepted_answer_earns_all_the_points_and_the_first_is_the_best() -> None:
    found = item("short_answer", answers=["Jalalabad", "Jalal-Abad"], points="2")
    assert [found.score(given) for given in ("jalalabad", "jalal-abad", "jalal", "", ["Jalalabad"])] == [2, 2, 0, 0, 0]
    assert found.correct_response() == "Jalalabad"
    assert found.written_key() == ["Jalalabad", "Jalal-Abad"]
    assert [line.text for line in found.key_lines()] == ["Jalalabad", "Jalal-Abad"]
    assert found.shown().blanks == 1


def test_an_accepted_answer_may_have_marks() -> None:
    found = item("short_answer", answers=["the *Titanic*", r"\$5", "`x`", r"\(x^2\)"])
    assert [found.score(given) for given in ("the titanic", "$5", "x", "x^2", "the *titanic*")] == [1, 1, 1, 1, 0]


def test_answers_that_are_compared_as_one_are_one_too_many() -> None:
    assert codes("short_answer", answers=["mud", "sand", "Mud"]) == [("Q203", ("answers", 2))]
    assert codes("short_answer", answers=["é", "e"], ignore=["accents"]) == [("Q203", ("answers", 1))]
    assert len(item("short_answer", answers=["mud", "Mud"], ignore=[]).written_key() or []) == 2  # type: ignore[arg-type]


def test_an_answer_of_which_nothing_would_be_compared_is_refused() -> None:
    """It would accept a blank."""
    assert codes("short_answer", answers=["a", "?"], ignore=["punctuation"]) == [("Q208", ("answers", 1))]
    assert codes("cloze", text="{{a|?}} and {{b}}", ignore=["punctuation"]) == [("Q208", ("text",))]
    assert item("short_answer", answers=["?"]).score("?") == 1
    assert item("short_answer", answers=["?"]).score("") == 0


def test_points_in_an_abbreviation_are_ignored() -> None:
    assert item("short_answer", answers=["U.S."], ignore=["punctuation"]).score("US") == 1


@given(text=st.text(max_size=30), ignore=st.sets(st.sampled_from(["case", "accents", "punctuation"])))
def test_a_text_is_always_like_itself_in_another_normal_form(text: str, ignore: set[Any]) -> None:
    assert comparable(unicodedata.normalize("NFD", text), ignore) == comparable(text, ignore)


# --- numeric ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12", ["12"]),
        (" 12.50 ", ["12.50"]),
        ("12,5", ["12.5"]),
        ("25,000", ["25000", "25.000"]),
        ("1,234,567.89", ["1234567.89"]),
        ("1 234,5", ["1234.5"]),
        ("1\u202f234,5", ["1234.5"]),
        ("25,00", ["25.00"]),
        ("2500,000", ["2500.000"]),
        ("−3", ["-3"]),
        ("- 3", ["-3"]),
        ("+3", ["3"]),
        ("1e3", ["1000"]),
        ("1,5E-2", ["0.015"]),
        ("٣٢", ["32"]),
        ("१२", ["12"]),
        ("１２", ["12"]),
        (".5", ["0.5"]),
        ("5.", ["5"]),
        ("1e30", ["1e30"]),
        ("1e31", []),
        ("1e-31", []),
        ("1e999999999", []),
        ("nan", []),
        ("sNaN", []),
        ("inf", []),
        ("-Infinity", []),
        ("", []),
        ("-", []),
        ("twelve", []),
        ("12 kg", []),
        ("1,2,3", []),
        ("1.2.3", []),
        ("½", []),
        ("0x10", []),
        ("3-4", []),
        ("1_000", []),
        ("1" * 70, []),
        ("x" * 70, []),
        ("0" * 65 + "1", []),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, read: list[str]) -> None:
    assert readings(typed) == [Decimal(number) for number in read]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        pytest.param("–3", "-3", id="an en dash, as phones and word processors write a minus"),
        pytest.param("٣٫٥", "3.5", id="the Arabic decimal mark"),
        pytest.param("١٬٢٣٤", "1234", id="the Arabic mark between thousands"),
        pytest.param("1.234,5", "1234.5", id="thousands and decimals as in German"),
        pytest.param("３．５", "3.5", id="the full stop of a Japanese keyboard"),
    ],
)
def test_a_number_is_read_as_other_people_write_it(typed: str, number: str) -> None:
    assert Decimal(number) in readings(typed)


@pytest.mark.parametrize(
    ("typed", "right"), [("0.2", 1), ("0.4", 1), ("0.19", 0), ("0.41", 0), ("0,3", 1), ("0.30", 1)]
)
def test_the_edge_of_the_tolerance_is_inside(typed: str, right: float) -> None:
    """In binary, 0.3 - 0.2 and 0.4 - 0.3 lie on different sides of 0.1."""
    assert item("numeric", answer="0.3", tolerance="0.1").score(typed) == right


def test_a_tenth_and_two_tenths_are_three_tenths() -> None:
    assert item("numeric", answer="0.3").score("0.3") == 1
    assert item("numeric", answer="0.3").score("0.30000000000000004") == 0


def test_without_a_tolerance_the_number_must_be_exact() -> None:
    tons = item("numeric", answer="25000", unit="tons", points="2")
    assert [tons.score(typed) for typed in ("25000", "25,000", "25 000", "2.5e4", "25.000", "24999", "")] == [
        2, 2, 2, 2, 0, 0, 0,
    ]  # fmt: skip
    assert (tons.shown().unit, tons.shown().blanks) == ("tons", 1)


@pytest.mark.parametrize("garbage", [["25"], {"a": "25"}, "25 tons", "x" * 70, "nan"])
def test_what_is_no_number_earns_nothing(garbage: Any) -> None:
    assert item("numeric", answer="25", tolerance="1e9").score(garbage) == 0


@pytest.mark.parametrize(
    ("fields", "line", "written"),
    [
        ({"answer": "25000", "unit": "tons"}, "25000 tons", 25000),
        ({"answer": "9.80", "tolerance": "0.10"}, "9.8 ± 0.1", 9.8),
        ({"answer": "1e3"}, "1000", 1000),
        ({"answer": "-0.50"}, "-0.5", -0.5),
        ({"answer": "0.0"}, "0", 0),
        ({"answer": "100"}, "100", 100),
    ],
)
def test_the_key_prints_plain_digits(fields: dict[str, str], line: str, written: float) -> None:
    found = item("numeric", **fields)
    assert found.key_lines() == (KeyLine("", line),)
    assert found.written_key() == written
    assert found.score(found.correct_response()) == 1


@given(st.decimals(-(10**12), 10**12, places=6))
def test_plain_digits_are_the_number(number: Decimal) -> None:
    digits = plain_digits(number)
    assert Decimal(digits) == number
    assert "e" not in digits.lower()


@pytest.mark.parametrize("wrong", ["many", "1e99", "nan", "inf", "", "12 kg"])
def test_a_key_that_is_no_number_is_refused(wrong: str) -> None:
    assert codes("numeric", answer=wrong) == [("Q104", ("answer",))]


# --- matching ---------------------------------------------------------------------------------------------------

PIERS = {
    "pairs": {"The old pier": "1870", "The new pier": "1931", "The lighthouse": "1870"},
    "distractors": ["1906"],
    "points": "3",
}


def test_a_shared_match_is_printed_once_and_right_twice() -> None:
    piers = item("matching", **PIERS)
    assert sorted(piers.shown().choices) == ["1870", "1906", "1931"]
    assert piers.correct_response() == {"the-old-pier": "1870", "the-new-pier": "1931", "the-lighthouse": "1870"}


@pytest.mark.parametrize(
    ("given", "earned"),
    [
        ({"the-old-pier": "1870", "the-new-pier": "1931", "the-lighthouse": "1870"}, 3),
        ({"the-old-pier": "1870", "the-new-pier": "1870", "the-lighthouse": "1870"}, 2),
        ({"the-old-pier": "1906", "the-new-pier": "1931"}, 1),
        ({"the-pier": "1870"}, 0),
        ({"1870": "the-old-pier"}, 0),
        (["1870", "1931", "1870"], 0),
        ("1870", 0),
    ],
)
def test_each_right_pair_earns_its_share(given: Any, earned: float) -> None:
    assert item("matching", **PIERS).score(given) == earned


def test_the_key_of_a_matching_item_names_number_and_letter() -> None:
    piers = item("matching", **PIERS).shuffled(lambda name: name.encode())
    assert piers.shown().prompts == ("The lighthouse", "The new pier", "The old pier")
    assert piers.shown().choices == ("1870", "1906", "1931")
    assert piers.written_key() == ["1-A", "2-C", "3-A"]
    assert piers.key_lines()[1] == KeyLine("2-C", "The new pier — 1931")


def test_a_distractor_that_is_a_match_and_two_that_are_equal_are_found() -> None:
    assert codes("matching", pairs={"a": "x", "b": "y"}, distractors=["z", "y", "z"]) == [
        ("Q202", ("distractors", 1)),
        ("Q203", ("distractors", 2)),
    ]


def test_prompts_and_matches_are_put_in_order_apart() -> None:
    """Were they not, equal texts on both sides would stand side by side on every form."""
    twins = item("matching", pairs={"a": "a", "b": "b", "c": "c", "d": "d"})
    keys = {tuple(twins.shuffled(ranking(f"{n}")).written_key() or ()) for n in range(40)}  # type: ignore[arg-type]
    assert len(keys) > 10


# --- ordering ---------------------------------------------------------------------------------------------------

SWELL = {"sequence": ["low", "rising", "high", "falling"], "points": "3"}


@pytest.mark.parametrize(
    ("given", "earned"),
    [
        (["low", "rising", "high", "falling"], 3),
        (["rising", "high", "falling", "low"], 2),
        (["low", "rising", "falling", "high"], 1),
        (["falling", "high", "rising", "low"], 0),
        (["low", "high", "rising", "falling"], 0),
        (["low", "rising", "high", "high"], 1),
        (["low", "low", "rising", "high"], 1),
        (["low", "rising"], 1),
        (["low", "rising", None, "falling"], 1),
        (["low", "rising", "high", "falling", "low"], 2),
        (["x", "x", "low", "rising"], 1),
        ("low", 0),
        ({"low": "rising"}, 0),
    ],
)
def test_neighbours_that_stand_as_they_should_earn_their_share(given: Any, earned: float) -> None:
    assert item("ordering", **SWELL).score(given) == earned


def test_the_key_of_an_ordering_item_is_the_letters_in_the_right_order() -> None:
    swell = item("ordering", **SWELL).shuffled(lambda name: name.encode())
    assert swell.shown().choices == ("falling", "high", "low", "rising")
    assert swell.shown().blanks == 4
    assert swell.written_key() == ["C", "D", "B", "A"]
    assert swell.key_lines()[0] == KeyLine("C", "low")


def test_an_entry_stands_once_in_a_sequence() -> None:
    assert codes("ordering", sequence=["low", "high", "low"]) == [("Q203", ("sequence", 2))]


# --- cloze ------------------------------------------------------------------------------------------------------

BOAT_GAPS = {"text": "The boats lie on the {{mud|wet sand}}; the {{pier}} opened in {{1931}}.", "points": "3"}


@pytest.mark.parametrize(
    ("given", "earned"),
    [
        (["mud", "pier", "1931"], 3),
        (["Wet  sand", "PIER", "1931"], 3),
        (["mud|wet sand", "pier", "1931"], 2),
        (["pier", "mud", "1931"], 1),
        (["mud"], 1),
        ([None, "pier", ""], 1),
        (["mud", "pier", "1931", "more"], 3),
        ("mud", 1),
        ({"1": "mud"}, 0),
    ],
)
def test_each_right_gap_earns_its_share(given: Any, earned: float) -> None:
    assert item("cloze", **BOAT_GAPS).score(given) == earned


def test_a_candidate_sees_numbers_for_the_answers() -> None:
    shown = item("cloze", **BOAT_GAPS).shown()
    assert shown.text == "The boats lie on the {{1}}; the {{2}} opened in {{3}}."
    assert shown.blanks == 3


def test_the_key_of_a_gap_has_all_that_is_accepted_and_the_best_first() -> None:
    found = item("cloze", **BOAT_GAPS)
    assert found.correct_response() == ("mud", "pier", "1931")
    assert found.written_key() == ["mud", "pier", "1931"]
    assert found.key_lines()[0] == KeyLine("1", "mud / wet sand")


def test_gaps_are_compared_as_the_author_says() -> None:
    strict = item("cloze", text="{{Mud}} and {{sand}}", ignore=[])
    assert strict.score(["mud", "sand"]) == 0.5


@pytest.mark.parametrize("text", ["no gap", "{{mud}", "mud}}", "{{}}", "{{ | }}", "{{mud|}}", "{{a {{b}} c}}", "}}{{"])
def test_a_gap_that_cannot_be_read_is_refused(text: str) -> None:
    assert {code for code, _ in codes("cloze", text=text)} <= {"Q206", "Q207"}


@pytest.mark.parametrize("gap", ["*mud*", r"\$5", "`x`", r"\(x^2\)"])
def test_a_gap_may_have_marks(gap: str) -> None:
    found = item("cloze", text=f"The {{{{{gap}}}}}.")
    assert found.score(found.correct_response()) == 1


@pytest.mark.parametrize(
    "text",
    [
        r"The area is \({{ab}}\).",
        r"The area is \(x^{{2}}\) and {{more}}.",
        "Write `print({{x}})`.",
        "```\n{{x}} = 1\n```",
        "[the guide](https://example.org/{{x}})",
        "![{{x}}](pier.png)",
    ],
)
def test_a_gap_where_none_can_be_shown_is_refused(text: str) -> None:
    assert {code for code, _ in codes("cloze", text=text)} == {"Q207"}


def test_a_word_bank_has_each_word_once_and_sorted() -> None:
    told = item("cloze", text="{{sand}}, {{Mud|clay}}, {{sand}} and {{*pier*}}", word_bank=["1931", "harbour wall"])
    assert told.shown().choices == ("1931", "harbour wall", "Mud", "*pier*", "sand")
    assert item("cloze", text="{{b}} {{a}}", word_bank="true").shown().choices == ("a", "b")
    assert item("cloze", text="{{b}} {{a}}", word_bank="false").shown().choices == ()
    assert item("cloze", text="{{b}} {{a}}").shown().choices == ()


@given(words=different(2, 5), further=different(1, 3), data=st.data())
def test_a_word_bank_does_not_tell_which_word_belongs_to_which_gap(
    words: list[str], further: list[str], data: st.DataObject
) -> None:
    """Nor which words belong to none."""
    every = list({word.casefold(): word for word in (*words, *further) if comparable(word, ["case"])}.values())
    shown = []
    for order in (every, data.draw(st.permutations(every))):
        text = " and ".join(f"{{{{{word}}}}}" for word in order[:2])
        shown.append(item("cloze", text=text, word_bank=order[2:]).shown())
    assert shown[0] == shown[1]


@pytest.mark.parametrize(
    ("further", "fault"),
    [(["stone", "Wet sand"], ("Q202", 1)), (["stone", "pier", "stone"], ("Q203", 2)), (["mud"], ("Q202", 0))],
)
def test_a_further_word_is_right_nowhere_and_stands_once(further: list[str], fault: tuple[str, int]) -> None:
    (code, place) = fault
    assert codes("cloze", text="On {{mud|wet sand}}.", word_bank=further) == [(code, ("word_bank", place))]


# --- essay ------------------------------------------------------------------------------------------------------


def test_an_essay_is_marked_by_a_person() -> None:
    found = item("essay", rubric=["It names both piers.", {"text": "It is short."}])
    assert found.hand_scored
    assert [found.score(given) for given in ("A text.", "", "  \n", None, ["A text."])] == [None, 0, 0, 0, 0]
    assert found.correct_response() is None
    assert found.written_key() is None
    assert found.shown().lines == 8
    assert found.key_lines() == (KeyLine("•", "It names both piers."), KeyLine("•", "It is short."))


def test_a_rubric_with_points_sums_to_the_points_of_the_item() -> None:
    tenths = [{"text": "One.", "points": "0.1"}, {"text": "Two.", "points": "0.2"}]
    assert item("essay", points="0.3", rubric=tenths).key_lines()[1] == KeyLine("0.2", "Two.")
    assert codes("essay", points="0.4", rubric=tenths) == [("Q210", ("rubric",))]
    assert codes("essay", rubric=["One.", {"text": "Two.", "points": "1"}]) == [("Q210", ("rubric",))]


# --- The order of options ---------------------------------------------------------------------------------------


@given(texts=different(2, 8), pins=st.lists(st.sampled_from(["first", "last", None]), min_size=8), seed=seeds)
def test_pinned_options_stay_in_their_place(texts: list[str], pins: list[str | None], seed: str) -> None:
    options = [{"text": text, "pinned": pin} if pin else text for text, pin in zip(texts, pins, strict=False)]
    found = item("multiple_choice", answer=options[0], distractors=options[1:]).shuffled(ranking(seed))
    places = [choice.pinned for choice in found.printed]
    assert places == sorted(places, key=["first", None, "last"].index)
    assert sorted(found.shown().choices) == sorted(" ".join(text.split()) for text in texts)


@given(texts=different(3, 8), seed=seeds)
def test_a_pin_moves_no_other_option(texts: list[str], seed: str) -> None:
    free = item("ordering", sequence=texts).shuffled(ranking(seed))
    pinned = item("ordering", sequence=[{"text": texts[0], "pinned": "last"}, *texts[1:]]).shuffled(ranking(seed))
    moved = next(choice.id for choice in pinned.printed if choice.pinned)
    rest = [choice.id for choice in free.printed if choice.id != moved]
    assert [choice.id for choice in pinned.printed] == [*rest, moved]


def test_an_item_that_was_not_put_in_order_is_printed_by_id() -> None:
    found = item("multiple_choice", answer="c", distractors=["b", {"text": "a", "pinned": "last"}])
    assert found.shown().choices == ("b", "c", "a")
    assert [choice.id for choice in ranked(found.offered, None)] == ["b", "c", "a"]


# --- Ids of options ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("On the mud", "on-the-mud"),
        ("  Café *au* lait! ", "cafe-au-lait"),
        ("25 %", "25"),
        ("C++", "c"),
        ("ﬁnal", "final"),
        (r"\(x^2\)", "x-2"),
        ("日本", ""),
        ("+", ""),
        ("a" * 39 + " bc", "a" * 39),
        ("word " * 20, "word-word-word-word-word-word-word-word"),
    ],
)
def test_an_id_is_the_text_in_plain_letters(text: str, name: str) -> None:
    assert slug(text) == name


def named(*texts: str) -> dict[str, str]:
    """Text -> the id that it gets among these."""
    return {choice.text: choice.id for choice in choices(Option(text=text) for text in texts)}


def test_texts_that_look_alike_in_plain_letters_get_a_digest_each() -> None:
    found = named("C", "C++", "C#", "Java")
    assert found["Java"] == "java"
    assert found["C++"] == f"c-{digest('C++')}"
    assert len(set(found.values())) == 4


@pytest.mark.parametrize(
    "texts",
    [
        ("東京", "京都", "大阪"),
        ("+", "−", "×", "÷"),
        (r"\(\alpha\)", r"\(\beta\)"),
        (r"\(x^2\)", r"\(x_2\)", "x 2"),
        ("да", "нет"),
        ("a" * 50 + "b", "a" * 50 + "c"),
        ("5 %", "5 $", "5"),
    ],
)
def test_all_texts_get_ids_of_their_own_that_stay(texts: tuple[str, ...]) -> None:
    found = named(*texts)
    assert len(set(found.values())) == len(texts)
    assert named(*reversed(texts)) == found
    assert all(name and name.isascii() and len(name) <= 80 for name in found.values())


@given(texts=different(2, 8), data=st.data())
def test_ids_do_not_depend_on_the_key_or_on_the_order_of_writing(texts: list[str], data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(texts))
    one = item("multiple_choice", answer=texts[0], distractors=texts[1:])
    other = item("multiple_choice", answer=mixed[0], distractors=mixed[1:])
    assert one.offered == other.offered
    assert len(ids(one)) == len(set(ids(one).values())) == len(texts)
    assert ids(item("ordering", sequence=mixed)) == ids(one)


def test_an_id_may_be_given() -> None:
    found = item("multiple_choice", answer={"text": "On the mud", "id": "mud"}, distractors=["In deep water"])
    assert found.correct_response() == "mud"


def test_an_id_that_was_given_stays() -> None:
    found = item("multiple_choice", answer={"text": "The C language", "id": "c"}, distractors=["C", "Java"])
    assert found.correct_response() == "c"


def test_a_change_of_white_space_changes_no_id() -> None:
    assert named("日本  語") == {"日本 語": next(iter(named("日本 語").values()))}
    assert digest("caf\u00e9") == digest("cafe\u0301")


# --- Letters ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_after_z_come_two_letters(number: int, name: str) -> None:
    assert letter(number) == name


def test_thirty_options_have_thirty_letters() -> None:
    found = item("multiple_choice", answer="Option 29", distractors=[f"Option {number:02}" for number in range(29)])
    letters = lettered(found.printed)
    assert len(set(letters.values())) == 30
    assert found.written_key() == ["AD"]
    assert letters["option-25"] == "Z"


# --- What all share ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["easy", "medium", "hard"])
def test_a_difficulty_is_a_word(level: str) -> None:
    assert item("essay", difficulty=level).difficulty == level


@pytest.mark.parametrize(("typed", "facility"), [("0", 0.0), ("0.65", 0.65), ("1", 1.0), (0.5, 0.5)])
def test_a_difficulty_is_a_share(typed: Any, facility: float) -> None:
    assert item("essay", difficulty=typed).difficulty == facility


@pytest.mark.parametrize("typed", ["1.01", "-0.1", "nan", "inf", "very hard", "", "65 %"])
def test_anything_else_is_no_difficulty(typed: str) -> None:
    assert {code for code, _ in codes("essay", difficulty=typed)} == {"Q105"}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Low water", "write low-water"),
        ("-", "use lower-case"),
        ("a--b", "write a-b"),
        ("日本", "use"),
        ("a" * 81, "write"),
    ],
)
def test_an_id_is_lower_case_with_hyphens(name: str, hint: str) -> None:
    with pytest.raises(ValidationError) as raised:
        item("essay", id=name)
    (entry,) = raised.value.errors()
    (fault,) = entry["ctx"]["faults"]
    assert (fault.code, fault.hint.startswith(hint)) == ("Q107", True)


@given(text=lines)
def test_a_text_of_one_line_has_no_line_breaks(text: str) -> None:
    found = item("multiple_choice", answer=f"{text}\n\n  x", distractors=["a"])
    assert f"{text} x" in found.shown().choices


def test_a_type_that_says_nothing_of_itself_is_our_fault() -> None:
    bare = ItemBase(id="bare", type="bare", stem="Stem")
    assert (bare.offered, bare.prompts, bare.shown().choices) == ((), (), ())
    for ask in (bare.correct_response, lambda: bare.score("x"), bare.key_lines, bare.written_key):
        with pytest.raises(AssertionError, match="bare does not say"):
            ask()


def test_there_are_nine_types_and_each_knows_its_name() -> None:
    assert len(ITEM_TYPES) == 9
    for name, model in ITEM_TYPES.items():
        assert model.__name__.lower() == name.replace("_", "")
        assert isinstance(model.model_json_schema(), Mapping)
