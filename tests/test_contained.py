"""Work that may go wrong: it ends in an outcome, whatever it does, and leaves nothing behind."""

import os
import pickle
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.assemble import assemble
from quizgen.bank import read
from quizgen.blueprint import Blueprint
from quizgen.diagnostics import Span
from quizgen.form import Form, Settings
from quizgen.render.work import (
    ClusterError,
    ClusterExecutor,
    Died,
    Done,
    Failed,
    Limits,
    LocalExecutor,
    OverMemory,
    OverTime,
    Part,
    Task,
    blame,
)
from quizgen.render.work.blame import NobodysFaultError

from . import deeds
from .prints import needs_pango

REPOSITORY = Path(__file__).parent.parent
T = TypeVar("T")
QUICK = Limits(seconds=1, seconds_per_page=0)
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")


@pytest.fixture(scope="module")
def executor() -> Iterator[LocalExecutor]:
    with LocalExecutor(2, QUICK) as opened:
        yield opened


def deed(name: str) -> Task[str]:
    return Task(deeds.end_of, (name,))


# --- Outcomes -----------------------------------------------------------------------------------------------------


def test_outcomes_come_in_the_order_of_the_tasks(executor: LocalExecutor) -> None:
    assert list(executor.map(Task(deeds.double, (n,)) for n in range(50))) == [Done(2 * n) for n in range(50)]


def test_tasks_are_taken_only_a_few_ahead(executor: LocalExecutor) -> None:
    taken = count()
    outcomes = executor.map(Task(deeds.double, (next(taken),)) for _ in range(1_000_000))
    assert [next(outcomes) for _ in range(10)] == [Done(2 * n) for n in range(10)]
    assert next(taken) <= 10 + 4


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("spins", OverTime, "it takes more than 1 seconds"),
        ("eats", OverMemory, "it takes more than 1,024 MiB of memory"),
        ("crashes", Died, "SIGSEGV"),
        ("leaves", Died, "exit code 3"),
        ("recurses", Failed, "inside each other"),
        ("raises", Failed, "no such thing"),
        ("raises oddly", Failed, "no such thing"),
        ("exits", Failed, "no more"),
        ("writes much", Failed, "too large"),
    ],
)
def test_whatever_a_task_does_has_an_outcome_and_the_next_one_is_done(
    executor: LocalExecutor, name: str, kind: type, said: str
) -> None:
    ended, after = executor.map([deed(name), Task(deeds.double, (2,))])
    assert isinstance(ended, kind)
    assert said in str(ended)
    assert "\n" not in str(ended)
    assert after == Done(4)


def test_a_task_that_only_waits_is_ended_by_the_clock() -> None:
    with LocalExecutor(1, Limits(patience=0.1)) as hasty:  # 1.2 s by the clock
        [ended] = hasty.map([deed("sleeps")])
    assert isinstance(ended, OverTime)


def test_a_result_that_cannot_travel_is_an_outcome(executor: LocalExecutor) -> None:
    ended, after = executor.map([Task(deeds.a_function), Task(deeds.double, (2,))])
    assert isinstance(ended, Failed)
    assert after == Done(4)


def test_an_exception_comes_as_it_was_raised_with_where_it_was(executor: LocalExecutor) -> None:
    [ended] = executor.map([deed("raises")])
    assert isinstance(ended, Failed)
    assert isinstance(ended.error, ValueError)
    assert "deeds.py" in ended.error.__notes__[0]


def test_more_pages_have_more_time() -> None:
    limits = Limits(seconds=10, seconds_per_page=2)
    assert (limits.budget(1).seconds, limits.budget(20).seconds) == (12, 50)


def test_what_a_task_says_and_writes_reaches_nobody(executor: LocalExecutor, capfd: pytest.CaptureFixture[str]) -> None:
    place = Path(tempfile.gettempdir())
    before = {path.name for path in place.glob("tmp*")}
    assert list(executor.map([deed("speaks"), deed("writes a little")])) == [Done("said"), Done("100")]
    assert capfd.readouterr() == ("", "")
    assert {path.name for path in place.glob("tmp*")} == before


def test_modules_of_the_working_folder_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("weasyprint", "json", "ziamath"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'run')!r}, 'w')\n")
    monkeypatch.chdir(tmp_path)
    with LocalExecutor(1) as opened:
        assert list(opened.map([Task(deeds.double, (2,))])) == [Done(4)]
    assert not (tmp_path / "run").exists()


