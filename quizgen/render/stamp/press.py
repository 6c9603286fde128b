"""Forms -> pages of compiled blocks: what stands where, and what must be drawn for it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ..templating import direction
from .breaking import OnPage, Sheet, Step, sheets, steps
from .composing import Compiled, Compiler, Names, Order, length
from .shapes import Group, Lines, Paper, Solid
from .writing import compress

_DRAWN = re.compile(rb"/F(\d+) Do")
_PAGINATION = b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n%b\nEMC"


Text: TypeAlias = str | tuple[str, ...]
"""What stands in a slot; several for a slot that stands in several places of a block."""


@dataclass(frozen=True)
class Variant:
    """What is special about a block on one form: the texts of its slots, the orders of its lists."""

    texts: Mapping[str, Text] = field(default_factory=dict)
    orders: tuple[tuple[str, Order], ...] = ()


_PLAIN = Variant()


@dataclass(frozen=True, eq=False)
class Copy:
    """One form as it is to be set: its blocks, what is special about some of them, and what all its pages show."""

    flow: Group
    paper: Paper
    variants: Mapping[Solid, Variant]
    title: str
    language: str
    foot: Mapping[str, str]
    folio: Callable[[int, int], str]
    """Page and number of pages -> what the slot `folio` shows."""


@dataclass(frozen=True)
class Set:
    """A block on a page."""

    step: Step
    block: Compiled
    marked: int
    """The number of its first marked content on the page."""
    bottom: float
    """How high its corner is above the foot of the page, in CSS pixels."""


@dataclass(frozen=True, eq=False)
class Planned:
    """A copy with its pages: the blocks of each, and its content, compressed."""

    title: str
    language: str
    paper: Paper
    pages: list[tuple[list[Set], bytes]]
    used: frozenset[bytes]
    """The names of all that is drawn on them, without the F."""


class Press:
    """Plans copies, and knows what must be drawn for them."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._blocks: dict[tuple[Solid, tuple[tuple[str, Order], ...], frozenset[str]], Compiled] = {}
        self._lines: dict[tuple[Lines, int, int], Compiled] = {}
        self._feet: dict[Paper, Compiled] = {}

    def plan(self, copy: Copy) -> Planned:
        """Break a copy into pages, and note all that it shows. Raises `Unstampable`."""
        flow = steps(copy.flow)
        found = sheets(flow, copy.paper.room, right_to_left=direction(copy.language) == "rtl")
        pages, used = [], set[bytes]()
        for number, sheet in enumerate(found, 1):
            blocks = list(self._placed(copy, flow, sheet))
            content = self._content(copy, blocks, copy.folio(number, len(found)))
            pages.append((blocks, compress(content)))
            used.update(_DRAWN.findall(content))
        return Planned(copy.title, copy.language, copy.paper, pages, frozenset(used))

    def _content(self, copy: Copy, blocks: Sequence[Set], folio: str) -> bytes:
        drawn = [self._filled(one.block, one.marked, 0, one.bottom, _variant(copy, one.step).texts) for one in blocks]
        texts = {**copy.foot, "folio": folio}
        bottom = copy.paper.height - copy.paper.foot_y
        drawn.append(_PAGINATION % self._filled(self._foot(copy), 0, copy.paper.foot_x, bottom, texts))
        return b"\n".join(drawn)

    def _placed(self, copy: Copy, flow: Sequence[Step], sheet: Sheet) -> Iterator[Set]:
        paper, marked = copy.paper, 0
        for part in sheet:
            block = self._block(copy, flow[part.step], part)
            yield Set(flow[part.step], block, marked, paper.height - paper.y - part.y)
            marked += len(block.owners)

    def _block(self, copy: Copy, step: Step, part: OnPage) -> Compiled:
        block = step.block
        if isinstance(block, Lines):
            some = (block, part.first, part.last)
            if some not in self._lines:
                self._lines[some] = Compiler(self.names, {}, ()).compiled(block.parts(part.first, part.last))
            return self._lines[some]
        variant = _variant(copy, step)
        whole = (block, variant.orders, frozenset(variant.texts))
        if whole not in self._blocks:
            self._blocks[whole] = Compiler(self.names, dict(variant.orders), variant.texts).compiled(block.parts)
        return self._blocks[whole]

    def _foot(self, copy: Copy) -> Compiled:
        if copy.paper not in self._feet:
            free = (*copy.foot, "folio")
            self._feet[copy.paper] = Compiler(self.names, {}, free).compiled(copy.paper.foot, meaning=False)
        return self._feet[copy.paper]

    def _filled(self, block: Compiled, marked: int, x: float, y: float, texts: Mapping[str, Text]) -> bytes:
        values: list[int | bytes] = []
        met: Counter[str] = Counter()
        for hole in block.content_holes:
            if isinstance(hole, int):
                values.append(marked + hole)
                continue
            text = texts[hole.name]
            shown = text if isinstance(text, str) else text[met[hole.name]]
            met[hole.name] += 1
            values.append(self.names.slot(hole.name, hole.look, shown))
        return b"q 1 0 0 1 %b %b cm\n%b\nQ" % (length(x), length(y), block.content % tuple(values))


def _variant(copy: Copy, step: Step) -> Variant:
    return copy.variants.get(step.block, _PLAIN) if isinstance(step.block, Solid) else _PLAIN
