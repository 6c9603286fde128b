"""Workflow commands of GitHub Actions: printed in a job, they are annotations beside the lines of a pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from ..diagnostics import Diagnostic, Severity, visible
from .report import Report, told

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report) -> str:
    """One line for each diagnostic, whatever it quotes: a line break in it would begin a command of a stranger's."""
    return "".join(f"{_command(report, diagnostic)}\n" for diagnostic in report.found)


def _command(report: Report, diagnostic: Diagnostic) -> str:
    place = diagnostic.span
    title = report.title(diagnostic.code)
    properties = {
        "file": report.path(place.file),
        "line": place.line,
        "col": place.column,
        "endColumn": place.end,
        "title": f"{diagnostic.code}: {title}" if title else diagnostic.code,
    }
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{_data(told(diagnostic))}"


def _data(text: str) -> str:
    """What stands in a command. GitHub also has an escape for `\r`, which `visible` leaves nothing of."""
    return text.replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
