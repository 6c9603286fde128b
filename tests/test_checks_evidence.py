"""Q30x and Q313: what proves a key stands in the passage, once, and says something of the key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.bank import parse
from quizgen.checks.evidence import (
    CHECKS,
    evidence_beside_the_key,
    evidence_not_in_passage,
    evidence_twice_in_passage,
    fact_over_asked,
    reference_changed,
    reference_to_nothing,
    reference_without_digest,
)
from quizgen.checks.reading import ArticleReading
from quizgen.cli.fixing import edited
from quizgen.diagnostics import Diagnostic
from quizgen.items.fields import digest

PARAGRAPHS = (
    "At low water, boats lie on the mud. *Nobody* sails then.",
    "A new pier was opened in 1931. It reaches deep water at every tide.",
    "Boats that are moored there\nnever touch the ground. Nobody minds.",
)


def bank(*items: str) -> str:
    """A bank on three paragraphs; an item is what stands behind its id, type, passage and stem."""
    text = "\n\n".join(PARAGRAPHS).replace("\n", "\n      ")
    listed = "".join(
        f"  - {{id: i{number}, passage: harbour, {item}, "
        f"type: {'short_answer' if 'answers:' in item else 'true_false'}}}\n"
        for number, item in enumerate(items)
    )
    return (
        "article: {id: harbour, title: Harbour, language: en}\n"
        f"passages:\n  - id: harbour\n    text: |\n      {text}\nitems:\n{listed}"
    )


def found(check: object, *items: str) -> list[Diagnostic]:
    """What one check finds in a bank of these items."""
    file, wrong = parse(bank(*items), "a.yaml")
    assert file is not None
    assert wrong == []
    assert callable(check)
    return list(check(ArticleReading(file)))


ASKED = "stem: Where are the boats?, answers: [On the mud]"


@pytest.mark.parametrize(
    ("quotation", "near"),
    [
        ("boats lay on the mud", "boats lie on the mud."),
        ("a new pier was opened", "A new pier was opened"),
        ("It reached deep water at every tide", "It reaches deep water at every tide."),
    ],
)
def test_a_quotation_must_stand_in_the_passage(quotation: str, near: str) -> None:
    (one,) = found(evidence_not_in_passage, f"evidence: {quotation}, {ASKED}")
    assert one.hint == f"the nearest words there: {near}"
    assert one.span.source[one.span.column - 1 : one.span.end - 1] == quotation


@pytest.mark.parametrize("quotation", ["xxxxxxxx", "zz"])
def test_where_nothing_is_near_no_words_are_proposed(quotation: str) -> None:
    (one,) = found(evidence_not_in_passage, f"evidence: {quotation}, {ASKED}")
    assert one.hint == "copy the words from the passage"


@pytest.mark.parametrize(
    "quotation", ["boats lie on the mud", "Nobody sails", '"*Nobody* sails"', "moored there never touch"]
)
def test_marks_and_line_breaks_do_not_count(quotation: str) -> None:
    assert found(evidence_not_in_passage, f"evidence: {quotation}, {ASKED}") == []


def test_each_of_several_quotations_is_looked_up() -> None:
    (one,) = found(evidence_not_in_passage, f"evidence: [boats lie, boats lay], {ASKED}")
    assert one.span.source[one.span.column - 1 : one.span.end - 1] == "boats lay"


def test_a_quotation_must_stand_there_once() -> None:
    (one,) = found(evidence_twice_in_passage, f"evidence: Nobody, {ASKED}")
    assert one.message == "these words stand 2 times in passage 'harbour'"
    assert found(evidence_twice_in_passage, f"evidence: Nobody sails, {ASKED}") == []


@pytest.mark.parametrize(
    ("quotation", "near"),
    [
        ("At high water", "At low water,"),  # from the beginning of the passage
        ("Nobody minded", "Nobody minds."),  # to its end
        ("the grounds. Nobody", "the ground. Nobody"),
        ("xoats liex", "boats lie"),
    ],
)
def test_the_nearest_words_are_whole_words(quotation: str, near: str) -> None:
    (one,) = found(evidence_not_in_passage, f'evidence: "{quotation}", {ASKED}')
    assert one.hint == f"the nearest words there: {near}"


def test_four_letters_alike_are_too_few() -> None:
    (one,) = found(evidence_not_in_passage, f"evidence: zzmudzzz, {ASKED}")
    assert one.hint == "copy the words from the passage"


# --- What the evidence says of the key ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "item",
    [
        f"evidence: Nobody sails then, {ASKED}",  # the words of the key stand elsewhere
        f"evidence: Nobody sails then, {ASKED}, rationale: Nobody sails on it.",  # ... a rationale cannot help then
        "evidence: A new pier was opened, stem: Where are boats?, answers: [At a quay]",  # nothing of stem or key
        "evidence: Nobody minds, stem: The mayor is old., answer: true",
        "evidence: Nobody minds, stem: The mayor is old., answer: true, rationale: He is ninety.",
        "evidence: [Nobody minds, Nobody sails then], stem: Where?, answers: [On the mud]",
        "evidence: {paragraph: 2}, stem: Where?, answers: [On the mud]",
    ],
)
def test_evidence_that_says_nothing_of_the_key_is_reported(item: str) -> None:
    (one,) = found(evidence_beside_the_key, item)
    assert one.message == "the evidence says nothing of the key"


@pytest.mark.parametrize(
    "item",
    [
        f"evidence: boats lie on the mud, {ASKED}",
        f"evidence: [Nobody sails then, boats lie on the mud], {ASKED}",
        "evidence: It reaches deep water, stem: What does the pier reach?, answers: [The sea]",  # a word of the stem
        "evidence: Nobody sails then, stem: When do people sail?, answers: [Never at ebb]",
        "evidence: Nobody minds, stem: The mayor is old., answer: true, rationale: People mind that he is old.",
        "evidence: never touch the ground, stem: They are touched by it., answer: false",
        "evidence: Nobody minds, stem: Who?, answers: [it]",  # a key without a word that carries meaning
        "evidence: {paragraph: 1}, stem: Where?, answers: [On the mud]",
        "stem: Where?, answers: [On the mud]",
    ],
)
def test_evidence_that_says_something_is_not(item: str) -> None:
    assert found(evidence_beside_the_key, item) == []


@pytest.mark.parametrize(
    ("statement", "silent"),
    [
        ("Muddy feet.", False),  # mud has three letters only
        ("Waterless days.", True),  # begins as water does
        ("A wat.", False),
        ("The low.", True),
        ("Boatmen.", True),
    ],
)
def test_words_that_begin_alike_say_something(statement: str, silent: bool) -> None:
    item = f"evidence: At low water; boats lie on the mud, stem: {statement}, answer: true, rationale: So."
    item = item.replace("water; boats", "water, boats").replace(
        "At low water, boats lie on the mud", '"At low water, boats lie on the mud"'
    )
    assert (found(evidence_beside_the_key, item) == []) is silent


def test_evidence_in_a_list_of_one_is_pointed_at_in_the_list() -> None:
    for written in ("evidence: [boats lay]", "evidence: boats lay"):
        (one,) = found(evidence_not_in_passage, f"{written}, {ASKED}")
        assert one.span.source[one.span.column - 1 : one.span.end - 1] == "boats lay"


def test_a_number_that_is_to_be_worked_out_stands_nowhere() -> None:
    text = bank("evidence: Nobody minds, stem: How old is the pier?, answer: 90").replace("true_false", "numeric")
    file, _ = parse(text, "a.yaml")
    assert file is not None
    assert list(evidence_beside_the_key(ArticleReading(file))) == []
    elsewhere, _ = parse(text.replace("answer: 90", "answer: 1931"), "a.yaml")
    assert elsewhere is not None
    assert len(list(evidence_beside_the_key(ArticleReading(elsewhere)))) == 1


# --- References ---------------------------------------------------------------------------------------------------


def test_a_reference_without_a_digest_is_mended() -> None:
    text = bank(f"evidence: {{paragraph: 2}}, {ASKED}")
    (one,) = found(reference_without_digest, f"evidence: {{paragraph: 2}}, {ASKED}")
    assert one.hint == f"add `digest: {digest(PARAGRAPHS[1])}`"
    file, _ = parse(edited(text, one.fix), "a.yaml")
    assert file is not None
    article = ArticleReading(file)
    assert [
        d for check in (reference_without_digest, reference_changed, reference_to_nothing) for d in check(article)
    ] == []


@pytest.mark.parametrize(("place", "ok"), [("paragraph: 3", True), ("paragraph: 4", False), ("lines: 4", True),
                                           ("lines: 3-4", True), ("lines: 4-5", False)])  # fmt: skip
def test_a_reference_beyond_the_end_is_an_error(place: str, ok: bool) -> None:
    item = f"evidence: {{{place}}}, {ASKED}"
    assert (found(reference_to_nothing, item) == []) is ok
    assert bool(found(reference_without_digest, item)) is ok


def test_a_reference_notices_an_edit_and_says_where_the_words_went() -> None:
    for number, words in enumerate(PARAGRAPHS, start=1):
        hints = [
            d.hint for d in found(reference_changed, f"evidence: {{paragraph: 1, digest: {digest(words)}}}, {ASKED}")
        ]
        assert hints == ([] if number == 1 else [f"its words are now paragraph {number}"])
    (gone,) = found(reference_changed, f"evidence: {{paragraph: 1, digest: 00000000}}, {ASKED}")
    assert gone.hint == f"if it still proves the key, write digest: {digest(PARAGRAPHS[0])}"
    (lines,) = found(reference_changed, f"evidence: {{lines: 1, digest: {digest(PARAGRAPHS[1])}}}, {ASKED}")
    assert lines.hint.startswith("if it still proves")


# --- One fact, asked again and again --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quotations", "reported"),
    [
        (["boats lie on the mud"] * 2, []),
        (["boats lie on the mud"] * 3, [2]),
        (["boats lie on the mud"] * 4, [2, 3]),
        (["boats lie on the mud", "on the mud. Nobody sails", "lie on the mud"], [2]),
        (["boats lie on the mud", "mud. Nobody sails", "At low water"], []),
        (["It reaches", "It reaches deep water at every tide", "reaches deep"], [2]),
        (["At low water, boats", "boats lie on the mud", "boats lie on"], []),  # 'boats' alone is not the same words
    ],
)
def test_the_third_item_on_the_same_words_is_one_too_many(quotations: list[str], reported: list[int]) -> None:
    items = [f'evidence: "{words}", stem: Question {n}?, answers: [a]' for n, words in enumerate(quotations)]
    names = [d.span.line - 12 for d in found(fact_over_asked, *items)]
    assert names == reported


@given(st.text(min_size=1), st.text(min_size=1))
def test_no_text_is_too_strange(passage: str, quotation: str) -> None:
    import json

    record = {
        "article": {"id": "a", "title": "b", "language": "en"},
        "passages": [{"id": "p", "text": passage}],
        "items": [
            {"id": "i", "type": "short_answer", "passage": "p", "evidence": quotation, "stem": "s", "answers": ["x"]}
        ],
    }
    file, _ = parse(json.dumps(record), "a.yaml")
    if file is not None:
        for check in CHECKS:
            for diagnostic in check(ArticleReading(file)):
                assert str(diagnostic)
