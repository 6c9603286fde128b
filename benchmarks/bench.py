"""How long commands and stages take, beside their goals: `make bench`.

Commands are timed as a user meets them, as whole processes; stages are timed inside this one. Machines differ, so each
time is also given as a multiple of a yardstick of the same run: for commands the start of a bare Python, for stages a
loop of pure Python. Where the processor's time is far below the time on the clock, the machine was busy elsewhere.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter
from typing import NamedTuple

import yaml

from quizgen.assemble import assemble
from quizgen.bank import Bank, parse
from quizgen.blueprint import Blueprint
from quizgen.checks import check
from quizgen.form import Form, Settings
from quizgen.render import pages
from quizgen.render.pdf import PdfError, PrintPage, typeset
from quizgen.render.screen import quiz_page

from .banks import generated

ROOT = Path(__file__).resolve().parent.parent
BANK = ROOT / "question_bank" / "kyrgyzstan-2010.yaml"
BUILD = ("build", "--items", "20", "--forms", "2", "--seed", "demo")


class Times(NamedTuple):
    """What several runs took, in seconds: the median and the least on the clock, and the median of the processor."""

    median: float
    least: float
    processor: float


@dataclass(frozen=True)
class Row:
    """What was timed, against which yardstick, what it should take (both in seconds), and what else there is to say."""

    what: str
    times: Times
    yardstick: Times
    goal: float | None = None
    note: str = ""

    def __str__(self) -> str:
        """The row of the table."""
        measured = " ".join(f"{seconds * 1000:>9.1f}" for seconds in self.times)
        goal, met = "", ""
        if self.goal is not None:
            goal, met = f"{self.goal * 1000:.0f} ms", "yes" if self.times.median <= self.goal else "no"
        stick = self.times.median / self.yardstick.median
        return f"{self.what:<40} {measured} {stick:>8.2f} {goal:>8}  {met:<4}{self.note}".rstrip()


HEAD = f"{'what':<40} {'median ms':>9} {'least ms':>9} {'cpu ms':>9} {'× stick':>8} {'goal':>8}  met"


def timed(function: Callable[[], object], runs: int) -> Times:
    """What so many runs took, of this process and of those that it started."""
    clock, processor = [], []
    for _ in range(runs):
        start, used = perf_counter(), processor_time()
        function()
        clock.append(perf_counter() - start)
        processor.append(processor_time() - used)
    return Times(median(clock), min(clock), median(processor))


def processor_time() -> float:
    """The seconds that this process and those that it waited for have used so far."""
    used = getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)
    return sum(each.ru_utime + each.ru_stime for each in used)


def loop() -> int:
    """The yardstick of stages: a million rounds of pure Python."""
    return sum(number * number % 7 for number in range(1_000_000))


def python(*arguments: str) -> Callable[[], object]:
    """A run of Python in the root of the project; what it says is of no interest."""
    return lambda: subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)


def commands() -> Iterator[Row]:
    """The commands, as whole processes."""
    bare = timed(python("-c", "pass"), 7)
    yield Row("python -c pass (yardstick)", bare, bare)
    yield Row("quizgen --help", timed(python("-m", "quizgen", "--help"), 7), bare, 0.3)
    yield Row("quizgen check question_bank", timed(python("-m", "quizgen", "check", "question_bank"), 7), bare, 0.5)
    for formats, goal in (("html", None), ("html,pdf", 3.0)):
        with tempfile.TemporaryDirectory() as folder:
            times = timed(build(formats, Path(folder)), 5)
        yield Row(f"quizgen build, 2 forms of 20, {formats}", times, bare, goal)


def build(formats: str, folder: Path) -> Callable[[], object]:
    """A build, each time into a folder of its own."""
    numbers = count()
    return lambda: python("-m", "quizgen", *BUILD, "--format", formats, "--out", str(folder / str(next(numbers))))()


def stages() -> Iterator[Row]:
    """The stages, in this process: a bank of 2,000 items from its text to forms."""
    stick = timed(loop, 5)
    yield Row("a million rounds of Python (yardstick)", stick, stick)
    text = generated(2000)
    size = len(text.encode()) / 1e6
    loading = timed(lambda: yaml.load(text, yaml.CSafeLoader), 3)
    yield Row("yaml.CSafeLoader, 2,000 items", loading, stick, note=f"{size / loading.median:.2f} MB/s")
    reading = timed(lambda: parse(text, "generated.yaml"), 3)
    note = f"{size / reading.median:.2f} MB/s, {reading.median / loading.median:.2f} × the loader"
    yield Row("parse and validate, the same 2,000", reading, stick, note=note)
    file, found = parse(text, "generated.yaml")
    if file is None or found:
        raise SystemExit(f"the generated bank is not sound: {found[:3]}")
    bank, plan = Bank((file,)), Blueprint(quiz="bench", items=20)
    yield Row("all checks, 2,000 items", timed(lambda: check(bank), 3), stick)
    yield Row("assemble, 2 forms of 20 from 2,000", timed(lambda: assemble(bank, plan, "demo", 2), 5), stick)
    yield from rendering(stick)


def rendering(stick: Times) -> Iterator[Row]:
    """One form of 20 items from the bank that comes with quizgen, on screen and on paper."""
    file, _ = parse(BANK.read_bytes(), str(BANK))
    if file is None:
        raise SystemExit(f"{BANK} cannot be read")
    (form, *_), _ = assemble(Bank((file,)), Blueprint(quiz="bench", items=20), "demo", 1)
    yield Row("a form as a page", timed(lambda: quiz_page(form, Settings()), 5), stick)
    yield Row("its key as a page", timed(lambda: pages.key_page(form), 5), stick)
    try:
        yield Row("a form as PDF, and the booklet of it", timed(printed(pages.booklet, form), 3), stick)
        yield Row("its key as PDF, and all keys", timed(printed(pages.key, form), 3), stick)
    except PdfError as problem:
        print(problem)


def printed(page: Callable[[Form, Settings], PrintPage], form: Form) -> Callable[[], object]:
    """Lay a page out and write it, with what is loaded only once loaded before."""
    typeset([page(form, Settings())])
    return lambda: typeset([page(form, Settings())])


def main() -> None:
    """Print the table."""
    print(HEAD)
    for row in commands():
        print(row, flush=True)
    print()
    for row in stages():
        print(row, flush=True)


if __name__ == "__main__":
    main()
