"""What lets others run `quizgen check`: the hooks, the GitHub action and the GitLab job do what docs/ci.md says.

The scripts of the action and of the job are run as they stand there, with the environment that GitHub or GitLab gives.
Only what installs quizgen is left out.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import JUnitXml

from .test_cli import REPOSITORY, quizgen

SOUND = """\
article: {id: rivers, title: Rivers, language: en}
items:
  - {id: day, type: true_false, stem: A river never sleeps., answer: true}
"""
FAULTY = SOUND.replace("id: rivers", "id: lakes").replace("answer: true", "answer: dusk")
DOCS = (REPOSITORY / "docs" / "ci.md").read_text()


def read(name: str) -> Any:
    return yaml.safe_load((REPOSITORY / name).read_text())


HOOKS, ACTION, JOB = read(".pre-commit-hooks.yaml"), read("action.yml"), read("ci/gitlab.yml")


def test_every_option_that_is_named_is_one_of_check(tmp_path: Path) -> None:
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if step.get("name") == "Check the bank"]
    texts = [*scripts, *JOB["quizgen-check"]["script"], *(hook["entry"] for hook in HOOKS)]
    texts += re.findall(r"quizgen check[^`\n]*", DOCS)
    named = {option for text in texts for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)}
    known = set(re.findall(r"--[a-z][a-z-]+", quizgen("check", "--help", cwd=tmp_path).stdout))
    assert {"--fix", "--since", "--fail-level", "--format"} <= named <= known


# --- The documentation ----------------------------------------------------------------------------------------------


def test_the_examples_of_the_documentation_read_as_yaml_and_name_what_there_is() -> None:
    examples = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)]
    assert all(examples)
    steps = [step for each in examples for job in each.get("jobs", {}).values() for step in job["steps"]]
    inputs = [name for step in steps if step["uses"].startswith("OWNER/quizgen") for name in step.get("with", {})]
    assert inputs
    assert set(inputs) <= set(ACTION["inputs"])
    hooks = [hook for each in examples for repo in each.get("repos", []) for hook in repo["hooks"]]
    assert {hook["id"] for hook in hooks} == {hook["id"] for hook in HOOKS}
    variables = [name for each in examples for name in each.get("variables", {})]
    assert variables
    assert set(variables) <= set(JOB["variables"])


def test_the_documentation_tells_every_input_of_the_action_and_variable_of_the_job() -> None:
    told = set(re.findall(r"^\| `([\w-]+)` \|", DOCS, re.MULTILINE))
    assert set(ACTION["inputs"]) | set(JOB["variables"]) <= told


def test_the_settings_of_the_documentation_are_settings(tmp_path: Path) -> None:
    (settings,) = re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL)
    (tmp_path / "pyproject.toml").write_text(settings)
    (tmp_path / "rivers.yaml").write_text(SOUND)
    assert quizgen("check", "rivers.yaml", cwd=tmp_path).returncode == 1
    assert quizgen("check", "rivers.yaml", "--fail-level", "error", cwd=tmp_path).returncode == 0


def test_the_task_of_the_documentation_finds_each_fault_in_what_check_prints(tmp_path: Path) -> None:
    settings, tasks = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", DOCS, re.DOTALL)]
    assert all((REPOSITORY / schema).is_file() for schema in settings["yaml.schemas"])
    (task,) = tasks["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    (tmp_path / "question_bank").mkdir()
    (tmp_path / "question_bank" / "my rivers.yaml").write_text(FAULTY)
    printed = quizgen(*shlex.split(task["command"])[1:], cwd=tmp_path).stdout
    found = [match for line in printed.splitlines() if (match := re.match(pattern["regexp"], line))]
    places = [tuple(match[pattern[name]] for name in ("file", "line", "column", "severity", "code")) for match in found]
    assert ("question_bank/my rivers.yaml", "3", "70", "error", "Q201") in places
    assert len(places) == printed.count("rivers.yaml:")


# --- The hooks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_a_hook_looks_at_the_whole_bank(hook: dict[str, Any], tmp_path: Path) -> None:
    program, *words = shlex.split(hook["entry"])
    assert program == "quizgen"
    assert hook["pass_filenames"] is False
    bank = tmp_path / "question_bank" / "rivers.yaml"
    bank.parent.mkdir()
    for content, code in ((SOUND, 0), (FAULTY, 1)):
        bank.write_text(content)
        assert quizgen(*words, cwd=tmp_path).returncode == code
    for name in ("question_bank/rivers.yaml", "question_bank/figures/map.png", "question_bank/rivers.txt"):
        assert re.search(hook["files"], name)
    assert not re.search(hook["files"], "docs/question_bank/rivers.yaml")


# --- The action -----------------------------------------------------------------------------------------------------


def filled(value: str, known: dict[str, str]) -> str:
    """The value with its expressions worked out, as GitHub does before a step runs."""
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda match: known[match[1]], value)


def run_action(folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run the check step of the action in a checkout."""
    inputs = {name: entry.get("default", "") for name, entry in ACTION["inputs"].items()} | given
    known = {f"inputs.{name}": value for name, value in inputs.items()}
    known["steps.python.outputs.python-path"] = sys.executable
    step = next(step for step in ACTION["runs"]["steps"] if step.get("name") == "Check the bank")
    installed = folder.parent / "runner" / "quizgen"
    installed.mkdir(parents=True, exist_ok=True)
    if not (installed / "quizgen").exists():
        (installed / "quizgen").symlink_to(REPOSITORY / "quizgen")
    environment = {name: filled(value, known) for name, value in step["env"].items()}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", filled(step["run"], {})],
        cwd=folder,
        env={**os.environ, "GITHUB_ACTIONS": "true", "RUNNER_TEMP": str(installed.parent), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a sound bank, a faulty one, and a module that must not be imported."""
    folder = tmp_path / "checkout"
    for name, content in (("question_bank", SOUND), ("faulty bank", FAULTY)):
        (folder / name).mkdir(parents=True)
        (folder / name / "rivers.yaml").write_text(content)
    (folder / "quizgen").mkdir()
    (folder / "quizgen" / "__init__.py").write_text("raise SystemExit('imported from the checkout')")
    return folder


def test_no_script_of_the_action_has_an_expression_in_it() -> None:
    steps = ACTION["runs"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    assert len(scripts) == 2
    assert not any("${{" in script for script in scripts)
    assert all(step["shell"] == "bash" for step in steps if "run" in step)
    used = re.findall(r"inputs\.([\w-]+)", json.dumps(steps))
    assert sorted(used) == sorted(ACTION["inputs"])
    assert all(re.search(r"@[0-9a-f]{40}$", step["uses"]) for step in steps if "uses" in step)


def test_the_action_passes_a_sound_bank(checkout: Path) -> None:
    done = run_action(checkout)
    assert done.returncode == 0, done.stderr
    assert "::error" not in done.stdout
    assert "1 file (1 item)" in done.stderr


def test_the_action_annotates_a_faulty_bank_and_fails(checkout: Path) -> None:
    done = run_action(checkout, paths="question_bank\nfaulty bank\n")
    assert done.returncode == 1
    assert "::error file=faulty bank/rivers.yaml,line=3,col=70,endColumn=74,title=Q201%3A" in done.stdout
    assert "in 2 files" in done.stderr


def test_what_the_action_is_given_reaches_the_check(checkout: Path) -> None:
    assert run_action(checkout, **{"fail-level": "warning"}).returncode == 1
    assert run_action(checkout, **{"fail-level": "warning", "args": "--select\nQ2\n"}).returncode == 0
    assert json.loads(run_action(checkout, format="json").stdout)["items"] == 1
    assert "no revision 'v9'" in run_action(checkout, since="v9").stderr


def test_the_action_writes_sarif_beside_the_annotations(checkout: Path) -> None:
    done = run_action(checkout, paths="faulty bank", **{"sarif-file": "quizgen.sarif"})
    assert (done.returncode, "::error" in done.stdout) == (1, True)
    results = json.loads((checkout / "quizgen.sarif").read_text())["runs"][0]["results"]
    assert "Q201" in {result["ruleId"] for result in results}


@pytest.mark.parametrize("name", sorted(ACTION["inputs"].keys() - {"python-version"}))
@pytest.mark.parametrize("text", ['"; touch caught; "', "$(touch caught)", "`touch caught`", "x\n; touch caught"])
def test_nothing_that_the_action_is_given_is_run(checkout: Path, name: str, text: str) -> None:
    done = run_action(checkout, **{name: text})
    assert not list(checkout.rglob("caught"))
    assert done.returncode != 0 or name == "sarif-file"


# --- The GitLab job -------------------------------------------------------------------------------------------------


def run_job(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the script of the job in a checkout."""
    programs = folder.parent / "bin"
    programs.mkdir(exist_ok=True)
    program = programs / "quizgen"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{REPOSITORY}" exec "{sys.executable}" -P -m quizgen "$@"\n')
    program.chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(JOB["quizgen-check"]["script"])],
        cwd=folder,
        env={**os.environ, "PATH": path, **JOB["variables"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_job_leaves_both_reports_and_fails(checkout: Path) -> None:
    (checkout / "faulty bank").rename(checkout / "faulty")
    done = run_job(checkout, QUIZGEN_PATHS="question_bank faulty", QUIZGEN_ARGS="--ignore Q4")
    assert done.returncode == 1
    assert "faulty/rivers.yaml:3:70: error[Q201]" in done.stdout
    reports = JOB["quizgen-check"]["artifacts"]["reports"]
    found = json.loads((checkout / reports["codequality"]).read_text())
    assert [each["location"]["path"] for each in found if each["check_name"] == "Q201"] == ["faulty/rivers.yaml"]
    assert not [each for each in found if each["check_name"].startswith("Q4")]
    junit = JUnitXml.fromfile(str(checkout / reports["junit"]))
    assert (junit.tests, junit.failures) == (2, 1)


def test_the_job_passes_a_sound_bank(checkout: Path) -> None:
    done = run_job(checkout)
    assert done.returncode == 0, done.stderr


def test_the_job_stops_at_a_word_that_check_does_not_know(checkout: Path) -> None:
    done = run_job(checkout, QUIZGEN_ARGS="--no-such-option")
    assert done.returncode not in (0, None)
    assert not done.stdout


def test_in_a_merge_request_the_job_tells_what_an_edit_touches(checkout: Path) -> None:
    bank = checkout / "question_bank" / "rivers.yaml"
    passage = "passages:\n  - {id: one, text: A river never sleeps.}\n"
    text = SOUND.replace("items:", f"{passage}items:").replace(
        "type: true_false,", "type: true_false, passage: one, evidence: never sleeps,"
    )
    bank.write_text(text)
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(checkout)]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "bank"]):
        subprocess.run([*git, *words], check=True, capture_output=True)
    commit = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    bank.write_text(text.replace("A river never", "This river never"))
    done = run_job(checkout, CI_MERGE_REQUEST_DIFF_BASE_SHA=commit)
    assert done.returncode == 0, done.stderr
    found = json.loads((checkout / "gl-code-quality-report.json").read_text())
    assert "info" in {each["severity"] for each in found}
    assert "1 note" in done.stderr
    assert "note" not in run_job(checkout).stderr
