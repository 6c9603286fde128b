"""Marking needs the manifest alone, and gives the same whatever the order of the files."""

import random
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.assemble import assemble
from quizgen.bank import Bank
from quizgen.blueprint import Blueprint
from quizgen.form import FormRecord, ItemRecord, Manifest, record
from quizgen.grading.answers import response
from quizgen.grading.marking import results
from quizgen.grading.response_file import Claims, Student
from quizgen.grading.responses import Submission
from quizgen.grading.results import Results, parse
from quizgen.items import ITEM_TYPES
from quizgen.items.base import Response
from quizgen.items.scoring import ScoringRule, earned, marked
from quizgen.trail import Correction, Entry

from .strategies import bank_records, file_of, seeds
from .test_responses import build, perfect

CLAIMS = Claims(started="2026-12-01T08:00:00Z", submitted="2026-12-01T08:40:00Z", resumes=0, late=False)


def submission(
    form: FormRecord, answers: Mapping[str, list[str]], name: str = "Ann", file: str = "a.qgr"
) -> Submission:
    """What somebody handed in."""
    given = {int(number): tuple(answer) for number, answer in answers.items()}
    return Submission(file, "", False, form, f"attempt of {name}", Student(id="", name=name), given, CLAIMS)


def other(item: ItemRecord) -> list[str]:
    """An answer that is wrong."""
    match item.type:
        case "multiple_choice" | "true_false":
            assert isinstance(item.key, tuple)
            return [next(letter for letter in item.letters if letter not in item.key)]
        case "multiple_response":
            return []
        case "matching" | "ordering":
            return [""] * len(item.prompts or item.options)
        case _:
            return ["~"]


# --- Laws -------------------------------------------------------------------------------------------------------


@given(
    data=st.data(), bank=bank_records(), seed=seeds, partial=st.booleans(), wrong=st.sampled_from([0.0, -0.25, -1.0])
)
def test_a_record_marks_as_its_item_does(
    data: st.DataObject, bank: dict[str, Any], seed: str, partial: bool, wrong: float
) -> None:
    forms, _ = assemble(Bank((file_of(bank),)), Blueprint(quiz="q"), seed, 1)
    rule = ScoringRule(partial=partial, wrong=wrong)
    for placed, told in zip(forms[0].items, record(forms[0]).items, strict=True):
        kept = ItemRecord.model_validate_json(told.model_dump_json())
        ids = [*kept.options, *kept.prompts, "x", "1", *(text for gap in placed.item.keyed().accepted for text in gap)]
        one = st.one_of(st.sampled_from(ids), st.text(max_size=20))
        several = st.lists(st.one_of(st.none(), one), max_size=6)
        key = st.just(placed.item.correct_response())
        answer: Response = data.draw(st.one_of(key, st.none(), one, several, st.dictionaries(one, one, max_size=6)))
        assert marked(ITEM_TYPES[kept.type], kept.keyed, answer, rule) == earned(placed.item, answer, rule)


@settings(max_examples=50)
@given(bank=bank_records(), seed=seeds, order=st.randoms(use_true_random=False))
def test_the_key_earns_full_marks_on_every_form_and_order_does_not_matter(
    bank: dict[str, Any], seed: str, order: random.Random
) -> None:
    forms, _ = assemble(Bank((file_of(bank),)), Blueprint(quiz="q"), seed, 3)
    records = [record(form) for form in forms]
    told = build().told.model_copy(update={"forms": tuple(records)})
    right = [submission(form, perfect(form), name) for form in records for name in ("Ann", "Bo")]
    found = results(right, told)
    for one in found.students:
        by_hand = sum(found.points for found in records[0].items if found.type == "essay")
        assert one.earned == pytest.approx(one.points - by_hand)
        assert one.unmarked == sum(item.type == "essay" for item in records[0].items)
    order.shuffle(right)
    assert results(right, told) == found
    assert parse(found.to_json()) == found


def test_what_is_wrong_or_blank_earns_nothing() -> None:
    told = build().told
    form = told.forms[0]
    for answers in ({}, {str(item.number): other(item) for item in form.items}):
        (one,) = results([submission(form, answers)], told).students
        assert one.earned == 0
        assert {answer.earned for answer in one.answers.values()} <= {0, None}


# --- What results tell ------------------------------------------------------------------------------------------


def whole() -> Results:
    """Two students with perfect answers, on two forms."""
    told = build().told
    return results([submission(form, perfect(form), name) for form, name in zip(told.forms, "ab", strict=True)], told)


def test_answers_compare_across_forms() -> None:
    """Letters differ from form to form, and what they stand for does not."""
    found = whole()
    first, second = found.students
    assert first.form != second.form
    infos = {item.name: item for item in found.items}
    for name, answer in first.answers.items():
        assert second.answers[name].given == answer.given
        if infos[name].type in ("multiple_choice", "multiple_response", "true_false", "matching", "ordering"):
            assert answer.given == infos[name].right


def test_a_person_marks_essays() -> None:
    told = build().told
    form = told.forms[0]
    one = submission(form, perfect(form))
    essays = [item for item in form.items if item.type == "essay"]
    assert essays
    before = results([one], told).students[0]
    after = results([one], told, {(one.attempt, item.name): 1.5 for item in essays}).students[0]
    assert (before.unmarked, after.unmarked) == (len(essays), 0)
    assert after.earned == before.earned + 1.5 * len(essays)


def test_errata_are_obeyed_and_change_only_what_they_name() -> None:
    told = build().told
    form = told.forms[0]
    choice, other_one = [item for item in form.items if item.type == "multiple_choice"][:2]
    assert isinstance(choice.key, tuple)
    wrong = next(option for option in choice.options if option not in choice.keyed.right)
    answers = perfect(form) | {str(choice.number): list(choice.written((wrong,)))}
    corrections = (Correction(item=choice.name, key=(wrong,)), Correction(item=other_one.name, key=None))
    trail = (*told.audit, Entry(action="errata", corrections=corrections, files={}, previous=""))
    mended = Manifest.model_validate({**told.model_dump(), "audit": [entry.model_dump() for entry in trail]})
    (before,), (after,) = (results([submission(form, answers)], each).students for each in (told, mended))
    changed = {name for name in before.answers if before.answers[name] != after.answers[name]}
    assert changed == {choice.name, other_one.name}
    assert (before.answers[choice.name].earned, after.answers[choice.name].earned) == (0, choice.points)
    assert after.answers[other_one.name].earned == 0
    assert before.points - after.points == other_one.points
    dropped = [item.name for item in results([], mended).items if item.dropped]
    assert dropped == [other_one.name]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"results": 2}', b"\xff\xfe"])
def test_what_are_no_results_is_said_in_one_line(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"is not as it should be|no JSON"):
        parse(content)


def test_responses_by_ids_do_not_depend_on_the_letters() -> None:
    told = build().told
    for one, two in zip(*(sorted(form.items, key=lambda item: item.name) for form in told.forms), strict=True):
        if one.type == "multiple_choice":
            assert isinstance(one.key, tuple)
            assert isinstance(two.key, tuple)
            assert response(one, one.key) == response(two, two.key)
