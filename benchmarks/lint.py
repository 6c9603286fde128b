"""How well the item-writing checks agree with the labels of `tests/lint_corpus`: precision and recall per code."""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from quizgen.bank import Bank, read
from quizgen.checks import check

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "lint_corpus"
JUDGED = re.compile(r"Q305|Q313|Q404|Q41\d|Q42\d|Q43[01]")
"""The codes that the labels speak of."""

_ITEM = re.compile(
    r"^\s*- id: (?P<id>[\w-]+)\s*# (?:clean|must: (?P<must>[Q\d ]+?))?(?:;? ?may: (?P<may>[Q\d ]+))?\s*$"
)


@dataclass
class Label:
    """What must, and what may be reported of one item."""

    must: frozenset[str]
    may: frozenset[str]
    line: int


@dataclass
class Agreement:
    """Per code: how often it was found rightly, found wrongly, and not found."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    wrongly: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[str]:
        """The table: one row per code, and one for all."""
        yield f"{'code':<6} {'right':>6} {'wrong':>6} {'missed':>7} {'precision':>10} {'recall':>8}"
        for code in sorted(self.right | self.wrong | self.missed):
            yield _row(code, self.right[code], self.wrong[code], self.missed[code])
        yield _row("all", self.right.total(), self.wrong.total(), self.missed.total())


def _row(name: str, right: int, wrong: int, missed: int) -> str:
    precision = f"{right / (right + wrong):.2f}" if right + wrong else "-"
    recall = f"{right / (right + missed):.2f}" if right + missed else "-"
    return f"{name:<6} {right:>6} {wrong:>6} {missed:>7} {precision:>10} {recall:>8}"


def labels(path: Path) -> dict[str, Label]:
    """The labels of one file: item id -> what must and what may be reported."""
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if (match := _ITEM.match(line)) and "# " in line:
            must, may = (frozenset((match[name] or "").split()) for name in ("must", "may"))
            found[match["id"]] = Label(must, may, number)
    return found


def agreement(paths: Iterable[Path]) -> Agreement:
    """How the checks agree with the labels of the files, each checked as a bank of its own."""
    total = Agreement()
    for path in paths:
        known = labels(path)
        bank, _ = read([path])
        items = [item.id for file in bank.files for item in file.items]
        starts = sorted((label.line, name) for name, label in known.items() if name in items)
        found: dict[str, set[str]] = {name: set() for _, name in starts}
        for diagnostic in check(Bank(bank.files)):
            owner = [name for line, name in starts if line <= diagnostic.span.line]
            if JUDGED.fullmatch(diagnostic.code) and owner:
                found[owner[-1]].add(diagnostic.code)
        for name, codes in found.items():
            _count(total, f"{path.stem}/{name}", known[name], codes)
    return total


def _count(total: Agreement, name: str, label: Label, codes: set[str]) -> None:
    total.right.update(codes & label.must)
    total.wrong.update(codes - label.must - label.may)
    total.missed.update(label.must - codes)
    total.wrongly += [f"{code} wrongly: {name}" for code in codes - label.must - label.may]
    total.wrongly += [f"{code} missed: {name}" for code in label.must - codes]


def main() -> None:
    """Print the table of each part of the corpus, and with `-v` each disagreement of that which may be read.

    Other arguments name files or folders, which make one table.
    """
    places = [Path(word) for word in sys.argv[1:] if word != "-v"]
    if places:
        paths = [path for place in places for path in (sorted(place.glob("*.yaml")) if place.is_dir() else [place])]
        _print("as named", agreement(paths), told="-v" in sys.argv)
        return
    for name, folder in (("to work with", CORPUS), ("unseen", CORPUS / "unseen"), ("sealed", CORPUS / "sealed")):
        _print(name, agreement(sorted(folder.glob("*.yaml"))), told="-v" in sys.argv and folder == CORPUS)


def _print(name: str, total: Agreement, *, told: bool) -> None:
    print(f"item-writing checks against labels: {name}")
    for row in total.rows():
        print(row)
    for line in sorted(total.wrongly) if told else ():
        print(line)
    print()


if __name__ == "__main__":
    main()
