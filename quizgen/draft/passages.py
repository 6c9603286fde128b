"""An article's blocks -> passages: at its own headings, and where a part is long, at the ends of paragraphs."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from ..items.fields import slug
from .model import Block, Source, paragraph

_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LONG = 1.5
"""A part of the article that has more than so many times the words of a passage is cut."""
_TINY, _HUGE = 0.4, 1.8
"""A passage has fewer or more words than this, as a share of those asked for, only where paragraphs leave no choice."""
_TRIED = 24
"""At how many places, about, the start of a passage is tried."""
_TOGETHER = 0.3
"""What it costs to cut before a list or a table, or after a colon, as a share of a passage's words."""


@dataclass(frozen=True)
class Draft:
    """A passage to be: its id, the heading that the article gives it, if any, and its blocks."""

    id: str
    heading: Block | None
    blocks: tuple[Block, ...]

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(map(words, self.blocks))


def words(block: Block) -> int:
    """How many words a block has; two ideographs or syllables count as one."""
    return len(block.plain.split()) + len(_IDEOGRAPH.findall(block.plain)) // 2


def passages(source: Source, size: int = 180) -> tuple[Draft, ...]:
    """The article in passages of about `size` words, none of which crosses a heading."""
    made: list[Draft] = []
    taken: set[str] = set()
    for heading, blocks in _sections(source.blocks):
        for number, part in enumerate(_cut(blocks, size)):
            own = heading if number == 0 else None
            name = (slug(heading.text) if heading else "") or f"passage-{len(made) + 1}"
            made.append(Draft(_free(name, taken), own, tuple(part)))
    return tuple(made)


def _free(name: str, taken: set[str]) -> str:
    number, free = 2, name
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    taken.add(free)
    return free


def _sections(blocks: Sequence[Block]) -> list[tuple[Block | None, list[Block]]]:
    """What stands under each heading. Headings without a text between them become one; a last one without is a text."""
    sections: list[tuple[Block | None, list[Block]]] = [(None, [])]
    for block in blocks:
        heading, below = sections[-1]
        if block.kind != "heading":
            below.append(block)
        elif heading and not below:
            pieces = (*heading.pieces, *paragraph(": ").pieces, *block.pieces)
            sections[-1] = Block("heading", pieces), below
        else:
            sections.append((block, []))
    heading, below = sections[-1]
    if heading and not below:
        sections[-1] = None, [Block("paragraph", heading.pieces)]
    return [(heading, below) for heading, below in sections if below]


def _cut(blocks: Sequence[Block], size: int) -> list[Sequence[Block]]:
    """The blocks in parts of about `size` words, as even as can be: the least sum of squared distances from it."""
    upto = [0, *accumulate(map(words, blocks))]
    if upto[-1] <= size * _LONG:
        return [blocks]
    best: list[tuple[float, int]] = [(0.0, 0)]  # cost of the best parts that end here, and where the last one starts
    for end in range(1, len(upto)):
        costs = []
        for start in _starts(upto, end, size):
            together = start and (blocks[start].fixed or blocks[start - 1].plain.endswith(":"))
            distance = (upto[end] - upto[start] - size) / size
            costs.append((best[start][0] + distance**2 + (_TOGETHER if together else 0), start))
        best.append(min(costs))
    parts: list[Sequence[Block]] = []
    end = len(blocks)
    while end:
        start = best[end][1]
        parts.append(blocks[start:end])
        end = start
    return parts[::-1]


def _starts(upto: Sequence[int], end: int, size: int) -> range:
    """Where a part that ends at `end` may start: neither tiny nor huge; of many tiny paragraphs, not at each."""
    first = min(bisect_left(upto, upto[end] - _HUGE * size), end - 1)
    last = min(bisect_right(upto, upto[end] - _TINY * size), end)
    return range(first, max(last, first + 1), max(1, (last - first) // _TRIED))
