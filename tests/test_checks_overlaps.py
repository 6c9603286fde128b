"""Q416: options that overlap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.checks.overlaps import overlapping_options

from .checked import marked
from .choices import article, choice, said
from .strategies import lines

SAME = [
    ("The ship", "A ship"),
    ("Protests in the streets", "Protest in the street"),
    ("It stores the salts of the bone.", "It stores the bone's salts."),
    ("The speed of the ship keeps it up.", "The ship's speed keeps it up."),
    ("Loss of heat", "Heat loss"),
    ("Salt and herring", "Herring and salt"),
    ("The drums rusted in the yards.", "In the yards the drums rusted."),
    ("In northern Europe", "In the north of Europe"),
    ("To keep goats out of the fields", "To keep the goat out of a field"),
    ("Large ships", "Big ships"),
    ("It was forbidden", "It was not allowed"),
    ("It was banned", "It was not permitted"),
    ("It was impossible", "It was not possible"),
    ("The heir is not known", "The heir is unknown"),
    ("To save money", "Saving money"),
    ("Saving money", "To save money"),
    ("Someone burned the letters", "The letters were burned"),
    ("It was not possible by land", "It was impossible by land"),
    ("One who hopes", "A hoping person"),
    ("Someone that shapes clay", "A person who shapes clay"),
    ("A thing that floats", "Something that floats"),
    ("They burned the letters", "The letters were burned"),
    ("A kind of bread", "Bread"),
    ("In spring they bloom", "They bloom in spring"),
    ("Upstairs in bed", "In bed upstairs"),
]
INCLUDED = [
    ("The cost of a ship", "The cost of a large ship"),
    ("They could share the cost.", "They could share the cost of a ship."),
    ("A walk by the lake", "A walk by the lake with Percy"),
    ("Russia", "Russia and Turkey"),
    ("Turkey", "Russia and Turkey"),
    ("In the north", "In the north of Italy"),
    ("A lighthouse", "A lighthouse in the shape of a woman"),
    ("To print where it is", "To print a report on where it is"),
    ("Blood cells", "Red blood cells"),
    ("A letter", "An old letter"),
    ("A letter", "A long letter from her aunt"),
    ("She taught", "She taught the novices"),
    ("She was his aunt", "Perhaps she was his aunt"),
    ("Herring barrels", "Wooden Dutch herring barrels"),
    ("He came with it", "He came with it unasked"),
    ("A letter", "A letter to the old queen of Spain"),
]
RANGES = [
    ("10 to 30", "20 to 40"),
    ("5–10 km", "10–20 km"),
    ("between 10 and 20", "15"),
    ("40 to 50", "45 to 50"),
    ("at least 10", "20"),
    ("10 or more", "at most 10"),
    ("more than 20", "15 to 25"),
    ("less than 10", "at most 5"),
    ("Fewer than one in ten", "one in twenty"),
    ("5", "five"),
    ("two weeks", "14 days"),
    ("1,000 to 2,000", "2000 to 3000 ships"),
    ("$5–$10", "$8"),
    ("more than 20", "25"),
    ("5+", "7 or 8 and over"),
    ("At dusk", "At nightfall"),
    ("In the 1850s", "In the 19th century"),
    ("Within a week", "In three days"),
    ("Half of it", "50 per cent"),
    ("On Tuesday", "On a weekday"),
]
APART = [
    ("From Osh to Bishkek", "From Bishkek to Osh"),
    ("Dogs chase cats", "Cats chase dogs"),
    ("The son of the king", "The king of the son"),
    ("It rained.", "It never rained."),
    ("The king", "The brother of the king"),
    ("The sea", "The sea level"),
    ("A lack of food", "A lack of variety in food"),
    ("Carbon", "Carbon dioxide"),
    ("Before the war", "After the war"),
    ("Love letters", "Letters"),
    ("It was not allowed", "It was allowed"),
    ("It was unheard of", "It was not allowed"),
    ("The heir is not unknown", "The heir is unknown"),
    ("It was not", "It was in"),
    ("It was not possible by land", "It was impossible by sea"),
    ("It was not possible by land", "The king was impossible"),
    ("A day", "A day when all people rest"),
    ("The brother of the king", "The king's old brother"),
    ("It is important", "It is not portant now"),
    ("To save", "Saving"),
    ("To save money", "Saving time"),
    ("One who hopes", "One who heals"),
    ("One who hopes", "Hope"),
    ("One person", "Someone"),
    ("They burned the letters", "The letters were burned by them"),
    ("They burned the letters", "The stamps were burned"),
    ("He burned the letters", "The letters were burned"),
    ("She was", "She was in the yard"),
    ("The old man", "The young man"),
    ("In May", "In June"),
    ("It is open", "It was open"),
    ("More than half of them", "Half of them"),
    ("Two ships sank in the bay", "Twenty two ships sank in the bay"),
    ("C", "C++"),
    (r"\\(T\\) against \\(L\\)", r"\\(T^2\\) against \\(L\\)"),
    ("The king's brother", "The king"),
    ("His house", "Her house"),
    ("In deep water", "On the deep water"),
    ("10 to 19", "20 to 29"),
    ("more than 20", "10 to 20"),
    ("more than 20", "20"),
    ("less than 10", "10"),
    ("1914–1918", "1918–1922"),
    ("10 km", "10 tons"),
    ("10 to 20 km", "15 to 30 tons"),
    ("in 1914", "since 1914"),
    ("for two weeks", "in two weeks"),
    ("4 May 1870", "4 May 1871"),
    ("1870-05-04", "1870-05-05"),
    ("at 5 p.m.", "at 5 a.m."),
    ("A house boat", "A boat house"),
    ("Red boats and blue sails", "Blue boats and red sails"),
    ("The king and the queen of Spain", "The queen of Spain and the king"),
    ("The son of the king", "The king's sister and the son"),
    ("Bread and butter", "Fresh bread and salted butter with honey"),
    ("A letter", "A letter to the old queen of northern Spain"),
    ("Herring barrels", "Makers of herring barrels"),
    ("A tax on salt", "A tax on salt paid monthly"),
    ("Taxes were paid there", "Taxes were paid there monthly"),
    ("Sea water", "Sea water tanks"),
    ("Old red ships", "Old ships and red sails"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_wordings_of_one_thing(one: str, other: str) -> None:
    assert said(overlapping_options, choice("Something else", one, other)) == [
        (other, f"'{one}' and '{other}' say the same")
    ]


@pytest.mark.parametrize(("one", "other"), INCLUDED)
def test_an_option_in_another(one: str, other: str) -> None:
    assert said(overlapping_options, choice("Something else", one, other)) == [
        (other, f"'{one}' and '{other}' overlap: one includes the other")
    ]


@pytest.mark.parametrize(("one", "other"), RANGES)
def test_ranges_that_share_numbers(one: str, other: str) -> None:
    assert said(overlapping_options, choice("Something else", one, other)) == [
        (other, f"'{one}' and '{other}' overlap")
    ]


@pytest.mark.parametrize(("one", "other"), APART)
def test_options_that_are_apart(one: str, other: str) -> None:
    assert said(overlapping_options, choice("Something else", one, other)) == []


def test_the_key_can_overlap_with_a_distractor() -> None:
    assert [words for words, _ in said(overlapping_options, choice("The ship", "The mud", "A ship"))] == ["A ship"]
    assert [words for words, _ in said(overlapping_options, choice(["The ship", "A ship"], "Mud"))] == ["A ship"]


def test_forms_of_a_verb_may_be_what_an_unfinished_sentence_turns_on() -> None:
    options = ["to save money", "saving money", "a map"]
    assert len(said(overlapping_options, choice(*options, stem="What was it for?"))) == 1
    assert said(overlapping_options, choice(*options, stem="She was used to")) == []


@pytest.mark.parametrize(
    "stem", ["Which word fits best?", "What old adjective is it?", "Name a synonym.", "How is it spelt?"]
)
def test_where_a_word_is_asked_for_two_that_say_the_same_are_two_answers(stem: str) -> None:
    assert said(overlapping_options, choice("Big ships", "Large ships", "Ice", stem=stem)) == []
    assert len(said(overlapping_options, choice("5", "five", "Ice", stem=stem))) == 1


def test_an_option_is_reported_once() -> None:
    found = said(overlapping_options, choice("The ship", "A ship", "Ships"))
    assert [words for words, _ in found] == ["A ship", "Ships"]


def test_figures_that_are_rough_in_the_same_way_are_no_ranges() -> None:
    assert said(overlapping_options, choice("more than 80", "more than 18", "over 800")) == []
    assert said(overlapping_options, choice("up to 30 metres", "up to 3 metres")) == []
    assert len(said(overlapping_options, choice("more than 80", "more than 18", "10"))) == 1


def test_options_that_speak_of_the_others_do_not_overlap() -> None:
    assert said(overlapping_options, choice("None of these", "None of these reasons", "Mud")) == []
    assert said(overlapping_options, choice("Russia", "Turkey", "Both Russia and Turkey")) == []


def test_numbers_overlap_in_every_language_and_words_if_they_are_equal() -> None:
    assert len(said(overlapping_options, choice("10–30", "20–40"), language="de")) == 1
    assert len(said(overlapping_options, choice("das Schiff", "Das Schiff!"), language="de")) == 1
    for one, other in [*SAME, *INCLUDED]:
        assert said(overlapping_options, choice("Something else", one, other), language="de") == []


@given(st.lists(st.one_of(lines, st.sampled_from([text for pair in SAME + INCLUDED + RANGES + APART for text in pair])),
                min_size=2, max_size=4, unique_by=lambda text: " ".join(text.split()).casefold()))  # fmt: skip
def test_whether_options_overlap_does_not_depend_on_their_order(texts: list[str]) -> None:
    one, other = (said(overlapping_options, choice(*some)) for some in (texts, texts[::-1]))
    assert bool(one) == bool(other)


def test_what_a_diagnostic_says() -> None:
    (found,) = overlapping_options(article(choice("The ship", "A ship", "Mud", stem="Who saw A ship?")))
    assert marked(found) == 'distractors: ["|A ship|", "Mud"]'
    assert (found.code, found.message) == ("Q416", "'The ship' and 'A ship' say the same")
    assert found.hint == "replace one of them, or draw a line between the two"


def test_each_item_is_looked_at() -> None:
    apart = [choice("Oil", "Salt"), choice("Dry sand", "Wet sand"), choice("1914", "1918")]
    assert len(said(overlapping_options, *apart, choice("The ship", "A ship"))) == 1
