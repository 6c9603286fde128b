"""Who takes a quiz and where they sit: rosters and seat maps, CSV files as spreadsheets write them.

`parse` and `parse_seats` are pure; `read` and `read_seats` open files.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias, TypeVar

from . import editions, table
from .diagnostics import Diagnostic, Span, did_you_mean, error, in_order, visible
from .files import read_bytes
from .form import Candidate
from .table import Row

MAX_ID = 60
MAX_NAME = 100
MAX_EXTRA_TIME = 300
"""How much extra time a candidate may have at most, in per cent."""

_COLUMNS = {"id": "id", "name": "name", "extratime": "extra_time", "edition": "edition"}
_NAME_THEM = "name the columns in the first row: id, name, and where needed extra_time, edition"


@dataclass(frozen=True)
class Roster:
    """The candidates of a quiz, in the file's order. No two have ids that name the same file."""

    candidates: tuple[Candidate, ...]


Seats: TypeAlias = Mapping[str, tuple[int, int]]
"""Candidate's id -> the row, from the front, and the place in it, both from 1."""


T = TypeVar("T")


class _Wrong(Exception):
    """A cell cannot be what it stands for: its arguments are the message and the hint."""


def read(path: Path) -> tuple[Roster | None, list[Diagnostic]]:
    """The roster in a file, and what is wrong with it; `None` where anything is."""
    content, found = _content(path, "name a CSV file with a row for every candidate")
    return (None, found) if content is None else parse(content, str(path))


def parse(content: bytes, file: str) -> tuple[Roster | None, list[Diagnostic]]:
    """The roster in `content`; `file` is the name that diagnostics give. Columns with other titles are passed over."""
    lines, found = table.lines(content, file)
    rows, wrong = table.rows(lines, file, "Q510", _separator)
    found += wrong
    if not rows:
        return None, found or [error("Q510", "the roster is empty", Span(file), _NAME_THEM)]
    columns, wrong = _titles(rows[0])
    if "id" not in columns:
        return None, found or [error("Q510", "there is no column `id`", _line(rows[0]), _NAME_THEM)]
    found += wrong
    candidates: list[Candidate] = []
    lines_of: dict[str, int] = {}
    for row in rows[1:]:
        candidate, wrong = _candidate(row, columns, len(rows[0].cells))
        first = lines_of.setdefault(same_file(candidate.id), row.line) if candidate.id else row.line
        if first != row.line:
            hint = "files are named by id; ids that differ only in capitals name the same file"
            message = f"the id '{candidate.id}' stands a second time, after line {first}"
            wrong = [error("Q510", message, row.span(columns["id"]), hint), *wrong]
        candidates.append(candidate)
        found += wrong
        if len(found) >= table.MAX_FAULTS:
            break
    if not candidates and not found:
        found.append(error("Q510", "the roster has no candidates", _line(rows[0]), "write one row for each"))
    return (None, in_order(found)) if found else (Roster(tuple(candidates)), [])


