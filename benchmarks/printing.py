"""How long printing takes, beside its goals: forms by the thousand, each with its key, on one processor: `make bench`.

Two forms are printed on one processor, and as a teacher has them printed, on all that there are.

The quiz is `one_page.yaml`: 20 items of all types on a passage of one page. Builds are whole processes that start from
nothing; their memory is that of the largest process, their cost per form is time of the processor beyond that for two
forms. `--long` prints 10,000 forms, too; `--forms N` prints so many instead of 1,000.
"""

import gc
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple
from unittest.mock import patch

from quizgen.assemble import Sitting, assemble
from quizgen.assemble.seats import in_line
from quizgen.bank import Bank, parse
from quizgen.blueprint import Blueprint
from quizgen.editions import STANDARD
from quizgen.form import Candidate, Form, Settings
from quizgen.render import keys, pages, prints
from quizgen.render.pdf import lay_out, quiet, typeset
from quizgen.render.templating import Templates, using

from .bench import HEAD, ROOT, Row, Times, python, timed

BANK = ROOT / "benchmarks" / "one_page.yaml"
FORMS = 1000
GOALS = {"together": 10.0, "each": 25.0}
"""What 1,000 forms should take at most, in seconds."""
AIM, MEMORY, SIZE, RATIO = 4.0, 400, 12, 40
"""What 1,000 in one booklet are to come to in seconds; MB of memory, and of PDF; how much cheaper than WeasyPrint."""
WHOLE = 10
"""So many forms are laid out by WeasyPrint as a whole."""
MEGABYTE = 1e6


class Run(NamedTuple):
    """What a build took: seconds on the clock and of the processor, megabytes of memory and of PDF."""

    clock: float
    processor: float
    memory: float
    size: float


class BuildError(RuntimeError):
    """A build came to no good end; what it says itself is on stderr."""


# --- Whole processes --------------------------------------------------------------------------------------------


def built(folder: Path, *options: str) -> Run:
    """A build, from nothing."""
    command = ("-m", "quizgen", "build", str(BANK), "--seed", "bench", "--jobs", "1", "--quiet", "--out", str(folder))
    start = perf_counter()
    process = subprocess.Popen([sys.executable, *command, *options], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)  # of the process and of all that it waited for
    clock = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise BuildError(f"exit code {process.returncode}")
    memory = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    size = sum(path.stat().st_size for path in _printed(folder))
    return Run(clock, used.ru_utime + used.ru_stime, memory / MEGABYTE, size / MEGABYTE)


def _printed(folder: Path) -> Iterator[Path]:
    """What is printed: the one booklet and the one file of keys, or where there is no booklet all files."""
    some = [*folder.rglob("booklet.pdf"), *folder.rglob("keys.pdf")]
    yield from some if len(some) == 2 else folder.rglob("*.pdf")


def rostered(forms: int, files: str = "together") -> Run:
    """A build for a roster of so many candidates."""
    with tempfile.TemporaryDirectory() as folder:
        roster = Path(folder, "roster.csv")
        rows = (f"{one.id},{one.name}\n" for one in candidates(forms))
        roster.write_text("id,name\n" + "".join(rows), encoding="utf-8")
        return built(Path(folder, "out"), "--roster", str(roster), "--format", "pdf", "--print", files)


def few(*options: str) -> Run:
    """A build of two forms."""
    with tempfile.TemporaryDirectory() as folder:
        return built(Path(folder), "--forms", "2", *options)


@contextmanager
def everywhere() -> Iterator[None]:
    """Inside, builds may use all processors."""
    if not _PROCESSORS:
        yield
        return
    pinned = os.sched_getaffinity(0)
    os.sched_setaffinity(0, _PROCESSORS)
    try:
        yield
    finally:
        os.sched_setaffinity(0, pinned)


_PROCESSORS = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set[int]()


def candidates(number: int) -> tuple[Candidate, ...]:
    """So many candidates."""
    return tuple(Candidate(f"s{place:05}", f"Student Number {place}") for place in range(number))


def _times(runs: Sequence[Run]) -> Times:
    clocks = [run.clock for run in runs]
    return Times(median(clocks), min(clocks), median(run.processor for run in runs))


