"""Figures equal those of plain arithmetic, do not depend on any order, and show what was planted."""

import json
import random
import statistics
from collections.abc import Sequence
from dataclasses import asdict
from math import isclose, sqrt
from pathlib import Path

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.grading.analysis import Analysis, ItemFigures, analyse
from quizgen.grading.findings import Kind, findings
from quizgen.grading.results import Answer, ItemInfo, Result, Results

from .rebuilt import quizgen

LETTERS = ("a", "b", "c", "d")


def class_of(marks: Sequence[Sequence[float | None]], chosen: Sequence[Sequence[str]] | None = None) -> Results:
    """Results of students x items: `nan` where an item is not on the student's form, `None` where it is unmarked."""
    count = len(marks[0]) if marks else 0
    names = [f"x/{at:02}" for at in range(count)]
    known = {"type": "multiple_choice", "points": 2, "options": LETTERS, "right": ("a",)}
    items = tuple(ItemInfo.model_validate({"name": name, **known}) for name in names)
    students = []
    for number, row in enumerate(marks):
        answers = {}
        for at, mark in enumerate(row):
            if mark is not None and mark != mark:
                continue
            option = chosen[number][at] if chosen else "a" if mark else "b"
            given_ = (option,) if option else ()
            answers[items[at].name] = Answer(number=at + 1, given=given_, earned=None if mark is None else 2 * mark)
        earned = sum(answer.earned or 0 for answer in answers.values())
        students.append(
            Result(id=f"s{number}", name="", form="A", file="", answers=answers, earned=earned, points=2 * count)
        )
    return Results(quizgen="0", quiz="q", quiz_id=None, title="Q", manifest="", items=items, students=tuple(students))


MARKS = st.integers(1, 6).flatmap(
    lambda items: st.lists(
        st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=items, max_size=items), min_size=1, max_size=12
    )
)


def correlation(one: list[float], other: list[float]) -> float | None:
    """Pearson's r by Python's own statistics."""
    try:
        return float(statistics.correlation(one, other))
    except statistics.StatisticsError:
        return None


def alpha(marks: list[list[float]]) -> float | None:
    """Coefficient alpha, by its definition."""
    items = len(marks[0])
    if len(marks) < 2 or items < 2 or len({sum(row) for row in marks}) == 1:
        return None
    each = sum(float(statistics.variance(column)) for column in zip(*marks, strict=True))
    return items / (items - 1) * (1 - each / float(statistics.variance([sum(row) for row in marks])))


def same(one: float | None, other: float | None) -> bool:
    """Both are nothing, or equal but for rounding."""
    if one is None or other is None:
        return one is other
    return isclose(one, other, abs_tol=1e-9)


# --- Laws -------------------------------------------------------------------------------------------------------


@given(marks=MARKS)
def test_figures_are_those_of_plain_arithmetic(marks: list[list[float]]) -> None:
    found = analyse(class_of(marks))
    points = [[2 * mark for mark in row] for row in marks]
    totals = [sum(row) for row in points]
    assert same(found.test.mean, statistics.fmean(totals))
    assert same(found.test.sd, statistics.stdev(totals) if len(totals) > 1 else None)
    assert same(found.test.alpha, alpha(points))
    if found.test.alpha is not None and found.test.sd is not None:
        assert same(found.test.sem, found.test.sd * sqrt(max(0, 1 - found.test.alpha)))
    for at, item in enumerate(found.items):
        own = [row[at] for row in marks]
        rest = [[mark for place, mark in enumerate(row) if place != at] for row in marks]
        assert same(item.facility, statistics.fmean(own))
        assert same(item.discrimination, correlation(own, [sum(row) for row in rest]) if len(marks) > 1 else None)
        assert same(item.alpha_if_dropped, alpha(rest) if len(rest[0]) > 1 else None)
        assert item.n == len(marks)


@given(marks=MARKS, order=st.randoms(use_true_random=False))
def test_the_order_of_students_decides_nothing(marks: list[list[float]], order: random.Random) -> None:
    found = class_of(marks)
    turned = list(found.students)
    order.shuffle(turned)
    one, other = (asdict(analyse(each)) for each in (found, found.model_copy(update={"students": tuple(turned)})))
    assert alike(one, other)


