"""JUnit's XML, which Jenkins and most build servers show as tests: each file is a test, and an error in it a failure.

No standard says what it holds. What is written here is what the readers of Jenkins and GitLab have in common:
https://github.com/jenkinsci/junit-plugin and https://docs.gitlab.com/ci/testing/unit_test_reports/
"""

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from ..diagnostics import Diagnostic, Severity, visible
from .report import Report


def render(report: Report) -> str:
    """One suite. Warnings and notes are the output of their test, which they do not fail."""
    found: dict[str, list[Diagnostic]] = {report.path(file): [] for file in report.files}
    for diagnostic in report.found:
        found.setdefault(report.path(diagnostic.span.file), []).append(diagnostic)
    cases = [_case(file, diagnostics) for file, diagnostics in found.items()]
    counts = {
        "name": "quizgen check",
        "tests": str(len(cases)),
        "failures": str(sum(case.find("failure") is not None for case in cases)),
        "errors": "0",
        "skipped": "0",
    }
    suites = ET.Element("testsuites")
    ET.SubElement(suites, "testsuite", counts).extend(cases)
    ET.indent(suites)
    written: bytes = ET.tostring(suites, encoding="us-ascii", xml_declaration=True)
    return written.decode("ascii") + "\n"


def _case(file: str, diagnostics: Sequence[Diagnostic]) -> ET.Element:
    """A test with one failure at most, however many errors it has: Jenkins reads only the first."""
    name = _text(visible(file))
    case = ET.Element("testcase", {"classname": "quizgen.check", "name": name, "file": name})
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    others = [diagnostic for diagnostic in diagnostics if diagnostic.severity is not Severity.ERROR]
    if errors:
        first, *more = errors
        message = visible(f"{first.code}: {first.message}") + (f" (and {len(more)} more)" if more else "")
        failure = ET.SubElement(case, "failure", {"type": "error", "message": _text(message)})
        failure.text = _text("\n".join(map(str, errors)))
    if others:
        ET.SubElement(case, "system-out").text = _text("\n".join(map(str, others)))
    return case


def _text(text: str) -> str:
    """The two characters that XML forbids and `visible` lets through, as U+FFFD."""
    return re.sub("[\ufffe\uffff]", "\ufffd", text)
