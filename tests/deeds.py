"""What tests give to workers to do: a worker must be able to import it without the tests themselves."""

import ctypes
import os
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from quizgen.assemble import assemble
from quizgen.bank import Bank, read
from quizgen.blueprint import Blueprint
from quizgen.form import Form, Settings
from quizgen.render import pages, pdf


def double(number: int) -> int:
    return 2 * number


def end_of(name: str) -> str:
    """Whether the deed of this name has an end; only a limit ends some."""
    return str(_DEEDS[name]())


def _spin() -> None:
    while True:
        pass


def _too_deep() -> object:
    return _too_deep()


def _close_the_door() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os._exit(3)


def _speak() -> str:
    print("to stdout")
    print("to stderr", file=sys.stderr)
    os.write(1, b"to the file below stdout")
    warnings.warn("a warning", stacklevel=1)
    return "said"


def _write(size: int) -> int:
    with tempfile.NamedTemporaryFile(delete=False) as file:
        return file.write(bytes(size))


class _Stubborn(Exception):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def _raise(problem: BaseException) -> None:
    raise problem


_DEEDS = {
    "spins": _spin,
    "sleeps": lambda: time.sleep(3600),
    "eats": lambda: len(bytearray(3 * 2**30)),
    "crashes": lambda: ctypes.string_at(0),
    "leaves": _close_the_door,
    "recurses": _too_deep,
    "raises": lambda: _raise(ValueError("no\nsuch thing")),
    "raises oddly": lambda: _raise(_Stubborn("no such ", "thing")),
    "exits": lambda: sys.exit("no more"),
    "writes much": lambda: _write(100 * 2**20),
    "writes a little": lambda: _write(100),
    "speaks": _speak,
}


def a_function() -> object:
    """A result that cannot be sent."""
    return lambda: None


def sleep_and_tell(file: Path) -> None:
    """Write the number of this process down, and sleep."""
    file.write_text(str(os.getpid()))
    time.sleep(3600)


def set_names(names: Sequence[str], bad: Sequence[str]) -> int:
    """As if these parts were set: a bad one ends as its name says, `pair-*` only together with another."""
    for name in names:
        if name in bad:
            end_of(name.partition("/")[2].replace("-", " "))
    if sum("pair" in name for name in names) > 1:
        raise ValueError("a pair")
    return len(names)


def booklet(form: Form, settings: Settings) -> bytes:
    """A form, printed."""
    return pdf.typeset([pages.booklet(form, settings)])[0]


def key(form: Form, settings: Settings) -> bytes:
    """Its key, printed."""
    return pdf.typeset([pages.key(form, settings)])[0]


def print_items(bank: Path, names: Sequence[str]) -> bytes:
    """A form of only these items of a bank file (`article/item`), printed."""
    if not names:
        return b""
    whole, _ = read([bank])
    file = whole.files[0]
    some = replace(file, items=tuple(item for item in file.items if f"{file.article.id}/{item.id}" in names))
    form = assemble(Bank((some,)), Blueprint(quiz="hostile"), "seed", 1)[0][0]
    return booklet(form, Settings(formats=("pdf",)))
