"""Q404, Q410, Q411, Q417 and Q426: options one by one and as a set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import checks
from quizgen.bank import BankFile, parse
from quizgen.checks.options import (
    CHECKS,
    all_or_none_of_the_above,
    key_stands_out,
    option_count,
    unordered_quantities,
    unpinned_none_of_these,
)
from quizgen.checks.reading import ArticleReading

from .checked import marked
from .choices import Check, article, choice, mended, said
from .strategies import lines

# --- Q411 and Q404: options that speak of the others ----------------------------------------------------------

OF_THE_OTHERS = [
    "None of these", "All of the above", "none of the above.", "All the above", "Both of these", "Neither of them",
    "All of them", "None of the other answers", "All of these reasons", "All three", "Both", "Neither",
    "None of the others", "Both A and B", "A and C", "A, B and C", "B and C only", "Both of the first two answers",
    "None of the reasons above", "It had all of the purposes above.", "More than one of these",
    "All answers are correct", "None of these is correct", "No answer is right", "Any of the above",
    "Both on the mud and at sea", "All of the above are true", "All of the given",
    "In none of these ways", "By all of the above", "At neither of these",
]  # fmt: skip
WITH_CONTENT = [
    "All of the crew", "None of them returned", "None of the others came", "Both sisters", "Both of the sisters",
    "All three ships", "It sold all of them", "Each other", "Any other day", "Some answers", "No answer",
    "Two of them", "None of these worked", "Neither side", "A and Z are letters", "He lost both of his sons",
    "At all times", "Nobody", "The above answer", "Either way", "A", "One of them",
    "In all of Spain", "For all", "By none of these men", "Both rain and wind", "+",
    "All of the crew came home in the end after two long years at the end of the world",
]  # fmt: skip


def beside(option: str, stem: str = "What was it?", more: str = "") -> str:
    """An item with this option as the last distractor."""
    return choice("On the mud", "At sea", "In a shed", option, stem=stem, more=more)


@pytest.mark.parametrize("option", OF_THE_OTHERS)
def test_an_option_without_content_is_told(option: str) -> None:
    assert said(all_or_none_of_the_above, beside(option)) == [(option, f"'{option}' has no content of its own")]
    assert said(unpinned_none_of_these, beside(option)) == [(option, f"'{option}' is not pinned to the end")]


@pytest.mark.parametrize("option", WITH_CONTENT)
def test_an_option_with_content_is_not(option: str) -> None:
    assert said(all_or_none_of_the_above, beside(option)) == []
    assert said(unpinned_none_of_these, beside(option)) == []


def test_a_key_can_have_no_content_either() -> None:
    assert said(all_or_none_of_the_above, choice("All of these", "Oil", "Salt")) == [
        ("All of these", "'All of these' has no content of its own")
    ]
    assert len(said(all_or_none_of_the_above, choice(["Both", "Oil"], "Salt"))) == 1


@pytest.mark.parametrize(
    "stem", ["How many of the boats came back?", "How much of it is salt?", "Which share of the towns agreed?"]
)
def test_where_it_is_asked_how_many_all_of_them_is_an_amount(stem: str) -> None:
    assert said(all_or_none_of_the_above, beside("All of them", stem)) == []
    assert len(said(all_or_none_of_the_above, beside("All of the above", stem))) == 1


def test_letters_are_content_where_all_options_are_letters() -> None:
    assert said(all_or_none_of_the_above, choice("A and D", "A and B", "B and C")) == []
    assert said(all_or_none_of_the_above, choice("A and D.", "A and B.", "B and C.")) == []


@pytest.mark.parametrize(("length", "times"), [(60, 1), (61, 0)])
def test_a_long_option_has_content_of_its_own(length: int, times: int) -> None:
    option = f"{'x' * (length - 17)} all of the above"
    assert len(said(all_or_none_of_the_above, beside(option))) == times


def test_both_names_two_other_options() -> None:
    assert len(said(all_or_none_of_the_above, choice("Mud.", "The sea.", "Both the mud and sea."))) == 1
    assert said(all_or_none_of_the_above, choice("The sisters", "The mayor", "Both sisters")) == []


def test_pinned_options_are_no_less_empty() -> None:
    item = beside("{text: None of these, pinned: last}")
    assert said(all_or_none_of_the_above, item) == [("None of these", "'None of these' has no content of its own")]
    assert said(unpinned_none_of_these, item) == []


def test_other_languages_are_left_alone() -> None:
    assert said(all_or_none_of_the_above, beside("None of these"), language="de") == []
    assert said(unpinned_none_of_these, beside("None of these"), language="de") == []


HEAD = "article: {id: a, title: A, language: en}\nitems:\n  - id: one\n    type: multiple_choice\n    stem: Where?\n"


@pytest.mark.parametrize(
    ("distractors", "after"),
    [
        ("[Sea, None of these]", "[Sea, {text: None of these, pinned: last}]"),
        ('[Sea, "None of these"]', '{text: "None of these", pinned: last}'),
        ("[Sea, 'None of these']", "{text: 'None of these', pinned: last}"),
        ("[Sea, {text: None of these, why: No.}]", "{text: None of these, pinned: last, why: No.}"),
        ("[Sea, {why: No., text: None of these}]", "{why: No., text: None of these, pinned: last}"),
        ("[Sea, {text: None of these, pinned: first}]", "{text: None of these, pinned: last}"),
        ("\n- Sea\n- None of these  # why not", "- {text: None of these, pinned: last}  # why not"),
        ("\n- Sea\n- A, B and C", '- {text: "A, B and C", pinned: last}'),
        ("\n- Sea\n- 'A, B and C'", "- {text: 'A, B and C', pinned: last}"),
        ("\n- Sea\n- text: Both\n  why: No.", "- text: Both\n  pinned: last\n  why: No."),
        ("\n- Sea\n- text: >-\n    None of\n    these\n  why: No.", "    these\n  pinned: last\n  why: No."),
    ],
)
def test_it_can_be_pinned_by_a_program(distractors: str, after: str) -> None:
    indent = "\n      "
    text = f"{HEAD}    answer: Mud\n    distractors: {distractors.replace(chr(10), indent)}\n"
    file, again, better = before_and_after(text, "Q404")
    assert after.replace("\n", indent) in better
    assert again.items[0].correct_response() == file.items[0].correct_response()
    shown = [sorted(one.items[0].shown().choices) for one in (file, again)]
    assert shown[0] == shown[1]


def test_a_key_can_be_pinned_by_a_program() -> None:
    _, again, better = before_and_after(f"{HEAD}    answer: All of these\n    distractors: [Sea, Mud]\n", "Q404")
    assert "    answer: {text: All of these, pinned: last}\n" in better
    assert again.items[0].shown().choices[-1] == "All of these"


def before_and_after(text: str, code: str) -> tuple[BankFile, BankFile, str]:
    """The file, and what it is when the only diagnostic with this code is mended."""
    file, wrong = parse(text, "bank.yaml")
    assert file is not None
    assert wrong == []
    (found,) = [one for one in checks.check_article(ArticleReading(file)) if one.code == code]
    better = mended(text, found.fix)
    again, wrong = parse(better, "bank.yaml")
    assert again is not None
    assert wrong == []
    assert code not in [one.code for one in checks.check_article(ArticleReading(again))]
    return file, again, better


def test_a_text_over_two_lines_is_left_to_the_author() -> None:
    text = f"{HEAD}    answer: Mud\n    distractors:\n      - Sea\n      - None of\n        these\n"
    file, _ = parse(text, "bank.yaml")
    assert file is not None
    assert [one.fix for one in checks.check_article(ArticleReading(file)) if one.code == "Q404"] == [()]


def test_the_hint_can_be_copied() -> None:
    (found,) = unpinned_none_of_these(article(beside("A, B and C")))
    assert found.hint == 'write {text: "A, B and C", pinned: last}'
    (found,) = unpinned_none_of_these(article(beside("In cafés, at sea and all of the above")))
    assert found.hint == 'write {text: "In cafés, at sea and all of the above", pinned: last}'


EMPTY = choice("On the mud", "At sea", "None of these", stem="Who wrote 'None of these'?")
LONG = "In the harbour, which is dry"
STANDS_OUT = choice(LONG, "At sea", "In a shed", stem=f"Who wrote '{LONG}'?")


@pytest.mark.parametrize(
    ("check", "item", "code", "place", "hint"),
    [
        (unpinned_none_of_these, EMPTY, "Q404", 'distractors: ["At sea", "|None of these|"]',
         "write {text: None of these, pinned: last}"),
        (all_or_none_of_the_above, EMPTY, "Q411", 'distractors: ["At sea", "|None of these|"]',
         "take it out; where several options are right, make it multiple_response"),
        (key_stands_out, STANDS_OUT, "Q410", f'answer: "|{LONG}|"',
         "shorten the key, or give the distractors as much detail"),
        (unordered_quantities, choice("1931", "1870", "1913"), "Q417", '|distractors|: ["1870", "1913"]',
         "add `order: ascending`; or `order: shuffled`, if that is meant"),
        (option_count, choice("Mud", "Sea"), "Q426", '|distractors|: ["Sea"]',
         "add a distractor that somebody would pick"),
    ],
)  # fmt: skip
def test_what_a_diagnostic_says(check: Check, item: str, code: str, place: str, hint: str) -> None:
    (found,) = check(article(item))
    assert (found.code, marked(found), found.hint) == (code, place, hint)


def test_each_item_is_looked_at() -> None:
    others = [
        "type: true_false\n    stem: It is dry.\n    answer: true",
        choice("In mud", "At sea", "In a shed"),
        choice("In the old mud", "At the sea", "In a shed"),
        choice("1931", "1870", "1913", more="order: ascending"),
        choice("5 km", "10 tons", "2 km"),
    ]
    for check, item in ((key_stands_out, STANDS_OUT), (unordered_quantities, choice("1931", "1870", "1913"))):
        assert len(said(check, *others, item)) == 1


# --- Q410: a key that stands out ------------------------------------------------------------------------------


def test_a_key_much_longer_than_the_distractors_stands_out() -> None:
    key, longest = "x" * 42, "y" * 30
    assert said(key_stands_out, choice(key, longest, "z")) == [
        (key, "the key has 42 characters, the longest distractor 30")
    ]
    assert said(key_stands_out, choice(key[1:], longest, "z")) == []
    assert said(key_stands_out, choice("x" * 44, "y" * 32, "z")) == []


def test_short_keys_do_not_stand_out_by_a_few_letters() -> None:
    assert said(key_stands_out, choice("x" * 21, "y" * 10, "z")) == []
    assert len(said(key_stands_out, choice("x" * 22, "y" * 10, "z"))) == 1


def test_length_counts_in_every_language() -> None:
    assert len(said(key_stands_out, choice("x" * 42, "y" * 30, "z"), language="de")) == 1


@pytest.mark.parametrize(
    "key",
    [
        "In the harbour, which is dry", "On the old mud (at low water)", "At home because it rained",
        "In mud, in sand, in clay", "On the mud unless it is wet", "At the old pier, but not long",
        "In the sea although it is cold",
    ],
)  # fmt: skip
def test_the_only_one_with_a_qualification_stands_out(key: str) -> None:
    shorter = "y" * (len(key) * 100 // 120)
    assert said(key_stands_out, choice(key, shorter, "At the pier")) == [
        (key, "the key alone has a clause, a list or a parenthesis")
    ]
    assert said(key_stands_out, choice(key, "y" * len(key), "At the pier")) == []
    assert said(key_stands_out, choice(key, shorter, "At sea because it blew")) == []
    assert said(key_stands_out, choice(key, shorter, "At the pier"), language="de") == []


def test_the_qualified_key_must_be_longer_than_the_rest_too() -> None:
    key = "In the sea, which is"
    assert len(key) == 20
    assert len(said(key_stands_out, choice(key, "y" * 17, "z"))) == 1
    assert said(key_stands_out, choice(key, "y" * 18, "z")) == []
    assert said(key_stands_out, choice(f"{key} dry", "y" * 20, "z")) != []  # 24 characters
    assert said(key_stands_out, choice(f"{key}, y", "y" * 20, "z")) == []  # 23, which is 1.15 times as many


def test_of_several_keys_each_must_stand_out() -> None:
    long = "x" * 60
    assert said(key_stands_out, choice([long, long + "x"], "y" * 30, "z")) == [
        (long, "the key has 60 characters, the longest distractor 30")
    ]
    assert said(key_stands_out, choice([long, "x" * 30], "y" * 30, "z")) == []


def test_options_without_content_are_not_measured() -> None:
    assert len(said(key_stands_out, choice("x" * 30, "y" * 18, "None of the reasons above"))) == 1
    assert said(key_stands_out, choice("None of the reasons that stand above", "y" * 5, "z")) != []
    assert said(key_stands_out, choice("None of the reasons above", "y" * 5, "z")) == []
    assert said(key_stands_out, choice("x" * 30, "None of these", "All of these")) == []
    last = f"{{text: {'z' * 30}, pinned: last}}"
    assert len(said(key_stands_out, choice("x" * 30, "y" * 18, last))) == 1


# --- Q417: quantities without an order ------------------------------------------------------------------------

MESSAGE = "these 3 options are sizes or dates, and are printed in any order"


@pytest.mark.parametrize(
    "options",
    [
        ("1931", "1870", "1913"), ("In 1931", "In 1870", "In 1913"), ("5 km", "10 km", "2 km"),
        ("two", "three", "five"), ("4 May 1870", "5 May 1870", "1 June 1870"), ("two weeks", "three days", "one year"),
        ("about 300", "200", "100"),
    ],
)  # fmt: skip
def test_quantities_need_an_order(options: tuple[str, ...]) -> None:
    assert said(unordered_quantities, choice(*options)) == [("distractors", MESSAGE)]
    assert said(unordered_quantities, choice(*options), language="de") == [("distractors", MESSAGE)]


@pytest.mark.parametrize(
    "item",
    [
        choice("1931", "1870"),
        choice("1931", "1870", "In Bergen"),
        choice("5 km", "10 tons", "2 km"),
        choice("1931", "1870", "1913", more="order: ascending"),
        choice("1931", "1870", "1913", more="order: shuffled"),
        choice("On the mud", "At sea", "In 1931"),
    ],
)
def test_others_do_not(item: str) -> None:
    assert said(unordered_quantities, item) == []


def test_multiple_response_counts_all_options() -> None:
    assert said(unordered_quantities, choice(["5", "7"], "4")) == [("distractors", MESSAGE)]


def test_the_fix_puts_them_in_order() -> None:
    text = f"{HEAD}    answer: '1931'\n    distractors: ['1913', '1870']  # years\n    points: 2\n"
    _, again, better = before_and_after(text, "Q417")
    assert "    distractors: ['1913', '1870']  # years\n    order: ascending\n    points: 2\n" in better
    assert again.items[0].shown().choices == ("1870", "1913", "1931")


def test_none_of_these_does_not_count_and_must_be_pinned_first() -> None:
    loose, pinned = (
        article(choice("1931", "1870", "1913", option))
        for option in ("None of these", "{text: None of these, pinned: last}")
    )
    assert [one.fix for one in unordered_quantities(loose)] == [()]
    assert [len(one.fix) for one in unordered_quantities(pinned)] == [1]
    assert said(unordered_quantities, choice("1931", "1870", "None of these")) == []
    pinned_key = choice("{text: None of these, pinned: last}", "1931", "1870", "1913")
    assert len(said(unordered_quantities, pinned_key)) == 1
    assert len(said(unordered_quantities, choice("1931", "None of these", "1870", "1913"))) == 1


# --- Q426: how many options -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "told"), [(2, True), (3, False), (5, False), (6, True)])
def test_how_many_options_an_item_should_have(number: int, told: bool) -> None:
    item = choice(*"abcdefghi"[:number])
    assert said(option_count, item) == ([("distractors", f"{number} options to choose from")] if told else [])


@pytest.mark.parametrize(("number", "told"), [(2, True), (3, False), (8, False), (9, True)])
def test_how_many_where_several_are_right(number: int, told: bool) -> None:
    item = choice(["a"], *"bcdefghijk"[: number - 1])
    assert said(option_count, item) == ([("distractors", f"{number} options to choose from")] if told else [])


def test_the_hint_says_in_which_direction() -> None:
    (few,) = option_count(article(choice("a", "b")))
    (many,) = option_count(article(choice(*"abcdef")))
    assert few.hint == "add a distractor that somebody would pick"
    assert many.hint == "take out those that nobody would pick"


# --- Laws -----------------------------------------------------------------------------------------------------

options = st.lists(st.one_of(lines, st.sampled_from([*OF_THE_OTHERS, *WITH_CONTENT, "1931", "5 km", "1870"])),
                   min_size=2, max_size=7, unique_by=lambda text: " ".join(text.split()).casefold())  # fmt: skip


@given(options)
def test_the_order_of_the_distractors_does_not_matter(texts: list[str]) -> None:
    key, *wrong = texts
    one, other = (article(choice(key, *some)) for some in (wrong, wrong[::-1]))
    for check in CHECKS:
        assert sorted(found.message for found in check(one)) == sorted(found.message for found in check(other))


@given(options)
def test_every_fix_leaves_a_sound_file_in_which_nothing_else_changed(texts: list[str]) -> None:
    file = article(choice(*texts)).file
    for found in [one for one in checks.check_article(ArticleReading(file)) if one.code in ("Q404", "Q417")]:
        again, wrong = parse(mended(file.document.text, found.fix), "bank.yaml")
        assert again is not None
        assert wrong == []
        assert sorted(again.items[0].shown().choices) == sorted(file.items[0].shown().choices)
        assert again.items[0].correct_response() == file.items[0].correct_response()
