"""Q440: the test-wise robot, and when it is believed."""

import random
from collections import Counter
from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.checks.robot import Guess, guess, robot_beats_chance, tail

from .choices import article, choice, said
from .strategies import lines


def guessed(*options: str, stem: str = "What was it?", language: str = "en") -> tuple[str, tuple[str, ...]] | None:
    """What the robot picks of an item and why."""
    found = guess(article(choice(*options, stem=stem), language=language).items[0])
    return (found.option.wording.text, found.cues) if found else None


LONG = "A ship of the old kind that had three masts"


@pytest.mark.parametrize(
    ("stem", "options", "picked", "cue"),
    [
        ("What was it?", ["A pier", "A harbour", LONG], LONG, "longest option"),
        ("Where is the harbour?", ["By a pier", "Near harbours", "Far away"], "Near harbours", "echo of the stem"),
        ("What was it?", ["Red and flat", "Blue and round", "Red and round", "Green and round"], "Red and round",
         "convergence"),
        ("What was it?", ["Round and red.", "Round and flat.", "Red and wide.", "Red and blue"], "Round and red.",
         "convergence"),
        ("How many?", ["5", "10", "20"], "10", "middle value"),
        ("It is called an", ["ark", "cog", "dinghy"], "ark", "grammatical fit"),
        ("It is called a ___", ["ark", "cog", "umiak"], "cog", "grammatical fit"),
        ("Which two goods were sold?", ["Oil and wax", "Sugar cane", "Timber"], "Oil and wax", "grammatical fit"),
        ("What was it?", ["It was always dry.", "It never froze.", "It was salty."], "It was salty.",
         "absolute words elsewhere"),
    ],
)  # fmt: skip
def test_a_cue_singles_out_an_option(stem: str, options: list[str], picked: str, cue: str) -> None:
    assert guessed(*options, stem=stem) == (picked, (cue,))


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("What was it?", ["A pier", "A shed", "A ship"]),
        ("How many?", ["5", "10", "20", "40"]),
        ("It is called a", ["cog", "dinghy", "umiak"]),
        ("Where is the old harbour?", ["By the harbour", "By an old pier", "Far away"]),
        ("What was it?", ["It was always dry.", "It was wet.", "It was salty."]),
        ("It is called a/an", ["ark", "cog", "umbrella"]),
        ("Which two?", ["Oil", "Timber", "Wax"]),
        ("What was it?", ["Red and round", "Red and flat", "Blue and round", "Blue, flat and old"]),
    ],
)
def test_without_a_cue_for_one_it_abstains(stem: str, options: list[str]) -> None:
    assert guessed(*options, stem=stem) is None


def test_the_longest_must_be_longest_by_a_margin() -> None:
    assert guessed("x" * 40, "y" * 32, "z" * 30) == ("x" * 40, ("longest option",))
    assert guessed("x" * 39, "y" * 32, "z" * 30) is None
    assert guessed("x" * 18, "y" * 10, "z" * 9) == ("x" * 18, ("longest option",))
    assert guessed("x" * 17, "y" * 10, "z" * 9) is None


def test_a_cue_can_outweigh_another() -> None:
    stem = "Where is the harbour?"
    assert guessed(LONG, "By the harbour", "Far away", stem=stem) is None
    assert guessed(f"{LONG}, always", "By the harbour", "Far away", stem=stem) == (
        "By the harbour",
        ("echo of the stem",),
    )


def test_two_options_are_enough() -> None:
    assert guessed("A pier", LONG) == (LONG, ("longest option",))


def test_english_cues_are_for_english() -> None:
    assert guessed("ark", "cog", "dinghy", stem="It is called an", language="de") is None
    assert guessed("A pier", "A harbour", LONG, language="de") == (LONG, ("longest option",))


def test_only_multiple_choice_is_guessed() -> None:
    assert guess(article(choice(["A pier"], "A shed", LONG)).items[0]) is None


# --- Laws -----------------------------------------------------------------------------------------------------

options = st.lists(
    st.one_of(lines, st.sampled_from(["5", "10", "20", "Red and flat", "Red and round", LONG, "always", "To find it"])),
    min_size=2, max_size=6, unique_by=lambda text: " ".join(text.split()).casefold(),
)  # fmt: skip
stems = st.one_of(lines, st.sampled_from(["It is called an", "Which two rivers?", "A ship of the old kind is"]))


