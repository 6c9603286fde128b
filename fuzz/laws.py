"""What holds for every file, whatever is in it. A target is one of these; it raises where its law is broken.

Nothing is raised that is not caught: a fault of the file is a diagnostic. Each says what is wrong and stands inside the
file, each can be shown by a terminal without harm, and the same bytes get the same diagnostics.
"""

import re
from collections.abc import Sequence

from quizgen import bank, checks, source
from quizgen.codes import PAGES
from quizgen.diagnostics import Diagnostic, in_order
from quizgen.document import Data, Document, lines_of
from quizgen.document import Path as Way
from quizgen.ignores import apply, ignores

FILE = "fuzz.yaml"
_KNOWN = PAGES.keys() | checks.pages().keys()
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def yaml(content: bytes) -> None:
    """The law of `source.parse`: and every value that was read can be found again in the text."""
    document, found = source.parse(content, FILE)
    assert source.parse(content, FILE)[1] == found
    _sound(found, content)
    assert document is not None or found
    if document is not None:
        _places(document, document.data, ())


def quiz(content: bytes) -> None:
    """The law of `bank.parse`, of all checks, and of the comments that silence them."""
    found = _everything(content)
    assert _everything(content) == found
    _sound(found, content)


TARGETS = {"yaml": yaml, "quiz": quiz}


def _everything(content: bytes) -> list[Diagnostic]:
    file, found = bank.parse(content, FILE)
    if file is None:
        assert found
        return in_order(found)
    comments, faults = ignores(file.document, _KNOWN)
    return in_order(apply(found + faults + checks.check(bank.Bank((file,))), comments))


def _sound(found: Sequence[Diagnostic], content: bytes) -> None:
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = lines_of(text)
    for one in found:
        assert one.code in _KNOWN, one.code
        assert one.message
        assert one.hint
        assert one.span.file == FILE
        assert 1 <= one.span.line <= len(lines), one
        line = lines[one.span.line - 1]
        assert not one.span.source or one.code == "Q009" or one.span.source == line, one
        assert 1 <= one.span.column <= len(line) + 1, one
        assert one.span.column < one.span.end <= len(line) + 2, one
        assert not _UNSAFE.search(str(one)), one
        assert all(0 <= edit.start <= edit.end <= len(text) for edit in one.fix), one


def _places(document: Document, data: Data, way: Way) -> None:
    span = document.span(way)
    assert span.source == document.lines[span.line - 1]
    if isinstance(data, str):
        return
    for step, value in data.items() if isinstance(data, dict) else enumerate(data):
        _places(document, value, (*way, step))
