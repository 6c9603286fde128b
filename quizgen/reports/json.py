"""For programs: one object with all there is to know. Its shape is promised in docs/check-formats.md.

`schema` counts up when a key changes its meaning or goes; a new key does not change it.
"""

from ..diagnostics import Diagnostic, Severity
from .report import Report, as_json

SCHEMA = 1


def render(report: Report) -> str:
    """Every text as it is; lines and columns from 1, offsets of a fix from 0, all in code points."""
    return as_json(
        {
            "quizgen": report.version,
            "schema": SCHEMA,
            "files": len(report.files),
            "items": report.items,
            **{f"{severity}s": report.counts.get(severity, 0) for severity in Severity},
            "diagnostics": [_diagnostic(report, diagnostic) for diagnostic in report.found],
        }
    )


def _diagnostic(report: Report, diagnostic: Diagnostic) -> dict[str, object]:
    place = diagnostic.span
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "title": report.title(diagnostic.code),
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "file": report.path(place.file),
        "line": place.line,
        "column": place.column,
        "end_column": place.end,
        "fix": [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in diagnostic.fix],
    }
