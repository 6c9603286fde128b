"""How items are worded: vague words, words too many, words too hard, words that are the passage's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.checks import wording
from quizgen.checks.wording import gratuitous_wording, harder_than_passage, stem_copied, vague_frequency
from quizgen.language import lix

from .checked import choice, marked, reports, said, statement, underlined, written

# --- Q419 -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ships often came to the pier.", "often"),
        ("Mostly it was dry.", "Mostly"),
        ("The nets were dried there most of the time.", "most of the time"),
        ("It hardly ever rained.", "hardly ever"),
        ("Seldom did a ship put in.", "Seldom"),
    ],
)
def test_a_statement_that_turns_on_a_vague_word_is_reported(text: str, word: str) -> None:
    (found,) = reports(vague_frequency, statement(text))
    assert underlined(found) == word
    assert found.message == f"'{word.lower()}' means one thing to one reader and another to the next"


@pytest.mark.parametrize(
    "text", ["Two ships usually came each week.", "It came every time.", "The oftener the better.", "Then it rained."]
)
def test_a_word_that_the_passage_says_itself_is_not(text: str) -> None:
    assert reports(vague_frequency, statement(text)) == []


def test_each_vague_option_is_reported() -> None:
    found = reports(
        vague_frequency, choice("When did ships come?", "Rarely at night", "In a storm", "Sometimes by day")
    )
    assert [underlined(one) for one in found] == ["Rarely", "Sometimes"]


def test_an_option_may_repeat_the_passage_where_the_key_does() -> None:
    stem = "How many ships came in a week?"
    assert reports(vague_frequency, choice(stem, "Usually two", "Usually five", "One")) == []
    assert len(reports(vague_frequency, choice(stem, "Two", "Usually five", "One"))) == 1


def test_a_vague_word_may_be_what_is_asked_for() -> None:
    assert reports(vague_frequency, choice("Which word in the passage means 'as a habit'?", "Often", "Here")) == []
    assert reports(vague_frequency, choice("How often did ships come?", "Often", "Twice a week")) != []


def test_a_written_answer_offers_nothing_vague() -> None:
    assert reports(vague_frequency, written("How did ships often come?", "often")) == []


STORY = "Amina walks along the shore with her brothers every morning and counts shells. " * 5  # 13 words, five times
COPIED = "Once most fishermen dried their nets on the long wall of a boat and a house."
SAID = [
    (choice("How often is 'rarely'?", "Once a year", "rarely at night"), "- |rarely| at night",
     "Q419: 'rarely' means one thing to one reader and another to the next", "say how often, how many or when"),
    (statement("Ships often came.", rationale="They often did."), "stem: Ships |often| came.",
     "Q419: 'often' means one thing to one reader and another to the next", "say how often, how many or when"),
    (choice("How does 'as it feared' go on?", "as it feared France", "as it feared tolls", "as it feared war"),
     "answer: |as it feared| France", "Q422: every option repeats 'as it feared'", "say it once, in the stem"),
    (statement("Let us see: the pier is old.", rationale="Let us see."), "stem: '|Let us| see: the pier is old.'",
     "Q422: 'Let us' asks nothing", "begin with what is asked"),
    (written(f"{STORY}When was the pier founded?", "1870"), f"stem: |{STORY}When was the pier founded?|",
     "Q422: the question does not need the 65 words before it", "ask the question alone"),
    (statement(f"{'harbour ' * 9}{'pier ' * 6}"), f"stem: |'{'harbour ' * 9}{'pier ' * 6}'|",
     "Q427: the item (LIX 75) is harder to read than its passage (LIX 32)",
     "use shorter sentences and the plainer words of the passage"),
    (statement(COPIED), "stem: Once |most fishermen dried their nets on the long wall| of a boat and a house.",
     "Q428: 9 words in a row are those of the passage", "say it in other words, or put it in quotation marks"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "place", "message", "hint"), SAID)
def test_what_a_diagnostic_says(item: dict[str, object], place: str, message: str, hint: str) -> None:
    assert said(item, *wording.CHECKS) == (place, message, hint)


# --- Q422 -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "shared"),
    [
        (["Because it feared France", "because it feared tolls", "Because it feared cotton"], "Because it feared"),
        (["It froze at such a time.", "It rose at such a time.", "It sank at such a time."], "at such a time"),
        (["In the row for 1 m", "In the row for 2 m", "In the row for 3 m", "In the row for 4 m"], "In the row for"),
        (["Most of it froze at such a time", "It rose at such a time", "It sank at such a time"], "at such a time"),
        (["It froze at such a time", "Most of it rose at such a time", "It sank at such a time"], "at such a time"),
        (["It would sink", "It would sink at once", "It would sink in time"], "It would sink"),
        (["It is so in May", "It is so in June", "It is so at sea"], "It is so"),
        (["A king under Pope Pius X.", "A monk under Pope Pius X.", "A nun under Pope Pius X."], "under Pope Pius X"),
    ],
)
def test_words_that_all_options_share_are_reported(options: list[str], shared: str) -> None:
    (found,) = reports(gratuitous_wording, choice("What was it?", *options))
    assert underlined(found) == shared
    assert found.message == f"every option repeats '{shared}'"


@pytest.mark.parametrize(
    "options",
    [
        ["It would sink there", "It would rise soon", "It would float"],
        ["Because it feared France", "Because it feared tolls", "Because she feared cotton"],
        ["Because it feared France", "Because it feared tolls"],
        ["C, B, A, B", "C, B, A, C", "C, B, A, A"],
        ["10 square kilometres of land", "20 square kilometres of sea", "30 square kilometres of ice"],
        ["12 metres per second", "14 metres per second", "16 metres per second"],
    ],
)
def test_options_that_share_less_are_not(options: list[str]) -> None:
    assert reports(gratuitous_wording, choice("What was it?", *options)) == []


def test_a_pinned_option_need_not_share_the_words() -> None:
    last = {"text": "None of these", "pinned": "last"}
    item = choice(
        "What was it?", "Because it feared France", "Because it feared tolls", "Because it feared cotton", last
    )
    assert len(reports(gratuitous_wording, item)) == 1


FILLERS = [
    "It is important to note that",
    "It is interesting to note that",
    "As we all know,",
    "As you may remember,",
    "Read the passage carefully and",
    "Read carefully and",
    "Think back to what you learned.",
    "Now that you have read the passage,",
    "It should be noted that",
    "Everyone knows that",
    "Based on what you have learned,",
    "Obviously,",
    "Let us",
    "Please read the text again and",
    "It must not be forgotten that",
    "It cannot be denied that",
    "It is worth pointing out that",
    "It has often been said that",
    "There is no doubt that",
    "As was said above,",
    "As you will surely have noticed,",
    "We have learned that",
    "You have now read that",
    "You should know by now that",
    "If you have read with care,",
    "Everybody likes to hear that",
    "One of the most interesting facts about piers is that",
    "Using the knowledge you have gained,",
    "Having read the text,",
    "Try to remember that",
    "Keeping in mind that",
    "Before you answer,",
    "Take a close look:",
    "Nowadays,",
    "In the modern world,",
]


@pytest.mark.parametrize("opening", FILLERS)
def test_filler_is_reported(opening: str) -> None:
    (found,) = reports(gratuitous_wording, statement(f"{opening} the pier is old."))
    assert opening.startswith(underlined(found))
    assert found.message == f"'{underlined(found)}' asks nothing"


@pytest.mark.parametrize(
    "stem",
    [
        "According to the passage, the pier is old.",
        "It is old.",
        "As ships grew larger, the pier was closed.",
        "Readers know that it is important to note the year.",
        "After reading the letter, he left.",
        "It is necessary for ships.",
        "Clearly marked piers are safe.",
        "It is said that the mayor lied.",
        "It was known to few that the duke was ill.",
        "It is dark when bats leave.",
        "It was noted by the mayor that rain fell.",
        "If you mix blue and yellow, you get green.",
        "Everyone in the village feared the wolf.",
        "Remember the bell in the first line: it stands for death.",
        "Think of a number that is its own square.",
        "Using the table, one can find the pier.",
        "With what they had they built a pier.",
        "One of the monks could not read.",
        "You have three coins in a bag.",
        "In fact the pier is old.",
    ],
)
def test_an_opening_that_says_something_is_not(stem: str) -> None:
    assert reports(gratuitous_wording, statement(stem)) == []


def test_a_story_that_the_question_does_not_need_is_reported() -> None:
    (found,) = reports(gratuitous_wording, written(f"{STORY}In which year was the pier founded?", "1870"))
    assert found.message == "the question does not need the 65 words before it"


def test_what_the_passage_says_too_is_no_part_of_a_story() -> None:
    assert len(reports(gratuitous_wording, written(f"{STORY}There was a pier. When was the pier built?", "1870"))) == 1
    assert reports(gratuitous_wording, written(f"{STORY}There was a pier. Who built the shore?", "Monks")) == []


@pytest.mark.parametrize(
    "stem",
    [
        f"{STORY}How many shells are in a bag of ten handfuls?",
        f"{STORY}Where does she find most of what was lost?",
        f"{STORY}What became of the pier that it needed?",
        f"{STORY}When it rains, does she sing?",
        "In which year was the pier founded?",
        f"{STORY[: STORY.index('.') * 4]}. In which year was the pier founded?",
    ],
)
def test_a_story_that_is_needed_or_short_is_not(stem: str) -> None:
    assert reports(gratuitous_wording, written(stem, "1870")) == []


def test_a_pronoun_behind_when_stands_for_what_the_question_names() -> None:
    stem = f"{STORY}What do botanists throw when they look?"
    assert len(reports(gratuitous_wording, written(stem, "A frame"))) == 1
    assert len(reports(gratuitous_wording, written(f"{STORY}Who clean bones before they draw them?", "Monks"))) == 1
    assert (
        reports(gratuitous_wording, written(stem.replace("What do botanists throw ", "What falls "), "A frame")) == []
    )


@pytest.mark.parametrize(("words", "times"), [(59, 0), (60, 1)])
def test_a_story_has_sixty_words(words: int, times: int) -> None:
    story = " ".join(["Shells"] + ["lie"] * (words - 1))
    assert len(reports(gratuitous_wording, written(f"{story}. When was the pier founded?", "1870"))) == times


# --- Q427 -----------------------------------------------------------------------------------------------------

PLAIN = "The old pier is long. Boats lie on the mud. Men dry nets on it in the sun all day. It is hot."


def hard(long: int, words: int = 16) -> dict[str, object]:
    """A statement of so many words, some of them of seven letters."""
    return statement(" ".join(["harbour"] * long + ["pier"] * (words - long)) + ".")


@pytest.mark.parametrize(("long", "times"), [(5, 0), (6, 1)])
def test_an_item_far_harder_than_its_passage_is_reported(long: int, times: int) -> None:
    found = reports(harder_than_passage, hard(long), passage=PLAIN)
    assert len(found) == times  # 16 + 31 is below 50; 16 + 37.5 is above
    assert [one.message for one in found] == ["the item (LIX 54) is harder to read than its passage (LIX 6)"] * times


def test_a_hard_passage_may_have_hard_items() -> None:
    passage = " ".join(["harbour"] * 6 + ["pier"] * 14)  # LIX 50
    assert reports(harder_than_passage, hard(8), passage=passage) == []  # 66
    assert len(reports(harder_than_passage, hard(9), passage=passage)) == 1  # 72


@pytest.mark.parametrize(("words", "times"), [(14, 0), (15, 1)])
def test_a_few_hard_words_are_no_hard_item(words: int, times: int) -> None:
    assert len(reports(harder_than_passage, hard(14, words), passage=PLAIN)) == times


@pytest.mark.parametrize(("long", "words", "times"), [(6, 20, 1), (6, 19, 1), (5, 20, 0)])
def test_a_hard_item_has_a_lix_of_fifty(long: int, words: int, times: int) -> None:
    assert len(reports(harder_than_passage, hard(long, words), passage=PLAIN)) == times  # 50, 50.6 and 45


def test_an_item_may_be_harder_by_less_than_twenty() -> None:
    passage = " ".join(["harbour"] * 6 + ["pier"] * 14)  # LIX 50
    assert len(reports(harder_than_passage, hard(10, 20), passage=passage)) == 1  # 70
    assert reports(harder_than_passage, hard(9, 20), passage=passage) == []  # 65


def test_stem_and_options_are_measured_as_sentences() -> None:
    options = ["Wooden harbour sheds.", "Narrow fishing wharfs.", "Ancient granite bridge."]
    item = choice("Which old harbour buildings withstood hurricanes?", *options)
    (found,) = reports(harder_than_passage, item, passage=PLAIN)
    assert found.message == "the item (LIX 57) is harder to read than its passage (LIX 6)"  # 15 / 4 + 100 * 8 / 15


def test_each_item_is_held_against_its_own_passage() -> None:
    hard_one = " ".join(["harbour"] * 14 + ["pier"] * 6)
    items = [{**hard(8), "passage": "hard"}, hard(8), {**hard(9), "passage": "hard"}]
    assert len(reports(harder_than_passage, *items, passage=PLAIN, more={"hard": hard_one})) == 1


def test_each_option_is_a_sentence() -> None:
    easy = choice("What lies on the mud at low water in the harbour?", "The old boats", "The new nets", "The long pier")
    assert reports(harder_than_passage, easy, passage=PLAIN) == []


@given(st.integers(1, 30), st.integers(0, 30))
def test_the_short_cut_leaves_nothing_out(words: int, long: int) -> None:
    item = hard(min(long, words), words)
    reported = bool(reports(harder_than_passage, item, passage=PLAIN))
    assert reported == (words >= 15 and lix(str(item["stem"])) >= 50)


# --- Q428 -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Most fishermen dried their nets on the long wall.", "Most fishermen dried their nets on the long wall"),
        ("Few fishermen dried their nets on the long wall.", "fishermen dried their nets on the long wall"),
        (
            "Once most fishermen dried their nets on the long wall beside a boat and a house.",
            "most fishermen dried their nets on the long wall beside",
        ),
        (COPIED, "most fishermen dried their nets on the long wall"),
    ],
)
def test_a_copied_stem_is_reported(text: str, words: str) -> None:
    (found,) = reports(stem_copied, statement(text))
    assert underlined(found) == words
    assert found.message == f"{len(words.split())} words in a row are those of the passage"


@pytest.mark.parametrize(
    "text",
    [
        "Some fishermen dried their nets on the wall.",
        "Fishermen dried their nets on the long.",
        "Few fishermen dried their nets on the long wall, since there they were safe from cats and gulls.",
        "Few fishermen dried their nets on the long wall, since there they were safe from floods of the lake.",
        "When ships could no longer cross the dry lake, fishermen dried their nets on the long wall.",
        'It is said: "Most fishermen dried their nets on the long wall."',
        "“Most fishermen dried their nets on the long wall.”",
    ],
)
def test_a_stem_in_other_words_or_in_quotation_marks_is_not(text: str) -> None:
    assert reports(stem_copied, statement(text)) == []


@pytest.mark.parametrize(
    ("stem", "times"),
    [("Who brought tea to Delft in the 1600s?", 0), ("Who brought tea to old Delft in the 1600s?", 1)],
)
def test_the_s_of_a_decade_is_no_word(stem: str, times: int) -> None:
    passage = f"{stem[4:-1].capitalize()} or later. Ships sailed."
    assert len(reports(stem_copied, written(stem, "Smugglers"), passage=passage)) == times


def test_a_run_over_a_decade_is_reported_at_the_stem() -> None:
    stem = "In the 1600s ships brought tea to old Delft."
    (found,) = reports(stem_copied, statement(stem), passage=stem)
    assert marked(found) == f"stem: |{stem}|"
    assert found.message == "9 words in a row are those of the passage"


@pytest.mark.parametrize(
    ("stem", "times"),
    [
        ("A red-white-blue and a red-white-black flag.", 1),  # ten words, five spaces
        ("Black-white-red or red-white-black flags.", 0),  # eight words, three spaces
    ],
)
def test_most_words_must_have_spaces_between_them(stem: str, times: int) -> None:
    assert len(reports(stem_copied, statement(stem), passage=stem)) == times


def test_words_are_copied_in_every_language() -> None:
    text = "Die meisten Fischer trockneten ihre Netze auf der langen Mauer."
    assert len(reports(stem_copied, statement(text), passage=text, language="de")) == 1


def test_eight_signs_are_no_eight_words() -> None:
    text = "大多数渔民在长墙上晒网"
    assert reports(stem_copied, statement(text), passage=text, language="zh") == []


def test_each_item_is_looked_at() -> None:
    easy, long_but_easy = statement("It is old."), statement(f"{'Boats lie on the mud. ' * 3}The buildings sparkled.")
    others = [{**easy, "passage": ""}, easy, long_but_easy]
    found = [one for check in wording.CHECKS for one in reports(check, *others, *(item for item, *_ in SAID))]
    assert sorted(one.code for one in found) == sorted(message[:4] for _, _, message, _ in SAID)


# --- Laws -----------------------------------------------------------------------------------------------------

TEXTS = st.lists(
    st.sampled_from(["often", "It", "is", "the", "“", "?", ".", "渔", "12", "pier", "as we know", "**x**"]), min_size=1
)


@given(TEXTS, TEXTS)
def test_no_text_is_too_odd(stem: list[str], passage: list[str]) -> None:
    text = "A " + " ".join(stem)
    items = [choice(text, f"{text} a", f"{text} b", f"{text} c"), statement(text)]
    for check in wording.CHECKS:
        for found in reports(check, *items, passage="A " + " ".join(passage)):
            assert found.message


@given(st.permutations(["Because it feared a", "Because it feared b", "Often", "Because it feared c"]))
def test_the_order_of_distractors_does_not_matter(distractors: list[str]) -> None:
    for check in wording.CHECKS:
        first = reports(check, choice("What was it?", "Because it feared d", *sorted(distractors)))
        again = reports(check, choice("What was it?", "Because it feared d", *distractors))
        assert sorted(one.message for one in first) == sorted(one.message for one in again)


@pytest.mark.parametrize("text", [*FILLERS, "Ships often came."])
def test_english_words_mean_nothing_elsewhere(text: str) -> None:
    for check in (vague_frequency, gratuitous_wording):
        assert reports(check, statement(text), choice(text, "Often", "Oft"), language="de") == []
