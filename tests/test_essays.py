"""Answers that a person marks: the sheet that waits for marks, and the marks that come back."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.form import ItemRecord
from quizgen.grading.essays import read_marks, sheet
from quizgen.grading.marking import results
from quizgen.grading.responses import Submission
from quizgen.grading.results import parse

from .rebuilt import quizgen, told
from .test_marking import submission
from .test_responses import ATTEMPT, Build, build, payload, perfect, written

BANK = """\
article: {id: rivers, title: Rivers, language: en}
items:
  - {id: long, type: essay, stem: Where does it end?, points: 3, rubric: [names the sea, says why]}
  - {id: day, type: true_false, stem: A river never sleeps., answer: true}
"""


def essays() -> list[ItemRecord]:
    """The items of the build that a person marks."""
    return [item for item in build().told.forms[0].items if item.type == "essay"]


def handed_in(text: str, name: str = "Ann") -> Submission:
    """A perfect response with this text for each essay."""
    form = build().told.forms[0]
    one = submission(form, perfect(form) | {str(item.number): [text] for item in essays()}, name)
    return replace(one, attempt=f"attempt-{name}")


def filled(content: bytes, earned: list[str]) -> bytes:
    """The sheet with these in the column `earned`, row by row."""
    titles, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    for row, marks in zip(rows, earned, strict=True):
        row[titles.index("earned")] = marks
    text = io.StringIO()
    csv.writer(text).writerows([titles, *rows])
    return text.getvalue().encode()


# --- Laws -------------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(text=st.text(min_size=1, max_size=200), name=st.text(max_size=20), share=st.floats(0, 1))
def test_marks_come_back_to_the_answers_that_they_are_of(text: str, name: str, share: float) -> None:
    made, one = build(), handed_in(text, name)
    content = sheet([one], made.told, {})
    if not text.strip():
        assert content is None
        return
    assert content
    items = essays()
    earned = [round(share * item.points, 2) for item in items]
    marks, found = read_marks("s.csv", filled(content, [f"{each}" for each in earned]), made.told, {one.attempt})
    assert found == []
    assert marks == {(one.attempt, item.name): each for item, each in zip(items, earned, strict=True)}
    (result,) = results([one], made.told, marks).students
    assert result.unmarked == 0
    assert [result.answers[item.name].earned for item in items] == earned
    assert sheet([one], made.told, marks) is None
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        assert not [each for each in row if each.startswith(("=", "+", "-", "@", "\t", "\r"))]


@given(content=st.binary(max_size=200))
def test_whatever_a_sheet_holds_it_ends_in_diagnostics(content: bytes) -> None:
    for start in (b"", b"attempt,item,earned\n"):
        marks, found = read_marks("s.csv", start + content, build().told, {"attempt-Ann"})
        assert marks == {}
        assert found or start


# --- What a row says --------------------------------------------------------------------------------------------


def test_a_sheet_tells_what_was_written_and_what_to_look_for() -> None:
    one = handed_in("First.\n\nSecond.")
    content = sheet([one], build().told, {})
    assert content
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["item"] for row in rows] == [item.name for item in essays()]
    assert {row["answer"] for row in rows} == {"First. ¶ Second."}
    for row, item in zip(rows, essays(), strict=True):
        assert item.marking
        assert all(line.text in row["rubric"] for line in item.marking.rubric)
        assert float(row["points"]) == item.points


def test_a_row_without_marks_waits_on() -> None:
    one = handed_in("A text.")
    content = sheet([one], build().told, {})
    assert content
    marks, found = read_marks("s.csv", content, build().told, {one.attempt})
    assert (marks, found) == ({}, [])
    assert sheet([one], build().told, marks) == content


@pytest.mark.parametrize(
    ("earned", "code"), [("x", "Q719"), ("-1", "Q719"), ("1e9", "Q719"), ("nan", "Q719"), ("inf", "Q719")]
)
def test_marks_that_cannot_be_are_named_and_the_answer_waits(earned: str, code: str) -> None:
    one = handed_in("A text.")
    content = sheet([one], build().told, {})
    assert content
    first, *others = essays()
    marks, found = read_marks("s.csv", filled(content, [earned, *("1" for _ in others)]), build().told, {one.attempt})
    assert [(each.code, each.span.line) for each in found] == [(code, 2)]
    assert f"from 0 to {first.points:g}" in found[0].hint
    assert len(marks) == len(others)


def test_marks_for_nothing_that_was_handed_in_are_named() -> None:
    one = handed_in("A text.")
    content = sheet([one], build().told, {})
    assert content
    full = filled(content, ["1" for _ in essays()])
    assert {each.code for each in read_marks("s.csv", full, build().told, {"another"})[1]} == {"Q718"}
    other = next(item for item in build().told.forms[0].items if item.type != "essay")
    row = f"attempt,item,earned\n{one.attempt},{other.name},1\n".encode()
    assert [each.code for each in read_marks("s.csv", row, build().told, {one.attempt})[1]] == ["Q718"]


@pytest.mark.parametrize("content", [b"", b"attempt,item\na,b\n", b"one line"])
def test_what_is_no_sheet_says_so(content: bytes) -> None:
    marks, (one,) = read_marks("s.csv", content, build().told, set())
    assert (marks, one.code) == ({}, "Q717")


def test_two_marks_for_one_answer_are_no_mark() -> None:
    name, attempt = essays()[0].name, "attempt-Ann"
    row = f"attempt;item;earned\n{attempt};{name};0,5\n{attempt};{name};0.5\n{attempt};{name};1\n".encode()
    marks, found = read_marks("s.csv", row, build().told, {attempt})
    assert marks == {(attempt, name): 0.5}
    assert [(each.code, each.span.line) for each in found] == [("Q719", 4)]


# --- The command ------------------------------------------------------------------------------------------------


def test_an_essay_is_marked_on_the_sheet_and_the_sheet_is_never_written_over(tmp_path: Path) -> None:
    bank = tmp_path / "rivers.yaml"
    bank.write_text(BANK)
    done = quizgen("build", bank, "--format", "html", "--seed", "s", "--out", tmp_path / "dist")
    manifest = Path(done.out.strip()) / "teacher" / "manifest.json"
    pile = tmp_path / "in"
    pile.mkdir()
    for name in ("ann", "bo"):
        said = payload(
            Build((), told(manifest)), "A", attempt=ATTEMPT[:-1] + name[0], student={"id": name, "name": name}
        )
        (pile / f"{name}.qgr").write_bytes(written(said))
    out = tmp_path / "results"
    first = quizgen("grade", manifest, pile, "--out", out)
    assert first.code == 0
    assert "2 answers to be marked by you" in first.told
    path = out / "essays.csv"
    half = filled(path.read_bytes(), ["2.5", ""])
    path.write_bytes(half)
    again = quizgen("grade", manifest, pile, "--out", out, "--essays", path)
    assert (again.code, again.codes) == (0, [])
    assert path.read_bytes() == half
    students = parse((out / "results.json").read_bytes()).students
    assert [(one.id, one.earned, one.unmarked) for one in students] == [("ann", 3.5, 0), ("bo", 1, 1)]
    assert len((out / "essays-2.csv").read_text("utf-8-sig").splitlines()) == 2
    reviews = quizgen("review", manifest, pile, "--out", tmp_path / "reviews", "--essays", path)
    assert reviews.code == 0
    assert sum('"earned":2.5' in file.read_text() for file in (tmp_path / "reviews").iterdir()) == 1
    assert "there is no sheet" in quizgen("grade", manifest, pile, "--essays", tmp_path / "none.csv").told
