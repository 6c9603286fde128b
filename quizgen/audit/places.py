"""Where something stands in a file, for a diagnostic."""

from ..diagnostics import Span

_WIDEST = 2000
"""A longer line is shown in part only."""


def span_at(file: str, source: str, at: int, length: int = 1) -> Span:
    """The place in a file's text, with the line that it is in."""
    at = max(0, min(at, len(source)))
    start = source.rfind("\n", 0, at) + 1
    end = source.find("\n", at)
    end = len(source) if end < 0 else end
    line, column = source.count("\n", 0, at) + 1, at - start + 1
    shown = source[start:end] if end - start <= _WIDEST else ""
    return Span(file, line, column, column + max(1, min(length, end - at)), shown)
