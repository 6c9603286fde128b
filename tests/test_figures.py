"""What is said of forms is true: held against enumeration, and against what each form holds."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, groupby, permutations, product
from math import isclose
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizgen.assemble import assemble
from quizgen.bank import Bank
from quizgen.blueprint import Blueprint
from quizgen.figures import SHOWN, chance, compare, copied
from quizgen.form import Form, FormItem, ItemSet, Section
from quizgen.items import ItemBase, Matching, MultipleChoice, MultipleResponse, Ordering, Response, TrueFalse
from quizgen.items.difficulty import facility
from quizgen.items.scoring import PLAIN, Scoring, ScoringRule, earned

from .strategies import bank_records, file_of, items, seeds
from .test_assemble import forms_of, names, stored  # noqa: F401 (stored is a fixture)

banks = bank_records().map(lambda record: Bank((file_of(record),)))
LETTERED = ["multiple_choice", "multiple_response", "true_false", "matching", "ordering"]


def choices(*keys: str, options: int = 4, **more: Any) -> Bank:
    """A bank of choice items whose right options stand under these letters, or of statements: T or F."""
    made = []
    for number, key in enumerate(keys):
        texts = [{"text": name, "id": f"o{place}"} for place, name in enumerate("abcdef"[:options])]
        right = texts.pop("ABCDEF".index(key)) if key not in ("T", "F") else None
        body = {"type": "multiple_choice", "answer": right, "distractors": texts} if right else {
            "type": "true_false", "answer": "true" if key == "T" else "false"}  # fmt: skip
        made.append({"id": f"i{number}", "stem": "s", **body, **more})
    return Bank((file_of({"article": {"id": "a", "title": "A", "language": "en"}, "passages": [], "items": made}),))


def form_of(*keys: str, name: str = "A", options: int = 4, scoring: Scoring = PLAIN) -> Form:
    """A form with these keys, in this order."""
    (file,) = choices(*keys, options=options).files
    placed = tuple(FormItem(number, item) for number, item in enumerate(file.items, start=1))
    assert [one.item.written_key() for one in placed] == [[key] for key in keys]
    return Form(name, "A", "en", (Section((ItemSet(file, None, None, placed),)),), scoring=scoring)


# --- Guessing ---------------------------------------------------------------------------------------------------


def guesses(item: ItemBase) -> Iterator[Response]:
    """Every answer that can be marked on paper."""
    ids = [choice.id for choice in item.offered]
    match item:
        case MultipleChoice() | TrueFalse():
            yield from ids
        case MultipleResponse():
            for size in range(1, len(ids) + 1):
                yield from combinations(ids, size)
        case Matching():
            for matches in product(ids, repeat=len(item.prompts)):
                yield dict(zip([prompt.id for prompt in item.prompts], matches, strict=True))
        case Ordering():
            yield from permutations(ids)
        case _:
            yield ""


@pytest.mark.parametrize("kind", [*LETTERED, "short_answer", "essay"])
@settings(max_examples=15)
@given(st.data(), st.booleans(), st.sampled_from([0, -0.25, -1]))
def test_blind_guessing_earns_the_mean_of_all_answers(
    kind: str, data: st.DataObject, partial: bool, wrong: float
) -> None:
    item = data.draw(items(kind))
    assume(not isinstance(item, Matching) or len(item.offered) ** len(item.prompts) < 5000)
    rule = ScoringRule(partial=partial, wrong=wrong)
    worth = [earned(item, guess, rule) or 0 for guess in guesses(item)]
    assert isclose(chance(item, rule), sum(worth) / len(worth), abs_tol=1e-9)


def test_guessing_is_a_share_of_the_points() -> None:
    (figures,) = compare([form_of("A", "B", "T")], Blueprint(quiz="q")).forms
    assert isclose(figures.guessing, (1 / 4 + 1 / 4 + 1 / 2) / 3)


def test_formula_scoring_leaves_nothing_to_guess() -> None:
    scoring = Scoring(wrong=-1 / 3, types={})
    (figures,) = compare([form_of("A", "B", "C", scoring=scoring)], Blueprint(quiz="q")).forms
    assert isclose(figures.guessing, 0, abs_tol=1e-9)


@pytest.mark.parametrize(
    ("keys", "options", "max_run", "given_away"),
    [
        ("AAB", 4, 2, 1 / 3 - 1 / 4),  # the third cannot be A
        ("AAB", 2, 2, 1 / 2),  # so it must be B
        ("ABA", 4, 2, 0),
        ("ABC", 4, 1, 2 * (1 / 3 - 1 / 4)),
        ("TTF", 4, 2, 1 / 2),
        ("TTA", 4, 2, 0),  # it has no T
    ],
)
def test_short_runs_give_something_away(keys: str, options: int, max_run: int, given_away: float) -> None:
    form = form_of(*keys, options=options)
    (figures,) = compare([form], Blueprint(quiz="q", max_run=max_run)).forms
    assert isclose(figures.given_away, given_away / 3)
    assert compare([form], Blueprint(quiz="q")).forms[0].given_away == 0


# --- One form ---------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(banks, seeds)
def test_a_form_is_counted_as_it_is(bank: Bank, seed: str) -> None:
    (form,) = forms_of(bank, seed)
    (figures,) = compare([form], Blueprint(quiz="q")).forms
    placed = [one.item for one in form.items]
    assert figures.items == len(placed)
    for tally in (figures.skills, figures.difficulties, figures.types):
        assert sum(tally.values()) == len(placed)
    assert isclose(figures.facility, sum(map(facility, placed)) / len(placed))
    choosing = (MultipleChoice, MultipleResponse, TrueFalse)
    single = [key[0] for item in placed if isinstance(item, choosing) and len(key := item.written_key()) == 1]
    assert sum(figures.letters.values()) + sum(figures.judgements.values()) == len(single)
    assert sum(figures.judgements.values()) == sum(isinstance(item, TrueFalse) for item in placed)
    assert all(figures.letters[name] <= single.count(name) for name in figures.letters)
    assert 0 <= figures.guessing <= 1


@given(st.text("ABCD", min_size=1, max_size=9))
def test_the_longest_run_is_found(keys: str) -> None:
    (figures,) = compare([form_of(*keys)], Blueprint(quiz="q")).forms
    assert figures.run == max(len(list(run)) for _, run in groupby(keys))
    assert figures.letters == {name: keys.count(name) for name in "ABCD"}


# --- Between forms ----------------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(banks, seeds, st.integers(2, 20))
def test_what_forms_share_is_what_both_have(bank: Bank, seed: str, number: int) -> None:
    forms = forms_of(bank, seed, number, items=max(bank.size // 2, 1), overlap="any")
    figures = compare(forms, Blueprint(quiz="q"))
    shared = [len(set(names(one)) & set(names(other))) for one, other in combinations(forms, 2)]
    assert isclose(figures.items.mean, sum(shared) / len(shared))
    assert figures.items.most == max(shared)
    assert figures.exposure == Counter(name for form in forms for name in names(form))
    matrix = figures.items.matrix
    assert (matrix is not None) == (number <= SHOWN)
    if matrix:
        assert matrix == tuple(zip(*matrix, strict=True))
        assert [row[place] for place, row in enumerate(matrix)] == [len(names(form)) for form in forms]


@settings(max_examples=40)
@given(banks, seeds, st.sampled_from([0, -0.5]))
def test_who_copies_the_same_form_has_all_that_a_person_need_not_read(bank: Bank, seed: str, wrong: float) -> None:
    (form,) = forms_of(bank, seed, scoring=Scoring(wrong=wrong, types={}))
    counted = [placed.item.points for placed in form.items if not placed.item.hand_scored]
    assert isclose(copied(form, form), sum(counted) / form.points)


@settings(max_examples=40)
@given(bank_records(LETTERED).map(lambda record: Bank((file_of(record),))), seeds, st.booleans())
def test_copying_earns_what_the_letters_earn(bank: Bank, seed: str, partial: bool) -> None:
    mine, neighbour = forms_of(bank, seed, 2, scoring=Scoring(partial=partial, types={}))
    worth = 0.0
    for own, other in zip(mine.items, neighbour.items, strict=True):
        same = own.item.written_key() == other.item.written_key()
        if isinstance(own.item, MultipleChoice | TrueFalse) or not partial or same:
            worth += own.item.points * same
        elif own.item.id == other.item.id and isinstance(own.item, MultipleResponse):
            places = [place for place, one in enumerate(other.item.printed) if one.id in own.item.keys]
            worth += own.item.score([own.item.printed[place].id for place in places]) or 0
        else:
            return  # too much to say twice
    assert isclose(copied(mine, neighbour), worth / mine.points, abs_tol=1e-9)


@pytest.mark.parametrize(
    ("mine", "theirs", "wrong", "share"),
    [("ABCD", "ABCD", 0, 1), ("ABCD", "ABDC", 0, 0.5), ("ABCD", "BCDA", -0.25, -0.25), ("ABCD", "AB", -1, 0.5),
     ("TB", "FB", 0, 0.5), ("AB", "ABCD", 0, 1)],
)  # fmt: skip
def test_the_same_letter_at_the_same_number_is_right(mine: str, theirs: str, wrong: float, share: float) -> None:
    rules = Scoring(wrong=wrong, types={})
    assert copied(form_of(*mine, scoring=rules), form_of(*theirs, scoring=rules)) == share


def test_parts_of_a_matching_item_can_be_copied() -> None:
    record = {"id": "i", "type": "matching", "stem": "s", "pairs": {"p": "a", "q": "b", "r": "c"}}
    bank = Bank((file_of({"article": {"id": "a", "title": "A", "language": "en"}, "items": [record]}),))
    forms = forms_of(bank, forms=30)
    shares = {round(copied(forms[0], form), 2) for form in forms}
    assert shares <= {0, 0.33, 1}
    assert 0.33 in shares


def test_only_neighbours_copy_and_each_from_the_other() -> None:
    a, b, c = (form_of(*keys, name=name) for name, keys in {"A": "ABCD", "B": "ABCC", "C": "DCBA"}.items())
    pairs = [("A", "B"), ("B", "C")]
    found = compare([a, b, c], Blueprint(quiz="q"), pairs, before=[a, replace(a, id="B"), c])
    assert found.copying
    assert found.before
    assert (found.copying.mean, found.copying.most, set(found.copying.worst)) == (0.375, 0.75, {"A", "B"})
    assert (found.copying.gain, found.copying.most_gain) == (0.125, 0.5)
    assert found.before.most == 1
    assert (found.alike.most, found.alike.gain) == (1, 0.75)
    alone = compare([a], Blueprint(quiz="q"))
    assert alone.copying is None


# --- What was asked for -----------------------------------------------------------------------------------------


def test_demands_are_listed_with_what_there_is(stored: Bank) -> None:  # noqa: F811
    asked = Blueprint.model_validate(
        {"quiz": "q", "articles": ["kyrgyzstan-2010"], "items": "12", "passages": "2-3", "per_passage": "3-6",
         "minutes": "20", "skills": {"infer": "3-5"}, "types": ["multiple_choice", "true_false"], "overlap": "4",
         "facility": "0.4-0.7", "max_run": "3"}
    )  # fmt: skip
    forms, found = assemble(stored, asked, "seed", 3)
    assert not found
    figures = compare(forms, asked)
    listed = {demand.name: demand for demand in figures.demands}
    assert [listed[name].wanted for name in ("items", "passages", "items per passage", "minutes", "skills: infer")] == [
        "12", "2-3", "3-6", "at most 20", "3-5",
    ]  # fmt: skip
    assert listed["items from types"].wanted == "only multiple choice, true false"
    assert [had.low for had in listed["items from types"].had] == [12, 12, 12]
    for name, wanted in {"items": asked.items, "per_passage": asked.per_passage, "facility": asked.facility}.items():
        demand = listed[{"per_passage": "items per passage", "facility": "mean facility"}.get(name, name)]
        assert wanted
        assert all(had.low in wanted and had.high in wanted for had in demand.had)
    assert [had.low for had in listed["skills: infer"].had] == [form.skills["infer"] for form in figures.forms]
    assert [had.high for had in listed["run of one letter"].had] == [form.run for form in figures.forms]
    (shared,) = listed["items that two forms share"].had
    assert shared.high == figures.items.most
    assert all(had.high <= 2 for had in listed["difficulty, % from the first form's"].had)


def test_a_demand_on_a_section_is_measured_there() -> None:
    asked = {"quiz": "q", "sections": [{"title": "One", "items": "2"}, {"items": "1"}], "must_have": ["i2"]}
    bank = choices("A", "B", "C")
    plan = Blueprint.model_validate(asked)
    forms, found = assemble(bank, plan, "seed", 1)
    assert not found
    listed = [(demand.section, demand.name, demand.had[0].low) for demand in compare(forms, plan).demands]
    assert listed == [(None, "must have", 1), ("One", "items", 2), ("section 2", "items", 1)]
