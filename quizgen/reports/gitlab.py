"""The Code Quality report of GitLab, which shows it in the merge request.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from ..diagnostics import Severity, visible
from .fingerprint import fingerprints
from .report import Report, as_json

# GitLab's other two, blocker and critical, are for what harms those who use a program.
_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report) -> str:
    """A list with an entry for each diagnostic; the hint is part of the description, for there is no other place."""
    return as_json(
        [
            {
                "description": visible(f"{found.message} ({found.hint})" if found.hint else found.message),
                "check_name": found.code,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[found.severity],
                "location": {"path": report.path(found.span.file), "lines": {"begin": found.span.line}},
            }
            for found, fingerprint in zip(report.found, fingerprints(report), strict=True)
        ]
    )
