"""The build report says what the figures are, on a page and in a few lines."""

import re
from pathlib import Path

import pytest
from lxml.html import HtmlElement, document_fromstring
from playwright.sync_api import Browser

from quizgen import blueprint as blueprints
from quizgen.assemble import assemble
from quizgen.bank import read
from quizgen.blueprint import Blueprint
from quizgen.bundled import QUESTION_BANK
from quizgen.figures import Figures, compare
from quizgen.render.report import report_page, summary

from .test_browser import assert_axe_finds_nothing, browser, opened  # noqa: F401 (browser is a fixture)
from .test_stats import said

BANK = QUESTION_BANK / "kyrgyzstan-2010.yaml"
LESSON = QUESTION_BANK / "blueprints" / "kyrgyzstan-reading.yaml"


def figures_of(forms: int, demands: dict[str, str], pairs: list[tuple[str, str]] | None = None) -> Figures:
    """The figures of forms from the real bank."""
    plan = Blueprint.model_validate({"quiz": "q", **demands})
    made, found = assemble(read([BANK])[0], plan, "seed", forms)
    assert not found
    return compare(made, plan, pairs, made if pairs else None)


@pytest.fixture(scope="module")
def lesson() -> Figures:
    """Those of the lesson that comes with quizgen, in two forms."""
    file, _ = blueprints.read(LESSON)
    assert file
    made, found = assemble(read([BANK])[0], file.blueprint, "seed", 2)
    assert not found
    return compare(made, file.blueprint)


MANY = {"items": "10", "overlap": "any", "max_run": "3"}


def page_of(figures: Figures) -> HtmlElement:
    """The page as a browser reads it."""
    return document_fromstring(report_page(figures))


def table(page: HtmlElement, caption: str) -> list[list[str]]:
    """The cells of the table with this caption, row by row, with its heads."""
    (found,) = [one for one in page.iter("table") if said(one.find("caption")) == caption]
    return [[said(cell) for cell in row] for row in found.iter("tr")]


def test_each_form_stands_beside_what_was_asked_for(lesson: Figures) -> None:
    rows = table(page_of(lesson), "The blueprint, and what each form has")
    assert rows[0] == ["Demand", "Asked for", "A", "B"]
    assert ["items", "15", "15", "15"] in rows
    skills = [str(form.skills["infer"]) for form in lesson.forms]
    assert ["skills: infer", "4-6", *skills] in rows
    assert ["items that two forms share", "none", "0"] in rows
    assert len(rows) == len(lesson.demands) + 1


def test_forms_stand_side_by_side(lesson: Figures) -> None:
    rows = {row[0]: row[1:] for row in table(page_of(lesson), "What each form has")}
    assert rows["points"] == [f"{form.points:g}" for form in lesson.forms]
    assert rows["minutes, reading and answering"] == [f"{form.minutes:.1f}" for form in lesson.forms]
    assert rows["blind guessing earns"] == [f"{100 * form.guessing:.0f} %" for form in lesson.forms]
    kinds = [name for name in rows if name.startswith("type: ")]
    for place in range(2):
        assert sum(int(rows[name][place]) for name in kinds) == 15


def test_bars_are_as_long_as_their_numbers(lesson: Figures) -> None:
    page = page_of(lesson)
    bars = [one for one in page.find_class("bars") if said(one.find("caption")).startswith("Form ")]
    assert [said(one.find("caption")) for one in bars] == ["Form A", "Form B"]
    lengths = []
    for one, form in zip(bars, lesson.forms, strict=True):
        rows = {said(row.find("th")): row for row in one.xpath("./tbody/tr")}
        assert {name: int(said(rows[name][1])) for name in form.letters} == form.letters
        lengths += [(int(said(row[1])), float(row.xpath(".//rect/@width")[0])) for row in rows.values()]
    longest = max(number for number, _ in lengths)
    assert all(width == round(100 * number / longest, 1) for number, width in lengths)


def test_the_matrix_says_what_two_forms_share() -> None:
    figures = figures_of(4, {"items": "10", "overlap": "any"})
    rows = table(page_of(figures), "Questions on two forms")
    assert rows[0] == ["", "A", "B", "C", "D"]
    assert figures.items.matrix
    assert [row[1:] for row in rows[1:]] == [[str(number) for number in row] for row in figures.items.matrix]


