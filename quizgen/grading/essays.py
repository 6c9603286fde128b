"""Answers that a person must mark: a sheet to fill in, and the marks that come back in it.

A sheet is a CSV file. What counts in it are the columns `attempt`, `item` and `earned`; the others are for reading.
"""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence

from .. import table
from ..diagnostics import Diagnostic, Span, error
from ..form import ItemRecord, Manifest, RubricLine
from ..items import ITEM_TYPES
from ..table import Row, guarded
from .responses import Submission

_TITLES = ("attempt", "item", "id", "name", "form", "number", "answer", "rubric", "points", "earned", "comment")
_LONGEST = 5_000
"""So many signs of an answer stand in a sheet; the whole of it is in the results."""
_HINT = "take the sheet that `quizgen grade` wrote, and fill in the column `earned`"


def sheet(submissions: Sequence[Submission], told: Manifest, marked: Collection[tuple[str, str]]) -> bytes | None:
    """A row for every answer that waits for its marks; nothing where none does. `marked` are (attempt, item)."""
    waiting = [
        (one, item, text)
        for one in submissions
        for item in one.form.items
        if _by_hand(item)
        if (text := "".join(one.answers.get(item.number, ())).strip()) and (one.attempt, item.name) not in marked
    ]
    dropped = told.corrected().dropped
    rows = [_row(*each) for each in waiting if each[1].name not in dropped]
    if not rows:
        return None
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(_TITLES)
    writer.writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def _by_hand(item: ItemRecord) -> bool:
    return ITEM_TYPES[item.type].hand_scored


def _row(one: Submission, item: ItemRecord, text: str) -> list[str]:
    line = " ¶ ".join(part.strip() for part in text.splitlines() if part.strip())
    cut = line if len(line) <= _LONGEST else f"{line[:_LONGEST]} …"
    rubric = "; ".join(_criterion(each) for each in (item.marking.rubric if item.marking else ()))
    texts = (one.attempt, item.name, one.student.id, one.student.name, one.form.id, f"{item.number}", cut, rubric)
    return [*map(guarded, texts), f"{item.points:g}", "", ""]


def _criterion(line: RubricLine) -> str:
    return f"{line.text} ({line.points:g})" if line.points is not None else line.text


def read_marks(
    name: str, content: bytes, told: Manifest, attempts: Collection[str]
) -> tuple[dict[tuple[str, str], float], list[Diagnostic]]:
    """The marks in a sheet, as (attempt, item) -> points, and what is wrong with it. Rows without marks wait on."""
    lines, found = table.lines(content, name)
    rows, wrong = table.rows(lines, name, "Q717", _separator)
    found += wrong
    columns = {title.strip().casefold(): at for at, title in enumerate(rows[0].cells)} if rows else {}
    if not {"attempt", "item", "earned"} <= columns.keys():
        return {}, found or [error("Q717", "this is no sheet of answers to be marked", Span(name), _HINT)]
    points = {item.name: item.points for form in told.forms for item in form.items if _by_hand(item)}
    known = {guarded(each).strip(): each for each in (*attempts, *points)}  # as they stand in a sheet
    marks: dict[tuple[str, str], float] = {}
    for row in rows[1:]:
        if not row.cell(columns["earned"]):
            continue
        said = (row.cell(columns["attempt"]), row.cell(columns["item"]))
        key = (known.get(said[0], said[0]), known.get(said[1], said[1]))
        problem = next(_problems(row, columns, key, points, attempts, marks), None)
        if problem:
            found.append(problem)
        else:
            marks[key] = _number(row.cell(columns["earned"])) or 0.0
    return marks, found


def _separator(written: Sequence[str]) -> str:
    header = written[0] if written else ""
    return max(table.SEPARATORS, key=header.count)


def _problems(
    row: Row,
    columns: Mapping[str, int],
    key: tuple[str, str],
    points: Mapping[str, float],
    attempts: Collection[str],
    marks: Mapping[tuple[str, str], float],
) -> Iterator[Diagnostic]:
    """What keeps the marks of a row from being taken."""
    attempt, item = key
    if attempt not in attempts:
        hint = "name all responses that the sheet is of"
        yield error("Q718", "this attempt is not among the responses", row.span(columns["attempt"]), hint)
    elif item not in points:
        yield error("Q718", f"'{item}' is no item that a person marks", row.span(columns["item"]), _HINT)
    else:
        earned, span = _number(row.cell(columns["earned"])), row.span(columns["earned"])
        if earned is None or not 0 <= earned <= points[item]:
            said, hint = row.cell(columns["earned"]), f"write a number from 0 to {points[item]:g}"
            yield error("Q719", f"'{said[:20]}' is not what this answer can earn", span, hint)
        elif marks.get(key, earned) != earned:
            yield error("Q719", "this answer has other marks in an earlier row", span, "leave one of the two")


def _number(text: str) -> float | None:
    """A number as it is typed, with a point or a comma."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if number == number else None
