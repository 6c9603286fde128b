"""YAML text -> plain data and the place of every value.

Built on libyaml's event stream, not on a YAML loader, for three reasons. Scalars stay the text that was typed
(`No`, `12:30`, `010` and `1e3` are somebody's answers). Every value knows its line and column. And what makes
YAML dangerous or surprising (aliases, merges, tags, duplicate keys, endless depth) is refused while it is read,
before it costs anything.
"""

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, NoReturn

import yaml
from yaml._yaml import CParser  # libyaml itself: fails loudly where PyYAML was built without it
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from .diagnostics import Diagnostic, Span, error
from .document import LINE_BREAK, Data, Document, Mark, Node, Place, lines_of, span_of
from .files import MAX_BYTES, too_large

MAX_DEPTH = 32
MAX_LINES = 500_000
MAX_LINE = 1_000_000
MAX_VALUES = 200_000
MAX_TEXT = 100_000
"""How many characters one text may have."""
MAX_RECORDS = 20_000
"""How many entries a list at the top may have, such as `items`."""
MAX_ENTRIES = 200
"""How many entries a list or mapping inside a record may have."""
_MAX_FAULTS = 100
_SPLIT = "split it: one file per article"

_BREAKS = ("\n", "\r", "\x85", "\u2028", "\u2029")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class _Stop(Exception):
    """Raised inside the builder when reading on would be useless or dangerous."""


def parse(content: bytes | str, file: str) -> tuple[Document | None, list[Diagnostic]]:
    """The document in `content`, and what is wrong with it as YAML.

    `file` is the name that diagnostics give. The document is `None` where nothing could be read; where only
    single values are at fault (a duplicate key, an alias), it is returned without them.
    """
    if len(content) > MAX_BYTES:
        return None, [too_large(file)]
    try:
        text = content.decode("utf-8") if isinstance(content, bytes) else content
    except UnicodeDecodeError as problem:
        return None, [_not_utf8(problem, file)]
    text = text.removeprefix("\ufeff")
    if too_long := _too_long(text):
        return None, [error("Q008", too_long, Span(file), _SPLIT)]
    if faults := list(_control_characters(text, file)):
        return None, faults
    builder = _Builder(file, text)
    try:
        with no_collection():
            data, root = builder.build()
    except _Stop:
        return None, builder.faults
    except yaml.YAMLError as problem:
        return None, [*builder.faults, _syntax(problem, file, builder.lines)]
    return Document(file, text, data, root), builder.faults


def _too_long(text: str) -> str:
    """What would make even a list of the lines too large, or one line; a line of up to `2 * MAX_LINE` may pass."""
    if _breaks(text) > MAX_LINES:
        return f"more than {MAX_LINES:,} lines"
    starts = range(0, len(text) - MAX_LINE, MAX_LINE + 1)
    broken = all(LINE_BREAK.search(text, start, start + MAX_LINE + 1) for start in starts)
    return "" if broken else f"a line of more than {MAX_LINE:,} characters"


def _breaks(text: str) -> int:
    return sum(map(text.count, _BREAKS)) - text.count("\r\n")