def same_file(candidate: str) -> str:
    """What two ids have in common that name the same file where capitals do not count."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", candidate).casefold())


def _content(path: Path, hint: str) -> tuple[bytes | None, list[Diagnostic]]:
    content, found = read_bytes(path)
    return content, [replace(fault, hint=hint) for fault in found]


def _separator(lines: Sequence[str]) -> str:
    """By what the cells of the titles are parted: what makes most of them titles that we know."""
    header = next((line for line in lines if line.strip(',;\t" ')), "")
    return max(table.SEPARATORS, key=lambda sign: sum(_folded(title) in _COLUMNS for title in header.split(sign)))


def _folded(title: str) -> str:
    return re.sub(r'[\s_"-]+', "", title.casefold())


def _titles(header: Row) -> tuple[dict[str, int], list[Diagnostic]]:
    """Title -> its column, and the faults of titles that stand twice."""
    columns: dict[str, int] = {}
    found = []
    for column, title in enumerate(header.cells):
        known = _COLUMNS.get(_folded(title))
        if known in columns:
            message = f"the column `{known}` stands a second time"
            found.append(error("Q510", message, header.span(column), "take one of the two out, or rename it"))
        elif known:
            columns[known] = column
    return columns, found


def _line(row: Row) -> Span:
    text = row.lines[0]
    start = len(text) - len(text.lstrip())
    return Span(row.file, row.line, start + 1, max(start + 1, len(text.rstrip())) + 1, text)


def _candidate(row: Row, columns: Mapping[str, int], width: int) -> tuple[Candidate, list[Diagnostic]]:
    """The candidate of a row, as far as it can be read, and what is wrong with it."""
    found: list[Diagnostic] = []

    def read(column: str, reader: Callable[[str], T], instead: T) -> T:
        if column not in columns:
            return instead
        try:
            return reader(row.cell(columns[column]))
        except _Wrong as wrong:
            message, hint = wrong.args
            found.append(error("Q510", message, row.span(columns[column]), hint))
            return instead

    name = read("id", _id, "")
    candidate = Candidate(
        name, read("name", _name, "") or name, read("extra_time", _extra_time, 0.0), read("edition", _edition, None)
    )
    beyond = next((column for column in range(width, len(row.cells)) if row.cells[column]), None)
    if beyond is not None:
        message = f"a cell more than there are columns: {len(row.cells)} in {width} columns"
        hint = "give the column a title in the first row; or put the text that was meant to be one cell in quotes"
        found.append(error("Q510", message, row.span(beyond), hint))
    return candidate, found


def _id(text: str) -> str:
    """An id that is safe as a part of a file's name, on every system."""
    text = unicodedata.normalize("NFC", text)
    hint = "use letters, digits, and . _ - between them"
    if not text:
        raise _Wrong("there is no id", "give every candidate one; files are named by it")
    if len(text) > MAX_ID:
        raise _Wrong(f"an id of more than {MAX_ID} characters", "shorten it; files are named by it")
    strange = next((char for char in text if char not in "._-" and unicodedata.category(char)[0] not in "LMN"), None)
    if strange:
        raise _Wrong(f"an id cannot have {_called(strange)} in it: files are named by it", hint)
    if text[0] in ".-" or text[-1] == "." or unicodedata.category(text[0])[0] == "M":
        raise _Wrong(f"'{text}' cannot be an id: files are named by it", hint)
    if text.casefold() in _OURS:
        raise _Wrong(f"'{text}' cannot be an id: a build has a file of this name", f"write {text}-1, say")
    if editions.ends_like_a_file(text):
        raise _Wrong(f"'{text}' cannot be an id: a build may have a file of this name", f"write {text}-1, say")
    if text.split(".")[0].casefold() in _RESERVED:
        raise _Wrong(f"'{text}' cannot be an id: Windows has no files of this name", f"write {text}-1, say")
    return text


_OURS = ("booklet", "keys")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}


def _name(text: str) -> str:
    if len(text) > MAX_NAME:
        raise _Wrong(f"a name of more than {MAX_NAME} characters", "shorten it; it is printed on one line")
    strange = next((char for char in text if visible(char) != char), None)
    if strange:
        raise _Wrong(f"a name cannot have {_called(strange)} in it", "type the name again, on one line")
    return text


def _called(char: str) -> str:
    """A character as a message names it."""
    if char == "\n":
        return "a line break"
    return "a space" if char == " " else f"'{char}'" if char.isprintable() else f"the character U+{ord(char):04X}"


def _extra_time(text: str) -> float:
    """Per cent of the working time as a share of it. Of `0.25`, `1.5` and `2` nobody knows what is meant."""
    written = re.fullmatch(r"\+?\s*(\d{1,6}(?:[.,]\d{1,6})?)\s*(%?)", text)
    share = float(written[1].replace(",", ".")) if written else 0
    if text and (not written or (0 < share < 5 and not written[2])):
        raise _Wrong(f"'{text[:40]}' is not an extra time", _hint_for(text))
    if share > MAX_EXTRA_TIME:
        raise _Wrong(f"an extra time of more than {MAX_EXTRA_TIME}%", "25% is a quarter more, 100% twice the time")
    return round(share / 100, 6)


