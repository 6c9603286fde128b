"""As a terminal shows them: one diagnostic after the other, each with its excerpt and hint."""

from .report import Report


def render(report: Report) -> str:
    """What is empty where nothing was found: how many there are is said elsewhere."""
    return "".join(f"{diagnostic}\n" for diagnostic in report.found)
