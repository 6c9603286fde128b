"""An HTML file as it is written: elements, texts, attributes and comments, each with its place.

It is no browser: nothing is put in order, nothing is left out, and each character of the file is read once.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from .texts import BREAK, INLINE

_START = re.compile(r"<(?:(/)?([A-Za-z][^\s/>]*)|(!--)|[!?])")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s"'<>/=][^\s"'<>/=]*|["'<=])(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_RAW = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style", "textarea", "title")}
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_DEEPEST = 400
"""What is nested more deeply counts as if it were not: a page of ours has about fifteen levels."""


@dataclass(slots=True)
class Text:
    """A text between tags, as it is written, and where it begins."""

    raw: str
    at: int

    @property
    def text(self) -> str:
        """As it is read."""
        return unescape(self.raw) if "&" in self.raw else self.raw


@dataclass(slots=True)
class Attribute:
    """An attribute of an element, its value as it is read, and where it begins."""

    name: str
    value: str
    at: int


@dataclass(slots=True)
class Element:
    """An element with what is in it, where it begins and where it ends."""

    tag: str
    at: int
    end: int = -1
    attributes: list[Attribute] = field(default_factory=list)
    children: "list[Element | Text]" = field(default_factory=list)

    def get(self, name: str) -> str:
        """The value of an attribute; nothing where it has none."""
        return next((each.value for each in self.attributes if each.name == name), "")

    @property
    def elements(self) -> "list[Element]":
        """The elements right below it."""
        return [child for child in self.children if isinstance(child, Element)]

    def all(self) -> "Iterator[Element | Text]":
        """All that is in it, in order, itself first."""
        open_: list[Element | Text] = [self]
        while open_:
            node = open_.pop()
            yield node
            if isinstance(node, Element):
                open_ += reversed(node.children)


@dataclass
class Page:
    """An HTML file."""

    source: str
    root: Element = field(default_factory=lambda: Element("", 0))
    comments: list[Text] = field(default_factory=list)
    code: list[tuple[Element, Text]] = field(default_factory=list)
    """Scripts and styles."""


def parse(source: str) -> Page:
    """The file as it is written; whatever it is, it is read to its end."""
    page = Page(source)
    path = [page.root]
    at, end = 0, len(source)
    while at < end:
        opened = _START.search(source, at)
        if opened is None or opened.start() > at:
            text = Text(source[at : opened.start() if opened else end], at)
            path[-1].children.append(text)
            if opened is None:
                break
        at = opened.start()
        if opened[3]:
            close = source.find("-->", opened.end())
            close = end if close < 0 else close
            page.comments.append(Text(source[opened.end() : close], at))
            at = close + 3
        elif opened[2] is None:
            close = source.find(">", at)
            at = end if close < 0 else close + 1
            page.comments.append(Text(source[opened.start() + 2 : at - 1], opened.start()))
        elif opened[1]:
            close = source.find(">", at)
            at = end if close < 0 else close + 1
            _closed(path, opened[2].lower(), at)
        else:
            at = _element(page, path, opened)
    return page


def _closed(path: list[Element], tag: str, end: int) -> None:
    for place in range(len(path) - 1, 0, -1):
        if path[place].tag == tag:
            for element in path[place:]:
                element.end = end
            del path[place:]
            return


def _element(page: Page, path: list[Element], opened: re.Match[str]) -> int:
    """Read a start tag, and what cannot have tags in it; gives where to go on."""
    source, end = page.source, opened.end()
    element = Element(opened[2].lower(), opened.start())
    path[-1].children.append(element)
    while match := _ATTRIBUTE.match(source, end):
        value = match[2] or match[3] or match[4] or ""
        element.attributes.append(
            Attribute(match[1].lower(), unescape(value) if "&" in value else value, match.start(1))
        )
        end = match.end()
    close = source.find(">", end)
    end = len(source) if close < 0 else close + 1
    if raw := _RAW.get(element.tag):
        found = raw.search(source, end)
        stop = found.start() if found else len(source)
        text = Text(source[end:stop], end)
        if element.tag in ("script", "style"):
            page.code.append((element, text))
        else:
            element.children.append(text)
        element.end = stop
        return stop
    if element.tag not in _VOID and source[end - 2 : end] != "/>" and len(path) < _DEEPEST:
        path.append(element)
    else:
        element.end = end
    return end


# --- Its text -----------------------------------------------------------------------------------------------------


@dataclass
class Reading:
    """All that a reader sees, in one; and where each piece of it stands in the file."""

    text: str
    _starts: list[int]
    _pieces: list[Text | None]

    def at(self, place: int) -> int:
        """Where a character of the text stands in the file."""
        number = max(0, bisect_right(self._starts, place) - 1)
        while number > 0 and self._pieces[number] is None:
            number -= 1
        piece = self._pieces[number]
        if piece is None:
            return 0
        return piece.at + (0 if "&" in piece.raw else min(place - self._starts[number], len(piece.raw)))


def reading(element: Element) -> Reading:
    """What a reader sees of an element: words do not end where an inline element does."""
    parts: list[str] = []
    starts: list[int] = []
    pieces: list[Text | None] = []
    length = 0
    waiting: list[Element | Text | None] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Element):
            if node.tag not in INLINE:
                waiting.append(None)
            waiting += reversed(node.children)
            if node.tag in INLINE:
                continue
            node = None
        part = f" {BREAK} " if node is None else node.text
        parts.append(part)
        starts.append(length)
        pieces.append(node)
        length += len(part)
    return Reading("".join(parts), starts, pieces)