def test_copying_is_told_before_and_after() -> None:
    figures = figures_of(4, {"items": "10"}, [("A", "B"), ("C", "D")])
    assert figures.copying
    rows = table(page_of(figures), "Share of the points")
    assert [row[0] for row in rows[1:]] == [
        "before forms were fitted to the seats", "as they sit", "if all forms were alike",
    ]  # fmt: skip
    assert rows[1][1:] == rows[2][1:]
    assert rows[2][1] == f"{100 * figures.copying.mean:.0f} %"
    assert rows[2][2].startswith(f"{100 * figures.copying.most:.0f} % (")


def test_of_many_forms_the_extremes_are_told() -> None:
    figures = figures_of(40, MANY)
    page = page_of(figures)
    rows = table(page, "The forms with the least and with the most")
    assert rows[0] == ["Figure", "lowest", "form", "average", "highest", "form"]
    points = {form.id: form.points for form in figures.forms}
    (row,) = [row for row in rows if row[0] == "points"]
    assert (float(row[1]), float(row[4])) == (min(points.values()), max(points.values()))
    assert (points[row[2]], points[row[5]]) == (float(row[1]), float(row[4]))
    assert not page.find_class("matrix")
    (first, *_) = table(page, "On how many forms the most exposed questions are")[1:]
    assert first[:2] == [*map(str, next(iter(figures.exposure.items())))]


@pytest.mark.parametrize(("forms", "demands"), [(1, {"items": "5"}), (2, {"items": "5"}), (20, MANY)])
def test_the_page_runs_nothing_and_asks_for_nothing(forms: int, demands: dict[str, str]) -> None:
    page = report_page(figures_of(forms, demands)).decode()
    assert not re.search(r"<script|\b(src|href|style|on\w+)=", page)


# --- On the terminal --------------------------------------------------------------------------------------------


def test_the_lesson_in_a_few_lines(lesson: Figures) -> None:
    lines = summary(lesson)
    low, high = sorted(round(100 * form.guessing) for form in lesson.forms)
    assert re.fullmatch(r"difficulty 0\.\d\d, 1\d( to \d\d)? minutes", lines[0])
    assert "no two forms share an item" in lines
    assert f"blind guessing earns {low} to {high} % of the points" in lines
    assert any(re.fullmatch(r"longest run of one letter: \d \(form [AB]\)", line) for line in lines)
    assert any(re.fullmatch(r"copying a neighbour: \d+ % at most, 100 % if all forms were alike", n) for n in lines)
    assert "each of 30 items is on 1 form" in lines


def test_one_form_shares_nothing_and_nobody_copies() -> None:
    lines = summary(figures_of(1, {"items": "5"}))
    assert not [line for line in lines if re.search("form|copying|share", line)]


@pytest.mark.parametrize(
    ("forms", "demands", "line"),
    [
        (3, {"items": "5"}, "all forms have the same items"),
        (3, {"items": "5"}, "each of 5 items is on all 3 forms"),
        (20, MANY, r"two forms share [\d.]+ items on average, \d+ at most"),
        (20, MANY, r"knowing that runs are short earns [\d.]+( to [\d.]+)? % of the points more"),
        (20, MANY, r"\d+ items are on [\d.]+ forms on average, on \d+ at most"),
    ],
)
def test_what_forms_share_in_words(forms: int, demands: dict[str, str], line: str) -> None:
    lines = summary(figures_of(forms, demands))
    assert len(lines) <= 8
    assert [one for one in lines if re.fullmatch(line, one)]


# --- In a browser -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("forms", "demands"), [(6, {"items": "12", "overlap": "any"}), (20, MANY)])
def test_axe_finds_nothing_and_a_phone_is_wide_enough(
    browser: Browser,  # noqa: F811
    tmp_path: Path,
    forms: int,
    demands: dict[str, str],
) -> None:
    with opened(browser, tmp_path / "report.html", report_page(figures_of(forms, demands))) as page:
        assert_axe_finds_nothing(page)
