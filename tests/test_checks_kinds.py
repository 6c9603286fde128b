"""Q423 and Q424: options of another kind, and what options have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.checks.kinds import CHECKS, convergence, odd_category
from quizgen.checks.shapes import Kinds, shape

from .checked import marked
from .choices import article, choice, said
from .strategies import lines

WHO = "Who bought the shares?"
WHAT = "What was it?"

ODD = [
    ("Four million pounds", ["The government", "A French bank", "The company of the canal"], "an amount", "things"),
    ("In 1914", ["In London", "In Bergen", "In Bruges"], "an amount", "phrases"),
    ("1870", ["Salt", "Herring", "Timber"], "an amount", "things"),
    ("Wooden", ["Six", "Nine", "Twenty-one"], "a thing", "amounts"),
    ("Berlin", ["1914", "1918", "1939"], "a thing", "amounts"),
    ("Twenty years later", ["Vienna", "Paris", "London"], "a time", "things"),
    ("During the war", ["The British", "The French", "The Dutch"], "a time", "names"),
    ("By the 1980s", ["Water from old canals", "Fish from the south"], "a time", "things"),
    ("On Monday", ["A doctor", "A nurse", "A monk"], "a time", "things"),
    ("At two o'clock", ["Acids", "Sugars", "Salts"], "a time", "things"),
    ("By lorry", ["Six weeks", "Half a year", "Four months"], "a phrase", "times"),
    ("They wanted longer voyages.", ["Sailors", "Builders of ships", "Owners"], "a sentence", "things"),
    ("They run", ["A kite", "A hoop", "A ball"], "a sentence", "things"),
    ("The guard cells go limp in a drought.", ["Sunlight", "Sugar", "Carbon dioxide"], "a sentence", "things"),
    ("Salt", ["They feared robbers.", "They liked the sea.", "They had no ships."], "a thing", "sentences"),
    ("Because of the war", ["A plough", "A sword", "A chain"], "a reason", "things"),
    ("When it rained", ["A plough", "A sword", "A chain"], "a time", "things"),
    ("Who had won", ["A plough", "A sword", "A chain"], "a clause", "things"),
    ("To find gold", ["A map", "A lamp", "A long rope"], "an infinitive", "things"),
    ("Not to sing", ["A map", "A lamp", "A long rope"], "an infinitive", "things"),
    ("A crown", ["To win land", "To please him", "To find gold"], "a thing", "infinitives"),
    ("By hand", ["A train", "A truck", "A robot"], "a phrase", "things"),
    ("Over the hill", ["A train", "A truck", "A robot"], "a phrase", "things"),
    ("Near the river", ["Mayor", "Potter", "Vet"], "a phrase", "things"),
    ("Quickly", ["A train", "A truck", "A robot"], "an adverb", "things"),
    ("A pigeon", ["Quickly", "Secretly", "Openly"], "a thing", "adverbs"),
    ("A miller", ["Generous", "Cautious", "Boastful"], "a thing", "qualities"),
    ("Very old", ["A horse", "A mule", "A cow"], "a quality", "things"),
    ("The old stable", ["Feed the goats", "Ride a pony", "Touch the sheep"], "a thing", "verbs"),
    ("Sailing at night", ["A bay", "A rock", "A plain"], "an activity", "things"),
    ("Rosa Lindt", ["A car park", "A school", "A market hall"], "a name", "things"),
    ("A stone bridge", ["The Severn", "The Avon", "The Rhine"], "a thing", "names"),
]  # fmt: skip
ALIKE = [
    (WHO, ["Two kings", "The people", "A council", "The army"]),
    (WHO, ["12 monks", "The nuns", "The priest", "A baker"]),
    (WHO, ["Tom Brandt", "A nurse", "Her brother", "The mayor"]),
    ("How far is it?", ["5 km", "10 km", "None", "20 km"]),
    ("How often is it fed?", ["Twice a day", "Once a month", "In the morning", "Daily"]),
    ("When was it?", ["1914", "1918", "Never", "1939"]),
    ("When was it?", ["In the morning", "At noon", "At dusk", "After the war"]),
    ("In which month was it?", ["May", "June", "July", "October"]),
    ("How long was it?", ["Two hours", "All day", "A whole lifetime", "Until dawn"]),
    (WHAT, ["The wind fell.", "Byron had a doctor.", "It rained for weeks.", "Coins look beautiful."]),
    (WHAT, ["They drowned", "They were felled", "They grew taller"]),
    (WHAT, ["A late frost killed the crop", "Cattle broke into the field", "Neighbours took the plants"]),
    (WHAT, ["A new roof caught the stones", "The masons had given a warning", "The doors had been locked"]),
    (WHAT, ["A purse had been stolen", "Bly had not paid her rent", "Two nurses had a fight"]),
    ("She went round the world with a", ["small bag.", "umbrella.", "old servant.", "two trunks."]),
    (WHAT, ["A man who was late", "A dog", "A boat", "The sea"]),
    (WHAT, ["The old king of the north", "Oil", "A boat", "Salt"]),
    (WHAT, ["A long night", "A storm", "A shark", "The fog"]),
    (WHAT, ["Unwilling to ask for help", "Overly confident", "Dependent on others"]),
    (WHAT, ["A white cross on blue", "A white star on red", "A yellow cross on blue"]),
    (WHAT, ["Its cheese", "Making bells", "A battle", "Old vines"]),
    (WHAT, ["Swollen ears", "Yellow eyes", "Loss of hair", "Bleeding gums"]),
    (WHAT, ["Those warehouses", "Shops in Pudding Lane", "Bakeries of wood"]),
    (WHAT, ["Hold it down and bake it", "Hold it up and freeze it", "Put it in a bag", "Cut the crust"]),
    (WHAT, ["Always ring the bell", "Never drop the anchor", "Turn to the open sea"]),
    (WHAT, ["Not to turn", "To wash their hands", "To write down names"]),
    (WHAT, ["Whether it rained", "How far it fell", "Where it began"]),
    ("Where did she go?", ["In a bakery", "In a garden", "A church", "In a warehouse"]),
    ("Where did she go?", ["To Russia", "To the king", "A ship", "To Osh"]),
    ("Why did they go?", ["Because it rained", "They fled", "By luck", "A storm"]),
    ("How is it done?", ["By hand", "Slowly", "Using a saw", "With a wheel"]),
    ("What is it for?", ["To make candles", "Making soap", "Sealing letters", "Mending boots"]),
]  # fmt: skip


@pytest.mark.parametrize(("odd", "others", "one", "rest"), ODD)
def test_one_of_another_kind(odd: str, others: list[str], one: str, rest: str) -> None:
    expected = [(odd, f"this is {one}, the other options are {rest}")]
    assert said(odd_category, choice(others[0], *others[1:], odd, stem=WHAT)) == expected
    assert said(odd_category, choice(odd, *others, stem=WHAT)) == expected
    assert said(odd_category, choice([odd, others[0]], *others[1:], stem=WHAT)) == expected
    assert said(odd_category, choice(odd, *others, stem=WHAT), language="de") == []


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
    assert said(odd_category, choice(odd, twin, *others, stem=WHAT)) == []
    assert len(said(odd_category, choice(odd, *others, stem=WHAT))) == 1


@pytest.mark.parametrize(("stem", "options"), ALIKE)
def test_options_of_one_kind(stem: str, options: list[str]) -> None:
    assert said(odd_category, choice(*options, stem=stem)) == []


def test_most_others_must_clash_with_the_odd_one() -> None:
    assert said(odd_category, choice("Folds its wings", "Drops of wax", "Flies in circles", "A moth", stem=WHAT)) == []
    assert (
        len(said(odd_category, choice("Folds its wings", "Lifts its leg", "Flies in circles", "A moth", stem=WHAT)))
        == 1
    )


@pytest.mark.parametrize(
    ("odd", "others", "stem"),
    [
        ("During the war", ["In prison", "At sea", "On the island"], "When did he write it?"),
        ("Twenty years later", ["On his return", "At her death"], "How soon was it built?"),
        ("By hand", ["A train", "A truck", "A robot"], "How were the boxes moved?"),
        ("In the yard", ["The pier", "The harbour", "The shed"], "Where were they kept?"),
        ("By sea", ["A train", "A truck", "A robot"], "With what were they moved?"),
        ("In time", ["A train", "A truck", "A robot"], "What moved the boxes was"),
        ("In time", ["A train", "A truck", "A robot"], "It was ____ that moved the boxes."),
    ],
)
def test_what_the_stem_asks_for_can_come_in_two_kinds(odd: str, others: list[str], stem: str) -> None:
    assert said(odd_category, choice(*others, odd, stem=stem)) == []
    assert len(said(odd_category, choice(*others, odd, stem=WHAT))) == 1


def test_a_key_that_is_the_only_phrase_stands_out_even_so() -> None:
    options = ["By pitch", "The finger", "The lips", "The teeth"]
    assert len(said(odd_category, choice(*options, stem="How does one tell vowels apart?"))) == 1
    assert said(odd_category, choice(*options[::-1], stem="How does one tell vowels apart?")) == []
    assert said(odd_category, choice(*options, stem="One tells vowels apart ____ here")) == []


def test_two_options_cannot_have_an_odd_one() -> None:
    assert said(odd_category, choice("Berlin", "1914", stem=WHAT)) == []
    assert said(odd_category, choice("Berlin", "1914", "None of these", stem=WHAT)) == []


def test_options_that_speak_of_the_others_are_of_no_kind() -> None:
    assert said(odd_category, choice("1914", "1918", "1939", "None of these", stem=WHAT)) == []
    assert [odd for odd, _ in said(odd_category, choice("1914", "Oil", "Salt", "None of these", stem=WHAT))] == ["1914"]


PASSAGE = "The first boxes went to Houston on a tanker. Later ships sailed from Newark and from Bergen."


def test_names_are_known_from_the_passage() -> None:
    name = choice("A tanker", "A ferry", "Houston", stem=WHAT)
    assert said(odd_category, name, passage=PASSAGE) == [("Houston", "this is a name, the other options are things")]
    thing = choice("Newark", "Houston", "Bergen", "Taller cranes", stem=WHAT)
    assert said(odd_category, thing, passage=PASSAGE) == [
        ("Taller cranes", "this is a thing, the other options are names")
    ]
    assert said(odd_category, name) == []
    assert said(odd_category, name.replace(WHAT, WHO), passage=PASSAGE) == []
    assert said(odd_category, choice("A tanker", "A ferry", "Water", stem=WHAT), passage=PASSAGE) == []
    assert said(odd_category, choice("A tanker", "Newark", "Houston", "A ferry", stem=WHAT), passage=PASSAGE) == []


def test_a_word_that_has_a_small_letter_elsewhere_is_no_name() -> None:
    passage = f"{PASSAGE} In the end, Bread was what bread had been."
    assert said(odd_category, choice("A tanker", "A ferry", "Bread", stem=WHAT), passage=passage) == []


def test_what_is_said_of_the_odd_one() -> None:
    (found,) = odd_category(article(choice("Berlin", "1914", "1918", "1939", stem="Berlin, or what was it?")))
    assert (found.code, found.span.line) == ("Q423", 6)
    assert found.hint == "replace it by one that answers the same question"


def test_the_others_are_called_what_all_of_them_are() -> None:
    passage = "They went to Houston by ship."
    assert said(odd_category, choice("1914", "Houston", "Atlanta", "Denver", stem=WHAT), passage=passage) == [
        ("1914", "this is an amount, the other options are names")
    ]


READINGS = [
    ("After the war", "clause phrase time"),
    ("Until dawn", "clause phrase time"),
    ("Who had won", "clause"),
    ("To the king", "phrase"),
    ("To Russia", "phrase"),
    ("To sing", "infinitive"),
    ("Not to sing", "infinitive"),
    ("In a net", "phrase"),
    ("In the corner of the yard behind the old church", "phrase"),
    ("In the corner of the yard behind the old stone church", "phrase sentence"),
    ("Over the hill", "phrase"),
    ("Over 50", "amount"),
    ("Round stones", "thing activity quality"),
    ("A roof", "thing"),
    ("An old roof", "thing"),
    ("Another boat", "thing"),
    ("A new roof caught fire", "thing sentence"),
    ("A cat chased it", "thing sentence"),
    ("A boat of wood with a mast and a sail", "thing"),
    ("A man with a boat that lay in the bay near them", "thing sentence"),
    ("A cross stands on a hill", "sentence"),
    ("The mayor", "thing activity name"),
    ("The boats that sank", "thing activity name sentence"),
    ("The boats sank", "sentence"),
    ("Those warehouses", "thing activity"),
    ("Boats", "thing activity quality verb"),
    ("Old boats", "thing activity quality"),
    ("Boats sink fast", "thing activity quality sentence"),
    ("Being cold is bad", "sentence"),
    ("Making boats sank it", "thing activity quality"),
    ("It fell off.", "sentence"),
    ("They run", "sentence"),
    ("Six", "amount"),
    ("12 metres", "amount"),
    ("12 monks", "amount thing activity quality"),
    ("1914", "amount time"),
    ("999", "amount"),
    ("2150", "amount"),
    ("Twice a day", "adverb amount time"),
    ("On Monday", "time"),
    ("Many hours", "time"),
    ("All day", "time amount thing activity"),
    ("May", "time thing activity quality verb"),
    ("Because it rained", "reason"),
    ("So that it fell", "reason"),
    ("Due to rain", "reason"),
    ("Sailing it", "activity"),
    ("Sailing at night", "activity time"),
    ("Sailing of boats", "thing activity quality"),
    ("Ring the bell", "verb"),
    ("Always ring the bell", "verb"),
    ("Was sold", "verb"),
    ("Frozen", "quality verb"),
    ("Frozen in ice", "quality verb"),
    ("Frozen fish", "thing activity quality verb"),
    ("Taken by hand", "quality verb"),
    ("Taken", "quality verb"),
    ("Boats sink", "thing activity quality sentence"),
    ("Quickly", "adverb"),
    ("Alone", "adverb"),
    ("Butterfly", "thing activity quality verb"),
    ("Dangerous", "quality"),
    ("Very old", "quality"),
]


@pytest.mark.parametrize(("text", "kinds"), READINGS)
def test_all_kinds_that_a_text_may_be_of_are_told(text: str, kinds: str) -> None:
    assert shape(text) == frozenset(kinds.split())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Houston", "only"), ("New Houston", "only"), ("The Hague", "only"), ("His Majesty", "only"),
        ("Tom van Brandt", "only"), ("Rosa and Tom", "only"), ("Bergen", "or a thing"), ("The old Hague", "or a thing"),
        ("The Bread Street", "or a thing"), ("A Houston", "no"), ("Tanker", "no"), ("Bread", "no"), ("bergen", "no"),
        ("his Majesty", "only"), ("old Hague", "no"),
    ],
)  # fmt: skip
def test_what_may_be_a_name(text: str, named: str) -> None:
    kinds = Kinds(["The first boxes went to Houston on a tanker. In bread and The Hague they met."]).of(text)
    assert ("name" in kinds, "thing" in kinds) == (named != "no", named != "only")


# --- Q424 -----------------------------------------------------------------------------------------------------

CONVERGENT = [
    (["Salt and herring", "Salt and furs", "Timber and herring", "Salt and timber"], "salt, herring"),
    (["Red and round", "Red and flat", "Blue and round", "Green and round"], "red, round"),
    (["Eight lines, then six", "Eight lines, then eight", "Ten lines, then six", "Eight lines, then four"],
     "eight, six"),
    (["It sits deeper and weighs the same.", "It sits deeper and weighs more.", "It sits higher and weighs the same.",
      "It sits deeper and weighs less."], "deeper, same"),
    (["Up for weeks, down within days", "Up for weeks, down over months", "Up for weeks, then level",
      "Up overnight, down within days"], "weeks, down, within, days"),
    (["Up for weeks, down within days", "Up for weeks, then level", "Up overnight, down within days",
      "Level for months, down over years"], "up, weeks, down, within, days"),
    (["Frost split the stones", "Frost moved the stone", "Roots split the stones", "Frosts move beams"],
     "frost, split, stones"),
    (["In the western Alps", "In the eastern Alps", "In the western Andes", "In the central Alps"], "western, alps"),
    (["Rings of beech", "Rings of pine", "Boxes of beech", "Rings of copper"], "rings, beech"),
    (["His six-year-old son", "His six-year-old niece", "His grown-up son", "His ten-year-old son"],
     "six-year-old, son"),
    (["Few rules without exceptions", "Few rules with names", "Many rules without exceptions", "Few old rules"],
     "few, without, exceptions"),
    (["Frost had split the stones", "Frost has moved the stone", "Roots split the stones", "Frosts split the beams"],
     "frost, split, stones"),
    (["Salt and herring", "Salt and furs", "Timber and herring", "Salt, timber, wax and tin"], "salt, herring"),
]  # fmt: skip
DIVERGENT = [
    ["Salt and herring", "Salt and furs", "Timber and herring"],
    ["Red and round", "Red and flat", "Blue and round", "Blue and flat"],
    ["Salt and herring", "Oil and furs", "Timber and wax", "Iron and cloth"],
    ["Salt and herring", "Salt and furs", "Salt and timber", "Salt and wax"],
    ["Salt", "Salt and furs", "Timber and herring", "Salt and timber"],
    ["Green and round", "Red and flat", "Red and round", "Blue and round"],
    ["A grey heron", "A white swan", "A brown owl", "A grey wolf"],
    ["It lets air out", "It lets water in", "It keeps air in", "It keeps water out"],
    ["Salt and herring", "Salt and herring from Bergen", "Salt and furs", "Salt and timber"],
    ["Salt and herring", "Salt and furs", "Timber and herring", "Oil and wax"],
    ["Long and red", "Long and blue", "Short and red", "Long and green, short and blue"],
    ["Salt and herring", "Salt and herring from Bergen", "Salt and furs", "Timber and herring"],
    ["Salt and herring", "Salt and furs", "Salt, furs and wax", "Herring and tin"],
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


def test_each_item_is_looked_at() -> None:
    items = [choice(*options) for options in (["Oil", "Wax"], DIVERGENT[1], DIVERGENT[2], CONVERGENT[0][0])]
    (found,) = convergence(article(*items))
    assert (found.code, found.hint) == ("Q424", "let every part stand in as many options as any other")


def test_a_key_that_converges_is_pointed_at() -> None:
    options = CONVERGENT[0][0]
    (found,) = convergence(article(choice(*options, stem=f"Who wrote '{options[0]}'?")))
    assert marked(found) == f'answer: "|{options[0]}|"'


def test_several_keys_do_not_converge() -> None:
    assert said(convergence, choice(["Red and round"], "Red and flat", "Blue and round", "Green and round")) == []


def test_none_of_these_has_no_parts() -> None:
    options = CONVERGENT[1][0]
    assert len(said(convergence, choice(*options, "None of these"))) == 1
    assert said(convergence, choice("None of these", *options)) == []


TEXTS = [text for options in [*(options for _, options in ALIKE), *DIVERGENT] for text in options]


@given(st.lists(st.one_of(lines, st.sampled_from(TEXTS)),
                min_size=2, max_size=6, unique_by=lambda text: " ".join(text.split()).casefold()))  # fmt: skip
def test_the_order_of_the_distractors_does_not_matter(texts: list[str]) -> None:
    key, *wrong = texts
    one, other = (article(choice(key, *some, stem=WHAT)) for some in (wrong, wrong[::-1]))
    for check in CHECKS:
        assert [found.message for found in check(one)] == [found.message for found in check(other)]
