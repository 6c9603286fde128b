"""CSV as spreadsheets write it -> rows of cells that know their place in the file.

Cells are parted by commas, semicolons or tabs; a byte order mark, any ends of lines, quotes, and Excel's first line
`sep=;` are understood. The values are read by Python's `csv`; where a cell stands is found only when somebody asks.
"""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from .diagnostics import Diagnostic, Span, error, visible

SEPARATORS = (",", ";", "\t")
MAX_ROWS = 20_000
"""How many rows a table may have, beside the one with the titles."""
MAX_FAULTS = 100
_MAX_LINE = 10_000
_MAX_LINES = 10
"""On how many lines one row may stand; so a quotation mark that is not closed never swallows the rest of a file."""

Choose = Callable[[Sequence[str]], str]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """A text as a cell to be written: on one line, and nothing that a spreadsheet would take for a formula."""
    text = visible(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, without the spaces around them. `line` is its first line in the file, from 1."""

    file: str
    line: int
    cells: tuple[str, ...]
    lines: tuple[str, ...]
    separator: str

    def cell(self, column: int) -> str:
        """The cell in a column, from 0; empty where the row ends before it."""
        return self.cells[column] if column < len(self.cells) else ""

    def span(self, column: int) -> Span:
        """Where the cell in a column stands; the end of the row where it ends before that column."""
        text, pattern = "\n".join(self.lines), _cell_of(self.separator)
        match = pattern.match(text)
        for _ in range(min(column, len(self.cells))):
            assert match  # the pattern fits everywhere, if only an empty cell
            match = pattern.match(text, match.end() + 1)
        assert match
        written = match[0]
        start = match.start() + len(written) - len(written.lstrip())
        end = start + max(1, len(written.strip().split("\n")[0]))
        above, line = text.count("\n", 0, start), text.rfind("\n", 0, start) + 1
        return Span(self.file, self.line + above, start - line + 1, end - line + 1, self.lines[above])


def _cell_of(separator: str) -> re.Pattern[str]:
    """A cell as it is written, up to the separator."""
    return re.compile(rf' *"(?:[^"]|"")*" *|[^{separator}\n]*')


def lines(content: bytes, file: str) -> tuple[list[str], list[Diagnostic]]:
    """The lines of a table without their ends; none where it is not UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = re.split("\r\n|\r|\n", content[: problem.start].decode("utf-8-sig", "replace"))
        span = Span(file, len(before), len(before[-1]) + 1, len(before[-1]) + 2, before[-1])
        message = f"the file is not UTF-8: byte 0x{content[problem.start]:02x}"
        return [], [error("Q009", message, span, "save it as CSV with the encoding UTF-8")]
    return re.split("\r\n|\r|\n", text), []


def rows(written: Sequence[str], file: str, code: str, choose: Choose) -> tuple[list[Row], list[Diagnostic]]:
    """The rows that are not blank, and what is wrong with the others, under `code`.

    `choose` tells from the lines by what their cells are parted.
    """
    named = re.fullmatch(r'"?sep=([,;\t])"?[,;\t]*', written[0], re.IGNORECASE) if written else None
    separator = named[1] if named else choose(written)
    found: list[Row] = []
    faults: list[Diagnostic] = []
    at = 1 if named else 0
    while at < len(written) and len(faults) < MAX_FAULTS:
        used = 1
        if not _is_blank(written[at], separator):
            row = _row(written, at, file, separator)
            if isinstance(row, Row) and len(found) > MAX_ROWS:
                message = f"more than {MAX_ROWS:,} rows"
                return found, [*faults, error(code, message, row.span(0), "divide it among several files")]
            if isinstance(row, Row):
                found.append(row)
                used = len(row.lines)
            else:
                faults.append(error(code, row[0], _whole(written, at, file), row[1]))
        at += used
    return found, faults


def _is_blank(line: str, separator: str) -> bool:
    """Whether all cells are empty and end on the line."""
    return not line.strip(f'{separator}" \t') and line.count('"') % 2 == 0


def _row(written: Sequence[str], at: int, file: str, separator: str) -> Row | tuple[str, str]:
    """The row that begins on a line, or what is wrong with it and how to mend that."""
    ahead = list(takewhile(lambda line: len(line) <= _MAX_LINE, written[at : at + _MAX_LINES]))
    if not ahead:
        return f"a line of more than {_MAX_LINE:,} characters", "one row is one candidate, or one row of seats"
    reader = csv.reader((f"{line}\n" for line in ahead), delimiter=separator, skipinitialspace=True, strict=True)
    try:
        cells = tuple(cell.strip() for cell in next(reader))
    except csv.Error:
        hint = 'write "Ann" or Ann; a quotation mark inside of a quoted cell is written twice'
        return "quotation marks that do not match", hint
    return Row(file, at + 1, cells, tuple(written[at : at + reader.line_num]), separator)


def _whole(written: Sequence[str], at: int, file: str) -> Span:
    """A line, from its first quotation mark on."""
    line = written[at]
    start = max(0, line.find('"'))
    return Span(file, at + 1, start + 1, max(start + 2, len(line.rstrip()) + 1), line)
