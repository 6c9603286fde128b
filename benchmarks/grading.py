"""Marking a pile of responses and analysing the results, beside their goals: `python -m benchmarks.grading`.

10,000 responses of 40 items are made and sealed; then `quizgen grade` opens, checks and marks them in one process, from
its start to the files of results. The first 1,000 of them are analysed in this process.
"""

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from quizgen.form import FormRecord, ItemRecord, Manifest
from quizgen.grading.analysis import analyse
from quizgen.grading.findings import findings
from quizgen.grading.keys import PrivateKey, new_key
from quizgen.grading.results import parse
from tests.test_responses import Build, payload, perfect, written

from .bench import BANK, ROOT

RESPONSES, ITEMS, FORMS = 10_000, 40, 10
GRADED_IN, MEMORY = 20.0, 500.0
"""What marking them all may take, in seconds and megabytes."""
ANALYSED, ANALYSED_IN = 1000, 1.0
"""So many students, and what their analysis may take, in seconds."""


def build(folder: Path, key: PrivateKey) -> Path:
    """A sealed quiz; gives its manifest."""
    public = folder / "key.pub.pem"
    public.write_bytes(key.public.to_pem())
    (folder / "key.pem").write_bytes(key.to_pem(None))
    words = ("--items", str(ITEMS), "--forms", str(FORMS), "--format", "html", "--seed", "bench", "--quiet")
    command = (sys.executable, "-m", "quizgen", "build", str(BANK), *words, "--seal", str(public), "--out", str(folder))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return Path(done.stdout.strip()) / "teacher" / "manifest.json"


def guess(item: ItemRecord, right: list[str], chance: random.Random) -> list[str]:
    """What a candidate may write: the key twice in three times."""
    if chance.random() < 2 / 3:
        return right
    letters = list(item.letters)
    return [chance.choice(letters) for _ in right] if letters else [f"{chance.randrange(3000)}" for _ in right]


def hand_in(folder: Path, told: Manifest, key: PrivateKey, number: int) -> None:
    """So many sealed responses, one file each."""
    chance = random.Random(1931)
    made = Build((), told)
    right: dict[str, tuple[FormRecord, dict[str, list[str]]]] = {form.id: (form, perfect(form)) for form in told.forms}
    for at in range(number):
        form, answers = right[chance.choice(sorted(right))]
        given = {str(item.number): guess(item, answers[str(item.number)], chance) for item in form.items}
        attempt = f"{chance.getrandbits(128):032x}"[:26].translate(str.maketrans("0189", "abcd"))
        student = {"id": f"s-{at:05}", "name": f"Student {at}"}
        said = payload(made, form.id, answers=given, attempt=attempt, student=student)
        (folder / f"{at:05}.qgr").write_bytes(written(said, (key.public,)))


def main() -> None:
    key = new_key()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest = build(folder, key)
        pile = folder / "in"
        pile.mkdir()
        hand_in(pile, Manifest.model_validate_json(manifest.read_bytes()), key, RESPONSES)
        command = (sys.executable, "-m", "quizgen", "grade", str(manifest), str(pile), "--quiet")
        words = ("--key", str(folder / "key.pem"), "--out", str(folder / "results"))
        start = perf_counter()
        process = subprocess.Popen([*command, *words], cwd=ROOT, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        took, memory = perf_counter() - start, used.ru_maxrss / 1024
        process.returncode = os.waitstatus_to_exitcode(status)
        good = process.returncode == 0 and took <= GRADED_IN and memory <= MEMORY
        text = f"{took:.1f} s, {used.ru_utime + used.ru_stime:.1f} s of the processor, {memory:.0f} MB"
        print(f"{RESPONSES:,} sealed responses of {ITEMS} items, one process: {text}  {'ok' if good else 'TOO MUCH'}")
        whole = parse((folder / "results" / "results.json").read_bytes())
        some = whole.model_copy(update={"students": whole.students[:ANALYSED]})
        start = perf_counter()
        said = len(findings(analyse(some)))
        took = perf_counter() - start
        verdict = "ok" if took <= ANALYSED_IN else "TOO MUCH"
        print(f"{ANALYSED:,} students x {ITEMS} items analysed, {said} findings: {took * 1000:.0f} ms  {verdict}")
        sys.exit(not good or took > ANALYSED_IN)


if __name__ == "__main__":
    main()
