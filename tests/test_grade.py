"""`quizgen grade`: from a folder of what was handed in to results; what is bad is named, and the rest is marked."""

import csv
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.grading.export import as_csv
from quizgen.grading.marking import results
from quizgen.grading.response_file import Student
from quizgen.grading.results import Results, parse

from .rebuilt import Done, quizgen, sealed_for, told
from .test_marking import submission
from .test_responses import ATTEMPT, CASES, KEY, Build, build, payload, perfect, written


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manifest of a build of two forms, sealed for a teacher."""
    return sealed_for(KEY.public, tmp_path_factory.mktemp("whole"))


@pytest.fixture
def manifest(whole: Path, tmp_path: Path) -> Path:
    """A copy of it alone, without its bank; and the key."""
    folder = tmp_path / "dist" / "rivers"
    shutil.copytree(whole.parents[1], folder)
    (tmp_path / "key.pem").write_bytes(KEY.to_pem(None))
    (tmp_path / "in").mkdir()
    return folder / "teacher" / "manifest.json"


def hand_in(manifest: Path, name: str, form: str = "A", **changes: Any) -> Path:
    """A sealed response of somebody, perfect but for the changes."""
    made = Build((), told(manifest))
    said = payload(made, form, attempt=ATTEMPT[:-1] + name[0], student={"id": f"s-{name}", "name": name}, **changes)
    path = manifest.parents[3] / "in" / f"{name}.qgr"
    path.write_bytes(written(said, [KEY.public]))
    return path


def grade(manifest: Path, *more: object) -> tuple[Done, Results]:
    """What was said, and the results."""
    folder = manifest.parents[3]
    words = ("--key", folder / "key.pem", "--out", folder / "results")
    done = quizgen("grade", manifest, folder / "in", *words, *more)
    return done, parse((folder / "results" / "results.json").read_bytes())


def test_without_the_bank_everybody_gets_what_they_earned(manifest: Path) -> None:
    hand_in(manifest, "ann", "A")
    hand_in(manifest, "bo", "B", answers={})
    done, found = grade(manifest)
    assert (done.code, done.codes) == (0, [])
    assert [(one.name, one.form, one.earned, one.points) for one in found.students] == [
        ("ann", "A", 5, 5),
        ("bo", "B", 0, 5),
    ]
    assert "2 responses marked" in done.told
    rows = list(csv.reader((manifest.parents[3] / "results" / "results.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == 3
    assert [row[rows[0].index("earned")] for row in rows[1:]] == ["5", "0"]


def test_marking_again_gives_the_same_bytes_in_whatever_order_files_come(manifest: Path) -> None:
    paths = [hand_in(manifest, name, form) for name, form in (("ann", "A"), ("bo", "B"), ("cy", "A"))]
    folder = manifest.parents[3]
    made = []
    for files in (paths, paths[::-1], [folder / "in"], [*paths, folder / "in"]):
        done = quizgen("grade", manifest, *files, "--key", folder / "key.pem", "--out", folder / "results", "--quiet")
        assert done.code == 0
        made.append({path.name: path.read_bytes() for path in (folder / "results").iterdir()})
    assert all(each == made[0] for each in made)


def test_errata_change_what_they_should_and_nothing_else(manifest: Path, whole: Path) -> None:
    sound = told(manifest)
    sea = next(item for item in sound.forms[0].items if item.id == "sea")
    town = sea.written(["in-town"])[0]
    hand_in(manifest, "ann", answers=perfect(sound.forms[0]) | {str(sea.number): [town]})
    hand_in(manifest, "bo")
    _, before = grade(manifest)
    shutil.copytree(whole.parents[3] / "question_bank", manifest.parents[3] / "question_bank")
    words = ("--rekey", "sea=in-town", "--reason", "the map was wrong")
    assert quizgen("errata", manifest, *words, "--bank", manifest.parents[3] / "question_bank").code == 0
    _, after = grade(manifest)
    assert [one.earned for one in before.students] == [4, 5]
    assert [one.earned for one in after.students] == [5, 4]
    for was, now in zip(before.students, after.students, strict=True):
        assert {name for name in was.answers if was.answers[name] != now.answers[name]} == {"rivers/sea"}


def test_every_bad_file_is_named_and_the_rest_is_marked(manifest: Path) -> None:
    """All that a response is ever refused for, in one folder with a good one."""
    good = hand_in(manifest, "ann")
    for number, (_, _, make) in enumerate(CASES.values()):
        for place, content in enumerate(make()[1]):
            (good.parent / f"bad-{number:02}-{place}.qgr").write_bytes(content)
    bad = {path.name for path in good.parent.glob("bad-*")}
    assert len(bad) > 30
    done, found = grade(manifest)
    assert done.code == 1
    assert [one.name for one in found.students] == ["ann"]
    assert all(name in done.told for name in bad)
    assert "Traceback" not in done.told


HOSTILE = st.sampled_from(["=1+1", "@x", "-2", "+1", "\tx", "a\nb", "Zoë"])


@settings(max_examples=40)
@given(people=st.lists(st.tuples(st.text(max_size=30), HOSTILE), max_size=6))
def test_a_table_of_results_says_what_was_earned_and_is_no_formula(people: list[tuple[str, str]]) -> None:
    made = build()
    form = made.told.forms[0]
    pile = [
        replace(submission(form, perfect(form) if place % 2 else {}, f"{place}"), student=Student(id=one, name=other))
        for place, (one, other) in enumerate(people)
    ]
    found = results(pile, made.told)
    titles, *rows = csv.reader(io.StringIO(as_csv(found).decode("utf-8-sig"), newline=""))
    assert len(rows) == len(people)
    for one, row in zip(found.students, rows, strict=True):
        cells = dict(zip(titles, row, strict=True))
        assert float(cells["earned"]) == one.earned
        earned = sum(float(cells[item.name]) for item in found.items if cells[item.name])
        assert earned == pytest.approx(one.earned, abs=0.01)
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert all("\n" not in cell for cell in row)


def test_a_wrong_use_is_one_line(manifest: Path, tmp_path: Path) -> None:
    for words, said in (
        ((manifest, tmp_path / "none"), "there is no response"),
        ((manifest, tmp_path / "in"), "there is no .qgr file in"),
        ((tmp_path / "none.json", tmp_path / "in"), "there is no manifest"),
    ):
        done = quizgen("grade", *words)
        assert (done.code, said in done.told) == (2, True), done.told


def test_a_manifest_that_was_changed_marks_nothing(manifest: Path) -> None:
    hand_in(manifest, "ann")
    content = json.loads(manifest.read_text())
    content["forms"][0]["items"][0]["points"] = 100
    manifest.write_text(json.dumps(content))
    done = quizgen("grade", manifest, manifest.parents[3] / "in", "--out", manifest.parents[3] / "results")
    assert (done.code, done.codes) == (1, ["Q534"])
    assert not (manifest.parents[3] / "results").exists()