# --- Ends ---------------------------------------------------------------------------------------------------------

SLEEPERS = """
import sys
from pathlib import Path
from quizgen.render.work import LocalExecutor, Task
from tests import deeds
with LocalExecutor(2) as executor:
    list(executor.map(Task(deeds.sleep_and_tell, (Path(sys.argv[1], str(n)),)) for n in range(9)))
"""


@on_linux
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_whoever_ends_takes_all_its_processes_along(tmp_path: Path, kind: signal.Signals) -> None:
    told, place = tmp_path / "told", tmp_path / "place"
    told.mkdir()
    place.mkdir()
    command = [sys.executable, "-c", SLEEPERS, str(told)]
    environment = {**os.environ, "TMPDIR": str(place)}
    process = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stderr=subprocess.PIPE, text=True)
    numbers = _eventually(lambda: [int(file.read_text() or 0) for file in told.iterdir()], lambda found: len(found) > 1)
    children = _children(process.pid)
    assert len(children) == 2
    process.send_signal(kind)
    said = process.communicate()[1]
    assert said.count("Traceback") == (kind == signal.SIGINT)  # its own; neither a keeper nor a worker has one to add
    _eventually(lambda: [one for one in (*children, *numbers) if _runs(one)], lambda left: not left)
    _eventually(lambda: list(place.iterdir()), lambda left: not left)


def _eventually(look: Callable[[], list[T]], enough: Callable[[list[T]], bool]) -> list[T]:
    for _ in range(600):
        if enough(found := look()):
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def _children(number: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{number}/task/{number}/children").read_text().split()]


def _runs(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_leaving_ends_what_is_at_work() -> None:
    with LocalExecutor(1) as opened:
        next(opened.map([Task(deeds.double, (2,)), deed("sleeps"), deed("sleeps")]))
    with pytest.raises(RuntimeError):
        next(opened.map([deed("sleeps")]))


@on_linux
@needs_pango
def test_an_interrupted_build_leaves_no_half_file_and_no_process(tmp_path: Path) -> None:
    """Only the command itself is told, as by another program: it has to end those that work for it."""
    place, dist = tmp_path / "place", tmp_path / "dist"
    place.mkdir()
    bank = REPOSITORY / "question_bank" / "kyrgyzstan-2010.yaml"
    command = [sys.executable, "-m", "quizgen", "build", str(bank), "--forms", "40"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "TMPDIR": str(place)}
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True)
    _eventually(lambda: list(place.iterdir()), bool)  # somebody sets pages
    helpers = _descendants(process.pid)
    process.send_signal(signal.SIGINT)
    said = process.communicate()[1]
    assert process.returncode == 130
    assert "Traceback" not in said
    assert helpers
    _eventually(lambda: [one for one in helpers if _runs(one)], lambda left: not left)
    assert list(dist.iterdir() if dist.exists() else ()) == []


def _descendants(number: int) -> list[int]:
    below = _children(number)
    return below + [one for child in below for one in _descendants(child)]


# --- Who is to blame ----------------------------------------------------------------------------------------------


def parts_of(*names: str) -> list[Part]:
    return [Part(name, Span("bank.yaml", line)) for line, name in enumerate(names, start=1)]


def trial(*bad: str) -> Callable[[Sequence[Part]], Task[int]]:
    return lambda some: Task(deeds.set_names, ([part.name for part in some], bad))


def test_all_that_cannot_be_set_are_named_with_reason_and_place(executor: LocalExecutor) -> None:
    bad = ("tides/spins", "tides/eats", "tides/crashes", "tides/recurses", "tides/raises")
    names = [f"tides/i{n}" for n in range(60)]
    names[3:3], names[40:40] = bad[:3], bad[3:]
    guilty = blame(parts_of(*names), trial(*bad), executor)
    assert [one.part.name for one in guilty] == list(bad)
    assert [one.diagnostic.span.line for one in guilty] == [names.index(name) + 1 for name in bad]
    assert {one.diagnostic.code for one in guilty} == {"Q552"}
    assert [one.diagnostic.message for one in guilty] == [
        "'tides/spins' cannot be set: it takes more than 1 seconds",
        "'tides/eats' cannot be set: it takes more than 1,024 MiB of memory",
        "'tides/crashes' cannot be set: the typesetter died of it (SIGSEGV)",
        "'tides/recurses' cannot be set: it has too many parts inside each other",
        "'tides/raises' cannot be set: the typesetter says: no such thing",
    ]
    assert all(one.diagnostic.hint for one in guilty)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(["raises", "pair", "sound"]), max_size=20))
