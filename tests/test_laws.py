"""Laws for every item type, present and future."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.assemble import assemble, rank
from quizgen.bank import Bank
from quizgen.blueprint import Blueprint
from quizgen.form import Settings
from quizgen.items import ITEM_TYPES, ItemBase, MultipleChoice, MultipleResponse, Rank
from quizgen.items.base import Response
from quizgen.render import pages
from quizgen.render.screen import quiz_page

from .strategies import bank_records, file_of, item_of, items, records, rekeyed, seeds

EVERY_TYPE = pytest.mark.parametrize("kind", sorted(ITEM_TYPES))


def ranking(seed: str) -> Rank:
    """An order that the seed decides."""
    return lambda name: rank(seed, name)


@EVERY_TYPE
@given(data=st.data(), seed=seeds)
def test_the_order_changes_and_nothing_else(kind: str, data: st.DataObject, seed: str) -> None:
    item = data.draw(items(kind))
    shuffled = item.shuffled(ranking(seed))
    assert sorted(shuffled.shown().choices) == sorted(item.shown().choices)
    assert sorted(shuffled.shown().prompts) == sorted(item.shown().prompts)
    assert shuffled.correct_response() == item.correct_response()
    assert shuffled.model_dump() == item.model_dump()


@EVERY_TYPE
@given(data=st.data(), seed=seeds)
def test_the_key_earns_full_marks_and_a_blank_none(kind: str, data: st.DataObject, seed: str) -> None:
    item = data.draw(items(kind)).shuffled(ranking(seed))
    if not item.hand_scored:
        assert item.score(item.correct_response()) == item.points
    blanks: list[Response] = [None, "", (), {}, (None, None)]
    for blank in blanks:
        assert item.score(blank) == 0


@EVERY_TYPE
@given(data=st.data())
def test_any_response_earns_between_nothing_and_the_points(kind: str, data: st.DataObject) -> None:
    item = data.draw(items(kind))
    ids = [choice.id for choice in item.offered] + [prompt.id for prompt in item.prompts] or ["x"]
    one = st.one_of(st.text(max_size=80), st.sampled_from(ids), st.just("1e400"), st.just("٣"))
    response: Response = data.draw(
        st.one_of(
            st.none(), one, st.lists(st.one_of(st.none(), one), max_size=9), st.dictionaries(one, one, max_size=9)
        )
    )
    score = item.score(response)
    assert score is None if item.hand_scored and isinstance(response, str) and response.strip() else score is not None
    assert score is None or 0 <= score <= item.points


@EVERY_TYPE
@given(data=st.data(), seed=seeds)
def test_what_a_perfect_candidate_writes_is_read_back_as_the_key(kind: str, data: st.DataObject, seed: str) -> None:
    item = data.draw(items(kind)).shuffled(ranking(seed))
    if not item.hand_scored:
        assert item.score(as_response(item)) == item.points


def as_response(item: ItemBase) -> Response:
    """The written key turned back into ids by what is printed: letters and numbers, as a person would read them."""
    written: Any = item.written_key()
    letters = {chr(65 + number): choice.id for number, choice in enumerate(item.printed)}
    match item.type:
        case "multiple_choice":
            return letters[written[0]]
        case "multiple_response" | "ordering":
            return [letters[letter] for letter in written]
        case "true_false":
            return {"T": "true", "F": "false"}[written[0]]
        case "short_answer":
            return str(written[0])
        case "numeric":
            return str(written)
        case "matching":
            pairs = (mark.split("-") for mark in written)
            return {item.prompts[int(number) - 1].id: letters[letter] for number, letter in pairs}
        case _:
            return list(written)


@EVERY_TYPE
@given(data=st.data(), seed=seeds)
def test_one_thing_changed_in_the_key_earns_less(kind: str, data: st.DataObject, seed: str) -> None:
    item = data.draw(items(kind))
    if item.hand_scored:
        return
    key: Any = item.correct_response()
    if isinstance(key, Mapping):
        spoilt: Response = {**key, next(iter(key)): "no such match"}
    elif isinstance(key, str):
        spoilt = f"{key} x"
    elif kind == "ordering":
        spoilt = (key[1], key[0], *key[2:])
    else:
        spoilt = (*key[:-1], "~")
    score = item.score(spoilt)
    assert score is not None
    assert score < item.points


# --- Nothing that a student gets depends on the key -------------------------------------------------------------


@EVERY_TYPE
@given(data=st.data(), seed=seeds, change=st.integers(0, 10**6))
def test_what_is_shown_does_not_depend_on_the_key(kind: str, data: st.DataObject, seed: str, change: int) -> None:
    record = data.draw(records(kind))
    item, twin = item_of(record), item_of(rekeyed(record, change))
    assert item.shown() == twin.shown()
    assert item.shuffled(ranking(seed)).shown() == twin.shuffled(ranking(seed)).shown()


@settings(max_examples=40)
@given(record=bank_records(), seed=seeds, change=st.integers(0, 10**6))
def test_exam_pages_are_the_same_bytes_when_the_key_changes(record: dict[str, Any], seed: str, change: int) -> None:
    twin = {**record, "items": [rekeyed(item, change + n) for n, item in enumerate(record["items"])]}
    pages_of = [student_html(data, seed) for data in (record, twin)]
    assert pages_of[0] == pages_of[1]


def student_html(record: dict[str, Any], seed: str) -> list[str]:
    """The screen page and the HTML of the printed one, of two forms."""
    bank = Bank((file_of(record),))
    forms, found = assemble(bank, Blueprint(quiz="law"), seed, 2)
    assert not found
    return [quiz_page(form, Settings()).decode() + pages.booklet(form, Settings()).html for form in forms]


@given(seed=seeds)
def test_a_page_can_tell_two_banks_apart_when_something_else_changes(seed: str) -> None:
    """The law above would hold for a page that shows nothing, too."""
    record = {
        "article": {"id": "a", "title": "A", "language": "en"},
        "items": [{"id": "i", "type": "true_false", "stem": "Stem", "answer": "true"}],
    }
    other = {**record, "items": [{"id": "i", "type": "true_false", "stem": "Steam", "answer": "true"}]}
    assert student_html(record, seed) != student_html(other, seed)


# --- Chance -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [2, 3, 4, 5, 8])
def test_the_key_stands_everywhere_equally_often(options: int) -> None:
    """Chi-squared over 4,000 seeds; the bound is the 99.99th percentile for so many degrees of freedom."""
    texts = [f"Option {number}" for number in range(options)]
    item = MultipleChoice(id="i", type="multiple_choice", stem="s", answer=texts[0], distractors=texts[1:])
    places = Counter(item.shuffled(ranking(f"seed {n}")).written_key()[0] for n in range(4000))
    expected = 4000 / options
    chi_squared = sum((count - expected) ** 2 / expected for count in places.values())
    assert len(places) == options
    assert chi_squared < {2: 15.2, 3: 18.5, 4: 21.2, 5: 23.6, 8: 29.9}[options]


def test_two_places_are_independent() -> None:
    """Where one option stands tells of another only that they do not stand in the same place."""
    item = MultipleResponse(id="i", type="multiple_response", stem="s", answers=["a", "b"], distractors=["c", "d"])
    pairs = Counter(tuple(item.shuffled(ranking(f"seed {n}")).written_key()) for n in range(6000))
    assert len(pairs) == 6
    assert sum((count - 1000) ** 2 / 1000 for count in pairs.values()) < 25.8


def test_the_order_is_the_same_for_ever() -> None:
    """Frozen: a change here would print other forms from the seeds that teachers have kept."""
    assert rank("demo", "A", "option", "river/one", "day").hex()[:16] == "5e1a1d384446c98e"
    item = MultipleChoice(id="i", type="multiple_choice", stem="s", answer="day", distractors=["night", "dawn", "dusk"])
    assert item.shuffled(ranking("demo")).shown().choices == ("night", "dawn", "dusk", "day")