def alike(one: object, other: object) -> bool:
    """Equal but for rounding, part by part."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[name], other[name]) for name in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, abs_tol=1e-9)
    return one == other


@pytest.mark.filterwarnings("error")
@given(marks=st.lists(st.lists(st.sampled_from([0.0, 1.0, None, float("nan")]), min_size=3, max_size=3), max_size=4))
def test_whatever_is_missing_there_is_a_figure_or_nothing(marks: list[list[float | None]]) -> None:
    found = analyse(class_of(marks))
    figures = json.dumps(asdict(found))
    assert "NaN" not in figures
    assert "Infinity" not in figures
    for at, item in enumerate(found.items):
        assert item.n == sum(row[at] is not None and row[at] == row[at] for row in marks)
    assert isinstance(findings(found), list)


@given(marks=MARKS)
def test_an_item_that_everybody_has_right_changes_no_other(marks: list[list[float]]) -> None:
    before, after = analyse(class_of(marks)), analyse(class_of([[*row, 1.0] for row in marks]))
    for one, other in zip(before.items, after.items, strict=False):
        assert same(one.facility, other.facility)
        assert same(one.discrimination, other.discrimination)


@settings(max_examples=50)
@given(marks=MARKS)
def test_shares_of_options_sum_and_groups_are_as_large_as_they_should(marks: list[list[float]]) -> None:
    for item in analyse(class_of(marks)).items:
        for share in ("share", "upper", "lower"):
            assert sum(getattr(option, share) for option in item.options) == pytest.approx(1)


# --- Published values -------------------------------------------------------------------------------------------


def test_an_interval_of_wilson_is_that_of_the_textbook() -> None:
    """15 of 25: 0.4074 to 0.7660 (Newcombe 1998 gives the method; the figures follow by hand)."""
    (item, *_) = analyse(class_of([[1.0]] * 15 + [[0.0]] * 10)).items
    assert item.facility_interval == pytest.approx((0.4074, 0.7660), abs=5e-5)


def test_alpha_of_items_that_are_right_or_wrong_is_kr_20() -> None:
    """Kuder and Richardson's formula 20 with variances of the population: k / (k - 1) * (1 - sum(p q) / s²)."""
    chance = random.Random(7)
    marks = [[float(chance.random() < 0.3 + 0.05 * at + 0.02 * row) for at in range(6)] for row in range(20)]
    shares = [statistics.fmean(column) for column in zip(*marks, strict=True)]
    spread = statistics.pvariance([sum(row) for row in marks])
    expected = 6 / 5 * (1 - sum(share * (1 - share) for share in shares) / spread)
    assert analyse(class_of(marks)).test.alpha == pytest.approx(expected)


# --- What was planted -------------------------------------------------------------------------------------------


def simulated(students: int = 300) -> tuple[list[list[float]], list[list[str]]]:
    """A class on ten items: 2 is miskeyed, 5 is too hard, on 7 nobody chooses `d`, on 8 strong students like `c`."""
    chance = numpy.random.default_rng(1931)
    marks, chosen = [], []
    for ability in chance.normal(size=students):
        row = []
        for at in range(10):
            knows = chance.random() < 1 / (1 + numpy.exp(-1.6 * (ability + 0.1 * at - 0.5)))
            option = "a" if knows else str(chance.choice(["b", "c"] if at == 7 else ["b", "c", "d"]))
            if at == 2:
                option = "c" if knows else str(chance.choice(["a", "b", "d"]))
            if at == 5:
                option = "a" if chance.random() < 0.08 else str(chance.choice(["b", "c", "d"]))
            if at == 8:
                option = str(chance.choice(["a", "c"] if knows else ["b", "d"]))
            row.append(option)
        chosen.append(row)
        marks.append([float(option == "a") for option in row])
    return marks, chosen


def test_what_was_planted_is_found_and_nothing_else_of_its_kind() -> None:
    marks, chosen = simulated()
    found = findings(analyse(class_of(marks, chosen)))
    told = {(finding.kind, finding.item, finding.option) for finding in found}
    assert (Kind.MISKEYED, "x/02", "c") in told
    assert (Kind.HARD, "x/05", None) in told
    assert (Kind.DEAD, "x/07", "d") in told
    assert (Kind.ATTRACTIVE, "x/08", "c") in told
    assert len(told) == 4
    assert found[0].item == "x/02"


def test_a_small_class_is_told_nothing_that_chance_may_have_made() -> None:
    marks, chosen = simulated(8)
    assert [finding for finding in findings(analyse(class_of(marks, chosen))) if finding.kind is not Kind.HARD] == []


def test_a_sound_class_has_hardly_any_finding() -> None:
    """Of 200 good items few are blamed by chance."""
    chance = numpy.random.default_rng(7)
    blamed = 0
    for _ in range(20):
        ability = chance.normal(size=120)
        marks = [[float(chance.random() < 1 / (1 + numpy.exp(-1.5 * one))) for _ in range(10)] for one in ability]
        chosen = [["a" if mark else str(chance.choice(["b", "c", "d"])) for mark in row] for row in marks]
        blamed += len(findings(analyse(class_of(marks, chosen))))
    assert blamed <= 4


# --- The command ------------------------------------------------------------------------------------------------


def test_the_command_prints_a_line_for_each_item_and_says_what_was_found(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    path.write_bytes(class_of(*simulated()).to_json())
    done = quizgen("analyse", path)
    lines = done.out.splitlines()
    assert (done.code, len(lines)) == (0, 11)
    assert lines[0].startswith("item,type,n,facility,")
    assert "x/02: strong students chose 'c'" in done.told
    assert "300 students, 10 items that all of them have" in done.told
    assert quizgen("analyse", path, "--quiet").told == ""
    whole = json.loads(quizgen("analyse", path, "--json").out)
    assert [item["name"] for item in whole["items"]] == [f"x/{at:02}" for at in range(10)]


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00", b"[]"])
def test_what_are_no_results_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "results.json"
    path.write_bytes(content)
    done = quizgen("analyse", path)
    assert (done.code, done.told.count("\n")) == (2, 0)
    assert "holds no results" in done.told
    assert "cannot read" in quizgen("analyse", tmp_path / "none.json").told


def figures(analysis: Analysis, name: str) -> ItemFigures:
    """Those of one item."""
    return next(item for item in analysis.items if item.name == name)


def test_an_item_that_does_not_count_is_left_out() -> None:
    found = class_of([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 1.0, 0.0]])
    dropped = found.items[1].model_copy(update={"dropped": True})
    without = analyse(found.model_copy(update={"items": (found.items[0], dropped, found.items[2])}))
    assert [item.name for item in without.items] == ["x/00", "x/02"]
    assert figures(without, "x/00").discrimination == pytest.approx(correlation([1, 0, 1], [1, 1, 0]))
