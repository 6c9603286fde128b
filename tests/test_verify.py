"""`quizgen verify`: every build that nobody touched is accepted, and no other."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.assemble import Seen, Sitting, assemble
from quizgen.assemble.seats import neighbours
from quizgen.bank import read as read_bank
from quizgen.blueprint import Avoid, Blueprint, Range
from quizgen.bundled import TEMPLATES
from quizgen.cli.rebuilding import Recipe, build_files
from quizgen.cli.rendering import Renderer
from quizgen.cli.saving import save
from quizgen.form import Candidate, Settings
from quizgen.render.parts import templates
from quizgen.trail import Entry

from .prints import needs_pango
from .rebuilt import PIXEL, bank, built, copied, quizgen, rewritten, told, tree

BLUEPRINT = """\
quiz: short
title: A short one
header: "School *by the river*"
instructions: Read, then answer.
minutes: 1-20
sections:
  - {title: Reading, passages: 1, items: 1}
  - {title: The rest, types: {multiple_choice: 1, multiple_response: 1}, order: shuffled}
max_run: 3
tolerance: {skills: 2}
pace: {words_a_minute: 90, minutes: {true_false: 0.5}}
scoring: {wrong: -0.25, types: {multiple_choice: {partial: false}}}
must_not_have: [name]
enemies: [[day, name]]
"""


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of two forms that nobody touches."""
    return built(tmp_path_factory.mktemp("whole"), "--forms", 2)


@pytest.fixture
def copy(manifest: Path, tmp_path: Path) -> Path:
    """A copy of it that may be changed; its bank is where it was."""
    return copied(manifest, tmp_path)


# --- Untouched --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [(), ("--forms", 3, "--items", 2), ("--mode", "practice"), ("--paper", "letter"), ("--seed", "Hafen \u2693")],
)
def test_a_build_that_nobody_touched_is_accepted(words: tuple[object, ...], tmp_path: Path) -> None:
    path = built(tmp_path, *words)
    before = tree(tmp_path)
    done = quizgen("verify", path)
    assert (done.code, done.codes) == (0, [])
    assert f"{len(tree(path.parent.parent))} files of 'Rivers': as built" in done.told
    assert tree(tmp_path) == before


def test_a_build_from_a_blueprint_is_accepted(tmp_path: Path) -> None:
    plan = tmp_path / "short.yaml"
    plan.write_text(BLUEPRINT)
    path = built(tmp_path, "--blueprint", plan, "--forms", 2)
    assert path.parent.parent.name == "short"
    assert quizgen("verify", path, "--quiet") == (0, "", "")
    assert told(path).scoring.rule("multiple_choice").partial is False
    plan.unlink()  # the manifest alone is enough
    assert quizgen("verify", path).code == 0


def test_a_build_for_a_roster_that_avoids_what_was_seen_is_accepted(tmp_path: Path) -> None:
    """What the ledger and the roster said is in the manifest, so neither is needed."""
    plan = Blueprint(quiz="retake", avoid=(Avoid(seen_by="7B"), Avoid(seen_by="7C")), items=Range(2, 2))
    seen = (frozenset({"rivers/day", "rivers/gone"}), frozenset({"rivers/sea"}))
    people = [Candidate("i-1", "Ann O\u2019Neil"), Candidate("i-2", "Bo", 0.25, "large-print")]
    source = bank(tmp_path)
    whole, found = read_bank([source])
    forms, wrong = assemble(whole, plan, "s", people, seen=Seen(seen))
    assert (found, wrong) == ([], [])
    recipe = Recipe(plan, Settings(formats=("html",)), "s", seen, seats={"i-1": (1, 1), "i-2": (1, 2)})
    path = (
        save(tmp_path / "dist" / "retake", build_files(forms, whole, recipe, Renderer(recipe.settings)))
        / "teacher"
        / "manifest.json"
    )
    assert told(path).avoided == (("rivers/day", "rivers/gone"), ("rivers/sea",))
    assert [form.candidate for form in told(path).forms] == people
    assert told(path).seats == {"i-1": (1, 1), "i-2": (1, 2)}
    assert {item.id for form in told(path).forms for item in form.items} == {"wet", "name"}
    done = quizgen("verify", path)
    assert (done.code, done.codes) == (0, [])
    rewritten(path, avoided=[[], []])
    assert quizgen("verify", path).code == 1


