"""Small builds for the tests of `verify` and `errata`."""

import json
import shutil
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from typer.main import get_command

from quizgen.cli import app
from quizgen.form import Manifest
from quizgen.grading.keys import PublicKey

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)
BANK = """\
article: {id: rivers, title: Rivers, language: en}
passages:
  - {id: flow, heading: Day and night, text: Rivers flow day and night into the sea.}
items:
  - {id: day, type: true_false, passage: flow, stem: A river never sleeps., answer: true, evidence: day and night}
  - id: sea
    type: multiple_choice
    stem: "Where do rivers end? ![a map](map.png)"
    answer: In the sea
    distractors: [In a wood, In town, {text: In a lake, why: Few do.}]
    rationale: Where it is salt.
    tags: [ends]
  - {id: wet, type: multiple_response, stem: What is wet?, answers: [Rain, Snow], distractors: [Sand, Dust], points: 2}
  - {id: name, type: short_answer, stem: What flows?, answers: [a river, rivers]}
"""


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    told: str
    """What it said on stderr."""

    @property
    def codes(self) -> list[str]:
        """The codes of its diagnostics."""
        return [line.split("[")[1][:4] for line in self.told.splitlines() if "[Q" in line and "]: " in line]


_COMMAND = get_command(app)
"""Made once: that takes longer than most commands."""


def quizgen(*words: object) -> Done:
    """Run quizgen in this process. A wrong use is its one line."""
    out, told = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(told):
        try:
            code = _COMMAND.main([str(word) for word in words], "quizgen", standalone_mode=False)
        except Exception as problem:
            if not hasattr(problem, "format_message"):
                raise
            return Done(2, out.getvalue(), problem.format_message())
    return Done(code or 0, out.getvalue(), told.getvalue())


def bank(folder: Path) -> Path:
    """A bank with an image, in a folder of its own."""
    file = folder / "question_bank" / "rivers.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(BANK)
    (file.parent / "map.png").write_bytes(PIXEL)
    return file


def built(folder: Path, *words: object, formats: str = "html") -> Path:
    """The manifest of a build in a folder."""
    source = bank(folder)
    done = quizgen("build", source, "--format", formats, "--seed", "s", "--out", folder / "dist", *words)
    assert done.code == 0, done.told
    return Path(done.out.strip()) / "teacher" / "manifest.json"


def sealed_for(key: PublicKey, folder: Path) -> Path:
    """The manifest of a build of two forms, whose responses are sealed for this key."""
    (folder / "key.pub.pem").write_bytes(key.to_pem())
    return built(folder, "--forms", 2, "--seal", folder / "key.pub.pem")


def copied(manifest: Path, folder: Path) -> Path:
    """The manifest of a copy of a build in another folder."""
    target = folder / "dist" / manifest.parent.parent.name
    shutil.copytree(manifest.parent.parent, target)
    return target / "teacher" / "manifest.json"


def told(manifest: Path) -> Manifest:
    """What a manifest says."""
    return Manifest.model_validate_json(manifest.read_bytes())


def rewritten(manifest: Path, **changes: Any) -> None:
    """Change a manifest as somebody would who knows how its audit trail is made."""
    data = json.loads(manifest.read_text())
    changed = Manifest.model_validate({**data, **changes, "audit": []})
    first, *others = told(manifest).audit
    for entry in (first, *others):
        changed = changed.followed_by(entry)
    manifest.write_bytes(changed.to_json())


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
