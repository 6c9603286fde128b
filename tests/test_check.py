"""`quizgen check` as authors and CI meet it: real processes, real files, real git."""

import json
import os
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.bank import parse
from quizgen.cli.fixing import edited
from quizgen.diagnostics import Edit

from .test_cli import quizgen

BANK = """\
# A bank with one fault of each kind.
article: {id: harbour, title: The old harbour, language: en}

passages:
  - id: tides
    text: |
      At low water, boats lie on the mud. A new pier was opened in 1931.

      It reaches deep water at every tide.

items:
  - id: low-water
    type: multiple_choice
    passage: tides
    evidence: boats lie on the mud
    stem: Where are the boats at low water?
    answer: On the mud
    distractors: [In deep water, None of these]
    rationale: There is nothing left for them to float in.
    difficulty: easy
    skill: retrieve

  - id: opening
    type: numeric
    passage: tides
    evidence: A new pier was opened in 1931
    stem: In which year was the new pier opened?
    answer: 1931
"""
WARNED = ["Q401", "Q402", "Q403", "Q404", "Q411"]


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank with warnings, in a folder of its own."""
    file = tmp_path / "question_bank" / "harbour.yaml"
    file.parent.mkdir()
    file.write_text(BANK)
    return file


def codes(cwd: Path, *words: object, **environment: str) -> list[str]:
    """The codes that a run reports, in their order."""
    done = quizgen("check", "--format", "json", "--no-cache", *words, cwd=cwd, **environment)
    assert done.returncode in (0, 1), done.stderr
    return [each["code"] for each in json.loads(done.stdout)["diagnostics"]]


def test_a_warning_passes_and_an_error_does_not(tmp_path: Path, bank: Path) -> None:
    assert sorted(codes(tmp_path)) == WARNED
    assert quizgen("check", cwd=tmp_path).returncode == 0
    assert quizgen("check", "--fail-level", "warning", cwd=tmp_path).returncode == 1
    bank.write_text(BANK.replace("evidence: boats lie", "evidence: boats lay"))
    assert quizgen("check", cwd=tmp_path).returncode == 1


# --- What is reported ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (["--select", "Q40"], ["Q401", "Q402", "Q403", "Q404"]),
        (["--select", "Q402,q411"], ["Q402", "Q411"]),
        (["--select", "Q4", "--ignore", "Q40"], ["Q411"]),
        (["--ignore", "Q401", "--ignore", "Q402"], ["Q403", "Q404", "Q411"]),
        (["--select", "Q2"], []),
    ],
)
def test_codes_are_selected_and_ignored(tmp_path: Path, bank: Path, words: list[str], left: list[str]) -> None:
    assert sorted(codes(tmp_path, *words)) == left


def test_an_error_cannot_be_ignored(tmp_path: Path, bank: Path) -> None:
    bank.write_text(BANK.replace("answer: 1931", "answer: late"))
    assert "Q104" in codes(tmp_path, "--ignore", "Q")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "xml"], "text, json, github, gitlab, sarif, junit"),
        (["--fail-level", "note"], "error or warning"),
        (["--select", "X4"], "X4"),
        (["--ignore", "Q888"], "Q888"),
        (["--since", "v9"], "git knows no revision 'v9'"),
        (["--since", "--output=x"], "--output=x"),
    ],
)
def test_wrong_usage_is_one_line(tmp_path: Path, bank: Path, words: list[str], said: str) -> None:
    done = quizgen("check", *words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr.strip().split("\n")[-1]


def test_a_file_with_very_many_faults_is_cut_short(tmp_path: Path) -> None:
    items = "".join(f"  - {{id: i{n}, type: true_false, stem: S{n} is so., answer: true}}\n" for n in range(150))
    (tmp_path / "a.yaml").write_text("article: {id: a, title: b, language: en}\nitems:\n" + items)
    done = quizgen("check", "a.yaml", cwd=tmp_path)
    assert done.stdout.count(": warning[") == 100
    assert done.stdout.count("note[Q199]: 350 more in this file are not shown") == 1
    assert "450 warnings" in done.stderr


# --- Formats ------------------------------------------------------------------------------------------------------


def test_every_format_says_every_diagnostic(tmp_path: Path, bank: Path) -> None:
    said = {
        name: quizgen("check", "--format", name, cwd=tmp_path).stdout
        for name in ("json", "github", "gitlab", "sarif", "junit")
    }
    assert sorted(d["code"] for d in json.loads(said["json"])["diagnostics"]) == WARNED
    assert [line.split(" ")[0] for line in said["github"].splitlines()] == ["::warning"] * 5
    assert sorted(entry["check_name"] for entry in json.loads(said["gitlab"])) == WARNED
    assert sorted(result["ruleId"] for result in json.loads(said["sarif"])["runs"][0]["results"]) == WARNED
    assert [case.get("name") for case in ElementTree.fromstring(said["junit"]).iter("testcase")] == [
        str(Path("question_bank", "harbour.yaml"))
    ]


def test_in_a_github_job_annotations_come_by_themselves(tmp_path: Path, bank: Path) -> None:
    assert quizgen("check", cwd=tmp_path, GITHUB_ACTIONS="true").stdout.startswith("::warning file=")
    assert quizgen("check", "--format", "text", cwd=tmp_path, GITHUB_ACTIONS="true").stdout.startswith("question_bank")


# --- Settings -----------------------------------------------------------------------------------------------------


def test_settings_stand_in_pyproject(tmp_path: Path, bank: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.quizgen]\nignore = ["Q40"]\nfail-level = "warning"\n'
        '[tool.quizgen.per-file-ignores]\n"question_bank/*" = ["Q411"]\n'
    )
    assert codes(tmp_path) == []
    assert codes(tmp_path, "--ignore", "Q403") == ["Q404", "Q401", "Q402"]  # the command line comes first
    bank.rename(tmp_path / "harbour.yaml")
    assert codes(tmp_path, "harbour.yaml") == ["Q411"]
    assert quizgen("check", "harbour.yaml", cwd=tmp_path).returncode == 1


def test_settings_are_found_from_a_folder_below(tmp_path: Path, bank: Path) -> None:
    (tmp_path / "quizgen.toml").write_text('select = ["Q411"]\n')
    assert codes(bank.parent, "harbour.yaml") == ["Q411"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('ignored = ["Q4"]', "did you mean 'ignore'?"),
        ('ignore = "Q4"', "ignore takes a list of codes"),
        ("ignore = [4]", "ignore takes a list of codes"),
        ('fail-level = "note"', "fail-level is error or warning"),
        ('per-file-ignores = ["Q4"]', "per-file-ignores is a table"),
        ("ignore = [", "cannot be read"),
        ('select = ["Z"]', "'Z'"),
    ],
)
def test_wrong_settings_are_one_line(tmp_path: Path, bank: Path, text: str, said: str) -> None:
    (tmp_path / "quizgen.toml").write_text(text)
    done = quizgen("check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


# --- Ignore comments ----------------------------------------------------------------------------------------------


def test_a_comment_silences_what_stands_beside_it(tmp_path: Path, bank: Path) -> None:
    bank.write_text(
        BANK.replace("None of these]", "None of these]  # quizgen: ignore[Q404, Q411] nobody has to choose it").replace(
            "- id: opening", "- id: opening  # quizgen: ignore[Q401,Q402,Q403] a draft"
        )
    )
    assert codes(tmp_path) == []


def test_a_comment_that_silences_nothing_is_reported(tmp_path: Path, bank: Path) -> None:
    bank.write_text(BANK.replace("answer: 1931", "answer: 1931  # quizgen: ignore[Q417] as in the guide"))
    assert "Q190" in codes(tmp_path)
    assert quizgen("check", "--fix", cwd=tmp_path).returncode == 0
    assert "ignore" not in bank.read_text()


def test_a_comment_needs_a_reason_and_cannot_hide_an_error(tmp_path: Path, bank: Path) -> None:
    bank.write_text(BANK.replace("- id: opening", "- id: opening  # quizgen: ignore[Q401]"))
    assert {"Q191", "Q401"} <= set(codes(tmp_path))
    bank.write_text(BANK.replace("answer: 1931", "answer: late  # quizgen: ignore[Q104] I like it"))
    assert {"Q191", "Q104"} <= set(codes(tmp_path))


def test_a_comment_in_a_text_is_a_text(tmp_path: Path, bank: Path) -> None:
    stem = "'# quizgen: ignore[Q401] In which year was the new pier opened?'"
    bank.write_text(BANK.replace("In which year was the new pier opened?", stem))
    assert "Q401" in codes(tmp_path)


# --- Mending ------------------------------------------------------------------------------------------------------


def test_mending_changes_what_it_must_and_nothing_else(tmp_path: Path, bank: Path) -> None:
    text = BANK.replace("evidence: A new pier was opened in 1931", "evidence: {paragraph: 1}  # all of it").replace(
        "\n", "\r\n"
    )
    bank.write_bytes(text.encode())
    bank.chmod(0o640)
    assert {"Q306", "Q404"} <= set(codes(tmp_path))
    done = quizgen("check", "--fix", cwd=tmp_path)
    assert "mended 2 faults" in done.stderr
    assert not {"Q306", "Q404"} & set(codes(tmp_path))
    after = bank.read_bytes().decode()
    assert after.count("\n") == after.count("\r\n")
    changed = [new for old, new in zip(text.split("\r\n"), after.split("\r\n"), strict=True) if old != new]
    assert len(changed) == 2
    assert bank.stat().st_mode & 0o777 == 0o640
    before = bank.read_bytes()
    assert quizgen("check", "--fix", cwd=tmp_path).returncode == 0
    assert bank.read_bytes() == before


def test_mending_does_not_touch_what_is_not_reported(tmp_path: Path, bank: Path) -> None:
    quizgen("check", "--fix", "--ignore", "Q404", cwd=tmp_path)
    assert bank.read_text() == BANK


@given(st.text(max_size=30), st.data())
def test_edits_change_only_their_own_stretch(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    new = data.draw(st.text(max_size=5))
    assert edited(text, [Edit(start, end, new)]) == text[:start] + new + text[end:]


# --- What is remembered -------------------------------------------------------------------------------------------


def test_what_is_remembered_is_what_would_be_found(tmp_path: Path, bank: Path) -> None:
    cache = {"QUIZGEN_CACHE_DIR": str(tmp_path / "cache")}
    first = quizgen("check", cwd=tmp_path, **cache)
    assert len(list((tmp_path / "cache").iterdir())) == 2  # the file, and the comparison of all files
    assert quizgen("check", cwd=tmp_path, **cache).stdout == first.stdout
    bank.write_text(BANK.replace("None of these", "In the sea"))
    assert "Q411" not in quizgen("check", cwd=tmp_path, **cache).stdout
    bank.write_text(BANK)
    assert quizgen("check", cwd=tmp_path, **cache).stdout == first.stdout


def test_a_changed_file_beside_the_bank_is_noticed(tmp_path: Path, bank: Path) -> None:
    cache = {"QUIZGEN_CACHE_DIR": str(tmp_path / "cache")}
    bank.write_text(BANK.replace("new pier opened?", "new pier opened? ![The pier](pier.png)"))
    assert "Q121" in quizgen("check", cwd=tmp_path, **cache).stdout
    (bank.parent / "pier.png").write_bytes(b"not an image")
    assert "Q122" in quizgen("check", cwd=tmp_path, **cache).stdout


def test_two_files_are_compared_though_neither_has_changed(tmp_path: Path, bank: Path) -> None:
    cache = {"QUIZGEN_CACHE_DIR": str(tmp_path / "cache")}
    other = bank.with_name("other.yaml")
    other.write_text(BANK.replace("id: harbour", "id: haven"))
    assert "Q431" in quizgen("check", cwd=tmp_path, **cache).stdout
    assert "Q431" in quizgen("check", cwd=tmp_path, **cache).stdout
    other.unlink()
    assert "Q431" not in quizgen("check", cwd=tmp_path, **cache).stdout


def test_a_damaged_memory_is_none(tmp_path: Path, bank: Path) -> None:
    cache = {"QUIZGEN_CACHE_DIR": str(tmp_path / "cache")}
    first = quizgen("check", cwd=tmp_path, **cache)
    for entry in (tmp_path / "cache").iterdir():
        entry.write_bytes(b'{"found": ')
    assert quizgen("check", cwd=tmp_path, **cache).stdout == first.stdout
    (tmp_path / "file").write_text("")
    blocked = quizgen("check", cwd=tmp_path, QUIZGEN_CACHE_DIR=str(tmp_path / "file" / "cache"))
    assert blocked.stdout == first.stdout


def test_a_run_that_finds_nothing_changed_loads_no_models(tmp_path: Path, bank: Path) -> None:
    cache = {"QUIZGEN_CACHE_DIR": str(tmp_path / "cache")}
    quizgen("check", cwd=tmp_path, **cache)
    watched = tmp_path / "watched" / "sitecustomize.py"
    watched.parent.mkdir()
    watched.write_text(
        "import atexit, sys\n"
        "atexit.register(lambda: print([m for m in ('yaml', 'quizgen.bank', 'markdown_it') if m in sys.modules]))\n"
    )
    paths = os.pathsep.join((str(watched.parent), str(Path(__file__).parent.parent)))
    done = quizgen("check", "--select", "Q2", cwd=tmp_path, PYTHONPATH=paths, **cache)
    assert done.stdout.endswith("['yaml', 'quizgen.bank', 'markdown_it']\n")  # a code was named: it must be known
    assert quizgen("check", "-q", cwd=tmp_path, PYTHONPATH=paths, **cache).stdout.endswith("[]\n")


def test_many_files_read_side_by_side_give_the_same_report(tmp_path: Path) -> None:
    for number in range(12):
        text = BANK.replace("id: harbour", f"id: harbour-{number}").replace("pier", f"pier{number} " * 2000, 1)
        (tmp_path / f"{number:02}.yaml").write_text(text)
    alone, together = (
        quizgen("check", ".", "--no-cache", "--jobs", jobs, "--format", "json", cwd=tmp_path) for jobs in (1, 3)
    )
    assert alone.stdout == together.stdout
    assert alone.stdout.count('"code"') >= 60


# --- Since ----------------------------------------------------------------------------------------------------------


def git(cwd: Path, *words: str) -> None:
    """Run git, with a name to commit by."""
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=cwd, check=True, capture_output=True)


def test_an_edit_of_the_article_touches_the_items_that_rest_on_it(tmp_path: Path, bank: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    assert "Q390" not in codes(tmp_path, "--since", "HEAD")
    bank.write_text(BANK.replace("It reaches deep water", "It reaches very deep water"))
    assert "Q390" not in codes(tmp_path, "--since", "HEAD")  # no evidence stands in that paragraph
    bank.write_text(BANK.replace("At low water,", "At high water,"))
    done = quizgen("check", "--since", "HEAD", "--select", "Q390", cwd=tmp_path)
    assert done.returncode == 0
    assert [line.split(":")[1] for line in done.stdout.splitlines() if "note[Q390]" in line] == ["15", "26"]
    (bank.parent / "new.yaml").write_text(BANK.replace("id: harbour", "id: haven"))
    assert quizgen("check", "--since", "HEAD", "--select", "Q390", cwd=tmp_path).stdout.count("Q390") == 2


def test_a_text_beside_the_bank_is_looked_up_in_git_too(tmp_path: Path) -> None:
    text = "Boats lie on the mud.\n\nA pier was opened in 1931.\n"
    (tmp_path / "harbour.txt").write_text(text)
    (tmp_path / "harbour.yaml").write_text(
        "article: {id: harbour, title: Harbour, language: en, text_file: harbour.txt}\n"
        "passages: [{id: all, paragraphs: 1-2}]\n"
        "items:\n"
        "  - {id: mud, type: true_false, passage: all, evidence: on the mud, stem: Boats lie on mud., answer: true}\n"
        "  - {id: pier, type: true_false, passage: all, evidence: in 1931, stem: It opened in 1931., answer: true}\n"
    )
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    (tmp_path / "harbour.txt").write_text(text.replace("A pier was", "A long pier was"))
    done = quizgen("check", "harbour.yaml", "--since", "HEAD", "--select", "Q390", cwd=tmp_path)
    assert [line.split(":")[1] for line in done.stdout.splitlines() if "Q390" in line] == ["5"]


# --- A text that is not published -----------------------------------------------------------------------------------


def test_a_bank_without_its_text_is_checked_and_not_built(tmp_path: Path) -> None:
    bank = tmp_path / "harbour.yaml"
    bank.write_text(
        "article: {id: harbour, title: Harbour, language: en, text_file: harbour.txt}\n"
        "passages: [{id: all, paragraphs: 1}]\n"
        "items: [{id: mud, type: true_false, passage: all, evidence: on the mud, stem: Boats lie., answer: true}]\n"
    )
    assert quizgen("check", bank, "--select", "Q3", cwd=tmp_path).stdout.count("warning[Q321]") == 1
    done = quizgen("build", bank, "--format", "html", cwd=tmp_path)
    assert done.returncode == 1
    assert "harbour.txt" in done.stderr
    assert not (tmp_path / "dist").exists()
    (tmp_path / "harbour.txt").write_text("Boats lie on the mud.\n")
    assert quizgen("build", bank, "--format", "html", "--seed", "s", cwd=tmp_path).returncode == 0
    page = (tmp_path / "dist/harbour/students/form-A.html").read_text()
    assert "Boats lie on the mud." in page


def test_a_bank_with_every_comment_still_parses_alike() -> None:
    with_comment = BANK.replace("- id: opening", "- id: opening  # quizgen: ignore[Q401] why")
    plain, commented = parse(BANK, "a.yaml")[0], parse(with_comment, "a.yaml")[0]
    assert plain is not None
    assert commented is not None
    assert plain.items == commented.items
