"""`quizgen build` for a class: a roster, seats, a ledger; and what it says where they do not fit."""

import json
import re
from pathlib import Path

import pytest
from lxml import html

from .rebuilt import Done, quizgen

BANK = """
article: {id: rivers, title: Rivers, language: en}
items:
""" + "".join(
    f"  - {{id: i{n}, type: multiple_choice, stem: Which is {n}?, answer: right, distractors: [wrong, odd, other]}}\n"
    for n in range(12)
)
ROSTER = "id,name,extra_time\ns1,Ann Abel,25%\ns2,Bo Li,\ns3,Cy Oz,\ns4,Di Ma,\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a bank and a roster, which is the working folder."""
    (tmp_path / "rivers.yaml").write_text(BANK)
    (tmp_path / "class.csv").write_text(ROSTER)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def built(*words: str, code: int = 0) -> Done:
    """A build of the rivers in HTML."""
    done = quizgen("build", "rivers.yaml", "--items", "6", "--seed", "s", "--format", "html", *words)
    assert done.code == code, done.told
    return done


def manifest(folder: Path, quiz: str = "rivers") -> dict[str, object]:
    """The manifest of the build."""
    read: dict[str, object] = json.loads((folder / "dist" / quiz / "teacher" / "manifest.json").read_text())
    return read


def keys(folder: Path) -> dict[str, list[str]]:
    """What each candidate's perfect answers are, in order."""
    told: list[dict[str, list[dict[str, list[str]]]]] = manifest(folder)["forms"]  # type: ignore[assignment]
    return {str(form["id"]): [item["key"][0] for item in form["items"]] for form in told}


def test_each_candidate_has_a_form_of_their_own_with_the_name_on_it(folder: Path) -> None:
    built("--roster", "class.csv")
    pages = sorted((folder / "dist" / "rivers" / "students").iterdir())
    assert [page.name for page in pages] == ["index.html", "s1.html", "s2.html", "s3.html", "s4.html"]
    assert "Ann Abel" in html.tostring(html.fromstring(pages[1].read_bytes()), encoding="unicode", method="text")
    assert len({tuple(key) for key in keys(folder).values()}) == 4
    assert quizgen("verify", "dist/rivers/teacher/manifest.json").code == 0


def test_one_more_on_the_roster_changes_no_form_of_another(folder: Path) -> None:
    built("--roster", "class.csv")
    before = keys(folder)
    (folder / "class.csv").write_text(ROSTER + "s5,Ed Us,\n")
    built("--roster", "class.csv")
    assert {name: key for name, key in keys(folder).items() if name != "s5"} == before


def test_few_forms_are_dealt_so_that_neighbours_have_different_ones(folder: Path) -> None:
    said = built("--roster", "class.csv", "--forms", "2").told
    versions = {form["id"]: form["version"] for form in manifest(folder)["forms"]}  # type: ignore[attr-defined]
    assert [versions["s1"] != versions["s2"], versions["s2"] != versions["s3"], versions["s3"] != versions["s4"]]
    assert sorted(versions.values()) == ["A", "A", "B", "B"]
    assert keys(folder)["s1"] in (keys(folder)["s3"], keys(folder)["s4"])
    assert "copying a neighbour" in said
    assert quizgen("verify", "dist/rivers/teacher/manifest.json").code == 0


def test_seats_are_kept_for_the_record(folder: Path) -> None:
    built("--roster", "class.csv", "--seats", "2x2")
    assert manifest(folder)["seats"] == {"s1": [1, 1], "s2": [1, 2], "s3": [2, 1], "s4": [2, 2]}
    assert quizgen("verify", "dist/rivers/teacher/manifest.json").code == 0


def test_what_a_class_has_seen_does_not_come_again(folder: Path) -> None:
    built("--ledger", "seen.txt", "--class", "7B")
    first = (folder / "seen.txt").read_text()
    assert len(re.findall(r"^\d{4}-\d\d-\d\d  7B  rivers  [0-9a-f]{8}  rivers/i\d+$", first, re.MULTILINE)) == 6
    built("--ledger", "seen.txt", "--class", "7B")
    assert (folder / "seen.txt").read_text() == first  # the same build again is nothing new
    (folder / "retake.yaml").write_text("quiz: retake\nitems: 6\navoid: seen by 7B\n")
    words = ("build", "rivers.yaml", "--blueprint", "retake.yaml", "--ledger", "seen.txt", "--format", "html")
    done = quizgen(*words, "--class", "7B", "--seed", "t")
    assert done.code == 0
    assert "warning[Q521]" in done.told  # nothing is left for a third
    items = [
        {item["id"] for form in manifest(folder, quiz)["forms"] for item in form["items"]}  # type: ignore[attr-defined]
        for quiz in ("rivers", "retake")
    ]
    assert items[0].isdisjoint(items[1])
    assert quizgen("verify", "dist/retake/teacher/manifest.json").code == 0
    done = quizgen(*words, "--seed", "u")
    assert done.code == 1
    assert "retake.yaml:3:8: error[Q506]" in done.told


def test_the_usual_quiz_says_nothing_of_a_ledger_that_it_does_not_need(folder: Path) -> None:
    built()
    assert not (folder / "seen.txt").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--seats", "2x2"), "--roster"),
        (("--class", "7B"), "--ledger"),
        (("--ledger", "seen.txt", "--class", " - "), "--class"),
        (("--roster", "nobody.csv"), "nobody.csv"),
    ],
)
def test_options_that_do_not_fit_are_one_line(folder: Path, words: tuple[str, ...], said: str) -> None:
    done = quizgen("build", "rivers.yaml", *words)
    assert done.code == 2
    assert said in done.told


@pytest.mark.parametrize(
    ("words", "code"), [(("--roster", "twice.csv"), "Q510"), (("--roster", "class.csv", "--seats", "1x3"), "Q511")]
)
def test_a_roster_or_seats_at_fault_write_nothing(folder: Path, words: tuple[str, ...], code: str) -> None:
    (folder / "twice.csv").write_text("id,name\ns1,Ann\nS1,Bo\n")
    assert f"error[{code}]" in built(*words, code=1).told
    assert not (folder / "dist").exists()


def test_a_line_of_the_ledger_that_cannot_be_read_ends_the_build(folder: Path) -> None:
    (folder / "seen.txt").write_text("yesterday  7B  rivers  1a2b3c4d  rivers/i1\n")
    assert "seen.txt:1:1: error[Q520]" in built("--ledger", "seen.txt", "--class", "7B", code=1).told


def test_a_build_in_the_place_of_a_corrected_one_says_so(folder: Path) -> None:
    built()
    items = [item["id"] for item in manifest(folder)["forms"][0]["items"]]  # type: ignore[index]
    done = quizgen("errata", "dist/rivers/teacher/manifest.json", "--drop", items[0], "--reason", "two are right")
    assert done.code == 0, done.told
    assert "corrected by errata" in built().told
    assert "errata" not in built().told
