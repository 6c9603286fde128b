"""The command line as its users meet it: real processes, real files, exit codes."""

import json
import os
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from quizgen.form import Manifest

from .prints import needs_pango

REPOSITORY = Path(__file__).parent.parent
BANK = REPOSITORY / "question_bank" / "kyrgyzstan-2010.yaml"
SMALL = """\
article: {id: rivers, title: Rivers, language: en}
items:
  - {id: day, type: true_false, stem: A river never sleeps., answer: true}
  - {id: sea, type: multiple_choice, stem: Where do rivers end?, answer: In the sea, distractors: [In a wood, In town]}
"""


def quizgen(*words: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run quizgen as a user would."""
    command = [sys.executable, "-m", "quizgen", *map(str, words)]
    whole = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(command, cwd=cwd, env=whole, capture_output=True, text=True, check=False)


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A small bank of one file."""
    file = tmp_path / "question_bank" / "rivers.yaml"
    file.parent.mkdir()
    file.write_text(SMALL)
    return file


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- build --------------------------------------------------------------------------------------------------------


@needs_pango
def test_a_build_leaves_what_it_promises(tmp_path: Path) -> None:
    done = quizgen("build", BANK, "--items", 4, "--forms", 2, "--seed", "demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(Path("dist", "kyrgyzstan-2010"))
    assert "2 forms, 4 items" in done.stderr
    assert "seed demo" in done.stderr
    files = tree(tmp_path / "dist" / "kyrgyzstan-2010")
    assert set(files) == {
        "students/form-A.html", "students/form-A.pdf", "students/form-B.html", "students/form-B.pdf",
        "students/booklet.pdf", "students/index.html",
        "teacher/form-A-key.html", "teacher/form-A-key.pdf", "teacher/form-B-key.html",
        "teacher/form-B-key.pdf", "teacher/keys.pdf", "teacher/grid.pdf", "teacher/manifest.json",
        "teacher/report.html",
    }  # fmt: skip
    manifest = Manifest.model_validate_json(files.pop("teacher/manifest.json"))
    assert manifest.seed == "demo"
    assert manifest.files == {name: sha256(content).hexdigest() for name, content in files.items()}
    assert manifest.banks[0].sha256 == sha256(BANK.read_bytes()).hexdigest()


def test_the_same_seed_builds_the_same_bytes_and_another_does_not(tmp_path: Path) -> None:
    made = []
    for number, (seed, hashes) in enumerate([("s", "1"), ("s", "2"), ("t", "1")]):
        folder = tmp_path / str(number)
        folder.mkdir()
        done = quizgen(
            "build", BANK, "--items", 9, "--format", "html", "--seed", seed, cwd=folder, PYTHONHASHSEED=hashes
        )
        assert done.returncode == 0
        made.append(tree(folder / "dist"))
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_without_a_seed_every_build_is_another(tmp_path: Path) -> None:
    seeds = set()
    for name in ("a", "b"):
        assert quizgen("build", BANK, "--format", "html", "--out", name, cwd=tmp_path).returncode == 0
        seeds.add(json.loads((tmp_path / name / "kyrgyzstan-2010/teacher/manifest.json").read_text())["seed"])
    assert len(seeds) == 2
    assert all(len(seed) == 32 for seed in seeds)


def test_only_a_practice_page_tells_the_answers(tmp_path: Path) -> None:
    for mode in ("exam", "practice"):
        words = ("build", BANK, "--mode", mode, "--format", "html", "--seed", "s", "--out", mode)
        assert quizgen(*words, cwd=tmp_path).returncode == 0
    exam, practice = (
        (tmp_path / mode / "kyrgyzstan-2010/students/form-A.html").read_text() for mode in ("exam", "practice")
    )
    assert 'id="answers"' not in exam
    assert "the answers are inside" in practice
    assert '"kind":"one"' in practice


def test_a_build_with_errors_writes_nothing_and_leaves_the_earlier_one(tmp_path: Path, bank: Path) -> None:
    assert quizgen("build", "--format", "html", cwd=tmp_path).returncode == 0
    before = tree(tmp_path / "dist")
    bank.write_text(SMALL.replace("answer: true", "answer: dusk"))
    done = quizgen("build", "--format", "html", cwd=tmp_path)
    assert done.returncode == 1
    assert "rivers.yaml:3:70: error[Q201]: 'dusk' is not one of the options" in done.stderr
    assert "nothing was written" in done.stderr
    assert done.stdout == ""
    assert tree(tmp_path / "dist") == before


def test_more_items_than_there_are(tmp_path: Path, bank: Path) -> None:
    done = quizgen("build", "--items", 3, cwd=tmp_path)
    assert done.returncode == 1
    assert "rivers.yaml:2:1: error[Q501]: 3 items are asked for, and at most 2 can be had" in done.stderr
    assert "hint: write `--items 2`" in done.stderr
    assert not (tmp_path / "dist").exists()


def test_a_blueprint_says_what_a_form_holds(tmp_path: Path, bank: Path) -> None:
    plan = tmp_path / "short.yaml"
    plan.write_text("quiz: short\ntitle: A short one\narticles: [rivers]\nitems: 1\n")
    done = quizgen("build", "--blueprint", plan, "--format", "html", cwd=tmp_path)
    assert done.returncode == 0
    assert "A short one: 1 form, 1 item" in done.stderr
    plan.write_text("quiz: short\narticles: [lakes]\n")
    done = quizgen("build", "--blueprint", plan, cwd=tmp_path)
    assert done.returncode == 1
    assert "short.yaml:2:12: error[Q502]: no article is called 'lakes'" in done.stderr


def test_without_pango_everything_but_pdf_is_built(tmp_path: Path, bank: Path) -> None:
    """The system's library is hidden from the process, as on a machine that has none."""
    hidden = tmp_path / "hidden" / "sitecustomize.py"
    hidden.parent.mkdir()
    hidden.write_text(
        "import ctypes.util\nimport cffi\nopened = cffi.FFI.dlopen\n"
        "def dlopen(self, name, flags=0):\n"
        "    if 'pango' in str(name): raise OSError('no such library')\n"
        "    return opened(self, name, flags)\n"
        "cffi.FFI.dlopen = dlopen\n"
    )
    paths = os.pathsep.join((str(hidden.parent), str(REPOSITORY)))
    done = quizgen("build", cwd=tmp_path, PYTHONPATH=paths)
    assert done.returncode == 0
    line = next(line for line in done.stderr.split("\n") if "Pango" in line)
    for way in ("apt install", "dnf install", "brew install", "Windows"):
        assert way in line
    assert set(tree(tmp_path / "dist" / "rivers")) == {
        "students/form-A.html", "students/index.html", "teacher/form-A-key.html", "teacher/manifest.json",
        "teacher/report.html",
    }  # fmt: skip
    done = quizgen("build", "--format", "pdf", "--quiet", cwd=tmp_path, PYTHONPATH=paths)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_without_a_bank_the_bundled_one_is_built(tmp_path: Path) -> None:
    done = quizgen("build", "--items", 3, "--format", "html", cwd=tmp_path)
    assert done.returncode == 0
    assert "there is no question_bank/ here" in done.stderr


def test_quiet_says_nothing_but_where(tmp_path: Path, bank: Path) -> None:
    done = quizgen("build", "--format", "html", "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == str(Path("dist", "rivers"))


# --- What a person wrote is never lost ------------------------------------------------------------------------------


def test_what_a_person_put_or_changed_in_a_build_stays(tmp_path: Path, bank: Path) -> None:
    assert quizgen("build", "--forms", 3, "--format", "html", cwd=tmp_path).returncode == 0
    folder = tmp_path / "dist" / "rivers"
    (folder / "teacher" / "notes.txt").write_text("Ask Aida.")
    (folder / "students" / "form-A.html").write_text("my own wording")
    assert quizgen("build", "--forms", 2, "--format", "html", cwd=tmp_path).returncode == 0
    files = tree(folder)
    assert files["teacher/notes.txt"] == b"Ask Aida."
    assert files["students/form-A.html.edited"] == b"my own wording"
    assert b"<!DOCTYPE html>" in files["students/form-A.html"]
    assert "students/form-C.html" not in files
    assert {path.name for path in (tmp_path / "dist").iterdir()} == {"rivers"}


def test_a_folder_that_is_no_build_is_not_touched(tmp_path: Path, bank: Path) -> None:
    (tmp_path / "dist" / "rivers").mkdir(parents=True)
    (tmp_path / "dist" / "rivers" / "thesis.txt").write_text("years of work")
    done = quizgen("build", "--format", "html", cwd=tmp_path)
    assert done.returncode == 2
    assert "is no build of quizgen" in done.stderr
    assert tree(tmp_path / "dist") == {"rivers/thesis.txt": b"years of work"}


def test_a_build_that_is_killed_leaves_the_earlier_one_whole(tmp_path: Path, bank: Path) -> None:
    """Killed at many moments; what stands in the folder is always one build, whole, and the next one works."""
    assert quizgen("build", "--seed", "old", "--format", "html", cwd=tmp_path).returncode == 0
    folder = tmp_path / "dist" / "rivers"
    command = [sys.executable, "-m", "quizgen", "build", "--forms", "300", "--format", "html"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    for moment in range(12):
        process = subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(0.15 * moment)
        process.kill()
        process.wait()
        files = tree(folder)
        manifest = json.loads(files.pop("teacher/manifest.json"))
        assert manifest["files"] == {name: sha256(content).hexdigest() for name, content in files.items()}
    assert quizgen("build", "--format", "html", cwd=tmp_path).returncode == 0


@needs_pango
@pytest.mark.skipif(os.name == "nt", reason="signals are another thing on Windows")
def test_an_interrupt_ends_quietly(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "quizgen", "build", str(BANK), "--forms", "40"]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not (tmp_path / "dist").exists():
        time.sleep(0.05)
    time.sleep(1)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in out + err
    assert list((tmp_path / "dist").iterdir()) == []


# --- Wrong usage: exit 2, one line ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["biuld"], "build"),
        (["build", "--itms", "3"], "--items"),
        (["build", "--items", "0"], "'--items'"),
        (["build", "nowhere.yaml"], "there is no bank 'nowhere.yaml'"),
        (["build", "--format", "docx"], "html, pdf or html,pdf"),
        (["build", "--blueprint", "nowhere.yaml"], "nowhere.yaml"),
        (["build", "--out", "question_bank/rivers.yaml"], "cannot write"),
        (["check", "nowhere"], "there is no file or folder 'nowhere'"),
        (["check", "empty"], "there is no bank file"),
        (["explain", "Q310x"], "Q310"),
        (["schema", "bnak"], "bank"),
    ],
)
def test_wrong_usage_is_one_line(tmp_path: Path, bank: Path, words: list[str], said: str) -> None:
    (tmp_path / "empty").mkdir()
    done = quizgen(*words, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    line = done.stderr.strip().split("\n")[-1]
    assert line.startswith("quizgen: ")
    assert said in line


def test_check_outside_of_a_project_does_not_pass(tmp_path: Path) -> None:
    """A CI job in the wrong folder must not be told that all is well."""
    done = quizgen("check", cwd=tmp_path)
    assert done.returncode == 2
    assert "there is no question_bank/ here" in done.stderr


# --- check, explain, schema, help -----------------------------------------------------------------------------------


def test_the_bundled_bank_and_its_blueprint_pass() -> None:
    done = quizgen("check", cwd=REPOSITORY)
    assert done.returncode == 0, done.stdout
    assert done.stdout == ""


def test_check_reports_every_file_and_goes_on(tmp_path: Path, bank: Path) -> None:
    bank.write_text(SMALL.replace("never sleeps.", "never sleeps.\x1b[2J"))
    (bank.parent / "second.yaml").write_text("article: [\n")
    (bank.parent / "blueprints").mkdir()
    (bank.parent / "blueprints" / "plan.yaml").write_text("quiz: q\nitem: 3\n")
    done = quizgen("check", cwd=tmp_path)
    assert done.returncode == 1
    for place in ("rivers.yaml:3:", "second.yaml:", "plan.yaml:2:1"):
        assert place in done.stdout
    assert "\x1b" not in done.stdout
    assert "did you mean 'items'?" in done.stdout


def test_a_blueprint_that_the_bank_cannot_meet_fails_the_check(tmp_path: Path, bank: Path) -> None:
    (bank.parent / "blueprints").mkdir()
    (bank.parent / "blueprints" / "plan.yaml").write_text("quiz: q\nitems: 30\n")
    done = quizgen("check", "question_bank", cwd=tmp_path)
    assert done.returncode == 1
    assert "plan.yaml:2:8: error[Q501]" in done.stdout


def test_explain_and_schema_print_to_stdout(tmp_path: Path) -> None:
    assert quizgen("explain", "q301", cwd=tmp_path).stdout.startswith("Q301: ")
    for kind in ("bank", "blueprint", "manifest", "response"):
        whole = json.loads(quizgen("schema", kind, cwd=tmp_path).stdout)
        assert whole["$schema"].startswith("https://json-schema.org/")


def test_the_published_schemas_are_those_of_the_code(tmp_path: Path) -> None:
    for kind in ("bank", "blueprint", "manifest", "response"):
        published = (REPOSITORY / "schema" / f"{kind}.schema.json").read_text()
        assert quizgen("schema", kind, cwd=tmp_path).stdout == published, f"run: quizgen schema {kind}"


@pytest.mark.parametrize("command", ["build", "check", "explain", "open", "review", "schema"])
def test_every_command_has_help_with_an_example(tmp_path: Path, command: str) -> None:
    done = quizgen(command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert f"Example: quizgen {command}" in done.stdout


@pytest.mark.parametrize(
    ("words", "forbidden"),
    [
        (["--help"], ["pydantic.main", "jinja2", "yaml", "markdown_it", "weasyprint", "rich.console"]),
        (["check", str(BANK)], ["jinja2", "weasyprint", "numpy", "ziamath", "PIL", "highspy"]),
        (["build", str(BANK), "--format", "html", "--items", "3"], ["weasyprint", "ziamath"]),
    ],
)
def test_a_command_imports_what_it_needs_and_no_more(tmp_path: Path, words: list[str], forbidden: list[str]) -> None:
    program = (
        f"import sys; sys.argv = ['quizgen', *{words!r}]\n"
        "from quizgen.__main__ import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        f"loaded = [name for name in {forbidden!r} if name in sys.modules]\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
