"""`# quizgen: ignore[Q412] reason` beside a line: a warning that an author has looked at and means to keep.

A comment counts for what begins on its line: `- id: low-water  # quizgen: ignore[...]` for the whole item, behind a
`stem:` for the stem. A comment on a line of its own counts for what begins on the next line. Errors cannot be ignored,
since a build relies on what they say.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .diagnostics import Diagnostic, Edit, Severity, Span, did_you_mean, warning

if TYPE_CHECKING:
    from .document import Document

_COMMENT = re.compile(r"#[ \t]*quizgen:[ \t]*ignore\b(?:\[(?P<codes>[^\]\n]*)\])?(?P<reason>.*)")
_UNUSED, _FAULTY = "Q190", "Q191"
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Ignore:
    """One comment: which codes it silences, in which lines (from 1, both inclusive), and where it stands."""

    codes: tuple[str, ...]
    first: int
    last: int
    span: Span
    fix: tuple[Edit, ...] = ()
    """The edit that takes the comment out."""

    def silences(self, diagnostic: Diagnostic) -> bool:
        """Whether it is meant for this diagnostic."""
        return diagnostic.code in self.codes and self.first <= diagnostic.span.line <= self.last


def ignores(document: "Document", known: Collection[str]) -> tuple[list[Ignore], list[Diagnostic]]:
    """The ignore comments of a file, and what is wrong with them; `known` are the codes that there are."""
    found: list[Ignore] = []
    faults: list[Diagnostic] = []
    if "quizgen:" not in document.text:
        return found, faults
    for number, line in enumerate(document.lines):
        match = _COMMENT.search(line)
        if match and document.is_comment(number, match.start()):
            span = Span(document.file, number + 1, match.start() + 1, len(line.rstrip()) + 1, line)
            if len(found) + len(faults) >= _MOST:
                faults.append(warning(_FAULTY, f"more than {_MOST:,} ignore comments", span, "mend what they hide"))
                break
            codes = tuple(dict.fromkeys(code.strip().upper() for code in (match["codes"] or "").split(",")))
            wrong = list(_faults(codes, match["reason"].strip(" \t:-–—"), span, known))
            faults += wrong
            if not wrong:
                first, last = document.begins_at(number)
                found.append(Ignore(codes, first + 1, last + 1, span, document.without_comment(number, match.start())))
    return found, faults


def _faults(codes: Sequence[str], reason: str, span: Span, known: Collection[str]) -> Iterator[Diagnostic]:
    example = "write `# quizgen: ignore[Q412] and why`"
    if not any(codes):
        yield warning(_FAULTY, "the comment does not say what to ignore", span, example)
        return
    for code in [code for code in codes if code not in known][:3]:
        yield warning(_FAULTY, f"no diagnostic has the code '{code}'", span, did_you_mean(code, sorted(known)))
    if not reason:
        yield warning(_FAULTY, "the comment does not say why", span, example)


def apply(found: Sequence[Diagnostic], comments: Sequence[Ignore]) -> list[Diagnostic]:
    """What is left of the diagnostics of one file; a comment that silences nothing, or an error, is reported."""
    if not comments:
        return list(found)
    used: set[Ignore] = set()
    left: list[Diagnostic] = []
    by_code: dict[str, list[Ignore]] = {}
    for comment in comments:
        for code in comment.codes:
            by_code.setdefault(code, []).append(comment)
    for diagnostic in found:
        meant = [comment for comment in by_code.get(diagnostic.code, ()) if comment.silences(diagnostic)]
        used.update(meant)
        if not meant or diagnostic.severity is Severity.ERROR:
            left.append(diagnostic)
        if meant and diagnostic.severity is Severity.ERROR:
            message = f"an error cannot be ignored, and {diagnostic.code} is one"
            left.append(warning(_FAULTY, message, meant[0].span, "mend it, and take the comment out"))
    for comment in comments:
        if comment not in used:
            message = f"there is no {' or '.join(comment.codes)} here to ignore"
            left.append(warning(_UNUSED, message, comment.span, "take the comment out", comment.fix))
    return left
