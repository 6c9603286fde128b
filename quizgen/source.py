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
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

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

from .diagnostics import Diagnostic, Edit, Span, error
from .files import MAX_BYTES, too_large

Data: TypeAlias = "str | list[Data] | dict[str, Data]"
"""What a file holds: texts, lists, and mappings with text keys."""

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys of mappings and indices of lists, from the top."""

MAX_DEPTH = 32
MAX_VALUES = 2_000_000
_MAX_FAULTS = 100

# A mark is (line, column, end line, end column), from 0, as libyaml counts.
_Mark: TypeAlias = tuple[int, int, int, int]

_LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # what libyaml counts as one
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class _Node:
    """Where a value stands, and where its children do."""

    mark: _Mark
    keys: dict[str, _Mark] | None = None
    children: "dict[str, _Node] | list[_Node] | None" = None


@dataclass(frozen=True)
class Document:
    """One YAML file as plain data, with the place of every key and value."""

    file: str
    text: str
    data: Data
    _root: _Node = field(repr=False)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return _LINE_BREAK.split(self.text)

    def span(self, path: Path = (), *, key: bool = False) -> Span:
        """Where the value at `path` stands (or its key); where there is none, the nearest value above it."""
        node = self._root
        mark = _first(node)
        for step in path:
            children = node.children
            if isinstance(children, dict) and isinstance(step, str) and step in children:
                assert node.keys is not None
                key_mark, node = node.keys[step], children[step]
            elif isinstance(children, list) and isinstance(step, int) and step < len(children):
                node = children[step]
                key_mark = _first(node)
            else:
                return self._span(mark)
            mark = key_mark if key else _first(node)
        return self._span(mark)

    def locate(self, path: Path, text: str) -> Span:
        """Where `text` stands inside the value at `path`; the value's own place where it cannot be found."""
        whole = self.span(path)
        node: _Node | None = self._node(path)
        if node is None or not text:
            return whole
        first, column, last, _ = node.mark
        for number in range(first, min(last + 1, len(self.lines))):
            found = self.lines[number].find(text.split("\n", 1)[0], column if number == first else 0)
            if found >= 0:
                return self._span((number, found, number, found + len(text.split("\n", 1)[0])))
        return whole

    def inserted(self, path: Path, key: str, value: str, after: str = "") -> tuple[Edit, ...]:
        """The edit that adds `key: value`, both plain, to the mapping at `path`; no edit where there is no mapping.

        It stands behind the key `after` (or the first one), written as that is: on a line of its own, or in braces.
        """
        node = self._node(path)
        if node is None or not node.keys or not isinstance(node.children, dict):
            return ()
        neighbour = after if after in node.keys else next(iter(node.keys))
        column = node.keys[neighbour][1]
        line, end_column = self._end(node.children[neighbour])
        in_braces = self.lines[node.mark[0]][node.mark[1] : node.mark[1] + 1] == "{"
        if in_braces:
            place = self._offset(line, end_column)
            return (Edit(place, place, f", {key}: {value}"),)
        rest = self.lines[line][end_column:].strip()
        if rest and not rest.startswith("#"):
            return ()
        place = self._offset(line, len(self.lines[line]))
        return (Edit(place, place, f"{self.line_end}{' ' * column}{key}: {value}"),)

    def replaced(self, path: Path, text: str) -> tuple[Edit, ...]:
        """The edit that puts `text`, written as YAML, in the place of the value at `path`; it must be on one line."""
        node = self._node(path)
        if node is None or node.children is not None or node.mark[0] != node.mark[2]:
            return ()
        line, column, _, end = node.mark
        return (Edit(self._offset(line, column), self._offset(line, end), text),)

    @cached_property
    def line_end(self) -> str:
        """What ends a line of this file."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def _end(self, node: _Node) -> tuple[int, int]:
        """Where the last character of a value stands: line, and the column behind it."""
        if node.children:
            last = node.children[-1] if isinstance(node.children, list) else [*node.children.values()][-1]
            line, column = self._end(last)
            if self.lines[node.mark[0]][node.mark[1] : node.mark[1] + 1] not in ("{", "["):
                return line, column
        line, column = node.mark[2:]
        while line > node.mark[0] and not (line < len(self.lines) and self.lines[line][:column].strip()):
            line -= 1
            column = len(self.lines[line])
        return line, column

    def _offset(self, line: int, column: int) -> int:
        return self._line_starts[line] + column

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]

    def _node(self, path: Path) -> _Node | None:
        node = self._root
        for step in path:
            children = node.children
            if isinstance(children, dict) and isinstance(step, str) and step in children:
                node = children[step]
            elif isinstance(children, list) and isinstance(step, int) and step < len(children):
                node = children[step]
            else:
                return None
        return node

    def _span(self, mark: _Mark) -> Span:
        return _span(self.file, self.lines, mark)


def _first(node: _Node) -> _Mark:
    """The mark to show for a node: a mapping or list is shown by its first key or entry."""
    while node.children:
        if isinstance(node.children, dict):
            assert node.keys is not None
            return next(iter(node.keys.values()))
        node = node.children[0]
    return node.mark


def _span(file: str, lines: Sequence[str], mark: _Mark) -> Span:
    line, column, end_line, end_column = mark
    source = lines[line] if line < len(lines) else ""
    end = end_column if end_line == line else len(source.rstrip())
    return Span(file, line + 1, column + 1, max(end, column + 1) + 1, source)


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
    lines = _LINE_BREAK.split(text)
    if faults := list(_control_characters(text, file, lines)):
        return None, faults
    builder = _Builder(file, lines)
    try:
        with _no_collection():
            data, root = builder.build(text)
    except _Stop:
        return None, builder.faults
    except yaml.YAMLError as problem:
        return None, [*builder.faults, _syntax(problem, file, lines)]
    return Document(file, text, data, root), builder.faults


@contextmanager
def _no_collection() -> Iterator[None]:
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

    def __init__(self, file: str, lines: Sequence[str]) -> None:
        self.file = file
        self.lines = lines
        self.faults: list[Diagnostic] = []
        self.values = 0

    def build(self, text: str) -> tuple[Data, _Node]:
        """The data of the first document and where it stands. Raises what libyaml raises, and `_Stop`."""
        parser = CParser(text)
        try:
            self.next_event: Callable[[], Any] = parser.get_event  # Any: the stubs let every event be None
            self.next_event()  # the stream starts
            if not isinstance(event := self.next_event(), DocumentStartEvent):
                return "", _Node((0, 0, 0, 0))
            value, node = self._value(self.next_event(), 1)
            self.next_event()  # the document ends
            event = self.next_event()
            if isinstance(event, DocumentStartEvent):
                self._refuse(event, "Q006", "a second document starts here", "put it in a file of its own")
            return value, node
        finally:
            parser.dispose()

    def _value(self, event: Any, depth: int) -> tuple[Data, _Node]:
        self.values += 1
        if self.values > MAX_VALUES:
            self._refuse(event, "Q008", f"more than {MAX_VALUES:,} values", "split it: one file per article")
            raise _Stop
        if isinstance(event, ScalarEvent):
            return self._text(event), _Node(_mark(event))
        if isinstance(event, AliasEvent):
            self._refuse(
                event,
                "Q003",
                f"'*{event.anchor}' is an alias",
                "write the value out; or put the whole text in quotes, if it is one",
            )
            return f"*{event.anchor}", _Node(_mark(event))
        if depth > MAX_DEPTH:
            self._refuse(event, "Q007", f"more than {MAX_DEPTH} levels deep", "a bank needs six")
            raise _Stop
        self._anchor_or_tag(event)
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, depth)
        return self._list(event, depth)

    def _text(self, event: Any) -> str:
        if event.anchor is not None or event.tag is not None:
            self._anchor_or_tag(event)
        text: str = event.value
        if event.style == '"' and _NOT_TEXT.search(text):
            self._refuse(event, "Q011", "the text has a control character in it", "take the escape out")
            text = _NOT_TEXT.sub("", text)
        return text

    def _mapping(self, start: Any, depth: int) -> tuple[Data, _Node]:
        data: dict[str, Data] = {}
        node = _Node(_mark(start), {}, {})
        assert isinstance(node.children, dict)
        assert node.keys is not None
        while not isinstance(event := self.next_event(), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                hint = "put the text in quotes" if self._typed(event) in "[{*" else "a key is a plain word"
                self._refuse(event, "Q013", "a key must be a text", hint)
                raise _Stop
            key = self._text(event)
            value, child = self._value(self.next_event(), depth + 1)
            if key in data:
                first = node.keys[key][0] + 1
                self._refuse(
                    event, "Q002", f"'{key}' stands here a second time", f"the first is in line {first}; keep one"
                )
            elif key == "<<" and event.implicit[0]:
                self._refuse(event, "Q004", "'<<' merges are not read", "write the keys out")
            else:
                data[key] = value
                node.keys[key] = _mark(event)
                node.children[key] = child
        node.mark = (*node.mark[:2], *_mark(event)[2:])
        return data, node

    def _list(self, start: Any, depth: int) -> tuple[Data, _Node]:
        data: list[Data] = []
        node = _Node(_mark(start), None, [])
        assert isinstance(node.children, list)
        while not isinstance(event := self.next_event(), SequenceEndEvent):
            value, child = self._value(event, depth + 1)
            data.append(value)
            node.children.append(child)
        node.mark = (*node.mark[:2], *_mark(event)[2:])
        return data, node

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
        self.faults.append(error(code, message, _span(self.file, self.lines, _mark(event)), hint))
        if len(self.faults) >= _MAX_FAULTS:
            raise _Stop


def _mark(event: Any) -> _Mark:
    start, end = event.start_mark, event.end_mark
    return start.line, start.column, end.line, end.column


def _not_utf8(problem: UnicodeDecodeError, file: str) -> Diagnostic:
    before = problem.object[: problem.start].decode("utf-8")
    lines = _LINE_BREAK.split(before)
    byte = problem.object[problem.start]
    span = Span(file, len(lines), len(lines[-1]) + 1, len(lines[-1]) + 2, lines[-1])
    return error("Q009", f"the file is not UTF-8: byte 0x{byte:02x}", span, "save it with the encoding UTF-8")


def _control_characters(text: str, file: str, lines: Sequence[str]) -> Iterator[Diagnostic]:
    if not _NOT_TEXT.search(text):
        return
    found = 0
    for number, line in enumerate(lines):
        for match in _NOT_TEXT.finditer(line):
            found += 1
            if found > _MAX_FAULTS:
                return
            span = _span(file, lines, (number, match.start(), number, match.end()))
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
    span = _span(file, lines, (line, column, line, column + 1))
    if indent := re.match(r" *\t", lines[line]):
        place = _span(file, lines, (line, indent.end() - 1, line, indent.end()))
        return error("Q010", "a tab in the indentation", place, "indent with spaces")
    said = str(getattr(problem, "problem", None) or problem)
    if "nesting depth" in said:  # libyaml 0.2.6 looks ahead, and has a bound of its own
        return error("Q007", f"more than {MAX_DEPTH} levels deep", span, "a bank needs six")
    for words, message, hint in _PROBLEMS:
        if words in said:
            unclosed = said.endswith(("of stream", "',' or ']'")) or not any(map(str.strip, lines[line:]))
            if unclosed and (start := getattr(problem, "context_mark", None)):
                span = _span(file, lines, (start.line, start.column, start.line, start.column + 1))
            return error("Q001", message, span, hint)
    return error("Q001", f"this is not YAML: {said}", span, "look at the indentation and the quotation marks")
