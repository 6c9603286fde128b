"""What a check found, in the words of whoever reads it: a person, a program, a code host, a build server.

One file per format, each with a `render` from a `Report` to text. The only room to the right is `diagnostics`.

Diagnostics quote strangers. Where a person reads what is written, control and direction characters are made visible;
where a program does, every text stays what it is, but for lone surrogates, which no UTF-8 can hold.
"""

from typing import Literal, assert_never, get_args

from .report import Report

__all__ = ["FORMATS", "Format", "Report", "render"]

Format = Literal["text", "json", "github", "gitlab", "sarif", "junit"]

FORMATS: tuple[Format, ...] = get_args(Format)


def render(report: Report, format: Format) -> str:
    """The report as text that ends with its last line break; empty only where a format of lines has nothing to say."""
    match format:  # a format is loaded when it is asked for: `check` mostly needs none but the first
        case "text":
            from .text import render as rendered
        case "json":
            from .json import render as rendered
        case "github":
            from .github import render as rendered
        case "gitlab":
            from .gitlab import render as rendered
        case "sarif":
            from .sarif import render as rendered
        case "junit":
            from .junit import render as rendered
        case _:
            assert_never(format)
    return rendered(report)
