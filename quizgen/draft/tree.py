"""HTML -> a tree of elements, by libxml2 (through lxml), which ends soon whatever it is given."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from .characters import cleaned

_DEPTH = 120
"""How deep elements are told apart. What is deeper is hostile or broken; its text belongs to the last one."""


@dataclass(eq=False)
class Element:
    """An element: its tag and attributes in lower case, and its children, which are elements and texts."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute; empty where there is none."""
        return self.attributes.get(name, "")

    @property
    def elements(self) -> Iterator["Element"]:
        """The children that are elements."""
        return (child for child in self.children if isinstance(child, Element))

    def all(self, *tags: str) -> Iterator["Element"]:
        """The elements below with one of these tags (with any, where none is given), in the order of the page."""
        waiting = [*reversed(self.children)]
        while waiting:
            child = waiting.pop()
            if isinstance(child, Element):
                if not tags or child.tag in tags:
                    yield child
                waiting.extend(reversed(child.children))

    @property
    def typed(self) -> str:
        """The text of the element and of all below it, with the spaces that it was typed with."""
        texts, waiting = [], [*reversed(self.children)]
        while waiting:
            child = waiting.pop()
            if isinstance(child, str):
                texts.append(child)
            else:
                waiting.extend(reversed(child.children))
        return "".join(texts)

    @property
    def text(self) -> str:
        """The same on one line."""
        return " ".join(self.typed.split())


def tree(html: str) -> Element:
    """The page as an element without a tag, whose children are what the page holds."""
    target = _Target()
    # Events, not lxml's own tree: that takes quadratic time for an element with very many attributes.
    parser = etree.HTMLParser(target=target, huge_tree=True)
    parser.feed(html)
    parser.close()
    return target.root


class _Target:
    """Makes the tree from what the parser tells."""

    def __init__(self) -> None:
        self.root = Element("")
        self._open = [self.root]
        self._deeper = 0

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        """An element opens."""
        if len(self._open) > _DEPTH:
            self._deeper += 1
            return
        element = Element(str(tag), {str(name): cleaned(str(value)) for name, value in attrib.items()})
        self._open[-1].children.append(element)
        self._open.append(element)

    def end(self, tag: str | bytes) -> None:
        """It closes."""
        if self._deeper:
            self._deeper -= 1
        elif len(self._open) > 1:
            self._open.pop()

    def data(self, data: str | bytes) -> None:
        """A text in it."""
        self._open[-1].children.append(cleaned(str(data)))

    def comment(self, text: str | bytes) -> None:
        """No reader of the page sees a comment."""

    def close(self) -> None:
        """The page ends."""
