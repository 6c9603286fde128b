"""Checks of what is asked: negatives, unfocused stems, two claims, blanks at the start."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.checks import stems
from quizgen.checks.claims import second_claim
from quizgen.checks.stems import blank_at_the_start, negative_not_emphasised, two_claims, unfocused_stem

from .checked import Check, choice, cloze, reports, said, statement, underlined, written
from .choices import mended

SAID = [
    (negative_not_emphasised, choice("Which of these is not milk?", "Tea", "Cream", rationale="Tea is not milk."),
     "stem: Which of these is |not| milk?", "Q413: 'not' turns the question round, and is easily read over",
     "write **not**, or ask for what is true"),
    (negative_not_emphasised, choice("Which known birds play no part in it?", "Owls", "Gulls"),
     "stem: Which known birds play |no| part in it?", "Q413: 'no' turns the question round, and is easily read over",
     "write **no**, or ask for what is true"),
    (negative_not_emphasised, choice("Which of these is*n't* made from milk?", "Tea", "Cream"),
     "stem: |Which of these is*n't* made from milk?|",
     "Q413: 'isn't' turns the question round, and is easily read over", "write **isn't**, or ask for what is true"),
    (unfocused_stem, choice("Which is true?", "Tea", "Cream"), "stem: |Which is true?|",
     "Q418: the stem asks nothing that the options do not",
     "ask something that can be answered with the options covered"),
    (two_claims, statement("The king fled and died there.", rationale="The king fled and died there."),
     "stem: The king fled |and| died there.", "Q420: the statement makes two claims, joined by 'and'",
     "ask about one of the claims, or make two items"),
    (two_claims, statement("The ship was new. It sank in 1912."), "stem: |The ship was new. It sank in 1912.|",
     "Q420: the statement makes two claims", "ask about one of the claims, or make two items"),
    (blank_at_the_start, cloze("{{Oxygen}} is here.", rationale="It is {{Oxygen}}."), "text: '|{{Oxygen}}| is here.'",
     "Q421: the text begins with a gap", "move it towards the end of the sentence"),
    (blank_at_the_start, choice("____ is here.", "Oxygen", "Tin", rationale="____ means oxygen."),
     "stem: |____| is here.", "Q421: the stem begins with a blank", "move it towards the end of the sentence"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "item", "place", "message", "hint"), SAID)
def test_what_a_diagnostic_says(check: Check, item: dict[str, object], place: str, message: str, hint: str) -> None:
    assert said(item, check) == (place, message, hint)


# --- Q413 -----------------------------------------------------------------------------------------------------

REVERSED = [
    ("Which of these did not help the flames to spread?", "not"),
    ("Which use of echoes is not mentioned by the author?", "not"),
    ("Which of these isn't a reason for the war?", "isn't"),
    ("According to the passage, which towns were never reached?", "never"),
    ("In which of these places does a barchan not form?", "not"),
    ("Which of these cannot be concluded?", "cannot"),
    ("Which of these plays no part in the dance?", "no"),
    ("To which of these questions does the passage give no answer?", "no"),
    ("Who was not among the speakers?", "not"),
    ("What did the author not mention?", "not"),
    ("What is not a cause of the drought?", "not"),
    ("Which two facts are not given?", "not"),
    ("When the wind is weak, which of these does not happen?", "not"),
    ("All of these are causes of the sinking except", "except"),
    ("All of the following were sold in Bergen, except:", "except"),
    ("Everything in this list floats except what?", "except"),
    ("All these statements are supported except which one?", "except"),
    ("The passage gives all these reasons with the exception of:", "exception of"),
    ("All but one of these were found in the grave. Which was it?", "but"),
    ("One of these was not sold in Bergen. Which?", "not"),
    ("Which of the following is least likely to be true?", "least"),
    ("Which statement about the canal is false?", "false"),
    ("Which of these statements is clearly wrong?", "wrong"),
    ("Which is the false statement?", "false"),
    ("Identify the incorrect statement.", "incorrect"),
    ("Choose the statement that is not supported by the passage.", "not"),
    ("Find the word that does not fit.", "not"),
    ("Which is the one that does not belong?", "not"),
    ("Which detail does the author fail to mention?", "fail"),
    ("The author does not mention", "not"),
    ("It is not true that", "not"),
    ("A submarine does not change its", "not"),
    ("Which would he probably not accept?", "not"),
]
CONTENT = [
    "Why did he not return?",
    "Which law was it that nobody obeyed?",
    "How much of the Sahara is not covered by sand?",
    "What can be seen in autumn that could not be seen in summer?",
    "Which colour is bent by the least angle?",
    "Which reason is given for not building the lighthouse?",
    "Which reason does the author give for the king's not coming?",
    "Which town that did not join the League became rich?",
    "Which sentence shows that he did not trust them?",
    "Which of these shows he did not sleep?",
    "When the sun is not to be seen, what do bees steer by?",
    "What could the towns not agree on?",
    "The League had no king because",
    "The Lord Mayor did not act because",
    "Since the canal was not deep,",
    "Which people, although they do not own land, have a vote?",
    "What happens if the rain does not come?",
    "What made him decide not to go?",
    "Which town did they decide not to visit?",
    "Which of these was not only a town but also a state?",
    "What was wrong with the first plan?",
    "Which wrong turn did the driver take?",
    "Why do all rivers except the Neva freeze?",
    "The town that was not burned was",
    "Twelve ships did not return. Where had they sailed?",
]
SET_OFF = [
    "Which of these is **not** made from milk?",
    "Which of these is *not* made from milk?",
    "Which of these is __not__ made from milk?",
    "Which of these is NOT made from milk?",
    "All of these are made from milk EXCEPT",
    "Which of these **is not** made from milk?",
]


@pytest.mark.parametrize(("stem", "word"), REVERSED)
def test_a_word_that_turns_the_question_round_is_reported(stem: str, word: str) -> None:
    (found,) = reports(negative_not_emphasised, choice(stem, "Cream", "Butter", "Cheese"))
    assert underlined(found) == word
    assert found.message == f"'{word}' turns the question round, and is easily read over"
    assert found.hint == f"write **{word}**, or ask for what is true"


@pytest.mark.parametrize("stem", [*CONTENT, *SET_OFF])
def test_a_negative_of_the_content_or_one_that_is_set_off_is_not(stem: str) -> None:
    assert reports(negative_not_emphasised, choice(stem, "Cream", "Butter", "Cheese")) == []


def test_other_emphasis_does_not_set_the_negative_off() -> None:
    assert len(reports(negative_not_emphasised, choice("Which of **these** is not milk?", "Tea", "Cream"))) == 1


def test_a_negative_matters_only_where_options_are_picked() -> None:
    stem = "Which of these is not made from milk?"
    assert reports(negative_not_emphasised, written(stem, "tea"), statement(stem)) == []


def test_the_negative_is_set_off_by_the_fix() -> None:
    (found,) = reports(negative_not_emphasised, choice("Which of these is not made from milk?", "Tea", "Cream"))
    text = "x" * found.fix[0].start + "Which of these is not made from milk?"
    assert mended(text, found.fix).lstrip("x") == "Which of these is **not** made from milk?"


@pytest.mark.parametrize(
    "stem",
    [
        "Which of these that are not old is not new?",
        "Which of these\nis not\nmade from milk?",
        "Not one.\nWhich is not?",
        "Least likely is which of these?",
    ],
)
def test_nothing_is_fixed_where_the_place_is_not_plain(stem: str) -> None:
    assert [found.fix for found in reports(negative_not_emphasised, choice(stem, "Tea", "Cream"))] in ([], [()])


# --- Q418 -----------------------------------------------------------------------------------------------------

UNFOCUSED = [
    "Which of these is true?",
    "Which statement is correct?",
    "Which of the following statements is supported by the passage?",
    "According to the passage, which of these is true?",
    "Choose the best answer.",
    "Tick whatever is correct.",
    "Choose the correct statements.",
    "The passage says that:",
    "The passage:",
    "Photosynthesis:",
    "The Hanseatic League",
    "The old Hanseatic League:",
    "The author believes that",
    "What does the passage say?",
]
FOCUSED = [
    "Which of these statements about the harbour is true?",
    "What is the main idea of the passage?",
    "What did they do?",
    "Why?",
    "What is true of him?",
    "Which of these is a fact?",
    "Which sentence is a question?",
    "2 + 2 =",
    "The pier was built in",
    "The fishermen must",
    "The lake contains",
    "A growing town",
    "The town was called:",
    "The fishermen dried:",
    "Where was it?",
    "The old pier of Moynaq was",
    "The harbour of Moynaq in Karakalpakstan",
]


@pytest.mark.parametrize("stem", UNFOCUSED)
def test_a_stem_without_a_subject_is_reported(stem: str) -> None:
    (found,) = reports(unfocused_stem, choice(stem, "Cream", "Butter"))
    assert stem in underlined(found)
    assert found.message == "the stem asks nothing that the options do not"


@pytest.mark.parametrize("stem", FOCUSED)
def test_a_stem_that_asks_something_is_not(stem: str) -> None:
    assert reports(unfocused_stem, choice(stem, "Cream", "Butter")) == []


def test_only_choice_items_can_be_unfocused() -> None:
    assert reports(unfocused_stem, written("Which of these is true?", "tea")) == []


# --- Q420 -----------------------------------------------------------------------------------------------------

TWO = [
    ("The pier was founded in 1870 and had two halls.", "and"),
    ("The canal opened in 1869 and the ships of Britain used it most.", "and"),
    ("The fire spread because the streets were narrow.", "because"),
    ("He buried his wine so that it would not burn.", "so"),
    ("The town lies on a river, but it has no port.", "but"),
    ("A beaver builds dams and lives in a lodge.", "and"),
    ("Volcanoes form islands and make the soil rich.", "and"),
    ("The northern lake grew while the southern one dried up.", "while"),
    ("Although the ship was new, it sank.", "Although"),
    ("The wall was built in 1961 and torn down in 1989.", "and"),
    ("Plants take in carbon dioxide and give off oxygen.", "and"),
    ("The queen never married and left no heir.", "and"),
    ("The king died in battle and his son took the crown.", "and"),
    ("The moon has no air, so sound cannot travel there.", "so"),
    ("Penguins cannot fly, yet they are birds.", "yet"),
    ("Most bats eat insects and some eat fruit.", "and"),
    ("Water expands when it freezes and therefore ice floats.", "therefore"),
    ("The treaty ended the war; France lost Alsace.", ";"),
    ("Since the soil was poor, the farmers moved west.", "Since"),
    ("Fishing came to an end since the water had grown too salty.", "since"),
    ("Bees see blue but not red.", "but"),
    ("The telescope was invented in Holland and Galileo improved it.", "and"),
    ("Light bounces once off the drop and leaves it again.", "and"),
    ("It rained for days, and the river burst its banks.", "and"),
    ("Snow is white, whereas soot is black.", "whereas"),
    ("The explorer reached the pole first but died on the way back.", "but"),
    ("The war helped, for the army needed a way to supply its people.", "for"),
    ("Salt and oil were dear and the guards stole them.", "and"),
    ("The ship left Bristol in May and reached Boston in July.", "and"),
    ("Frogs breathe through their skin while lizards use lungs.", "while"),
    ("The dam generates power and prevents floods.", "and"),
    ("The man who owned the bakery fled and died in Bath.", "and"),
    ("He said that the ship was old and that it leaked.", "and"),
    ("The ship sank though it was new.", "though"),
    ("Owls hunt at night, while they sleep by day.", "while"),
    ("The bridge is long, but narrow.", "but"),
    ("The bridge was long but also narrow.", "but"),
    ("The bridge was long but only one lane wide.", "but"),
    ("The wall was high but never safe.", "but"),
    ("The ship was built of oak and sunk in spring.", "and"),
    ("The bell was broken and stolen.", "and"),
    ("The king sailed to Norway and soon died in battle.", "and"),
    ("The king sailed to Norway and quickly died in battle.", "and"),
    ("The king sailed to Norway and soon vanished", "and"),
    ("The engine puffs and pulls the train.", "and"),
    ("The engine puffs and it whistles.", "and"),
    ("At last it rained, and the river burst its banks.", "and"),
    ("It rained for days, and rivers burst their banks.", "and"),
    ("Some ships sailed to Spain and others sank in the storm.", "and"),
]
ONE = [
    "The path that leads to the castle and the mill is steep.",
    "The dog that the hunters lost and found was old.",
    "While in Paris he met the king.",
    "The lake lies between Russia and Kazakhstan.",
    "His wife and daughters travelled with him.",
    "Rich soil lets nettles grow in the way nitrate and phosphate let algae grow.",
    "Oil and tallow were kept in the warehouses.",
    "Cogs were broad and deep.",
    "The Amu Darya and the Syr Darya fed the lake.",
    "Bone owes its hardness to salts and its toughness to collagen.",
    "The wall between the house and the garden was high.",
    "He thought that fire and wind were harmless.",
    "The author says wind and fire were harmless.",
    "Ships built in Bergen and Bruges were alike.",
    "Farmers learned to raise shrimps and plant rice.",
    "The fire was out before the week ended.",
    "The meeting took place in April and May.",
    "Nothing but rain could stop the fire.",
    "He has lived there since the canal opened.",
    "A bee waggles while it dances.",
    "For a while the ship was lost.",
    "Romeo and Juliet was written by Shakespeare.",
    "The expedition lasted two years and three months.",
    "Workers joined the union to get higher wages and shorter hours.",
    "He behaved as though nothing had happened.",
    'The sign said "Stop and go back because it is late".',
    "Stems and leaves of the plant are green.",
    "At last the ship sank; a grim end.",
    "The mill stands empty since the night it burned.",
    "The mill stands empty since the night when the roof fell.",
    "Ships have used the canal since it was dug.",
    "The town had shrunk since the king died.",
    "As though nothing had happened, the king sang on.",
    "While the fire burned in the north, the ships stayed in port.",
    "Rain fell all the while the bridge was built.",
    "The guests talked while they ate.",
    "Most foxes are caught while young.",
    "Foxes learn to hunt while young, playing with mice.",
    "Most foxes are caught while young in the weeks after they left the den.",
    "He fell asleep while reading the book he had bought.",
    "Two ships sank while in the harbour that was built in 1870.",
    "The ship would have sunk but for the pump the captain had bought.",
    "Every guest but one left before the fire.",
    "The road does not lead north but rather follows the coast.",
    "The wind was so strong the mast broke in two.",
    "Letters written and stolen in 1870 were found.",
    "The town was known for broken and stolen bells.",
    "The snail moves quietly and slowly",
    "Farmers learned to raise shrimps and sell them.",
    "Salt and help from the king saved the town.",
    "Fishing and help from the king saved the town.",
    "When it rained, wind and the waves hid the ship.",
    "The author says wind and the fire were harmless.",
    "The wall stood between the house and the garden built in 1870.",
]


@pytest.mark.parametrize(("text", "joint"), TWO)
def test_a_second_claim_is_reported_at_what_joins_it(text: str, joint: str) -> None:
    (found,) = reports(two_claims, statement(text))
    assert underlined(found) == joint
    assert found.message == f"the statement makes two claims, joined by '{joint.lower()}'"


@pytest.mark.parametrize("text", ONE)
def test_one_claim_is_not(text: str) -> None:
    assert reports(two_claims, statement(text)) == []


def test_two_sentences_are_two_claims() -> None:
    (found,) = reports(two_claims, statement("The ship was new. It sank in 1912."))
    assert found.message == "the statement makes two claims"


def test_a_heading_is_no_claim() -> None:
    assert reports(two_claims, statement("At low tide. The boats lie on the mud.")) == []


def test_the_right_one_of_two_joints_is_underlined() -> None:
    text = "Salt and oil came by sea and were sold in Bergen."
    (found,) = reports(two_claims, statement(text))
    assert found.span.source[: found.span.end - 1].endswith("came by sea and")


def test_only_statements_make_claims() -> None:
    assert reports(two_claims, choice("He came because it rained and he was late.", "Yes", "No")) == []


# --- Q421 -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("{{Oxygen}} is given off by leaves.", "{{Oxygen}}"),
        ("The {{stomata|pores}} let air into the leaf.", "{{stomata|pores}}"),
        ("“{{Oxygen}}” is given off.", "{{Oxygen}}"),
        ("*{{Oxygen}}* is given off.", "{{Oxygen}}"),
        ("An “{{oxide}}” is formed.", "{{oxide}}"),
    ],
)
def test_a_text_that_begins_with_a_gap_is_reported(text: str, gap: str) -> None:
    (found,) = reports(blank_at_the_start, cloze(text))
    assert underlined(found) == gap
    assert found.message == "the text begins with a gap"


@pytest.mark.parametrize(
    "text", ["Leaves give off {{oxygen}}.", "Their {{leaves}} are green.", "At {{noon}} it is hot."]
)
def test_a_text_with_a_word_before_the_gap_is_not(text: str) -> None:
    assert reports(blank_at_the_start, cloze(text)) == []


@pytest.mark.parametrize(
    ("stem", "blank"),
    [
        ("____ is given off.", "____"),
        ("The __ is deep.", "__"),
        ("[...] is given off.", "[...]"),
        ("(blank) rose.", "(blank)"),
    ],
)
def test_a_stem_that_begins_with_a_blank_is_reported(stem: str, blank: str) -> None:
    (found,) = reports(blank_at_the_start, written(stem, "oxygen"))
    assert underlined(found) == blank
    assert found.message == "the stem begins with a blank"


@pytest.mark.parametrize(
    "stem", ["Leaves give off ____.", "... and then?", "(In 1870) what was built?", "_Which_ is it?"]
)
def test_another_stem_is_not(stem: str) -> None:
    assert reports(blank_at_the_start, written(stem, "oxygen")) == []


# --- Laws -----------------------------------------------------------------------------------------------------

TEXTS = st.lists(
    st.sampled_from([
        "and", "but", "because", "so", "that", "as", "since", "for", "while", "not", "which", "is", "was",
        "the", "except", "all", "least", ",", ";", ".", "?", "ships", "sank", "____", "*", "**", "“", "”", "(", "it",
        "to", "never", "Ω", "日本",
    ]),
    min_size=1, max_size=12,
).map(" ".join)  # fmt: skip


@given(TEXTS)
def test_no_text_is_too_odd(text: str) -> None:
    assert second_claim(text) is None or isinstance(second_claim(text), tuple)
    items = [choice(f"A {text}", "Cream", "Butter", "Milk"), statement(f"A {text}"), cloze(f"A {text} {{{{b}}}}")]
    for check in stems.CHECKS:
        for found in reports(check, *items):
            assert found.span.line > 1
            assert found.message


@pytest.mark.parametrize("text", [stem for stem, _ in REVERSED] + UNFOCUSED + [text for text, _ in TWO])
def test_english_rules_leave_other_languages_alone(text: str) -> None:
    for check in (negative_not_emphasised, unfocused_stem, two_claims):
        assert reports(check, choice(text, "Cream", "Butter"), statement(text), language="fr") == []


def test_a_gap_comes_too_early_in_every_language() -> None:
    assert len(reports(blank_at_the_start, cloze("{{Boote}} liegen im Hafen."), language="de")) == 1