def test_without_the_guilty_the_rest_can_be_set(executor: LocalExecutor, kinds: list[str]) -> None:
    names = [f"{kind}{n}/{kind}" for n, kind in enumerate(kinds)]
    bad = [name for name in names if name.endswith("/raises")]
    parts = parts_of(*names)
    guilty = {one.part for one in blame(parts, trial(*bad), executor)}
    assert {part.name for part in guilty} >= set(bad)
    assert not any("sound" in part.name for part in guilty)
    for start in range(0, len(parts), 16):
        rest = [part for part in parts[start : start + 16] if part not in guilty]
        assert list(executor.map([trial(*bad)(rest)])) == [Done(len(rest))]


def test_what_fails_without_any_part_is_nobodys_fault(executor: LocalExecutor) -> None:
    with pytest.raises(NobodysFaultError) as raised:
        blame(parts_of("tides/a"), lambda some: deed("raises"), executor)
    assert isinstance(raised.value.__cause__, ValueError)


# --- Real pages ---------------------------------------------------------------------------------------------------

PAPER = Settings(formats=("pdf",))


def real_forms(number: int) -> tuple[Form, ...]:
    bank, _ = read([REPOSITORY / "question_bank" / "kyrgyzstan-2010.yaml"])
    return assemble(bank, Blueprint(quiz="real", items=4), "seed", number)[0]


def real_tasks() -> list[Task[bytes]]:
    return [Task(deeds.booklet, (form, PAPER)) for form in real_forms(3)]


@needs_pango
def test_a_page_from_a_worker_is_the_page_that_it_is_here() -> None:
    with LocalExecutor(2) as opened:
        outcomes = list(opened.map(real_tasks()))
    assert outcomes == [Done(task.function(*task.arguments)) for task in real_tasks()]


# --- A cluster ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Dask scheduler on this machine with two workers."""
    pytest.importorskip("distributed", reason="Dask is not installed (extra `cluster`)")
    folder = tmp_path_factory.mktemp("dask")
    environment = {**os.environ, "DASK_TEMPORARY_DIRECTORY": str(folder)}
    begun: list[subprocess.Popen[bytes]] = []

    def begin(*words: str) -> None:
        command = [sys.executable, "-m", "dask", *words]
        with (folder / f"{len(begun)}.log").open("wb") as log:
            begun.append(subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log))

    try:
        noted = folder / "scheduler.json"
        begin("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(noted))
        told = _eventually(lambda: re.findall(r"tcp://[\d.:]+", noted.read_text() if noted.exists() else ""), bool)
        for _ in range(2):
            begin("worker", told[0], "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard")
        yield told[0]
    finally:
        for process in reversed(begun):  # the scheduler last
            process.terminate()
            process.wait()


@needs_pango
def test_a_cluster_sets_the_same_pages_within_the_same_limits(cluster: str) -> None:
    with ClusterExecutor(cluster, Limits(seconds=20, seconds_per_page=0)) as opened:
        outcomes = list(opened.map(real_tasks()))
    with LocalExecutor(1) as here:
        assert outcomes == list(here.map(real_tasks()))
    with ClusterExecutor(cluster, QUICK) as opened:
        ended = list(opened.map([deed(name) for name in ("spins", "eats", "crashes", "raises")]))
        assert [type(one) for one in ended] == [OverTime, OverMemory, Died, Failed]
        assert list(opened.map(Task(deeds.double, (n,)) for n in range(20))) == [Done(2 * n) for n in range(20)]


def test_no_scheduler_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed (extra `cluster`)")
    monkeypatch.setattr("quizgen.render.work.cluster._PATIENCE", 1)
    with pytest.raises(ClusterError, match=r"no scheduler answers at '127\.0\.0\.1:9'"):
        ClusterExecutor("127.0.0.1:9")


def test_outcomes_travel() -> None:
    outcomes = [Done(1), OverTime(3), OverMemory(2**30), Died("SIGSEGV")]
    assert pickle.loads(pickle.dumps(outcomes)) == outcomes
