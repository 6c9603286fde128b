"""`quizgen stats`: the numbers add up, the terminal and the page say them, and what is missing is named."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from lxml.html import HtmlElement, document_fromstring
from playwright.sync_api import Browser

from quizgen.bank import Bank
from quizgen.items import ITEM_TYPES
from quizgen.items.base import ItemBase
from quizgen.items.difficulty import level
from quizgen.render.stats_page import stats_page
from quizgen.statistics import coverage, plain

from .strategies import bank_records, file_of
from .test_browser import assert_axe_finds_nothing, browser, opened  # noqa: F401 (browser is a fixture)
from .test_cli import quizgen
from .test_page import BANKS, bank_of

BANK = """\
article: {id: rivers, title: "Rivers [bold]& streams", language: en}
passages:
  - {id: source, heading: The *source*, text: "A river begins in the hills, at a spring."}
  - {id: mouth, text: "It ends in the sea."}
items:
  - {id: a, type: true_false, passage: source, stem: It begins in a spring., answer: true, skill: retrieve,
     difficulty: easy}
  - {id: b, type: multiple_choice, passage: source, stem: Where does it begin?, answer: In the hills,
     distractors: [In town], skill: infer, difficulty: "0.5", points: 1.5}
  - {id: c, type: essay, stem: Write about rivers.}
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank of one file."""
    file = tmp_path / "question_bank" / "rivers.yaml"
    file.parent.mkdir()
    file.write_text(BANK)
    return file


def said(element: HtmlElement) -> str:
    """The words of an element, with single spaces."""
    return " ".join(element.text_content().split())


# --- The numbers ------------------------------------------------------------------------------------------------


@given(bank_records())
def test_every_item_counts_once_in_each_table(record: dict[str, Any]) -> None:
    file = file_of(record)
    covered = coverage(Bank((file,)))
    (article,) = covered.articles
    for counts in (covered.counts, article.counts, *(passage.counts for passage in article.passages)):
        for tally in (counts.skills, counts.difficulties, counts.types):
            assert sum(tally.values()) == counts.items
    assert covered.counts == article.counts
    assert sum(passage.counts.items for passage in article.passages) == len(file.items)
    assert sum(passage.counts.points for passage in article.passages) == pytest.approx(article.counts.points)
    for kind in ITEM_TYPES:
        assert sum(passage.counts.types[kind] for passage in article.passages) == article.counts.types[kind]
    assert Counter(item.skill for item in file.items) == Counter(
        {skill: number for skill, number in article.counts.skills.items() if number}
    )
    assert set(article.bare) == {p.id for p in file.passages} - {item.passage for item in file.items}


@given(bank_records(), bank_records())
def test_a_bank_is_the_sum_of_its_articles(one: dict[str, Any], two: dict[str, Any]) -> None:
    whole = coverage(Bank((file_of(one), file_of(two))))
    assert whole.words == sum(article.words for article in whole.articles)
    for field in ("items", "points", "answering"):
        parts = sum(getattr(article.counts, field) for article in whole.articles)
        assert getattr(whole.counts, field) == pytest.approx(parts)


@pytest.mark.parametrize(
    ("facility", "words"), [(0.0, "hard"), (0.29, "hard"), (0.3, "medium"), (0.7, "medium"), (0.71, "easy")]
)
def test_a_measured_facility_has_a_level(facility: float, words: str) -> None:
    assert level(ItemBase(id="a", type="essay", stem="Write.", difficulty=facility)) == words


def test_japanese_words_are_counted() -> None:
    assert coverage(bank_of(*BANKS["japanese"])).words > 20


def test_what_is_missing_is_named() -> None:
    counts = coverage(Bank((file_of({
        "article": {"id": "a", "title": "A", "language": "en"},
        "items": [{"id": "i", "type": "true_false", "stem": "So?", "answer": "true", "skill": "infer"}],
    }),))).counts  # fmt: skip
    assert counts.without_items == ("retrieve", "interpret", "evaluate", "easy", "medium", "hard")


# --- The command ------------------------------------------------------------------------------------------------


def test_the_terminal_says_it(bank: Path) -> None:
    done = quizgen("stats", cwd=bank.parent.parent)
    assert done.returncode == 0, done.stderr
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines[0] == "Rivers [bold]& streams question_bank/rivers.yaml"
    assert "passage items points words retrieve infer interpret evaluate not said" in lines
    assert "1 source 2 2.5 9 1 1 - - -" in lines
    assert "2 mouth 0 0 5 - - - - -" in lines
    assert "without a passage 1 1 - - - - 1" in lines
    assert "all 3 3.5 14 1 1 0 0 1" in lines
    assert "difficulty easy 1 · medium 1 · not said 1" in lines
    assert "missing no item is marked interpret, evaluate, hard" in lines
    assert "missing no item on mouth" in lines
    assert "\x1b" not in done.stdout
    assert all(line == line.rstrip() for line in done.stdout.splitlines())


def test_programs_get_json(bank: Path) -> None:
    done = quizgen("stats", bank, "--format", "json", cwd=bank.parent)
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["stats"] == 1
    assert found["all"]["items"] == 3
    assert found["all"]["skills"] == {"retrieve": 1, "infer": 1, "interpret": 0, "evaluate": 0, "none": 1}
    assert found["articles"][0]["passages_without_items"] == ["mouth"]
    assert [passage["words"] for passage in found["articles"][0]["passages"]] == [9, 5, 0]
    assert found["articles"][0]["file"] == str(bank)


def test_a_faulty_file_is_counted_as_far_as_it_goes(bank: Path) -> None:
    bank.write_text(BANK.replace("type: essay", "type: assay"))
    done = quizgen("stats", "--format", "json", cwd=bank.parent.parent)
    assert done.returncode == 1
    assert json.loads(done.stdout)["all"]["items"] == 2
    assert "see `quizgen check`" in done.stderr


@pytest.mark.parametrize("words", [("no-such-folder",), ("--html", "no/such/folder/page.html"), ("--html", ".")])
def test_what_cannot_be_done_is_one_line(bank: Path, words: tuple[str, ...]) -> None:
    before = sorted(bank.parent.parent.rglob("*"))
    done = quizgen("stats", *words, cwd=bank.parent.parent)
    assert (done.returncode, done.stderr.count("\n"), done.stdout) == (2, 1, "")
    assert sorted(bank.parent.parent.rglob("*")) == before


# --- The page ---------------------------------------------------------------------------------------------------


def test_the_page_is_written_and_takes_the_place_of_the_last(bank: Path) -> None:
    page = bank.parent / "coverage.html"
    page.write_text("an older one")
    done = quizgen("stats", bank, "--html", page, cwd=bank.parent)
    assert done.returncode == 0, done.stderr
    assert page.read_bytes().startswith(b"<!DOCTYPE html>")
    assert page.stat().st_mode & 0o777 == 0o644
    assert sorted(path.name for path in bank.parent.iterdir()) == ["coverage.html", "rivers.yaml"]


def test_the_page_says_the_same_numbers() -> None:
    covered = coverage(bank_of(BANK))
    page: HtmlElement = document_fromstring(stats_page(covered))
    (grid,) = page.find_class("map")
    heads = [said(head) for head in grid.xpath("./thead/tr/th")]
    assert heads == [
        "Passage",
        "retrieve",
        "infer",
        "interpret",
        "evaluate",
        "not said",
        "questions",
        "points",
        "words",
    ]
    rows = [[said(cell) for cell in row] for row in grid.xpath("./tbody/tr | ./tfoot/tr")]
    assert rows == [
        ["1 The source", "1", "1", "0", "0", "0", "2", "2.5", "9"],
        ["2 mouth", "0", "0", "0", "0", "0", "0", "0", "5"],
        ["without a passage", "0", "0", "0", "0", "1", "1", "1", ""],
        ["All", "1", "1", "0", "0", "1", "3", "3.5", "14"],
    ]
    bars = {said(table.find("caption")): table for table in page.find_class("bars")}
    assert list(bars) == ["Types", "Difficulty", "Skills"]
    for row in bars["Types"].xpath("./tbody/tr"):
        kind = said(row.find("th")).replace(" ", "_")
        number = covered.counts.types[kind]
        assert said(row[1]) == str(number)
        assert float(row.xpath(".//rect/@width")[0]) == 100 * number
    assert [said(line) for line in page.find_class("missing")[0]] == ["No question is marked interpret, evaluate, hard"]
    assert said(page.find_class("missing")[1]) == "1 passage without a question: mouth"


@given(bank_records())
def test_the_page_tells_no_key(record: dict[str, Any]) -> None:
    for number, item in enumerate(record["items"]):
        item["rationale"] = f"secret-{number}"
    page = stats_page(coverage(Bank((file_of(record),)))).decode()
    assert "secret" not in page
    assert not re.search(r"\b(src|href|style)=", page)


def test_json_holds_the_whole_coverage() -> None:
    covered = coverage(bank_of(*BANKS["all"]))
    listed = plain(covered)
    assert json.loads(json.dumps(listed)) == listed
    assert [article["items"] for article in listed["articles"]] == [a.counts.items for a in covered.articles]


@pytest.mark.parametrize("texts", [(BANK,), BANKS["all"]], ids=["one", "several"])
def test_axe_finds_nothing_and_a_phone_is_wide_enough(
    browser: Browser,  # noqa: F811
    tmp_path: Path,
    texts: tuple[str, ...],
) -> None:
    with opened(browser, tmp_path / "stats.html", stats_page(coverage(bank_of(*texts)))) as page:
        assert_axe_finds_nothing(page)
