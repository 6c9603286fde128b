"""Results as a table, for a spreadsheet or a book of grades."""

import csv
import io
from collections.abc import Iterable

from ..table import guarded
from .results import Result, Results

_TITLES = ("id", "name", "form", "earned", "points", "percent", "unmarked", "late", "receipt", "file")


def as_csv(results: Results) -> bytes:
    """A row for each student: what was earned in all, and for each item by its full name; empty where it is not marked
    yet, or not on the form.

    It begins with a byte order mark: without one Excel takes UTF-8 for another encoding.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    names = [item.name for item in results.items]
    table.writerow([*_TITLES, *map(guarded, names)])
    table.writerows([*_row(one), *_earned(one, names)] for one in results.students)
    return text.getvalue().encode("utf-8-sig")


def _row(one: Result) -> list[str]:
    percent = f"{100 * one.earned / one.points:.1f}" if one.points else ""
    unmarked, late = str(one.unmarked or ""), "late" if one.late else ""
    texts = [one.id, one.name, one.form, _number(one.earned), _number(one.points), percent, unmarked, late]
    return [*map(guarded, texts), guarded(one.receipt), guarded(one.file)]


def _earned(one: Result, names: Iterable[str]) -> list[str]:
    answers = (one.answers.get(name) for name in names)
    return ["" if answer is None or answer.earned is None else _number(answer.earned) for answer in answers]


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
