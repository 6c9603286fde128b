"""A YAML file that was read: its data, where every value stands, and how a value is changed in its place."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from .diagnostics import Edit, Span

Data: TypeAlias = "str | list[Data] | dict[str, Data]"
"""What a file holds: texts, lists, and mappings with text keys."""

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys of mappings and indices of lists, from the top."""

# A mark is (line, column, end line, end column), from 0, as libyaml counts.
Mark: TypeAlias = tuple[int, int, int, int]

LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # what libyaml counts as one
_ONLY_PYTHON_BREAKS = "\x0b\x0c\x1c\x1d\x1e"


def lines_of(text: str) -> list[str]:
    """The lines of a text without their ends, as libyaml counts them; a text always has one."""
    if any(map(text.__contains__, _ONLY_PYTHON_BREAKS)):
        return LINE_BREAK.split(text)
    lines = f"{text}.".splitlines()  # ten times as fast; the full stop keeps an empty last line
    lines[-1] = lines[-1][:-1]
    return lines


@dataclass(slots=True)
class Node:
    """Where a mapping or a list stands, and where what is in it does."""

    mark: Mark
    keys: dict[str, Mark] | None
    children: "dict[str, Place] | list[Place]"


Place: TypeAlias = Node | Mark
"""Where a value stands: of a text just its mark."""


@dataclass(frozen=True)
class Document:
    """One YAML file as plain data, with the place of every key and value."""

    file: str
    text: str
    data: Data
    _root: Place = field(repr=False)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return lines_of(self.text)

    def span(self, path: Path = (), *, key: bool = False) -> Span:
        """Where the value at `path` stands (or its key); where there is none, the nearest value above it."""
        node = self._root
        mark = _first(node)
        for step in path:
            child = _child(node, step)
            if child is None:
                break
            at_key = key and isinstance(node, Node) and node.keys is not None
            mark = node.keys[step] if at_key else _first(child)  # type: ignore[union-attr, index]  # at_key says so
            node = child
        return self._span(mark)

    def locate(self, path: Path, text: str) -> Span:
        """Where `text` stands inside the value at `path`; the value's own place where it cannot be found."""
        whole = self.span(path)
        node = self._node(path)
        if node is None or not text:
            return whole
        first, column, last, _ = _extent(node)
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
        if not isinstance(node, Node) or not node.keys or not isinstance(node.children, dict):
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
        if node is None or isinstance(node, Node) or node[0] != node[2]:
            return ()
        line, column, _, end = node
        return (Edit(self._offset(line, column), self._offset(line, end), text),)

    def is_comment(self, line: int, column: int) -> bool:
        """Whether the `#` at this place, counted from 0, starts a comment and is not part of a value."""
        before = self.lines[line][:column]
        if before and not before[-1].isspace():
            return False
        values = self._values
        nearest = (
            bisect_left(values, (line, column + 1)) - 1
        )  # texts never overlap: only the last before it can hold it
        if nearest < 0:
            return True
        start, begin, *end = values[nearest]
        behind_block_sign = start == line and self.lines[line][begin : begin + 1] in "|>"
        return behind_block_sign or [line, column] >= end

    def begins_at(self, line: int) -> tuple[int, int]:
        """The first and the last line, from 0, of what begins on a line, or below a line that holds but a comment."""
        place = bisect_left(self._written, line)
        line = self._written[place] if place < len(self._written) else len(self.lines) - 1
        return line, max([line, *self._ends.get(line, ())])

    def without_comment(self, line: int, column: int) -> tuple[Edit, ...]:
        """The edit that takes the comment at this place out, and its line, where nothing else stands in it."""
        text = self.lines[line]
        start = len(text[:column].rstrip())
        if start or line + 1 >= len(self._line_starts):
            return (Edit(self._offset(line, start), self._offset(line, len(text)), ""),)
        return (Edit(self._offset(line, 0), self._offset(line + 1, 0), ""),)

    @cached_property
    def _values(self) -> list[tuple[int, ...]]:
        """Where all texts stand, in order."""
        return sorted(place for place in _places(self._root) if not isinstance(place, Node))

    @cached_property
    def _written(self) -> list[int]:
        """The lines that hold more than a comment."""
        return [number for number, line in enumerate(self.lines) if line.lstrip()[:1] not in ("#", "")]

    @cached_property
    def _ends(self) -> dict[int, list[int]]:
        """Line -> the last lines of all that begins on it: texts, keys with their values, and records of a list."""
        found: dict[int, list[int]] = {}
        for place in _places(self._root):
            is_list = isinstance(place, Node) and place.keys is None
            if not is_list and place is not self._root:
                found.setdefault(_first(place)[0], []).append(self._end(place)[0])
            if isinstance(place, Node) and isinstance(place.children, dict) and place.keys:
                for name, child in place.children.items():
                    found.setdefault(place.keys[name][0], []).append(self._end(child)[0])
        return found

    @cached_property
    def line_end(self) -> str:
        """What ends a line of this file."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def _end(self, place: Place) -> tuple[int, int]:
        """Where the last character of a value stands: line, and the column behind it."""
        start, begin, line, column = _extent(place)
        if isinstance(place, Node) and place.children and self.lines[start][begin : begin + 1] not in ("{", "["):
            children = place.children
            return self._end(children[-1] if isinstance(children, list) else [*children.values()][-1])
        while line > start and not (line < len(self.lines) and self.lines[line][:column].strip()):
            line -= 1
            column = len(self.lines[line])
        return line, column

    def _offset(self, line: int, column: int) -> int:
        return self._line_starts[line] + column

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in LINE_BREAK.finditer(self.text))]

    def _node(self, path: Path) -> Place | None:
        node: Place | None = self._root
        for step in path:
            node = _child(node, step) if node is not None else None
        return node

    def _span(self, mark: Mark) -> Span:
        return span_of(self.file, self.lines, mark)


def _places(place: Place) -> Iterator[Place]:
    """A value and all in it."""
    yield place
    if isinstance(place, Node):
        for child in place.children.values() if isinstance(place.children, dict) else place.children:
            yield from _places(child)


def _child(place: Place, step: str | int) -> Place | None:
    """One step down; `None` where there is nothing."""
    children = place.children if isinstance(place, Node) else None
    if isinstance(children, dict):
        return children.get(step) if isinstance(step, str) else None
    if isinstance(children, list) and isinstance(step, int) and 0 <= step < len(children):
        return children[step]
    return None


def _extent(place: Place) -> Mark:
    """From where to where a value stands."""
    return place.mark if isinstance(place, Node) else place


def _first(place: Place) -> Mark:
    """The mark to show for a value: a mapping or list is shown by its first key or entry."""
    while isinstance(place, Node) and place.children:
        if isinstance(place.children, dict):
            assert place.keys is not None
            return next(iter(place.keys.values()))
        place = place.children[0]
    return _extent(place)


def span_of(file: str, lines: Sequence[str], mark: Mark) -> Span:
    """The place of a mark in a file with these lines."""
    line, column, end_line, end_column = mark
    if line >= len(lines):  # libyaml may name the line behind the last
        line = end_line = len(lines) - 1
        column = end_column = len(lines[line])
    source = lines[line]
    end = end_column if end_line == line else len(source.rstrip())
    return Span(file, line + 1, column + 1, max(end, column + 1) + 1, source)
