"""Files that are made to wear a program out, put before the real command: it ends by itself and says what is wrong.

How long it takes is not asserted but measured: `python -m benchmarks.hostile`.
"""

import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from fuzz.laws import TARGETS

from .hostile import FOLDER, KEPT, Hostile, hostile

REPOSITORY = Path(__file__).parent.parent
MEMORY = 300_000_000
"""How many bytes of addresses a run may ask for; what it really uses is less."""
HANGS = 120
"""After so many seconds on any machine, a run is one that never ends."""

# C0 without the line feed, C1, marks and changes of direction, the other ends of lines, halves of characters.
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
REPORT = re.compile(r".+:\d+:\d+: (error|warning|note)\[Q\d\d\d\]: .+|( *\d+| +) \| .*|      = hint: .+|")


def check(path: Path, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run `quizgen check` in a process that can have little memory."""
    command = [sys.executable, "-m", "quizgen", "check", "--no-cache", str(path)]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8"}
    limit: Callable[[], None] = partial(resource.setrlimit, resource.RLIMIT_AS, (MEMORY, MEMORY))
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, timeout=HANGS, check=False, preexec_fn=limit
    )


@pytest.mark.skipif(sys.platform != "linux", reason="what is laid out is of Linux, and so is the limit of memory")
@pytest.mark.parametrize("bad", [pytest.param(bad, id=bad.name) for bad in hostile()])
def test_a_hostile_file_is_refused_in_good_manners(bad: Hostile, tmp_path: Path) -> None:
    done = check(bad.lay(tmp_path), tmp_path)
    said, reported = done.stderr.decode(), done.stdout.decode()
    assert done.returncode == (1 if bad.code else 2), said
    assert not UNSAFE.search(said + reported)
    if not bad.code:
        assert reported == ""
        assert re.fullmatch("quizgen: .+\n", said)
        return
    assert [line for line in reported.splitlines() if not REPORT.fullmatch(line)] == []
    assert f"[{bad.code}]: " in reported
    assert re.fullmatch(r"\d+ errors?, \d+ warnings?.* in 1 file .*\n", said)


def test_every_kept_file_is_tried() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == KEPT.keys()


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", KEPT)
def test_the_laws_of_fuzzing_hold_for_what_is_kept(target: str, name: str) -> None:
    """A law asserts by itself, and names what breaks it."""
    TARGETS[target]((FOLDER / f"{name}.yaml").read_bytes())