def _hint_for(text: str) -> str:
    minutes = re.fullmatch(r"\+?\s*(\d+)\s*[^\W\d]+\W*", text)
    if minutes:
        return f"write it in per cent of the working time: {minutes[1]} minutes more of 40 are {_per_cent(minutes[1])}%"
    return "write 25% for a quarter more, 50% for time and a half; leave the cell empty for none"


def _per_cent(minutes: str) -> str:
    return f"{int(minutes[:3]) / 40 * 100:g}"


def _edition(text: str) -> str | None:
    try:
        edition = editions.parse(text)
    except editions.EditionError as wrong:
        raise _Wrong(str(wrong), wrong.hint) from None
    return None if edition == editions.STANDARD else str(edition)


def read_seats(text: str, roster: Roster) -> tuple[Seats | None, list[Diagnostic]]:
    """Where the candidates sit: `text` is rows x columns (`5x6`), or names a file with a seat map."""
    if re.fullmatch(_ROWS_BY_COLUMNS, text.strip()):
        return in_rows(text, roster)
    content, found = _content(Path(text), "name a CSV file, or write rows x columns: 5x6")
    return (None, found) if content is None else parse_seats(content, text, roster)


_ROWS_BY_COLUMNS = r"(\d{1,4})\s*[xX\u00d7]\s*(\d{1,4})"


def in_rows(text: str, roster: Roster) -> tuple[Seats | None, list[Diagnostic]]:
    """`5x6`: five rows of six seats each, filled from the front in the roster's order."""
    size = re.fullmatch(_ROWS_BY_COLUMNS, text.strip())
    assert size
    rows, columns = int(size[1]), int(size[2])
    if rows * columns < len(roster.candidates):
        message = f"{rows * columns} seats for {len(roster.candidates)} candidates"
        hint = "there may be more seats than candidates, not fewer"
        return None, [error("Q511", message, Span("--seats", 1, 1, len(text) + 1, text), hint)]
    return {
        candidate.id: (number // columns + 1, number % columns + 1)
        for number, candidate in enumerate(roster.candidates)
    }, []


def parse_seats(content: bytes, file: str, roster: Roster) -> tuple[Seats | None, list[Diagnostic]]:
    """The seat map in `content`: a grid of ids, the front row first; an empty cell is an empty seat."""
    lines, found = table.lines(content, file)
    if found:
        return None, found
    rows, broken = table.rows(lines, file, "Q511", lambda lines: max(table.SEPARATORS, key="\n".join(lines).count))
    found += broken
    known = {same_file(candidate.id): candidate.id for candidate in roster.candidates}
    seats: dict[str, tuple[int, int]] = {}
    cells = ((row, column, text) for row in rows for column, text in enumerate(row.cells) if text)
    for at, column, text in cells:
        candidate = known.get(same_file(text))
        if candidate is None:
            hint = did_you_mean(text[:MAX_ID], known)
            message = f"there is no '{text[:MAX_ID]}' in the roster"
        elif candidate in seats:
            hint = "every candidate sits in one place"
            message = "'{}' sits here, and in row {}, place {}".format(candidate, *seats[candidate])
        else:
            seats[candidate] = (at.line, column + 1)
            continue
        found.append(error("Q511", message, at.span(column), hint))
        if len(found) >= table.MAX_FAULTS:
            return None, in_order(found)
    if not broken:
        found += _without_a_seat([candidate for candidate in roster.candidates if candidate.id not in seats], file)
    return (None, in_order(found)) if found else (seats, [])


def _without_a_seat(candidates: Sequence[Candidate], file: str) -> list[Diagnostic]:
    if not candidates:
        return []
    names = ", ".join(candidate.id for candidate in candidates[:12]) + (" ..." if len(candidates) > 12 else "")
    message = f"{len(candidates)} of the roster {'have' if len(candidates) > 1 else 'has'} no seat: {names}"
    return [error("Q511", message, Span(file), "put every id of the roster into one cell of the seat map")]
