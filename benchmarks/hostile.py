"""What hostile files cost: seconds and megabytes of `quizgen check`, with the start of Python, beside their goals.

`python -m benchmarks.hostile [WORD]` runs those with the word in their names, each as a whole process that starts from
nothing; the first row is a small sound file, so what is above it is the file's own. The goal is held against the
processor's seconds, which are those on the clock where nothing else runs.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.hostile import Hostile, hostile
from tests.hostile.contents import HEAD, write

from .bench import ROOT

SECONDS, MEGABYTES, KILLED_AFTER = 0.5, 300, 60
SOUND = "items:\n  - {id: a, type: true_false, stem: The tide is low., answer: true}\n"

# A process is told the peak of the one that it was forked from, so a small one stands between.
_MEASURED = """
import json, os, subprocess, sys, threading, time
null, start = subprocess.DEVNULL, time.perf_counter()
process = subprocess.Popen(sys.argv[2:], stdin=null, stdout=null, stderr=null)
threading.Timer(float(sys.argv[1]), process.kill).start()
_, status, used = os.wait4(process.pid, 0)
clock, processor = time.perf_counter() - start, used.ru_utime + used.ru_stime
print(json.dumps([clock, processor, used.ru_maxrss / 1000, os.waitstatus_to_exitcode(status)]), flush=True)
os._exit(0)
"""


def measured(bad: Hostile) -> tuple[float, float, float, int]:
    """Seconds on the clock and of the processor, megabytes at the most, and the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        path = bad.lay(Path(folder))
        command = [sys.executable, "-m", "quizgen", "check", "--no-cache", str(path)]
        launcher = [sys.executable, "-c", _MEASURED, str(KILLED_AFTER), *command]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(launcher, cwd=folder, env=environment, capture_output=True, check=True)
    clock, processor, megabytes, code = json.loads(done.stdout)
    return clock, processor, megabytes, code


def main() -> None:
    """Print the table, and how many of the files keep to the goals."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    sound = Hostile("a sound file of one item", lambda folder: write(folder / "bank.yaml", HEAD + SOUND), "")
    chosen = [sound, *(bad for bad in hostile() if word in bad.name)]
    print(f"{'what':<50} {'clock s':>8} {'cpu s':>6} {'MB':>5} exit  goals: {SECONDS} s, {MEGABYTES} MB")
    met = 0
    for bad in chosen:
        clock, processor, megabytes, code = measured(bad)
        missed = "time " * (processor > SECONDS) + "memory" * (megabytes > MEGABYTES)
        met += not missed
        row = f"{bad.name:<50.50} {clock:>8.2f} {processor:>6.2f} {megabytes:>5.0f} {code:>4}  {missed}"
        print(row.rstrip(), flush=True)
    print(f"{met} of {len(chosen)} keep to both goals")


if __name__ == "__main__":
    main()
