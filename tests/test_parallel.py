"""Several forms: what they share, and how far they are apart."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizgen.assemble import assemble
from quizgen.assemble.check import unmet
from quizgen.assemble.parallel import fewest_shared
from quizgen.blueprint import Blueprint
from quizgen.form import Candidate, Form, record
from quizgen.items.difficulty import facility

from .plans import LEVELS, SKILLS, Data, article, bank_of, banks, blueprints, item, names, plan, sound_forms
from .strategies import seeds


def made(bank: list[Data], blueprint: Blueprint, seed: str, forms: int) -> tuple[Form, ...]:
    """The forms, if there are so many."""
    return assemble(bank_of(*bank), blueprint, seed, forms)[0]


def mean(form: Form) -> float:
    """The mean facility of its items."""
    shares = [facility(placed.item) for placed in form.items]
    return sum(shares) / len(shares)


def asked(form: Form, skill: str) -> int:
    """How many of its items ask for a skill."""
    return sum(placed.item.skill == skill for placed in form.items)


def shared(forms: tuple[Form, ...]) -> int:
    """The most items that two of the forms share."""
    return max(len(set(names(one)) & set(names(other))) for one, other in combinations(forms, 2))


# --- By chance --------------------------------------------------------------------------------------------------


@settings(max_examples=120)
@given(data=st.data(), seed=seeds, overlap=st.sampled_from(["none", "0", "1", "2", "any", "all"]))
def test_forms_share_no_more_than_is_allowed_and_are_alike(data: st.DataObject, seed: str, overlap: str) -> None:
    bank = data.draw(banks(10))
    tolerance = data.draw(st.sampled_from([{}, {"difficulty": "20", "minutes": "60", "skills": "2"}]))
    blueprint = plan(**data.draw(blueprints(bank)), overlap=overlap, tolerance=tolerance)
    forms = made(bank, blueprint, seed, 3)
    assume(forms)
    assert len(forms) == 3
    for form in forms:
        assert list(unmet(form, blueprint)) == []
    if overlap == "all":
        assert len({frozenset(names(form)) for form in forms}) == 1
        return
    assert shared(forms) <= (99 if overlap == "any" else 0 if overlap == "none" else int(overlap))
    first, allowed = forms[0], blueprint.tolerance
    for form in forms[1:]:
        assert abs(mean(form) - mean(first)) <= mean(first) * allowed.difficulty / 100 + 0.001
        assert abs(form.minutes - first.minutes) <= first.minutes * allowed.minutes / 100 + 0.1
        for skill in SKILLS:
            assert abs(asked(form, skill) - asked(first, skill)) <= allowed.skills


@settings(max_examples=80)
@given(data=st.data(), seed=seeds)
def test_two_forms_without_overlap_are_found_where_there_are_two(data: st.DataObject, seed: str) -> None:
    """Brute force: any two sound forms of the same length that share nothing, whatever they are like."""
    bank = data.draw(banks(6))
    wanted = {key: value for key, value in data.draw(blueprints(bank)).items() if key not in ("sections", "items")}
    wanted["items"] = str(data.draw(st.integers(1, 3)))
    wide = {"difficulty": "100", "minutes": "100", "skills": "100"}
    blueprint = plan(**wanted, overlap="none", tolerance=wide)
    forms = made(bank, blueprint, seed, 2)
    sound = list(sound_forms(bank_of(*bank), blueprint))
    alike = any(
        set(names(one)).isdisjoint(names(other))
        and mean(other) <= 2 * mean(one) + 1e-9
        and other.minutes <= 2 * one.minutes + 1e-9
        for a, b in combinations(sound, 2)
        for one, other in ((a, b), (b, a))
    )
    assert bool(forms) == alike


@settings(max_examples=200)
@given(forms=st.integers(2, 5), length=st.integers(1, 4), supply=st.integers(1, 6), data=st.data())
def test_no_forms_share_fewer_than_the_fewest(forms: int, length: int, supply: int, data: st.DataObject) -> None:
    assume(length <= supply)
    choice = st.lists(st.integers(1, supply), unique=True, min_size=length, max_size=length).map(set)
    drawn = [data.draw(choice) for _ in range(forms)]
    pairs = list(combinations(drawn, 2))
    assert sum(len(one & other) for one, other in pairs) / len(pairs) >= fewest_shared(forms, length, supply) - 1e-9


# --- Examples ---------------------------------------------------------------------------------------------------


def _school(items: int = 24) -> list[Data]:
    """Three levels, four skills, six to a passage."""
    return [
        article(
            "a",
            *(
                item(f"i{n}", passage=f"p{n // 6}", difficulty=LEVELS[n % 3], skill=SKILLS[n % 4], points="1")
                for n in range(items)
            ),
            words=[100] * ((items + 5) // 6),
        )
    ]


@pytest.mark.parametrize(("overlap", "most"), [("none", 0), ("1", 1), ("3", 3)])
def test_four_forms_of_six_from_twenty_four(overlap: str, most: int) -> None:
    wanted = plan(items="6", overlap=overlap, tolerance={"difficulty": "25", "minutes": "60", "skills": "3"})
    forms = made(_school(), wanted, "seed", 4)
    assert len(forms) == 4
    assert shared(forms) <= most


def test_the_last_form_is_had_where_the_first_would_take_what_it_needs() -> None:
    """Two hard items, and each form needs one: where the first took both, the other would have none."""
    items = [item("h0", difficulty="hard"), item("h1", difficulty="hard"), item("e0"), item("e1")]
    wanted = plan(
        items="2", difficulty={"hard": "1+"}, overlap="none",
        tolerance={"difficulty": "100", "minutes": "100", "skills": "9"},
    )  # fmt: skip
    for seed in "abcdefgh":
        forms = made([article("a", *items)], wanted, seed, 2)
        assert [len({"a/h0", "a/h1"} & set(names(form))) for form in forms] == [1, 1]


def test_that_more_forms_are_asked_for_than_there_are_is_said_with_the_fewest_shared_items() -> None:
    wanted = plan(items="6", overlap="none", tolerance={"difficulty": "50", "minutes": "60", "skills": "6"})
    forms, (found,) = assemble(bank_of(*_school()), wanted, "seed", 5)
    assert forms == ()
    assert found.code == "Q509"
    assert "there are 4 such forms, and 5 are asked for" in found.message
    assert "of 24 items, 5 forms of 6 share at least 1 two by two" in found.message
    assert found.hint
    assert "ask for 4 forms" in found.hint


def test_candidates_get_forms_with_their_names_and_needs() -> None:
    people = [Candidate("7b-01", "Ann"), Candidate("7b-02", "Ben", 0.25, "large-print")]
    (ann, ben), found = assemble(bank_of(*_school()), plan(items="6", overlap="any"), "seed", people)
    assert found == []
    assert [(form.id, form.candidate) for form in (ann, ben)] == [("7b-01", people[0]), ("7b-02", people[1])]
    assert names(ann) != names(ben)


def test_another_candidate_changes_nobody_elses_form() -> None:
    """Where forms may share any items, the roster can grow after it was printed."""
    people = [Candidate(f"{n}", f"Person {n}") for n in range(4)]
    wanted = plan(items="6", overlap="any")
    few, many = (assemble(bank_of(*_school()), wanted, "seed", some)[0] for some in (people[:2], people[::-1]))
    assert {form.id: record(form) for form in few}.items() <= {form.id: record(form) for form in many}.items()


def test_all_items_have_their_turn_among_many_candidates() -> None:
    people: list[Any] = [Candidate(f"{n}", "") for n in range(60)]
    forms, _ = assemble(bank_of(*_school()), plan(items="6", overlap="any"), "seed", people)
    times = [sum(name in names(form) for form in forms) for name in (f"a/i{n}" for n in range(24))]
    assert min(times) >= 4
    assert max(times) <= 30
