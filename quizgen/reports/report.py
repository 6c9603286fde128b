"""A report, and how its texts are made fit for those who read them."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from ..diagnostics import Diagnostic, Severity, visible


@dataclass(frozen=True)
class Report:
    """What was looked at, and what was found there."""

    found: Sequence[Diagnostic]
    """In the order in which they are told. Where a limit is set, fewer than there are."""
    files: Sequence[str]
    """All that were looked at, also those in which nothing was found."""
    items: int
    version: str
    """Of quizgen."""
    pages: Mapping[str, str]
    """Code -> its manual page, which begins with a line `CODE: title.`"""
    counts: Mapping[Severity, int]
    """How many there are, before any limit."""
    root: str = ""
    """An absolute path: files below it are named as seen from there. Empty: every file is named as it was given."""

    def path(self, file: str) -> str:
        """The file as another machine finds it: seen from the root, with forward slashes and no leading `./`."""
        path = PurePath(file)
        if self.root and path.is_relative_to(self.root):
            path = path.relative_to(self.root)
        return path.as_posix()

    def title(self, code: str) -> str:
        """What a code finds, in one line without a full stop; empty where it has no page."""
        first = self.pages.get(code, "").partition("\n")[0]
        return first.removeprefix(f"{code}:").strip().removesuffix(".")


def told(diagnostic: Diagnostic) -> str:
    """Message and hint as a person may read them: two lines at most, whatever they quote."""
    hint = f"\nhint: {visible(diagnostic.hint)}" if diagnostic.hint else ""
    return visible(diagnostic.message) + hint


def whole(text: str) -> str:
    """The text with U+FFFD in place of each lone surrogate, which many readers refuse."""
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def as_json(value: object) -> str:
    """The value as JSON in ASCII, which no terminal acts on and no code page garbles."""
    return json.dumps(json.loads(whole(json.dumps(value, ensure_ascii=False))), indent=2) + "\n"
