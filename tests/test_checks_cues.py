"""Cues: absolute words, echoes of the stem, grammar that fits the key only, answers in the stem."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.checks import cues
from quizgen.checks.cues import absolute_term, answer_in_stem, stem_key_echo
from quizgen.checks.fit import grammatical_cue

from .checked import Check, choice, cloze, reports, said, statement, underlined, written

# --- Q412 -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The Sahara consists entirely of sand.", "entirely"),
        ("Everyone who saw the fire knew how great it was.", "Everyone"),
        ("Bees never sleep.", "never"),
        ("All Germans in Bergen were married.", "All"),
        ("Every ship was lost.", "Every"),
        ("Only the king could vote.", "Only"),
        ("No one saw it.", "No one"),
        ("The walls must be of wood.", "must"),
        ("It is impossible to sail there.", "impossible"),
        ("Bees find food only when the sun shines.", "only"),
        ("All these ships sank.", "All"),
        ("Three ships sank, and all of them were new.", "all"),
        ("It rained. Every ship was lost.", "Every"),
        ("It rained! Every ship was lost.", "Every"),
        ("Did it rain? Every ship was lost.", "Every"),
        ("It rained… Every ship was lost.", "Every"),
    ],
)
def test_an_absolute_word_in_a_false_statement_is_reported(text: str, word: str) -> None:
    (found,) = reports(absolute_term, statement(text, False))
    assert underlined(found) == word
    assert found.message == f"'{word}' gives away that the statement is false"
    assert reports(absolute_term, statement(text, True)) == []


@pytest.mark.parametrize(
    "text",
    [
        "All three ships sank.",
        "All of the three ships sank.",
        "They lost bone every month.",
        "It is visited every ten years.",
        "It rained all day.",
        "Only 8 mouths are open.",
        "Only a few came.",
        "He was not only a king.",
        "Not all ships sank.",
        "He does not always sleep.",
        "Above all, it was cold.",
        "He must have slept.",
        "They sold all kinds of salt.",
        "Only Fools and Horses was filmed in Bristol.",
        "The series Only Fools was filmed in Bristol.",
        'He wrote "Never again" on the wall.',
        "Mustard is hot.",
    ],
)
def test_a_count_a_time_a_name_or_a_hedge_is_not(text: str) -> None:
    assert reports(absolute_term, statement(text, False)) == []


def test_an_absolute_distractor_is_reported() -> None:
    found = reports(absolute_term, choice("What would it do?", "Bend easily", "Never grow", "Break completely", "Sink"))
    assert [underlined(one) for one in found] == ["Never", "completely"]
    assert [one.message for one in found] == [
        "'Never' gives away that this option is wrong", "'completely' gives away that this option is wrong"
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["Always bend", "Show no change", "Bend without a sound", "Not break at all"])
def test_it_may_be_absolute_where_the_key_is(key: str) -> None:
    assert reports(absolute_term, choice("What would it do?", key, "Never grow", "Sink")) == []


def test_one_absolute_key_of_several_is_enough() -> None:
    assert reports(absolute_term, choice("What would it do?", ["Sink", "Never grow"], "Always swim", "Melt")) == []


def test_an_absolute_word_of_the_stem_may_come_back() -> None:
    assert reports(absolute_term, choice("What must a captain do?", "Pay a toll", "He must wait", "He must turn")) == []


@pytest.mark.parametrize("option", ["All of the above", "None of these", "None of these parts"])
def test_an_option_that_speaks_of_the_others_is_another_matter(option: str) -> None:
    assert reports(absolute_term, choice("What was it?", "A pier", "A ship", option)) == []


SAID = [
    (absolute_term, statement("Bees never sleep.", False, rationale="They never do."), "stem: Bees |never| sleep.",
     "Q412: 'never' gives away that the statement is false", "make a claim that might well be true"),
    (absolute_term, choice("What would it do?", "Bend", "Fall", "Just never grow", rationale="It may never grow."),
     "- Just |never| grow", "Q412: 'never' gives away that this option is wrong",
     "say what might well be true, or use such a word in the key as well"),
    (stem_key_echo, choice("Where is its nest?", "In a nest box", "At sea", "In sand", rationale="Each nest is there."),
     "answer: In a |nest| box", "Q414: 'nest' stands in the stem, in the key and in no distractor",
     "use another word, or use it in a distractor too"),
    (stem_key_echo, choice("Who sold 1,000 casks?", "The 1,000 monks", "A king", "A nun"),
     "answer: |The 1,000 monks|", "Q414: '1000' stands in the stem, in the key and in no distractor",
     "use another word, or use it in a distractor too"),
    (answer_in_stem, written("The thigh is here. Where does it lie?", "thigh"),
     "stem: |The thigh is here. Where does it lie?|", "Q429: the stem says it already: 'thigh'",
     "take the answer out of the stem"),
    (answer_in_stem, cloze("A {{pier}} is a pier.", rationale="A {{pier}}."), "text: A |{{pier}}| is a pier.",
     "Q429: the text says it already: 'pier'", "take the answer out of the rest of the text"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "item", "place", "message", "hint"), SAID)
def test_what_a_diagnostic_says(check: Check, item: dict[str, object], place: str, message: str, hint: str) -> None:
    assert said(item, check) == (place, message, hint)


def test_each_item_is_looked_at() -> None:
    common = [written(f"Who built pier {number}?", "Richer") for number in range(5)]
    others = [*common, statement("It is old."), choice("Where is the pier?", "By the old pier", "At sea", "Here")]
    for check, item, *_ in SAID:
        assert len(reports(check, *others, item)) == 1


# --- Q414 -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stem", "key", "word"),
    [
        ("What did the dancer bring from the flower?", "The scent of a flower", "flower"),
        ("Why did the traders protest?", "They had protested at sea", "protested"),
        ("Which houses were burned?", "Houses of wood", "Houses"),
        ("Where does the captain's ship lie?", "Beside a captain", "captain"),
    ],
)
def test_an_echo_is_reported(stem: str, key: str, word: str) -> None:
    (found,) = reports(stem_key_echo, choice(stem, key, "A drop of nectar", "A grain of dust"))
    assert underlined(found) == word
    assert found.message == f"'{word}' stands in the stem, in the key and in no distractor"


@pytest.mark.parametrize(
    ("stem", "key"),
    [
        ("What did the dancer bring from the dust?", "Some dust"),
        ("What does the author mean?", "That the author doubts it"),
        ("What did they bring?", "What they had"),
        ("In which of 3 rows, 4 or 5, is it?", "Row 3 and dust"),
    ],
)
def test_what_a_distractor_has_too_or_any_question_is_not(stem: str, key: str) -> None:
    assert reports(stem_key_echo, choice(stem, key, "A drop of nectar in 4", "A row of dust")) == []


def test_one_key_of_several_may_echo() -> None:
    item = choice("Which goods lay on the wooden pier?", ["Salt", "Wooden casks"], "Tin", "Oil")
    assert [underlined(one) for one in reports(stem_key_echo, item)] == ["Wooden"]


@pytest.mark.parametrize(("others", "times"), [(3, 1), (4, 0)])
def test_what_the_article_is_about_is_no_echo(others: int, times: int) -> None:
    item = choice("Where does the pendulum hang?", "On the pendulum wall", "In a cave", "At sea")
    more = [written(f"Who built pendulum {number}?", "Richer") for number in range(others)]
    assert len(reports(stem_key_echo, item, *more)) == times


@pytest.mark.parametrize(("others", "times"), [(15, 0), (16, 1)])
def test_a_word_of_less_than_a_quarter_of_all_stems_is_one(others: int, times: int) -> None:
    item = choice("Where does the pendulum hang?", "On the pendulum wall", "In a cave", "At sea")
    more = [written(f"Who built pendulum {number}?", "Richer") for number in range(4)]
    rest = [written(f"Who built clock {number}?", "Richer") for number in range(others)]
    assert len(reports(stem_key_echo, item, *more, *rest)) == times


# --- Q415 -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stem", "options", "fitting"),
    [
        ("It can be found in an", ["ear", "knee", "toe"], "1 of 3"),
        ("It is known as a", ["cog", "ark", "argosy", "umiak"], "1 of 4"),
        ("It is known as a ...", ["union", "ark", "hour"], "1 of 3"),
        ("It is known as an:", ["MP", "SOS call", "UN plan", "union"], "2 of 4"),
        ("It is known as an ____", ["hour", "ark", "year", "day"], "2 of 4"),
        ("A monk who has just joined is a", ["novice", "elders", "priors"], "1 of 3"),
    ],
)
def test_an_article_that_fits_few_options_is_reported(stem: str, options: list[str], fitting: str) -> None:
    (found,) = reports(grammatical_cue, choice(stem, *options))
    end = "an" if "an" in stem.split() else "a" if "a" in stem.split() else "an"
    assert found.message == f"'{end}' at the end fits {fitting} options, and the key is among them"


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("It can be found in an", ["ear", "eye", "toe"]),
        ("It can be found in an", ["knee", "ear", "toe"]),
        ("It can be found in the", ["ear", "knee", "toe"]),
        ("It is in group A or a(n)", ["ear", "eye", "arm"]),
    ],
)
def test_an_article_that_fits_most_or_not_the_key_is_not(stem: str, options: list[str]) -> None:
    assert reports(grammatical_cue, choice(stem, *options)) == []


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("These are:", ["a gentle and a steep side", "a star-shaped arm", "the horn at one end"]),
        (
            "On which two points did they agree?",
            ["On the size and the corners", "On the price of a trip", "On the tax"],
        ),
        ("What are the parts of a flower?", ["Petals", "The root", "A twig"]),
        ("Which countries were involved?", ["Britain and France", "Spain", "Egypt"]),
        ("The first ship was", ["a cog", "the galleys", "two junks"]),
        ("Which insects feed the young?", ["Red ants", "A wild bee", "A wasp"]),
        ("From which towns came glass?", ["The ports of Italy", "Senn", "Almet"]),
        ("Who were the people that wrote?", ["Students", "A mayor", "A cook"]),
        ("What instruments does she play?", ["The harp and the flute", "A drum", "A horn"]),
        (
            "Which planet has the most moons?",
            ["Saturn", "The rings"],
        ),
        ("Which plants were found?", ["Ferns", "Moss", "Grass"]),
        ("Which sights were painted?", ["Ruins", "Oasis", "Circus"]),
        ("Which crews were paid?", ["Two crews", "Each cook in town", "One man of Bergen", "Every guard on land"]),
        ("The ikastolas were", ["secret schools", "a law", "to sing old poems"]),
    ],
)
def test_a_number_that_fits_the_key_only_is_reported(stem: str, options: list[str]) -> None:
    (found,) = reports(grammatical_cue, choice(stem, *options))
    assert found.message.endswith("and only the key is that")


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("These are:", ["a gentle and a steep side", "two arms", "the horn at one end"]),
        ("Which two points were agreed?", ["size", "price and tax", "form"]),
        ("What was it?", ["Petals", "The root", "A twig"]),
        ("Which countries were involved?", ["Britain and France", "None that we know", "Spain"]),
        ("Which makes the most noise?", ["Owls", "A bee", "A wasp"]),
        ("He named a plant which feeds the poor?", ["Beans", "A root", "A leaf"]),
        ("From which port does it come?", ["Bergen", "Bruges", "Cannes"]),
        ("What food is sold?", ["Bread", "The beans", "The nuts"]),
    ],
)
def test_a_number_that_fits_others_too_is_not(stem: str, options: list[str]) -> None:
    assert reports(grammatical_cue, choice(stem, *options)) == []


@pytest.mark.parametrize(
    ("stem", "options", "wrong"),
    [
        (
            "When sound passes through air, the air",
            ["is pressed together", "a kind of liquid", "moves on"],
            "a kind of liquid",
        ),
        (
            "When sound passes through air, the air",
            ["is pressed together", "becoming empty", "moves on"],
            "becoming empty",
        ),
        ("The checks that fail", ["spell out its place", "a map of it", "find the place"], "a map of it"),
        ("He was sent to", ["find the king", "killing a man", "build a wall"], "killing a man"),
        ("They kept warm by", ["burning wood", "to wear furs", "eating much"], "to wear furs"),
        ("The town", ["grew rich on salt", "to sell its fish", "was burned"], "to sell its fish"),
        ("The aim of the dam was", ["to hold back water", "carries a road", "to drive a mill"], "carries a road"),
        ("The town", ["grew rich on salt", "was burned", "they sold fish"], "they sold fish"),
        ("The king who was so rich", ["built a palace", "a tyrant", "lost a war"], "a tyrant"),
    ],
)
def test_a_distractor_that_does_not_go_on_is_reported(stem: str, options: list[str], wrong: str) -> None:
    (found,) = reports(grammatical_cue, choice(stem, *options))
    assert underlined(found) == wrong
    assert found.message.startswith("the sentence goes on with ")


@pytest.mark.parametrize("fitting", [2, 3])
def test_half_of_the_options_may_have_the_number_that_is_asked_for(fitting: int) -> None:
    options = [*["Gulls", "Terns", "Larks"][:fitting], "A heron", "An owl"]
    found = reports(grammatical_cue, choice("Which birds nest there?", *options))
    assert [one.message for one in found] == (
        ["the stem asks for several things, and only 2 of 4 options are that"] if fitting == 2 else []
    )


@pytest.mark.parametrize(
    ("stem", "options", "wrong", "said"),
    [
        (
            "It was begun by Agnes Thorn's",
            ["grandfather", "the cook", "mother"],
            "the cook",
            "'Thorn's' cannot go on with a thing",
        ),
        (
            "The parts with pollen are the",
            ["anthers", "a petal", "stems"],
            "a petal",
            "'the' cannot go on with a thing",
        ),
        ("Bees make their", ["combs", "to build", "wax"], "to build", "'their' cannot go on with to and a verb"),
        ("Bees make their", ["combs", "in the hive", "wax"], "in the hive", "'their' cannot go on with a preposition"),
        ("The load was", ["stolen", "lose", "damp"], "lose", "'was' cannot go on with a verb without an ending"),
        ("The load was", ["stolen", "they lost it", "damp"], "they lost it", "'was' cannot go on with a sentence"),
        ("They had", ["gone home", "was ill", "slept"], "was ill", "'had' cannot go on with a verb"),
        ("Wool must", ["be washed", "drying", "rot"], "drying", "base"),
        ("Wool must not", ["rot", "drying it", "dry"], "drying it", "'must' cannot go on with an -ing form"),
        ("Wool can soon", ["rot", "the moth", "dry"], "the moth", "'can' cannot go on with a thing"),
        ("The author does not", ["name it", "to name it", "care"], "to name it", "base"),
        ("They dug for", ["copper", "to sell it", "gold"], "to sell it", "'for' cannot go on with to and a verb"),
        ("They dug for", ["copper", "they were poor", "gold"], "they were poor", "'for' cannot go on with a sentence"),
        ("They decided to", ["rot", "stayed", "wait"], "stayed", "'to' cannot go on with a verb"),
        ("The heart", ["pumps blood", "a muscle", "beats"], "a muscle", "'heart' cannot go on with a thing"),
        ("The old heart", ["pumps blood", "to beat", "beats"], "to beat", "'heart' cannot go on with to and a verb"),
        ("Bees make their", ["combs", "they sleep", "wax"], "they sleep", "'their' cannot go on with a sentence"),
        ("The load was", ["damp", "sank at sea", "safe"], "sank at sea", "'was' cannot go on with a verb"),
        ("The heavy load was not", ["stolen", "it sank", "damp"], "it sank", "'was' cannot go on with a sentence"),
        ("Wool can", ["rot", "was dry", "shed"], "was dry", "'can' cannot go on with a verb"),
        ("Wool can", ["rot", "to dry it", "shed"], "to dry it", "'can' cannot go on with to and a verb"),
        ("Wool can", ["rot", "it dries", "shed"], "it dries", "'can' cannot go on with a sentence"),
        ("The crew had to", ["pray", "to row", "swim"], "to row", "'to' cannot go on with to and a verb"),
        ("The crew had to", ["pray", "they rowed", "nap"], "they rowed", "'to' cannot go on with a sentence"),
        ("They dug for", ["tin", "sell gold", "salt"], "sell gold", "'for' cannot go on with a verb without an ending"),
        ("They dug for", ["tin", "were poor", "salt"], "were poor", "'for' cannot go on with a verb"),
    ],
)
def test_what_the_last_word_does_not_go_on_with(stem: str, options: list[str], wrong: str, said: str) -> None:
    (found,) = reports(grammatical_cue, choice(stem, *options))
    assert underlined(found) == wrong
    base = "the sentence goes on with a verb without an ending in the key and with "
    assert found.message == said or (said == "base" and found.message.startswith(base))


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("The old ship was", ["a cog", "in the harbour", "built of oak"]),
        ("The old ship was soon", ["a wreck", "painted", "sold to a Greek"]),
        ("The aim of the dam was", ["to hold back water", "a road to the port"]),
        ("The town of Moynaq", ["grew rich on salt", "was burned", "has no harbour"]),
        ("What does the air do?", ["is pressed together", "a kind of liquid"]),
        ("He was the king.", ["is pressed together", "a kind of liquid"]),
        ("They liked", ["to swim in the lake", "the old town", "a cold bath"]),
        ("Plants take in", ["water", "light", "salt from the soil"]),
        ("The house they lived in", ["was sold", "burned", "is a school now"]),
        ("What matters is that it's", ["the truth", "a lie", "in the book"]),
        ("The heart pumps", ["blood", "the blood", "a lot of water"]),
        ("The king of the north", ["a tyrant", "to the end", "poor"]),
        ("He told her", ["the truth", "a lie", "nothing"]),
        ("They had", ["a house", "three dogs", "to leave"]),
        ("The message was", ["a warning", "in code", "never read"]),
        ("The crew had to", ["pray", "build a raft", "nap"]),
        ("The farmers of the delta", ["grow rice", "in winter eat fish", "keep bees"]),
    ],
)
def test_distractors_that_go_on_are_not(stem: str, options: list[str]) -> None:
    assert reports(grammatical_cue, choice(stem, *options)) == []


@pytest.mark.parametrize(
    ("stem", "options", "place", "hint"),
    [
        ("It is found in an", ["ear", "knee", "toe"], "stem", "move the article into the options, or write a question"),
        ("Which birds nest?", ["Gulls", "A hen"], "stem", "let all options be one thing, or all several"),
        ("They kept warm by", ["burning wood", "to wear furs"], "", "give all options the form that the stem asks for"),
        ("They had", ["gone home", "was ill"], "", "give all options the form that the stem asks for"),
    ],
)
def test_each_report_says_how_to_mend(stem: str, options: list[str], place: str, hint: str) -> None:
    (found,) = reports(grammatical_cue, choice(stem, *options))
    assert (found.code, found.hint) == ("Q415", hint)
    assert (stem if place else options[1]) in underlined(found)


def test_each_item_is_looked_at_for_its_grammar() -> None:
    others = [written("When was it?", "1870"), choice("Which town was it?", "The old one", "A new one", "Osh")]
    (found,) = reports(grammatical_cue, *others, choice("Which planet has the most moons?", "Saturn", "The rings"))
    assert found.message == "the stem asks for one thing, and only the key is that"


# --- Q429 -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "item",
    [
        written("The thigh holds the longest bone. In which part does it lie?", "thigh", "the thigh"),
        choice("Sound thrown back can be heard there. What is an echo?", "Sound thrown back", "Falling stones", "Wind"),
        {"type": "numeric", "stem": "Of nine only 8 mouths are open. How many mouths are open?", "answer": 8},
        choice("Walls were of brick or stone. What were walls to be of?", "Brick or stone", "Oak and clay", "Tin"),
        written("The thigh, or 'upper leg', holds the longest bone. In which part does it lie?", "thigh"),
    ],
)
def test_an_item_that_states_its_answer_is_reported_once(item: dict[str, object]) -> None:
    (found,) = reports(answer_in_stem, item)
    assert found.message.startswith("the stem says it already: '")
    assert reports(stem_key_echo, item) == []


@pytest.mark.parametrize(
    "item",
    [
        written("Was it Osh or Bishkek that he left?", "Osh"),
        written("Was it Osh or Bishkek?", "Bishkek"),
        written("Was it Osh or Bishkek?", "Bishkek."),
        written("Was it brick or stone?", "Brick"),
        choice("Where was the old town hall?", "In the old town", "In the old town hall", "At sea"),
        choice("Is the wall of brick or of stone?", "Brick", "Stone", "Tin"),
        written("What is a pendulum called that takes a second?", "second pendulum"),
        written("Which word in 'the red house' is an adjective?", "red"),
        {"type": "numeric", "stem": "8 boats of 2 men sail, 1 sinks. How many oars of 8 are left?", "answer": 8},
        choice("What did they do then?", "They did this", "It was so"),
        choice("Where was the old town hall?", "In the old town", "In the town hall", "At sea"),
    ],
)
def test_alternatives_quotations_and_sums_are_not(item: dict[str, object]) -> None:
    assert reports(answer_in_stem, item) == []


def test_a_gap_that_the_text_around_it_fills_is_reported() -> None:
    (found,) = reports(answer_in_stem, cloze("The boats lie in the {{harbour}}, for the harbour is {{deep}}."))
    assert (underlined(found), found.message) == ("{{harbour}}", "the text says it already: 'harbour'")
    (found,) = reports(answer_in_stem, cloze("The boats lie in the {{old\nharbour}}, for the old harbour is {{deep}}."))
    assert found.message == "the text says it already: 'old harbour'"
    german = cloze("Die Boote liegen im {{Hafen}}, denn der Hafen ist {{tief}}.")
    assert len(reports(answer_in_stem, german, language="de")) == 1


def test_gaps_do_not_fill_each_other() -> None:
    assert reports(answer_in_stem, cloze("The {{harbour}} is the oldest {{harbour}} of all.")) == []
    assert reports(answer_in_stem, cloze("The {{2}} boats lie in the {{harbour}}.")) == []


def test_a_language_without_word_lists_wants_the_very_words() -> None:
    known = written("Das Schloss liegt am See. Was liegt am See?", "Das Schloss")
    apart = written("Das alte Haus am See heißt Schloss. Was ist es?", "Das Schloss")
    assert len(reports(answer_in_stem, known, language="de")) == 1
    assert reports(answer_in_stem, apart, language="de") == []


# --- Laws -----------------------------------------------------------------------------------------------------

OPTIONS = st.lists(
    st.sampled_from([
        "all ships", "is red", "a pier", "to go", "sinking", "the piers and boats", "Ω",
        "1870", "“x”", "an",
    ]),
    min_size=3, max_size=5, unique=True,
)  # fmt: skip
STEMS = st.lists(
    st.sampled_from(["Which", "two", "ships", "were", "an", "the pier", "red", "?", "is", "to", "1870"]), min_size=1
)


@given(STEMS, OPTIONS)
def test_the_order_of_distractors_does_not_matter(stem: list[str], options: list[str]) -> None:
    text = "A " + " ".join(stem)
    key, *others = options
    for check in cues.CHECKS:
        first = reports(check, choice(text, key, *sorted(others)))
        again = reports(check, choice(text, key, *sorted(others, reverse=True)))
        assert sorted(one.message for one in first) == sorted(one.message for one in again)


@given(STEMS, OPTIONS)
def test_english_rules_leave_other_languages_alone(stem: list[str], options: list[str]) -> None:
    text = "A " + " ".join(stem)
    for check in (absolute_term, stem_key_echo, grammatical_cue):
        assert reports(check, choice(text, *options), statement(text, False), language="fr") == []
