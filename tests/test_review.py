"""`quizgen review`: what a response earned, by the keys that errata gave, for its student."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from quizgen.form import Manifest

from .rebuilt import Done, quizgen, sealed_for, told
from .test_responses import ATTEMPT, KEY, Build, payload, perfect, written


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manifest of a build of two forms, sealed for a teacher."""
    return sealed_for(KEY.public, tmp_path_factory.mktemp("whole"))


@pytest.fixture
def manifest(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, with its bank and the key."""
    shutil.copytree(whole.parents[3], tmp_path / "copy")
    (tmp_path / "key.pem").write_bytes(KEY.to_pem(None))
    return tmp_path / "copy" / whole.relative_to(whole.parents[3])


def hand_in(manifest: Path, name: str, answers: dict[str, list[str]] | None = None, form: str = "A") -> Path:
    """A response in a folder of them."""
    made = Build((), told(manifest))
    said = payload(made, form, attempt=ATTEMPT[:-1] + name[0], student={"id": "", "name": name})
    folder = manifest.parents[3] / "in"
    folder.mkdir(exist_ok=True)
    content = said if answers is None else said | {"answers": answers}
    (folder / f"{name}.qgr").write_bytes(written(content, [KEY.public]))
    return folder


def reviews(manifest: Path, *words: object) -> tuple[Done, dict[str, Any]]:
    """What was said, and the reviews by the names of their students."""
    folder = manifest.parents[3]
    done = quizgen(
        "review", manifest, folder / "in", "--key", folder.parent / "key.pem", "--out", folder / "out", *words
    )
    found = [json.loads(path.read_bytes()) for path in (folder / "out").glob("*.qgv")]
    return done, {review["student"]["name"]: review for review in found}


def number_of(manifest: Path, item: str, form: str = "A") -> str:
    forms = {each.id: each for each in told(manifest).forms}
    return str(next(each.number for each in forms[form].items if each.id == item))


def letter_of(manifest: Path, item: str, option: str, form: str = "A") -> str:
    forms = {each.id: each for each in told(manifest).forms}
    return next(each for each in forms[form].items if each.id == item).written([option])[0]


def test_a_perfect_response_has_all_points_on_every_form(manifest: Path) -> None:
    hand_in(manifest, "ann", form="A")
    hand_in(manifest, "bo", form="B")
    done, found = reviews(manifest)
    assert (done.code, done.codes, sorted(found)) == (0, [], ["ann", "bo"])
    for review in found.values():
        assert (review["earned"], review["points"]) == (5, 5)
        assert all(item["earned"] == item["points"] for item in review["items"].values())


def test_a_review_tells_what_is_right_and_why_the_choice_was_not(manifest: Path) -> None:
    sea, lake = number_of(manifest, "sea"), letter_of(manifest, "sea", "in-a-lake")
    hand_in(manifest, "ann", {sea: [lake]})
    _, found = reviews(manifest)
    item = found["ann"]["items"][sea]
    assert (item["earned"], item["points"]) == (0, 1)
    assert item["answer"] == [{"mark": letter_of(manifest, "sea", "in-the-sea"), "text": ["In the sea"]}]
    assert item["chosen"] == [{"mark": lake, "why": [["p", {}, ["Few do."]], "\n"]}]
    assert item["rationale"] == [["p", {}, ["Where it is salt."]], "\n"]
    assert found["ann"]["items"][number_of(manifest, "day")]["evidence"] == ["day and night"]
    assert found["ann"]["answers"] == {sea: [lake]}


def test_parts_count_and_blanks_earn_nothing(manifest: Path) -> None:
    wet = number_of(manifest, "wet")
    hand_in(manifest, "ann", {wet: [letter_of(manifest, "wet", "rain")]})
    _, found = reviews(manifest)
    assert found["ann"]["earned"] == found["ann"]["items"][wet]["earned"] == 1


def test_a_review_obeys_errata(manifest: Path) -> None:
    sea, town = number_of(manifest, "sea"), letter_of(manifest, "sea", "in-town")
    hand_in(manifest, "ann", perfect(told(manifest).forms[0]) | {sea: [town]})
    assert reviews(manifest)[1]["ann"]["items"][sea]["earned"] == 0
    words = ("--rekey", "sea=in-town", "--drop", "wet", "--reason", "the map was wrong")
    assert quizgen("errata", manifest, *words).code == 0
    _, found = reviews(manifest)
    assert (found["ann"]["earned"], found["ann"]["points"]) == (3, 3)
    assert found["ann"]["items"][sea]["earned"] == 1
    assert "the map was wrong" in json.dumps(found["ann"]["items"][sea]["rationale"])
    assert found["ann"]["items"][number_of(manifest, "wet")] | {"rationale": None} == {
        "earned": 0, "points": 0, "answer": [{"mark": "", "text": ["—"]}], "rationale": None, "chosen": [],
        "evidence": [],
    }  # fmt: skip


def test_a_bad_file_stops_no_review(manifest: Path) -> None:
    (hand_in(manifest, "ann") / "bad.qgr").write_bytes(b"{")
    done, found = reviews(manifest)
    assert (done.code, done.codes, sorted(found)) == (1, ["Q702"], ["ann"])


def test_without_the_bank_of_the_build_nothing_is_written(manifest: Path) -> None:
    hand_in(manifest, "ann")
    bank = next(manifest.parents[3].rglob("rivers.yaml"))
    bank.write_text(bank.read_text().replace("Few do", "Some do"))
    done, found = reviews(manifest, "--bank", bank)
    assert (done.code, done.codes, found) == (1, ["Q531"], {})
    assert "nothing was written" in done.told


def test_a_folder_of_reviews_is_for_its_owner(manifest: Path) -> None:
    hand_in(manifest, "ann")
    reviews(manifest)
    folder = manifest.parents[3] / "out"
    assert folder.stat().st_mode & 0o077 == 0
    (path,) = folder.iterdir()
    assert path.name.startswith("rivers-A-")
    assert Manifest.model_validate_json(manifest.read_bytes()).quiz_id == json.loads(path.read_bytes())["quiz"]
