"""Hostile banks end in a diagnostic or in a harmless page; nothing beside the bank is opened, and nobody is called."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from quizgen.bank import read
from quizgen.diagnostics import has_errors
from quizgen.render.work import Done, Limits, LocalExecutor, Part, Task, blame

from . import deeds
from .hostile_print import BANKS, CANARY, lay
from .hostile_print.watch import HAS_STRACE, Built, build
from .prints import needs_pango, pages_of

pytestmark = needs_pango

TRICKS = [name for name in BANKS if re.search(r"image|drawing|link|folder|PNG|JPEG|GIF|in every field|none may", name)]
"""Those that would have something opened or called; `benchmarks/hostile_print.py` watches all of them."""
WEARING = {
    "a table with short rows": "more than 2 seconds",
    "90,000 accents on one letter": "more than 2 seconds",
    "emphasis in emphasis": "inside each other",
}


@pytest.fixture(scope="module")
def executor() -> Iterator[LocalExecutor]:
    with LocalExecutor(1, Limits(seconds=2, seconds_per_page=0)) as opened:
        yield opened


@pytest.mark.skipif(not HAS_STRACE, reason="strace is not on this machine")
@pytest.mark.parametrize("name", TRICKS)
def test_a_build_opens_nothing_beside_the_bank_and_calls_nobody(name: str, tmp_path: Path) -> None:
    built = build(lay(name, tmp_path))
    assert built.opened == ()
    assert built.called == ()
    _ended_well(built)
    if name in ("a PNG that has not the pixels that it claims", "a JPEG that breaks off"):
        assert built.codes == ["Q122"]
    for file in (tmp_path / "out").rglob("*.pdf"):
        assert CANARY not in "".join(pages_of(file.read_bytes()))


def _ended_well(built: Built) -> None:
    """With a build, or with errors that have a code; in a person's words."""
    assert built.code in (0, 1)
    assert bool(built.codes) == (built.code == 1)
    assert "Traceback" not in built.said
    assert "weasyprint" not in built.said.lower()


@pytest.mark.parametrize("name", ["emphasis in emphasis"])  # others take their time: `make hostile`
def test_a_build_names_the_item_that_cannot_be_set_and_prints_the_rest(name: str, tmp_path: Path) -> None:
    built = build(lay(name, tmp_path), watched=False)
    _ended_well(built)
    assert built.codes == ["Q552"]
    assert "'tides/hostile' cannot be set: it " in built.said
    assert "tides.yaml:" in built.said
    booklet = tmp_path / "out" / "tides" / "students" / "booklet.pdf"
    assert "The sea is wet." in "".join(pages_of(booklet.read_bytes()))


@pytest.mark.skipif(not HAS_STRACE, reason="strace is not on this machine")
def test_the_watch_sees_what_is_opened_and_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that is made to read a canary and to call an address is caught at it."""
    bank = lay("links to files", tmp_path)
    code = f"""
import socket
try:
    open({str(tmp_path / "outside" / "canary.css")!r}).read()
    socket.create_connection(("127.0.0.1", 9), 1)
except OSError:
    pass
"""
    (tmp_path / "spy").mkdir()
    (tmp_path / "spy" / "sitecustomize.py").write_text(code)
    monkeypatch.setattr("tests.hostile_print.watch.REPOSITORY", tmp_path / "spy")
    built = build(bank)
    assert str(tmp_path / "outside" / "canary.css") in built.opened
    assert any("AF_INET" in call for call in built.called)


@pytest.mark.parametrize("name", BANKS)
def test_a_worker_bears_all_that_a_bank_can_hold(name: str, tmp_path: Path, executor: LocalExecutor) -> None:
    bank = lay(name, tmp_path)
    whole, found = read([bank])
    if has_errors(found):
        assert all(one.code and one.span.line for one in found)
        return
    parts = [Part(f"tides/{item.id}", file.at(item)) for file in whole.files for item in file.items]
    [outcome] = executor.map([_set(bank, parts)])
    if name in WEARING:
        [guilty] = blame(parts, lambda some: _set(bank, some), executor)
        assert guilty.part.name == "tides/hostile"
        assert guilty.diagnostic.code == "Q552"
        assert WEARING[name] in guilty.diagnostic.message
        assert guilty.diagnostic.span.line > 1
    elif isinstance(outcome, Done):
        assert outcome.value.startswith(b"%PDF")
    else:
        assert str(outcome)


def _set(bank: Path, parts: Sequence[Part]) -> Task[bytes]:
    return Task(deeds.print_items, (bank, [part.name for part in parts]))