@given(options, stems, st.randoms(use_true_random=False))
def test_the_guess_depends_neither_on_the_key_nor_on_the_order(
    texts: list[str], stem: str, chance: random.Random
) -> None:
    other = chance.sample(texts, len(texts))
    assert guessed(*texts, stem=stem) == guessed(*other, stem=stem)


@given(options, stems, lines)
def test_the_guess_does_not_depend_on_the_passage(texts: list[str], stem: str, passage: str) -> None:
    item = choice(*texts, stem=stem, more="passage: p")
    found = guess(article(item, passage=f"{passage} {' '.join(texts)}").items[0])
    assert guessed(*texts, stem=stem) == ((found.option.wording.text, found.cues) if found else None)


# --- When it is believed --------------------------------------------------------------------------------------


def trials(sizes: dict[int, int]) -> list[int]:
    """The number of options of each item."""
    return [options for options, number in sizes.items() for _ in range(number)]


@given(st.dictionaries(st.integers(2, 6), st.integers(1, 4), min_size=1, max_size=3), st.integers(0, 13))
def test_the_tail_is_exact(sizes: dict[int, int], right: int) -> None:
    chances = [1 / options for options in trials(sizes)]
    exact = sum(
        prod(chance if hit else 1 - chance for hit, chance in zip(hits, chances, strict=True))
        for hits in product((0, 1), repeat=len(chances))
        if sum(hits) >= right
    )
    assert tail(sizes, right) == pytest.approx(exact, rel=1e-9, abs=1e-15)


def test_the_tail_of_a_large_bank_is_found() -> None:
    assert tail({4: 10_000}, 2_500) == pytest.approx(0.5, abs=0.01)
    assert tail({4: 10_000, 3: 6_000}, 6_000) < 1e-12
    assert tail({}, 0) == 1.0


def bank(right: int, wrong: int) -> list[str]:
    """Items of four options in which the longest is the key so many times, and is not so many times."""
    return [choice(LONG, "A pier", "A shed", "A boat")] * right + [choice("A pier", LONG, "A shed", "A boat")] * wrong


def test_a_file_that_can_be_answered_from_cues_is_reported() -> None:
    (found,) = robot_beats_chance(article(*bank(7, 2)))
    assert found.message == "from cues alone, 7 of 9 items can be answered; guessing would give 2.2"
    assert (found.span.line, found.span.source) == (2, "items:")
    assert found.hint == "begin with " + ", ".join(f"i{number} (longest option)" for number in range(7))


def test_each_item_is_named_with_all_its_cues() -> None:
    items = [choice(LONG, "A pier", "A shed", "A boat", stem="Which kind was it?")] * 8
    (found,) = robot_beats_chance(article(*items))
    assert found.code == "Q440"
    assert found.hint == "begin with " + ", ".join(f"i{one} (echo of the stem, longest option)" for one in range(8))


def test_the_first_eight_items_are_named() -> None:
    (found,) = robot_beats_chance(article(*bank(9, 0)))
    assert found.hint.startswith("begin with i0 (longest option), ")
    assert found.hint.endswith(", i7 (longest option), ...")


@pytest.mark.parametrize(("right", "wrong", "told"), [(6, 2, True), (5, 3, False), (7, 0, False), (8, 0, True)])
def test_it_is_believed_from_eight_items_and_one_percent_on(right: int, wrong: int, told: bool) -> None:
    assert (tail({4: right + wrong}, right) < 0.01 and right + wrong >= 8) is told
    assert bool(said(robot_beats_chance, *bank(right, wrong))) is told


def test_it_counts_only_what_it_decided() -> None:
    undecided = [choice("A pier", "A shed", "A boat")] * 20
    assert len(said(robot_beats_chance, *bank(8, 0), *undecided)) == 1


def test_where_the_key_is_chosen_by_chance_it_is_reported_hardly_ever() -> None:
    chance = random.Random(440)
    reported = 0
    for _ in range(300):
        items = []
        for _ in range(12):
            texts = [LONG, "A pier", "A shed", "A boat"][: chance.choice([3, 4])]
            items.append(choice(*chance.sample(texts, len(texts))))
        reported += bool(said(robot_beats_chance, *items))
    assert reported <= 9  # 1 % are 3; that 10 or more come of 300 by chance has a chance of 0.001


def test_a_guess_names_each_cue_once() -> None:
    found = guess(article(choice("It was salty.", "It never froze.", "It was always dry.")).items[0])
    assert isinstance(found, Guess)
    assert Counter(found.cues) == {"absolute words elsewhere": 1}