def builds(forms: int, *, long: bool) -> Iterator[Row | str]:
    """The builds; and what a form costs, by their number."""
    bare = timed(python("-c", "pass"), 7)
    yield Row("python -c pass (yardstick)", bare, bare)
    for formats in ("pdf", "html,pdf"):
        runs = [few("--format", formats) for _ in range(3)]
        yield Row(f"2 forms and their keys, {formats}", _times(runs), bare)
    with everywhere():
        runs = [few("--format", "pdf", "--jobs", str(len(_PROCESSORS) or 2)) for _ in range(5)]
    yield Row(f"the same as pdf, {len(_PROCESSORS)} processors", _times(runs), bare, 2.5)
    least = rostered(2)
    found: dict[int, Run] = {}
    for number in (forms // 10, forms, *([forms * 10] if long else [])):
        what, judged = f"{number:,} forms, in one booklet", number == FORMS
        try:
            run = found[number] = rostered(number)
        except BuildError as problem:
            yield f"{what:<40} {problem}"
            continue
        yield Row(what, _times([run]), bare, GOALS["together"] if judged else None, _amounts(run, judged=judged))
    run, goal = rostered(forms, "each"), GOALS["each"] if forms == FORMS else None
    yield Row(f"{forms:,} forms, a file each", _times([run]), bare, goal, _amounts(run, judged=False))
    costs = ((number, (run.processor - least.processor) / (number - 2)) for number, run in found.items())
    shown = "  ".join(f"{number:,}: {1000 * cost:.1f} ms" for number, cost in costs)
    yield f"a form more in one booklet, with its key, by their number: {shown}  (aim: {AIM:.0f} s for {FORMS:,})"


def _amounts(run: Run, *, judged: bool) -> str:
    memory, size = (f" of {most}" if judged else "" for most in (MEMORY, SIZE))
    return f"{run.memory:.0f}{memory} MB of memory, {run.size:.1f}{size} MB of PDF"


# --- In this process --------------------------------------------------------------------------------------------


@cache
def assembled(number: int) -> tuple[Form, ...]:
    """A form for each of so many candidates."""
    file, found = parse(BANK.read_bytes(), str(BANK))
    if file is None or found:
        raise SystemExit(f"the bank is not sound: {found[:3]}")
    people = candidates(number)
    sitting = Sitting(people, tuple(in_line(number)))
    return assemble(Bank((file,)), Blueprint(quiz="bench"), "bench", sitting)[0]


@dataclass
class Stopwatch:
    """Seconds of the processor by what they were spent for; what is within something else counts for itself alone."""

    spent: dict[str, float] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)
    _since: float = field(default_factory=process_time)

    def during(self, what: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its time taken."""

        def measured(*arguments: Any, **named: Any) -> Any:
            self._turn()
            self._open.append(what)
            try:
                return function(*arguments, **named)
            finally:
                self._turn()
                self._open.pop()

        return measured

    def _turn(self) -> None:
        now = process_time()
        if self._open:
            self.spent[self._open[-1]] = self.spent.get(self._open[-1], 0.0) + now - self._since
        self._since = now


def taken_apart(forms: int) -> dict[str, float]:
    """Where the time goes for so many forms: the parts of the typesetter, timed from outside."""
    from quizgen.render.stamp import press, setting, union

    watch, settings = Stopwatch(), Settings()
    parts = (
        (prints, "student_form", "what candidates see"),
        (setting, "united", "what candidates see"),
        (setting._Set, "__init__", "lay out what all have in common"),
        (setting._Set, "_pieces", "lay out the slots"),
        (union.Copier, "copy", "copy the forms"),
        (press.Press, "plan", "break and compose pages"),
        (setting, "drawn", "draw the pieces"),
        (setting.Batch, "whole", "bind the file"),
    )
    made = watch.during("assemble", assembled.__wrapped__)(forms)
    with ExitStack() as stack:
        for owner, name, what in parts:
            stack.enter_context(patch.object(owner, name, _method(watch.during(what, getattr(owner, name)))))
        watch.during("the rest", booklet)(made)
    watch.during("keys: the answers, a page each", lambda: prints.answers(made, settings).whole())()
    watch.during("keys: 30 forms side by side", lambda: typeset([keys.grid(made[:30], settings)]))()
    watch.during("keys: the full one of the first", lambda: full_key(made[0]))()
    return watch.spent


def _method(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *arguments, **named: function(*arguments, **named)


def booklet(forms: Sequence[Form]) -> bytes:
    """The forms, stamped, in one file."""
    return prints.stamped([(form, STANDARD) for form in forms], Settings(), "booklet").whole()


def full_key(form: Form) -> bytes:
    """The full key of a form."""
    return prints.keys([(form, STANDARD)], Settings()).whole()


def whole(form: Form) -> bytes:
    """The form by WeasyPrint as a whole: laid out, and written once."""
    with quiet():
        written: bytes = lay_out(pages.booklet(form, Settings())).write_pdf(pdf_variant="pdf/ua-1")
    return written


def used(function: Callable[[], object]) -> float:
    """The seconds of the processor that a call takes."""
    start = process_time()
    function()
    return process_time() - start


def compared(forms: int) -> Iterator[str]:
    """A stamped form beside one that WeasyPrint lays out as a whole; and where the time goes."""
    made = assembled(WHOLE)
    whole(made[0])
    booklet(made[:2])
    gc.collect()
    gc.freeze()
    gc.disable()  # as the workers have it
    alone = median([used(lambda form=form: whole(form)) for form in made])  # type: ignore[misc]
    pair = median([used(lambda: booklet(made[:2])) for _ in range(3)])
    parts = taken_apart(forms)
    stamped = sum(seconds for what, seconds in parts.items() if what != "assemble" and not what.startswith("keys"))
    each = (stamped - pair) / (forms - 2)
    ratio = alone / each
    yield f"a booklet by WeasyPrint as a whole (median of {WHOLE}): {1000 * alone:.0f} ms (yardstick)"
    yield f"a booklet stamped, (time of {forms:,} - time of 2) / {forms - 2:,}: {1000 * each:.2f} ms"
    yield f"so it is {ratio:.0f} times faster; goal {RATIO}: {'yes' if ratio >= RATIO else 'no'}"
    yield ""
    yield f"{f'where the time goes for {forms:,} forms':<40} {'cpu ms':>9} {'a form':>9} {'× stick':>8}"
    for what, seconds in parts.items():
        yield f"{what:<40} {1000 * seconds:>9.1f} {1000 * seconds / forms:>9.3f} {seconds / alone:>8.2f}"


def main() -> None:
    """Print the tables."""
    parser = ArgumentParser(prog="python -m benchmarks.printing", description=__doc__)
    parser.add_argument("--long", action="store_true", help="print ten times as many forms, too")
    parser.add_argument("--forms", type=int, default=FORMS, help=f"how many forms ({FORMS})")
    given = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # those that this process starts inherit it
    print(HEAD)
    for line in builds(given.forms, long=given.long):
        print(line, flush=True)
    print()
    with using(Templates()):
        for line in compared(given.forms):
            print(line, flush=True)


if __name__ == "__main__":
    main()
