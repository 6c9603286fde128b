"""Faults as values: where, what, how to mend it. The innermost room: it imports nothing of quizgen.

A fault of the author is a `Diagnostic` and is collected, never raised to the top; so one run reports them all.
Inside a pydantic validator a `Fault` (which knows the record but not the file) is raised by `report`, and
`validation` gives it its place.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic_core import PydanticCustomError


class Severity(StrEnum):
    """How much a diagnostic matters: an error stops a build, a warning does not, a note only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line of a file. Lines and columns count from 1, columns in code points; `end` is exclusive."""

    file: str
    line: int = 1
    column: int = 1
    end: int = 2
    source: str = ""
    """The text of the line, for the excerpt; empty where there is none to show."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a file: what stands from `start` up to `end` gives way to `text`.

    Offsets count code points of the file's text without its byte order mark, from 0. An insertion has start = end.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault: its code and severity, what is wrong (lower case), where, and how to mend it.

    `fix` is there where a program can mend it without changing what a candidate is asked: edits of the span's file.
    """

    code: str
    severity: Severity
    message: str
    span: Span
    hint: str = ""
    fix: tuple[Edit, ...] = ()

    def __str__(self) -> str:
        """The diagnostic as a terminal shows it; control characters in it are made visible."""
        place = self.span
        lines = [f"{place.file}:{place.line}:{place.column}: {self.severity}[{self.code}]: {self.message}"]
        if place.source:
            gutter = " " * max(5, len(str(place.line)))
            excerpt, column, width = _excerpt(place)
            lines.append(f"{place.line:>{len(gutter)}} | {excerpt}")
            lines.append(f"{gutter} | {' ' * column}{'^' * width}")
        if self.hint:
            lines.append(f"      = hint: {self.hint}")
        return "\n".join(visible(line) for line in lines)


def error(code: str, message: str, span: Span, hint: str = "", fix: tuple[Edit, ...] = ()) -> Diagnostic:
    """A diagnostic that stops a build."""
    return Diagnostic(code, Severity.ERROR, message, span, hint, fix)


def warning(code: str, message: str, span: Span, hint: str = "", fix: tuple[Edit, ...] = ()) -> Diagnostic:
    """A diagnostic that only a reader would mind."""
    return Diagnostic(code, Severity.WARNING, message, span, hint, fix)


def note(code: str, message: str, span: Span, hint: str = "") -> Diagnostic:
    """A diagnostic that says what a reader may want to know; nothing is wrong."""
    return Diagnostic(code, Severity.NOTE, message, span, hint)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By file, place and code, each once: the order of a report."""
    return sorted(set(diagnostics), key=lambda d: (d.span.file, d.span.line, d.span.column, d.code, d.message))


_EXCERPT = 110
"""How many characters of a line an excerpt shows at most."""


def _excerpt(place: Span) -> tuple[str, int, int]:
    """The part of the line to show, and at which of its characters how many carets stand."""
    start = max(0, place.column - 1 - _EXCERPT // 2) if len(place.source) > _EXCERPT else 0
    shown = place.source.replace("\t", " ")[start : start + _EXCERPT].rstrip()
    column = place.column - 1 - start
    width = max(1, min(place.end - place.column, len(shown) - column))
    before, marked = shown[:column], shown[column : column + width]
    return shown, _cells(visible(before)), max(1, _cells(visible(marked)))


def _cells(text: str) -> int:
    """How many columns of a terminal the text takes: wide characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


# C0 and C1 controls, ends of lines, and what turns the direction of a line: none of them may reach a terminal.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """The text with control and direction characters and line breaks as escapes: one line, safe for a terminal."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a validator found wrong in a record, before it is known where in the file the record stands.

    `at` is the path inside the record (keys and indices); `text` is the offending stretch of that value, if
    only a part of it is wrong; `key` says that the last key of the path is wrong, not its value.
    """

    code: str
    message: str
    at: tuple[str | int, ...] = ()
    hint: str = ""
    text: str = ""
    key: bool = False


def report(faults: Sequence[Fault]) -> None:
    """Raise the faults from inside a pydantic validator, all at once; do nothing if there are none."""
    if faults:
        raise PydanticCustomError("faults", "faults", {"faults": tuple(faults)})


_COMPARED = 200
"""With how many choices a word is compared at most; among very many, it takes long and tells little."""


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A hint that names the nearest choice, or all of them where none is near."""
    known = list(choices)
    near = difflib.get_close_matches(word.lower(), known[:_COMPARED], n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else one_of(known)


def one_of(choices: Iterable[str]) -> str:
    """A hint that names what is allowed, the first dozen of it."""
    known = list(choices)
    return "one of: " + ", ".join(known[:12]) + (" ..." if len(known) > 12 else "")
