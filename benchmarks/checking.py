"""How long `quizgen check` takes on large banks: `python -m benchmarks.checking`, and a part of `make bench`.

Whole processes with an empty cache (cold), with a full one (nothing changed), and after an edit of one file; and the
stages that a cold run is made of, in this process. Memory is the largest resident set of any one process.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter, process_time

import yaml

from quizgen.bank import parse
from quizgen.source import no_collection

from .banks import write

ROOT = Path(__file__).resolve().parent.parent
GOALS = {"cold": 3.0, "nothing changed": 0.5}
FEW, MANY = 10_000, 100_000


def run(bank: Path, cache: Path, *words: str) -> tuple[float, float]:
    """What a run of `check` takes: seconds on the clock, and of the processor in all its processes."""
    environment = {**os.environ, "QUIZGEN_CACHE_DIR": str(cache)}
    used, start = _processor(), perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "quizgen", "check", str(bank), "--quiet", *words],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"the generated bank is not sound: {done.stderr.decode()}")
    return perf_counter() - start, _processor() - used


def _processor() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def rows() -> Iterator[str]:
    """The table."""
    with tempfile.TemporaryDirectory() as folder:
        bank = _bank(Path(folder, "few"), FEW)
        yield f"{FEW:,} items in {len(bank)} files, {sum(path.stat().st_size for path in bank) / 1e6:.1f} MB"
        yield from stages(bank)
        yield from commands(Path(folder, "few"), Path(folder, "cache"))
        yield from growth(Path(folder))


def stages(bank: list[Path]) -> Iterator[str]:
    """Parsing and validating as `check` does, against a bare YAML loader: the same files, each let go of when read."""
    contents = [(str(path), path.read_bytes()) for path in bank]

    def load() -> None:
        for _, content in contents:
            yaml.load(content, yaml.CSafeLoader)

    def read() -> None:
        for name, content in contents:
            with no_collection():
                parse(content, name)

    loading, parsing = zip(*((_timed(load), _timed(read)) for _ in range(3)), strict=True)
    yield f"{'yaml.CSafeLoader alone':<34} {min(loading):>8.2f} s"
    ratio = min(parsing) / min(loading)
    yield f"{'parse and validate, the same files':<34} {min(parsing):>8.2f} s   {ratio:.2f} × the loader"


def _timed(function: Callable[[], object]) -> float:
    start = process_time()
    function()
    return process_time() - start


def commands(bank: Path, cache: Path) -> Iterator[str]:
    """The command, cold, warm, and after an edit."""
    yield _row("cold", *run(bank, cache))
    yield _row("nothing changed", *min(run(bank, cache) for _ in range(3)))
    first = sorted(bank.iterdir())[0]
    first.write_text(first.read_text(encoding="utf-8").replace("A town and its river", "A town"), encoding="utf-8")
    yield _row("one file of them edited", *run(bank, cache))
    yield _row("cold, one process", *run(bank, cache, "--no-cache", "--jobs", "1"))
    peak = getrusage(RUSAGE_CHILDREN).ru_maxrss / 1024
    yield f"{'memory of the largest process':<34} {peak:>8.0f} MB   goal 400 MB, {'yes' if peak <= 400 else 'no'}"


def growth(folder: Path) -> Iterator[str]:
    """Ten times as many items should take ten times as long."""
    seconds = {}
    for items in (FEW // 4, FEW, MANY):
        bank = folder / f"{items}"
        _bank(bank, items)
        seconds[items] = run(bank, folder / "none", "--no-cache")
        yield _row(f"cold, {items:,} items", *seconds[items], goal=30.0 if items == MANY else None)
    yield f"{'ten times the items take':<34} {seconds[MANY][1] / seconds[FEW][1]:>8.1f} × the processor's time"


def _row(what: str, seconds: float, processor: float, goal: float | None = None) -> str:
    goal = goal or GOALS.get(what)
    met = f"   goal {goal:g} s, {'yes' if seconds <= goal else 'no'}" if goal else ""
    return f"{what:<34} {seconds:>8.2f} s {processor:>8.2f} s cpu{met}"


def _bank(folder: Path, items: int) -> list[Path]:
    folder.mkdir()
    return sorted(write(folder, items, items // 100).iterdir())


def main() -> None:
    """Print the table."""
    for row in rows():
        print(row, flush=True)


if __name__ == "__main__":
    main()
