"""Q423 and Q424: options of another kind, and what options have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.checks.kinds import CHECKS, convergence, odd_category

from .choices import article, choice, said
from .strategies import lines

WHO = "Who bought the shares?"

ODD = [
    ("Four million pounds", ["The government", "A French bank", "The company of the canal"], "an amount", "words"),
    ("In 1914", ["In London", "In Bergen", "In Bruges"], "an amount", "words"),
    ("1870", ["Salt", "Herring", "Timber"], "an amount", "words"),
    ("Berlin", ["1914", "1918", "1939"], "a word", "amounts"),
    ("Twenty years later", ["Vienna", "Paris", "London"], "a time", "not"),
    ("During the war", ["The British", "The French", "The Dutch"], "a time", "not"),
    ("By the 1980s", ["Water from old canals", "Fish from the south"], "a time", "not"),
    ("On Monday", ["A doctor", "A nurse", "A monk"], "a time", "not"),
    ("They wanted longer voyages.", ["Sailors", "Builders of ships", "Owners"], "a sentence", "nouns"),
    ("The guard cells go limp in a drought.", ["Sunlight", "Sugar", "Carbon dioxide"], "a sentence", "nouns"),
    ("Salt", ["They feared robbers.", "They liked the sea.", "They had no ships."], "a word", "sentences"),
    ("To find gold", ["A map", "A lamp", "A long rope"], "an infinitive", "things"),
    ("A crown", ["To win land", "To please him", "To find gold"], "a thing", "infinitives"),
    ("By hand", ["A train", "A truck", "A robot"], "a phrase", "things"),
]  # fmt: skip
ALIKE = [
    ["In a bakery", "In a garden", "A church", "In a warehouse"],
    ["Two kings", "The people", "A council", "The army"],
    ["12 monks", "The nuns", "The priest", "A baker"],
    ["5 km", "10 km", "None", "20 km"],
    ["1914", "1918", "Never", "1939"],
    ["The wind fell.", "Byron had a doctor.", "It rained for weeks.", "Coins look beautiful."],
    ["A man who was late", "A dog", "A boat", "The sea"],
    ["To Russia", "To the king", "A ship", "To Osh"],
    ["Because it rained", "They fled", "By luck", "A storm"],
    ["On the mud", "At sea", "In a shed", "Under the pier"],
    ["The old king of the north", "Oil", "A boat", "Salt"],
    ["A long night", "A storm", "A shark", "The fog"],
    ["Unwilling to ask for help", "Overly confident", "Dependent on others"],
    ["Bread", "To be free", "Fear of war", "Money"],
    ["In the morning", "At noon", "At dusk", "After the war"],
]


@pytest.mark.parametrize(("odd", "others", "one", "rest"), ODD)
def test_one_of_another_kind(odd: str, others: list[str], one: str, rest: str) -> None:
    expected = [(odd, f"this is {one}, the other options are {rest}")]
    assert said(odd_category, choice(others[0], *others[1:], odd, stem=WHO)) == expected
    assert said(odd_category, choice(odd, *others, stem=WHO)) == expected
    assert said(odd_category, choice([odd, others[0]], *others[1:], stem=WHO)) == expected
    assert said(odd_category, choice(odd, *others, stem=WHO), language="de") == []


@pytest.mark.parametrize(
    ("odd", "twin", "others"),
    [
        ("Four million pounds", "Five tons", ["A bank", "The company"]),
        ("During the war", "Two days ago", ["A doctor", "A nurse"]),
        ("They wanted longer voyages.", "They feared the sea.", ["Sailors", "Owners"]),
        ("To find gold", "To win land", ["A map", "A lamp"]),
        ("By hand", "On foot", ["A train", "A truck"]),
    ],
)
def test_two_of_another_kind_are_no_odd_one(odd: str, twin: str, others: list[str]) -> None:
    assert said(odd_category, choice(odd, twin, *others, stem=WHO)) == []
    assert len(said(odd_category, choice(odd, *others, stem=WHO))) == 1


@pytest.mark.parametrize("options", ALIKE)
def test_options_of_one_kind(options: list[str]) -> None:
    assert said(odd_category, choice(*options, stem=WHO)) == []


@pytest.mark.parametrize(
    ("odd", "others", "stem"),
    [
        ("During the war", ["In prison", "At sea", "On the island"], "When did he write it?"),
        ("Twenty years later", ["On his return", "At her death"], "How soon was it built?"),
        ("By hand", ["A train", "A truck", "A robot"], "How were the boxes moved?"),
        ("In the yard", ["The pier", "The harbour", "The shed"], "Where were they kept?"),
        ("In time", ["A train", "A truck", "A robot"], "What moved the boxes was"),
    ],
)
def test_what_the_stem_asks_for_can_come_in_two_kinds(odd: str, others: list[str], stem: str) -> None:
    assert said(odd_category, choice(odd, *others, stem=stem)) == []
    assert len(said(odd_category, choice(odd, *others, stem=WHO))) == 1


def test_two_options_cannot_have_an_odd_one() -> None:
    assert said(odd_category, choice("Berlin", "1914", stem=WHO)) == []
    assert said(odd_category, choice("Berlin", "1914", "None of these", stem=WHO)) == []


def test_options_that_speak_of_the_others_are_of_no_kind() -> None:
    assert said(odd_category, choice("1914", "1918", "1939", "None of these", stem=WHO)) == []
    assert [odd for odd, _ in said(odd_category, choice("1914", "Oil", "Salt", "None of these", stem=WHO))] == ["1914"]


PASSAGE = "The first boxes went to Houston on a tanker. Later ships sailed from Newark and from Bergen."


def test_names_are_known_from_the_passage() -> None:
    name = choice("A tanker", "A ferry", "Houston", stem=WHO)
    assert said(odd_category, name, passage=PASSAGE) == [("Houston", "this is a name, the other options are things")]
    thing = choice("Newark", "Houston", "Bergen", "A ferry", stem=WHO)
    assert said(odd_category, thing, passage=PASSAGE) == [("A ferry", "this is a thing, the other options are names")]
    assert said(odd_category, name) == []
    assert said(odd_category, choice("A tanker", "A ferry", "Water", stem=WHO), passage=PASSAGE) == []
    assert said(odd_category, choice("A tanker", "Newark", "Houston", "A ferry", stem=WHO), passage=PASSAGE) == []


# --- Q424 -----------------------------------------------------------------------------------------------------

CONVERGENT = [
    (["Salt and herring", "Salt and furs", "Timber and herring", "Salt and timber"], "salt, herring"),
    (["Red and round", "Red and flat", "Blue and round", "Green and round"], "red, round"),
    (["Eight lines, then six", "Eight lines, then eight", "Ten lines, then six", "Eight lines, then four"],
     "eight lines, six"),
    (["It sits deeper and weighs the same.", "It sits deeper and weighs more.", "It sits higher and weighs the same.",
      "It sits deeper and weighs less."], "it sits deeper, weighs same"),
    (["Up for weeks, down within days", "Up for weeks, down over months", "Up for weeks, then level",
      "Up overnight, down within days"], "up for weeks, down within days"),
]  # fmt: skip
DIVERGENT = [
    ["Salt and herring", "Salt and furs", "Timber and herring"],
    ["Red and round", "Red and flat", "Blue and round", "Blue and flat"],
    ["Salt and herring", "Oil and furs", "Timber and wax", "Iron and cloth"],
    ["Salt and herring", "Salt and furs", "Salt and timber", "Salt and wax"],
    ["Salt", "Salt and furs", "Timber and herring", "Salt and timber"],
    ["Green and round", "Red and flat", "Red and round", "Blue and round"],
]


@pytest.mark.parametrize(("options", "shared"), CONVERGENT)
def test_the_key_is_what_options_have_in_common(options: list[str], shared: str) -> None:
    message = f"its parts are what the options have in common: {shared}"
    assert said(convergence, choice(*options)) == [(options[0], message)]


def test_commas_join_in_every_language() -> None:
    options = ["rot, rund", "rot, flach", "blau, rund", "grün, rund"]
    assert len(said(convergence, choice(*options), language="de")) == 1


@pytest.mark.parametrize("options", DIVERGENT)
def test_a_key_that_is_not(options: list[str]) -> None:
    assert said(convergence, choice(*options)) == []


def test_several_keys_do_not_converge() -> None:
    assert said(convergence, choice(["Red and round"], "Red and flat", "Blue and round", "Green and round")) == []


def test_none_of_these_has_no_parts() -> None:
    options = CONVERGENT[1][0]
    assert len(said(convergence, choice(*options, "None of these"))) == 1
    assert said(convergence, choice("None of these", *options)) == []


@given(st.lists(st.one_of(lines, st.sampled_from([text for options in [*ALIKE, *DIVERGENT] for text in options])),
                min_size=2, max_size=6, unique_by=lambda text: " ".join(text.split()).casefold()))  # fmt: skip
def test_the_order_of_the_distractors_does_not_matter(texts: list[str]) -> None:
    key, *wrong = texts
    one, other = (article(choice(key, *some, stem=WHO)) for some in (wrong, wrong[::-1]))
    for check in CHECKS:
        assert [found.message for found in check(one)] == [found.message for found in check(other)]