@contextmanager
def no_collection() -> Iterator[None]:
    """Many small objects are made and none is a cycle: the collector would only search them over and over."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Builder:
    """Turns libyaml's events into data and marks; collects what must not be in a bank."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.faults: list[Diagnostic] = []
        self.values = 0

    def build(self) -> tuple[Data, Place]:
        """The data of the first document and where it stands. Raises what libyaml raises, and `_Stop`."""
        parser = CParser(self.text)
        try:
            self.next_event: Callable[[], Any] = parser.get_event  # Any: the stubs let every event be None
            self.next_event()  # the stream starts
            if not isinstance(event := self.next_event(), DocumentStartEvent):
                return "", (0, 0, 0, 0)
            value, node = self._value(self.next_event(), 1)
            self.next_event()  # the document ends
            event = self.next_event()
            if isinstance(event, DocumentStartEvent):
                self._refuse(event, "Q006", "a second document starts here", "put it in a file of its own")
            return value, node
        finally:
            parser.dispose()

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text; a sound file has no need of them."""
        return lines_of(self.text)

    def _value(self, event: Any, depth: int) -> tuple[Data, Place]:
        kind = type(event)
        if kind is ScalarEvent:
            return self._text(event), _mark(event) if event.value else self._place(event)
        if kind is AliasEvent:
            self._refuse(
                event,
                "Q003",
                f"'*{event.anchor}' is an alias",
                "write the value out; or put the whole text in quotes, if it is one",
            )
            return f"*{event.anchor}", _mark(event)
        if depth > MAX_DEPTH:
            self._stop(event, "Q007", f"more than {MAX_DEPTH} levels deep", "a bank needs six")
        if event.anchor is not None or event.tag is not None:
            self._anchor_or_tag(event)
        return self._mapping(event, depth) if kind is MappingStartEvent else self._list(event, depth)

    def _text(self, event: Any) -> str:
        if event.anchor is not None or event.tag is not None:
            self._anchor_or_tag(event)
        text: str = event.value
        if len(text) > MAX_TEXT:
            self._stop(event, "Q014", f"a text of more than {MAX_TEXT:,} characters", "divide it")
        if event.style == '"' and _NOT_TEXT.search(text):
            self._refuse(event, "Q011", "the text has a control character in it", "take the escape out")
            text = _NOT_TEXT.sub("", text)
        return text

    def _mapping(self, start: Any, depth: int) -> tuple[Data, Node]:
        data: dict[str, Data] = {}
        keys: dict[str, Mark] = {}
        children: dict[str, Place] = {}
        next_event = self.next_event
        while type(event := next_event()) is not MappingEndEvent:
            if type(event) is not ScalarEvent:
                hint = "put the text in quotes" if self._typed(event) in "[{*" else "a key is a plain word"
                self._stop(event, "Q013", "a key must be a text", hint)
            key = self._text(event)
            value, child = self._value(next_event(), depth + 1)
            if key in data:
                first = keys[key][0] + 1
                self._refuse(
                    event, "Q002", f"'{key}' stands here a second time", f"the first is in line {first}; keep one"
                )
            elif key == "<<" and event.implicit[0]:
                self._refuse(event, "Q004", "'<<' merges are not read", "write the keys out")
            else:
                data[key] = value
                keys[key] = _mark(event) if key else self._place(event)
                children[key] = child
                if len(data) > MAX_ENTRIES:
                    self._stop(event, "Q014", f"more than {MAX_ENTRIES:,} keys in one mapping", "divide it")
        self._count(len(data), start)
        return data, Node((*_mark(start)[:2], *_mark(event)[2:]), keys, children)

    def _list(self, start: Any, depth: int) -> tuple[Data, Node]:
        data: list[Data] = []
        children: list[Place] = []
        next_event = self.next_event
        most = MAX_RECORDS if depth <= 2 else MAX_ENTRIES
        while type(event := next_event()) is not SequenceEndEvent:
            value, child = self._value(event, depth + 1)
            data.append(value)
            children.append(child)
            if len(data) > most:
                self._stop(event, "Q014", f"more than {most:,} entries in one list", "divide it")
        self._count(len(data), start)
        return data, Node((*_mark(start)[:2], *_mark(event)[2:]), None, children)

    def _place(self, event: Any) -> Mark:
        """Where an empty text stands; libyaml puts one at the end of the file a line behind the last."""
        mark = _mark(event)
        if mark[0] < len(self.lines):
            return mark
        last, column = len(self.lines) - 1, len(self.lines[-1])
        return last, column, last, column

    def _count(self, more: int, start: Any) -> None:
        self.values += more
        if self.values > MAX_VALUES:
            self._stop(start, "Q008", f"more than {MAX_VALUES:,} values", _SPLIT)

    def _anchor_or_tag(self, event: Any) -> None:
        assert isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent)
        if event.anchor is not None:
            self._refuse(event, "Q003", f"'&{event.anchor}' is an anchor", "take it out, or put the text in quotes")
        if event.tag is not None:
            self._refuse(event, "Q005", f"'{event.tag}' is a tag", "take it out, or put the text in quotes")

    def _typed(self, event: Any) -> str:
        line, column, *_ = _mark(event)
        return self.lines[line][column : column + 1]

    def _refuse(self, event: Any, code: str, message: str, hint: str) -> None:
        self.faults.append(error(code, message, span_of(self.file, self.lines, _mark(event)), hint))
        if len(self.faults) >= _MAX_FAULTS:
            raise _Stop

    def _stop(self, event: Any, code: str, message: str, hint: str) -> NoReturn:
        self._refuse(event, code, message, hint)
        raise _Stop


def _mark(event: Any) -> Mark:
    start, end = event.start_mark, event.end_mark
    return start.line, start.column, end.line, end.column


def _not_utf8(problem: UnicodeDecodeError, file: str) -> Diagnostic:
    before = problem.object[: problem.start].decode("utf-8")
    line = before[max(map(before.rfind, _BREAKS)) + 1 :]
    byte = problem.object[problem.start]
    span = Span(file, _breaks(before) + 1, len(line) + 1, len(line) + 2, line)
    return error("Q009", f"the file is not UTF-8: byte 0x{byte:02x}", span, "save it with the encoding UTF-8")


def _control_characters(text: str, file: str) -> Iterator[Diagnostic]:
    if not _NOT_TEXT.search(text):
        return
    found = 0
    for number, line in enumerate(lines := lines_of(text)):
        for match in _NOT_TEXT.finditer(line):
            found += 1
            if found > _MAX_FAULTS:
                return
            span = span_of(file, lines, (number, match.start(), number, match.end()))
            yield error("Q011", f"the control character U+{ord(match[0]):04X}", span, "take it out")


# What libyaml says, and what an author can do with it. The first that fits is taken.
_QUOTE = "put the text in quotes"
_CLOSE = "close it, or put the text in quotes"
_PROBLEMS = (
    ("mapping values are not allowed", "a colon and a space where no key can stand", f'{_QUOTE}: "Note: see below"'),
    ("could not find expected ':'", "a line that is neither a key nor part of a text", "a key ends in a colon"),
    ("cannot start any token", "a text cannot start with this character", _QUOTE),
    ("did not find expected key", "a key was expected here", "look at the indentation, and at quotes and brackets"),
    ("did not find expected '-'", "a list entry was expected here", "look at the indentation; each starts with a dash"),
    ("did not find expected ',' or ']'", "the bracket [ is never closed", _CLOSE),
    ("did not find expected ',' or '}'", "the brace { is not closed here, or a text in it needs quotes", _CLOSE),
    ("unexpected end of stream", "the quotation mark is never closed", "close it"),
    ("unexpected document indicator", "a document marker inside a quoted text", "close the quotation mark"),
    ("block sequence entries are not allowed", "a list entry cannot stand here", "start the list on its own line"),
    ("unknown escape character", "an unknown escape in double quotes", "double the backslash, or use single quotes"),
    ("Unicode character escape", "an escape that is no character", "double the backslash, or use single quotes"),
    ("alphabetic or numeric character", "a text cannot start with * or &", _QUOTE),
    ("expected whitespace or line break", "a text cannot start with !", _QUOTE),
    ("expected comment or line break", "a text cannot start with > or |", _QUOTE),
    ("mapping keys are not allowed", "a text cannot start with ?", _QUOTE),
    ("expected node content", "a text cannot start with a comma or a bracket", _QUOTE),
    ("<document start>", "a text after the end of the document", "take the line `...` or `---` above it out"),
    ("incompatible YAML", "another version of YAML", "take the line %YAML out"),
    ("tag handle", "a tag that is not defined", _QUOTE),
    ("expected '>'", "a tag that is not closed", _QUOTE),
    ("directive", "a line that starts with %", _QUOTE),
)


def _syntax(problem: yaml.YAMLError, file: str, lines: Sequence[str]) -> Diagnostic:
    """libyaml's complaint in an author's words."""
    mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    line = min(line, len(lines) - 1)
    span = span_of(file, lines, (line, column, line, column + 1))
    if indent := re.match(r" *\t", lines[line]):
        place = span_of(file, lines, (line, indent.end() - 1, line, indent.end()))
        return error("Q010", "a tab in the indentation", place, "indent with spaces")
    said = str(getattr(problem, "problem", None) or problem)
    if "nesting depth" in said:  # libyaml 0.2.6 looks ahead, and has a bound of its own
        return error("Q007", f"more than {MAX_DEPTH} levels deep", span, "a bank needs six")
    for words, message, hint in _PROBLEMS:
        if words in said:
            unclosed = said.endswith(("of stream", "',' or ']'")) or not any(map(str.strip, lines[line:]))
            if unclosed and (start := getattr(problem, "context_mark", None)):
                span = span_of(file, lines, (start.line, start.column, start.line, start.column + 1))
            return error("Q001", message, span, hint)
    return error("Q001", f"this is not YAML: {said}", span, "look at the indentation and the quotation marks")
