"""Answers in tables: what is typed is read as it was meant, or named."""

import csv
import io
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.form import ItemRecord
from quizgen.grading.marking import results
from quizgen.grading.tables import read_table

from .rebuilt import built, quizgen, told
from .test_marking import submission
from .test_responses import PEOPLE, Build, build, perfect


def cell(item: ItemRecord, given: Sequence[str], way: int = 0) -> str:
    """An answer as somebody types it, in one of several ways."""
    if item.type in ("multiple_response", "ordering"):
        return ("", ";", ", ", " ")[way % 4].join(given if way < 4 else [letter.lower() for letter in given])
    if item.type == "matching":
        pairs = (f"{at}-{letter}" for at, letter in enumerate(given, start=1))
        return (", ".join(pairs), " ".join(given), "".join(given))[way % 3]
    if item.type == "cloze":
        return " ; ".join(given)
    return "".join(given) if way < 4 or item.type != "multiple_choice" else "".join(given).lower()


def written(rows: Sequence[Sequence[str]], separator: str = ",") -> bytes:
    """Rows as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode()


def perfect_rows(made: Build, way: int = 0) -> list[list[str]]:
    """A perfect candidate on each form, under the titles."""
    last = len(made.told.forms[0].items)
    rows = [["Student ID", "Name", "Form", *(f"Q{at}" for at in range(1, last + 1))]]
    for form in made.told.forms:
        right = perfect(form)
        cells = [cell(item, right[str(item.number)], way) for item in form.items]
        person = form.candidate
        rows.append([person.id if person else f"s-{form.id}", person.name if person else "Ann", form.id, *cells])
    return rows


# --- Laws -------------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(way=st.integers(0, 7), separator=st.sampled_from([",", ";", "\t"]), order=st.randoms(use_true_random=False))
def test_a_table_says_what_pages_say(way: int, separator: str, order: random.Random) -> None:
    made = build()
    rows = perfect_rows(made, way)
    columns = list(range(len(rows[0])))
    order.shuffle(columns)
    found, wrong = read_table("t.csv", written([[row[at] for at in columns] for row in rows], separator), made.told)
    assert wrong == []
    for one, form in zip(found, made.told.forms, strict=True):
        expected = submission(form, perfect(form)).answers
        assert {number: [text.strip() for text in given] for number, given in one.answers.items()} == {
            number: list(given) for number, given in expected.items()
        }
    assert [one.file for one in found] == ["t.csv:2", "t.csv:3"]


@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_whatever_a_file_holds_it_ends_in_diagnostics(content: bytes) -> None:
    found, wrong = read_table("t.csv", b"id,1,2\n" + content, build().told)
    assert found == []
    assert len(wrong) <= 400
    assert read_table("t.csv", content, build().told)[0] == []


@settings(max_examples=60)
@given(place=st.integers(0, 10**6), sign=st.sampled_from('",;\n\x00AZ9é'))
def test_one_other_sign_stops_no_other_row(place: int, sign: str) -> None:
    text = written(perfect_rows(build())).decode()
    place %= len(text)
    found, wrong = read_table("t.csv", (text[:place] + sign + text[place + 1 :]).encode(), build().told)
    assert len(found) <= 2
    assert len(found) == 2 or wrong


# --- Whose it is ------------------------------------------------------------------------------------------------


def test_a_candidate_is_known_by_the_id_alone() -> None:
    made = build((), PEOPLE)
    rows = [[row[0].upper(), *row[3:]] for row in perfect_rows(made)]
    rows[0][0] = "SIS User ID"
    found, wrong = read_table("t.csv", written(rows), made.told)
    assert wrong == []
    assert [(one.student.id, one.student.name, one.form.id) for one in found] == [
        (person.id, person.name, person.id) for person in PEOPLE
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["s", "C"], "this build has no form 'C'"),
        (["s", ""], "it does not say which form"),
    ],
)
def test_a_row_of_no_form_is_named_and_the_others_are_read(row: list[str], said: str) -> None:
    content = written([["id", "form", "1"], row, ["t", "Form B", "a"], ["u", "a", ""]])
    found, wrong = read_table("t.csv", content, build().told)
    assert [(one.student.id, one.form.id) for one in found] == [("t", "B"), ("u", "A")]
    (one,) = [diagnostic for diagnostic in wrong if diagnostic.code != "Q713"]
    assert (one.code, one.span.line, said in one.message) == ("Q715", 2, True)


def test_nobody_is_taken_for_another() -> None:
    made = build((), PEOPLE)
    found, wrong = read_table("t.csv", written([["id", "1"], ["7b-03", "A"], ["", "A"]]), made.told)
    assert found == []
    assert [one.code for one in wrong] == ["Q715", "Q715"]
    assert wrong[0].hint.startswith("did you mean '7b-0")
    assert wrong[1].hint == "name the candidate's id of the roster"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "Q714"),
        (b"name,age\nAnn,9\n", "Q714"),
        (b"id,1,Q1\n", "Q714"),
        (b"id,1,999\ns,A,B\n", "Q716"),
        (b"id,1\n\xff", "Q009"),
    ],
)
def test_what_is_no_table_of_the_quiz_says_so(content: bytes, code: str) -> None:
    _, wrong = read_table("t.csv", content, build().told)
    assert code in [one.code for one in wrong]


def test_an_answer_that_cannot_be_is_named_and_the_rest_counts() -> None:
    made = build()
    form = made.told.forms[0]
    choice = next(item for item in form.items if item.type == "multiple_choice")
    rows = perfect_rows(made)[:2]
    rows[1][2 + choice.number] = "AB"
    found, wrong = read_table("t.csv", written(rows), made.told)
    assert [(one.code, one.span.line) for one in wrong] == [("Q713", 2)]
    (one,) = results(found, made.told).students
    assert one.answers[choice.name].earned == 0
    assert sum(not answer.given for answer in one.answers.values()) == 1


# --- The command ------------------------------------------------------------------------------------------------


def test_a_class_on_paper_is_marked_from_a_table(tmp_path: Path) -> None:
    manifest = built(tmp_path, "--forms", 2)
    made = Build((), told(manifest))
    path = tmp_path / "class.csv"
    path.write_bytes(written([*perfect_rows(made), ["s-x", "Bo", "Z"]]))
    done = quizgen("grade", manifest, path, "--out", tmp_path / "results")
    assert (done.code, done.codes) == (1, ["Q715"])
    assert "class.csv:4" in done.told
    rows = list(csv.DictReader(io.StringIO((tmp_path / "results" / "results.csv").read_text("utf-8-sig"))))
    assert [(row["id"], row["earned"], row["points"]) for row in rows] == [("s-A", "5", "5"), ("s-B", "5", "5")]