@pytest.mark.parametrize("versions", [None, 2, 3])
def test_a_build_for_a_room_is_accepted(versions: int | None, tmp_path: Path) -> None:
    """Who has which form, and in which order, is in the manifest: it is not dealt again."""
    people = tuple(Candidate(f"i-{number}", f"Name {number}") for number in range(9))
    seats = {one.id: (number // 3 + 1, number % 3 + 1) for number, one in enumerate(people)}
    plan, sitting = Blueprint(quiz="room"), Sitting(people, neighbours(list(seats.values())), versions)
    whole, _ = read_bank([bank(tmp_path)])
    forms, wrong = assemble(whole, plan, "s", sitting)
    assert wrong == []
    recipe = Recipe(plan, Settings(formats=("html",)), "s", seats=seats, versions=versions)
    path = (
        save(tmp_path / "dist" / "room", build_files(forms, whole, recipe, Renderer(recipe.settings)))
        / "teacher"
        / "manifest.json"
    )
    assert [form.version is not None for form in told(path).forms] == [versions is not None] * 9
    assert any(form.variant for form in told(path).forms) == (versions is None)
    done = quizgen("verify", path)
    assert (done.code, done.codes) == (0, [])
    data = json.loads(path.read_text())["forms"]
    for change in ({"variant": 40}, {"version": "Z"}):
        rewritten(path, forms=[{**data[0], **change}, *data[1:]])
        assert quizgen("verify", path).code == 1


@needs_pango
def test_a_build_in_pdf_is_accepted_and_a_flipped_byte_in_it_refused(tmp_path: Path) -> None:
    path = built(tmp_path, formats="html,pdf")
    done = quizgen("verify", path)
    assert (done.code, done.codes) == (0, [])
    assert {"weasyprint", "pango"} <= told(path).libraries.keys()
    flip(path.parent / "keys.pdf", 1000)
    done = quizgen("verify", path)
    assert (done.code, done.codes) == (1, ["Q530"])
    assert "keys.pdf:1:1: error[Q530]: this is not the file that was built" in done.told


def test_the_bank_is_found_from_anywhere(tmp_path: Path) -> None:
    """Built with a relative path, as in a project; verified from other folders, and after the project moved."""
    project = tmp_path / "project"
    built(project)
    shutil.rmtree(project / "dist")
    environment = {**os.environ, "PYTHONPATH": str(TEMPLATES.parent)}
    command = [sys.executable, "-m", "quizgen"]
    subprocess.run([*command, "build", "--format", "html"], cwd=project, env=environment, check=True)
    moved = project.rename(tmp_path / "moved")
    path = moved / "dist" / "rivers" / "teacher" / "manifest.json"
    assert told(path).banks[0].file == str(Path("question_bank", "rivers.yaml"))
    for folder in (moved, path.parent, tmp_path):
        name = os.path.relpath(path, folder)
        done = subprocess.run(
            [*command, "verify", name], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
    away = moved / "question_bank"
    away = away.rename(tmp_path / "bank of last year")
    assert quizgen("verify", path).codes == ["Q531"]
    assert quizgen("verify", path, "--bank", away).code == 0
    assert quizgen("verify", path, "--bank", (away / "rivers.yaml").rename(away / "old.yaml")).code == 0


# --- Flipped bytes ----------------------------------------------------------------------------------------------


def flip(path: Path, place: int, mask: int = 1) -> bytes:
    """Change one byte of a file; gives what it was."""
    content = path.read_bytes()
    place %= len(content)
    path.write_bytes(content[:place] + bytes([content[place] ^ mask]) + content[place + 1 :])
    return content


@given(data=st.data(), place=st.integers(0, 10**6), mask=st.integers(1, 255))
def test_no_flipped_byte_is_accepted(manifest: Path, data: st.DataObject, place: int, mask: int) -> None:
    path = data.draw(st.sampled_from(sorted(p for p in manifest.parent.parent.rglob("*") if p.is_file())))
    content = flip(path, place, mask)
    try:
        done = quizgen("verify", manifest)
    finally:
        path.write_bytes(content)
    assert done.code == 1
    if path == manifest:  # a digest in it may be that of a file, which then seems to be another, too
        assert "Q534" in done.codes
        assert set(done.codes) <= {"Q530", "Q534"}
    else:
        assert done.codes == ["Q530"]
        assert f"{path}:1:1" in done.told


def test_no_flipped_byte_of_the_manifest_is_accepted(copy: Path) -> None:
    """Not even one that a rebuild would not show, such as a blank, or a seed by which the same forms come out."""
    for place in range(0, len(copy.read_bytes()), 5):
        content = flip(copy, place)
        assert quizgen("verify", copy).code == 1, place
        copy.write_bytes(content)
    assert quizgen("verify", copy).code == 0


@pytest.mark.parametrize("change", [b" ", b"\n", b"{}", b"\0"])
def test_nothing_may_follow_a_file(copy: Path, change: bytes) -> None:
    for path in (copy, copy.parent / "form-A-key.html"):
        content = path.read_bytes()
        path.write_bytes(content + change)
        assert quizgen("verify", copy).code == 1
        path.write_bytes(content)


# --- What changed is named --------------------------------------------------------------------------------------


def test_a_missing_file_is_named_and_one_too_many_is_only_a_note(copy: Path) -> None:
    (copy.parent / "my notes.txt").write_text("hello")
    done = quizgen("verify", copy)
    assert done.code == 0
    assert "note[Q530]: teacher/my notes.txt is not of the build" in done.told
    (copy.parent.parent / "students" / "form-B.html").unlink()
    done = quizgen("verify", copy)
    assert done.code == 1
    assert "form-B.html:1:1: error[Q530]: the file is missing" in done.told


def test_all_that_changed_is_named_at_once(tmp_path: Path) -> None:
    path = built(tmp_path)
    file = tmp_path / "question_bank" / "rivers.yaml"
    file.write_text(file.read_text().replace("A river never sleeps.", "A river sleeps."))
    flip(path.parent / "form-A-key.html", 9)
    done = quizgen("verify", path)
    assert (done.code, sorted(done.codes)) == (1, ["Q530", "Q531"])
    assert f"{file}:1:1: error[Q531]: the bank file was changed since the build" in done.told
    file.unlink()
    assert "there is no such bank file here" in quizgen("verify", path).told


def test_a_changed_image_is_named(tmp_path: Path) -> None:
    path = built(tmp_path)
    (tmp_path / "question_bank" / "map.png").write_bytes(PIXEL + b"\0")
    done = quizgen("verify", path)
    assert (done.code, done.codes) == (1, ["Q531"])
    assert "image 'map.png' was changed since the build" in done.told


def test_another_version_is_named_and_no_fault_while_the_same_files_come_out(copy: Path) -> None:
    libraries = told(copy).libraries
    rewritten(copy, quizgen="0.0.9", libraries={**libraries, "jinja2": "3.0.1"})
    done = quizgen("verify", copy)
    assert (done.code, done.codes) == (0, ["Q533", "Q533"])
    assert "warning[Q533]: built with jinja2 3.0.1, here is " in done.told
    assert "warning[Q533]: built with quizgen 0.0.9, here is " in done.told


def test_another_template_is_named(copy: Path) -> None:
    then = told(copy).templates
    del (gone := {**then, "key.html.j2": "0" * 64, "old.css": "1" * 64})["screen.css"]
    rewritten(copy, templates=gone)
    done = quizgen("verify", copy)
    assert (done.code, done.codes) == (1, ["Q532"] * 3)
    for what in ("error[Q532]: the template 'key.html.j2' was changed", "error[Q532]: the template 'old.css' is gone"):
        assert f"{what} since the build" in done.told
    assert "warning[Q532]: the template 'screen.css' is new since the build" in done.told


def test_files_that_come_out_differently_are_named(copy: Path) -> None:
    """As where somebody made a manifest to go with files that they changed."""
    key = copy.parent / "form-A-key.html"
    key.write_text(key.read_text().replace("In the sea", "In a tree"))
    digests = {**told(copy).files, "teacher/form-A-key.html": digest(key)}
    rewritten(copy, files=digests)
    done = quizgen("verify", copy)
    assert (done.code, done.codes) == (1, ["Q530"])
    assert "teacher/form-A-key.html is not what comes out now" in done.told


def test_a_manifest_that_tells_another_key_is_refused(copy: Path) -> None:
    """All its digests are right, and so is its audit trail: only building again shows it."""
    forms = json.loads(copy.read_text())["forms"]
    next(item for item in forms[0]["items"] if item["id"] == "day")["key"] = ["F"]
    rewritten(copy, forms=forms)
    done = quizgen("verify", copy)
    assert (done.code, done.codes) == (1, ["Q534"])
    assert "what comes out has another forms" in done.told


def digest(path: Path) -> str:
    from hashlib import sha256

    return sha256(path.read_bytes()).hexdigest()


# --- The manifest of a stranger ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"manifest": 1}', b'{"manifest": 2}', b"1" * 99]
)
def test_what_is_no_manifest_is_said_to_be_none(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "teacher" / "manifest.json"
    path.parent.mkdir()
    path.write_bytes(content)
    done = quizgen("verify", path)
    assert (done.code, done.codes) == (1, ["Q534"])
    assert "pydantic" not in done.told


def test_a_wrong_use_is_one_line(tmp_path: Path) -> None:
    assert quizgen("verify", tmp_path / "none.json") == (2, "", f"there is no manifest '{tmp_path / 'none.json'}'")
    assert quizgen("verify", tmp_path).code == 2


@pytest.mark.parametrize("name", ["../../secret.txt", "/etc/hostname", "students/../../../secret.txt", "c:\\x", ""])
def test_files_outside_of_the_build_are_not_looked_at(name: str, copy: Path, tmp_path: Path) -> None:
    """Or a manifest could ask whether a file of the user has a content that it guesses."""
    (tmp_path / "secret.txt").write_text("secret")
    for content in (b"secret", b""):
        rewritten(copy, files={**told(copy).files, name: digest_of(content)})
        assert "the file is missing" in quizgen("verify", copy).told


def digest_of(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()


def test_a_file_that_is_not_the_bank_is_never_shown(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret: [\n")
    rewritten(copy, banks=[{"file": str(tmp_path / "secret.txt"), "sha256": "0" * 64}])
    done = quizgen("verify", copy)
    assert (done.code, done.codes) == (1, ["Q531"])
    assert "secret:" not in done.told


@pytest.mark.parametrize("name", ["/dev/zero", "x" * 5000, "a\0b", "", "."])
def test_a_bank_that_is_no_file_is_not_there(name: str, copy: Path) -> None:
    rewritten(copy, banks=[{"file": name, "sha256": "0" * 64}])
    assert "there is no such bank file here" in quizgen("verify", copy).told


@pytest.mark.parametrize("blueprint", [{"quiz": "x", "items": "many"}, {"quiz": "x", "items": "99"}, {}])
def test_a_blueprint_that_is_none_or_cannot_be_met(blueprint: dict[str, str], copy: Path) -> None:
    rewritten(copy, blueprint=blueprint)
    done = quizgen("verify", copy)
    assert done.code == 1
    assert done.codes in (["Q534"], ["Q530"])


def test_an_entry_that_is_taken_out_is_missed(copy: Path) -> None:
    whole = told(copy)
    for reason in ("one", "two", "three"):
        whole = whole.followed_by(Entry(action="errata", reason=reason, files={}, previous=""))
    for gone in range(4):
        trail = (*whole.audit[:gone], *whole.audit[gone + 1 :])
        copy.write_bytes(whole.model_copy(update={"audit": trail}).to_json())
        assert quizgen("verify", copy).codes == (["Q534"] if gone < 3 else [])
    copy.write_bytes(whole.model_copy(update={"audit": whole.audit[::-1]}).to_json())
    assert "was changed after it was written" in quizgen("verify", copy).told


# --- What has a part --------------------------------------------------------------------------------------------

_WATCH = """
import sys
opened = set()
sys.addaudithook(lambda event, args: opened.add(str(args[0])) if event == "open" else None)
from quizgen.cli import app
try:
    app(sys.argv[1:])
except SystemExit as end:
    assert not end.code, end.code
print("\\n".join(sorted(opened)))
"""


@pytest.mark.parametrize(
    ("mode", "formats"), [("exam", "html"), ("practice", "html"), pytest.param("exam", "html,pdf", marks=needs_pango)]
)
def test_every_template_that_a_build_opens_is_in_its_manifest(mode: str, formats: str, tmp_path: Path) -> None:
    """One processor, so that the typesetter does not work in a process that is not watched."""
    source = built(tmp_path).parents[3] / "question_bank"
    script = "import os; os.cpu_count = lambda: 1\n" + _WATCH
    words = ["build", source, "--mode", mode, "--format", formats, "--out", tmp_path / "again"]
    environment = {**os.environ, "PYTHONPATH": str(TEMPLATES.parent)}
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, words)], env=environment, capture_output=True, text=True, check=True
    )
    folder = f"{TEMPLATES}{os.sep}"
    opened = {Path(line[len(folder) :]).as_posix() for line in done.stdout.splitlines() if line.startswith(folder)}
    known = templates(Settings(mode=mode, formats=tuple(formats.split(","))))
    assert {"page.html.j2", "key.html.j2", "words/en.toml"} <= opened <= known.keys()
    assert any(name.startswith("fonts/") for name in known) == ("pdf" in formats)
