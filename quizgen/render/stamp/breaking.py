"""Blocks -> pages: where a page ends, as WeasyPrint decides it (CSS Fragmentation 3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from .shapes import Group, Lines, Solid, Unstampable, collapsed

_FORCED = ("page", "left", "right", "recto", "verso")


@dataclass(frozen=True, eq=False)
class Step:
    """A block of the flow, with what is between it and the one before: all groups are opened and closed here."""

    block: Solid | Lines
    gap: float
    """How far it is below the one before where both are on one page."""
    top: float
    """How far it is from the top of a page that was begun on purpose."""
    rule: str
    """May a page end before it: auto, avoid, or one of the words that force it."""
    groups: tuple[Group, ...]
    """The groups around it, the outermost first."""


@dataclass(frozen=True)
class OnPage:
    """What of a block is on a page: all of it, or some lines."""

    step: int
    y: float
    first: int = 0
    last: int = 0


Sheet: TypeAlias = list[OnPage]


def steps(flow: Group) -> list[Step]:
    """The blocks of a flow in order, with the distances that collapsing margins leave."""
    found: list[Step] = []
    above: list[float] = []
    below: list[float] = [flow.margins.top]
    rules: list[str] = []

    def walk(group: Group, around: tuple[Group, ...]) -> None:
        """Note the steps of a group; margins and rules gather until the next block."""
        for block in group.blocks:
            below.append(block.margins.top)
            rules.append(block.margins.before)
            if isinstance(block, Group):
                walk(block, (*around, block))
            else:
                gap, top = collapsed([*above, *below]), collapsed(below)
                found.append(Step(block, gap, top, _rule(rules), around))
                above.clear()
                below.clear()
                rules.clear()
            above.append(block.margins.bottom)
            rules.append(block.margins.after)

    walk(flow, (flow,))
    return found


def _rule(values: Sequence[str]) -> str:
    """Which of the rules that meet between two blocks wins."""
    result = "auto"
    for value in values:
        if value in ("left", "right", "recto", "verso"):
            result = value
        elif (value == "page" and result in ("auto", "avoid", "avoid-page")) or (
            value in ("avoid", "avoid-page") and result == "auto"
        ):
            result = value
    return result


def sheets(flow: Sequence[Step], room: float, *, right_to_left: bool = False) -> list[Sheet]:
    """The pages: what is on each, at which height; the first is a right one, or a left one if `right_to_left`.

    Raises `Unstampable` where a block is higher than a page."""
    breaker = _Breaker(flow, room, right_to_left)
    return list(breaker.run())


@dataclass
class _Breaker:
    flow: Sequence[Step]
    room: float
    right_to_left: bool

    def run(self) -> Iterator[Sheet]:
        """Page after page; an empty one where a block wants the other side."""
        place, line, forced = 0, 0, True
        number = 0
        while place < len(self.flow):
            rule = self.flow[place].rule if line == 0 and number else "auto"
            if forced and number and self._wrong_side(rule, number + 1):
                number += 1
                yield []
            sheet, place, line, forced = self._page(place, line, forced=forced)
            number += 1
            yield sheet

    def _wrong_side(self, rule: str, page: int) -> bool:
        """Whether the page with this number, from 1, is not on the side that the rule wants."""
        right = (page % 2 == 1) != self.right_to_left
        first_side = page % 2 == 1
        wanted = {"right": right, "left": not right, "recto": first_side, "verso": not first_side}
        return not wanted.get(rule, True)

    def _page(self, place: int, line: int, *, forced: bool) -> tuple[Sheet, int, int, bool]:
        """One page from a block and a line on, and where the next one begins, and whether it must."""
        sheet: Sheet = []
        y = 0.0
        for number in range(place, len(self.flow)):
            step = self.flow[number]
            if sheet and step.rule in _FORCED:
                return sheet, number, 0, True
            start = line if number == place else 0
            top = y + step.gap if sheet else step.top if forced and not start else 0.0
            end = self._fitting(step, start, top, empty=not sheet)
            if end is None:
                return (*self._earlier(sheet, number), False)
            block = step.block
            if isinstance(block, Solid):
                sheet.append(OnPage(number, top))
                y = top + block.height
                continue
            sheet.append(OnPage(number, top, start, end))
            y = top + block.tops[end] - block.tops[start]
            if end < len(block.tops) - 1:
                return sheet, number, end, False
        return sheet, len(self.flow), 0, False

    def _fitting(self, step: Step, start: int, top: float, *, empty: bool) -> int | None:
        """How far the block goes on this page: the line after its last one; `None` where it is to begin on the next."""
        block, bottom = step.block, self.room * (1 + 1e-9)
        if isinstance(block, Solid):
            if top + block.height <= bottom:
                return 0
            if empty:
                raise Unstampable("a block is higher than a page")
            return None
        lines = len(block.tops) - 1
        ends = (line for line in range(start, lines) if top + block.tops[line + 1] - block.tops[start] > bottom)
        over = next(ends, None)
        if over is None:
            return lines
        held = over - start
        needed = max(0, block.widows - 1 - min(block.widows, lines - over - 1))
        if empty:
            if held == 0:
                raise Unstampable("a line is higher than a page")
            return over - needed if 0 < needed <= held - block.orphans else over
        if held < block.orphans or needed > held - block.orphans:
            return None
        return over - needed

    def _earlier(self, sheet: Sheet, number: int) -> tuple[Sheet, int, int]:
        """Where the page ends whose next block does not fit: before it, or earlier where they belong together."""
        if not _avoids(self.flow[number].rule):
            return sheet, number, 0
        for place in reversed(range(len(sheet))):
            part = sheet[place]
            if place < len(sheet) - 1 and not _avoids(self.flow[sheet[place + 1].step].rule):
                return sheet[: place + 1], sheet[place + 1].step, sheet[place + 1].first
            block = self.flow[part.step].block
            if isinstance(block, Lines):
                kept = part.last - part.first - block.widows
                if kept >= block.orphans:
                    cut = part.first + kept
                    return [*sheet[:place], OnPage(part.step, part.y, part.first, cut)], part.step, cut
        return sheet, number, 0


def _avoids(rule: str) -> bool:
    return rule in ("avoid", "avoid-page")
