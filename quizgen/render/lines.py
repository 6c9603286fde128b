"""The lines of a passage as they are printed: on which of them words stand, and the numbers beside them.

Lines are known only when a page is laid out. All is read from WeasyPrint's box tree, and the numbers are put into it
afterwards: so they change no line break, go where their line goes, and are no text that a reader would stumble over
(WeasyPrint draws a background as an artifact). Lines count from 1 in each element with the attribute `data-lines`:
those of paragraphs, list entries and code that have something to read; not the rows of a table, and no pictures.
`templates/lines.css` says how the numbers look.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate
from typing import Any, TypeAlias
from xml.etree import ElementTree

from .. import fonts, markup
from ..items.evidence import paragraphs
from ..quotations import letters, places
from .pdf import PrintPage, lay_out
from .student import StudentForm, StudentSet


@dataclass(frozen=True)
class Lines:
    """The lines of one passage: all its letters, and which of them stand on each line."""

    letters: str
    spans: tuple[range, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.spans)

    def at(self, place: range) -> tuple[int, int] | None:
        """The first and the last line of a place; `None` for what stands on no line, as in a table."""
        return _met(self.spans, place)


def _met(spans: Iterable[range], place: range) -> tuple[int, int] | None:
    """The numbers, from 1, of the first and the last span that shares something with the place."""
    met = [n for n, span in enumerate(spans, 1) if span.start < place.stop and place.start < span.stop]
    return (met[0], met[-1]) if met else None


# --- What is cited ----------------------------------------------------------------------------------------------


def citing(passage: str | None, said: Mapping[str, str], lines: Lines | None = None) -> markup.Citing:
    """What says where words of the passage stand: on which lines, or in which paragraphs where there are none."""

    def place(words: str, beside: bool) -> str:
        found = places(words, passage or "")
        if len(found) != 1:  # a check reports it
            return ""
        told = _told(found[0], passage or "", said, lines)
        return said["beside"].replace("{place}", told) if beside else told

    return place


def _told(place: range, passage: str, said: Mapping[str, str], lines: Lines | None) -> str:
    numbers = lines.at(place) if lines and lines.letters == letters(markup.to_plain(passage)) else None
    if numbers:
        return _counted(said, "line", *numbers)
    numbers = _met(_paragraphs(passage), place)
    return _counted(said, "paragraph", *numbers) if numbers else ""


@lru_cache(maxsize=256)
def _paragraphs(passage: str) -> tuple[range, ...]:
    """Which letters stand in each paragraph."""
    ends = [0, *accumulate(len(letters(markup.to_plain(part))) for part in paragraphs(passage))]
    return tuple(map(range, ends, ends[1:]))


def _counted(said: Mapping[str, str], what: str, first: int, last: int) -> str:
    if first == last:
        return said[what].replace("{n}", str(first))
    return said[f"{what}s"].replace("{first}", str(first)).replace("{last}", str(last))


# --- What is read from a page -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ruler:
    """Measures passages: lays a page out and reads its lines, once for each page."""

    lay_out: Callable[[PrintPage], Any] = lay_out
    """Gives WeasyPrint's document."""
    _known: dict[str, tuple[Lines, ...]] = field(default_factory=dict)

    def measured(self, page: PrintPage) -> tuple[Lines, ...]:
        """The lines of the page's passages, in order."""
        if page.html not in self._known:
            self._known[page.html] = read(self.lay_out(page).pages)
        return self._known[page.html]


def passages_only(form: StudentForm) -> StudentForm:
    """The form with one item for each passage: they break their lines as in the whole form, in a part of the time."""
    sections = (replace(section, sets=_passages_only(section.sets)) for section in form.sections)
    return replace(form, sections=tuple(section for section in sections if section.sets))


def _passages_only(sets: Iterable[StudentSet]) -> tuple[StudentSet, ...]:
    return tuple(replace(item_set, items=item_set.items[:1]) for item_set in sets if item_set.passage)


def read(pages: Iterable[Any]) -> tuple[Lines, ...]:
    """The lines of each passage of WeasyPrint's pages, in order; a passage may go on over several pages."""
    return tuple(_lines(parts)[0] for parts in _passages(pages).values())


def number(pages: Iterable[Any]) -> None:
    """Puts the number of every fifth line (or as `lines.css` says) beside it, on WeasyPrint's own pages."""
    for parts in _passages(pages).values():
        every = _every(parts[0])
        for count, (line, passage) in enumerate(_lines(parts)[1], 1):
            if every and count % every == 0:
                line.children = [*line.children, _figures(count, line, passage)]


def _passages(pages: Iterable[Any]) -> dict[Any, list[Any]]:
    """The HTML element of each passage -> its boxes, one on each page that it is on."""
    found: dict[Any, list[Any]] = {}

    def look(box: Any) -> None:
        for child in map(_placed, box.children):
            if child.element is not None and child.element.get("data-lines") is not None:
                found.setdefault(child.element, []).append(child)
            else:
                look(child)

    for page in pages:
        look(page._page_box)
    return found


_Run: TypeAlias = tuple[str, Any, bool]
"""Letters, the line that they stand on or `None`, and whether they are to be read or tell what a picture shows."""


def _lines(parts: Sequence[Any]) -> tuple[Lines, list[tuple[Any, Any]]]:
    """The lines of a passage, and the boxes of each: its own, and the passage's on its page."""
    text, spans, drawn = "", list[range](), []
    for passage in parts:
        runs = list(_runs(passage, None))
        counting = {id(line) for run, line, readable in runs if line is not None and run and readable}
        last = None
        for run, line, _ in runs:
            if id(line) in counting and line is last:
                spans[-1] = range(spans[-1].start, len(text) + len(run))
            elif id(line) in counting:
                spans.append(range(len(text), len(text) + len(run)))
                drawn.append((line, passage))
            text, last = text + run, line
    return Lines(text, tuple(spans)), drawn


def _runs(box: Any, line: Any, *, counted: bool = True) -> Iterator[_Run]:
    """What is to be read in a box, in order; `line` is the one that the box stands on."""
    from weasyprint.formatting_structure import boxes

    for child in map(_placed, box.children):
        if "::" in (child.element_tag or ""):
            continue  # the mark of a list entry
        if isinstance(child, boxes.TextBox):
            yield letters(child.text), line, True
        elif isinstance(child, boxes.ReplacedBox):
            yield letters(child.element.get("alt", "")), line, "formula" in child.element.get("class", "").split()
        else:
            within = counted and not isinstance(child, boxes.TableBox)
            begins = within and line is None and isinstance(child, boxes.LineBox)
            yield from _runs(child, child if begins else line, counted=within)


def _placed(box: Any) -> Any:
    return getattr(box, "_box", box)  # what is positioned stands in the tree behind a placeholder


# --- Numbers ----------------------------------------------------------------------------------------------------


def _figures(count: int, line: Any, passage: Any) -> Any:
    """A box without text at the end of a line, whose background is a number that hangs in the passage's margin."""
    from weasyprint.draw.color import get_color
    from weasyprint.formatting_structure.boxes import InlineBlockBox
    from weasyprint.images import SVGImage
    from weasyprint.layout.background import Background, BackgroundLayer

    size, reach = _length(passage, "size"), _length(passage, "reach")
    drawing, *extent = _drawn(count)
    width, up, down = (length * size for length in extent)
    right = passage.content_box_x() + passage.width + reach - width
    x = right if passage.style["direction"] == "ltr" else passage.content_box_x() - reach
    box = InlineBlockBox(None, line.style.anonymous_style, None, [])
    for side in ("top", "right", "bottom", "left"):
        for edge in (f"margin_{side}", f"padding_{side}", f"border_{side}_width"):
            setattr(box, edge, 0)
    box.position_x, box.position_y = x, line.position_y + line.baseline - up
    box.width, box.height, box.baseline = width, up + down, up
    area, image = (x, box.position_y, width, up + down), SVGImage(drawing, None, None, None)
    once, corners = ("no-repeat", "no-repeat"), ((0, 0),) * 4
    layer = BackgroundLayer(image, area[2:], (0, 0), once, False, area, area, [(*area, *corners)])
    transparent = get_color(box.style, "background_color")
    box.background = Background(transparent, [layer], box.style)
    return box


@lru_cache(maxsize=1024)
def _drawn(count: int) -> tuple[ElementTree.Element, float, float, float]:
    """A number as outlines, which need no font and are no text; in em, its width, and how far it goes up and down."""
    from fontTools.pens.svgPathPen import SVGPathPen

    font = _font()
    glyphs, names, em = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
    x, high, over = 0, font["OS/2"].sCapHeight, em // 50  # round figures reach a little above and below the others
    svg = ElementTree.Element("svg", xmlns="http://www.w3.org/2000/svg")
    for digit in str(count):
        pen = SVGPathPen(glyphs)
        glyphs[names[ord(digit)]].draw(pen)
        ElementTree.SubElement(svg, "path", d=pen.getCommands(), transform=f"translate({x} {high}) scale(1 -1)")
        x += glyphs[names[ord(digit)]].width
    svg.set("viewBox", f"0 {-over} {x} {high + 2 * over}")
    return svg, x / em, (high + over) / em, over / em


@lru_cache(maxsize=1)
def _font() -> Any:
    from io import BytesIO

    from fontTools.ttLib import TTFont

    face = next(one for one in fonts.faces() if (one.family, one.weight, one.style) == ("Source Sans 3", 400, "normal"))
    return TTFont(BytesIO(fonts.content(face)), lazy=True)


_UNITS = {"px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


def _length(passage: Any, name: str) -> float:
    """A length of the passage's style, in CSS pixels; an em is the passage's own."""
    tokens = passage.style[f"__number_{name}"]
    unit = getattr(tokens[0], "unit", None) if len(tokens) == 1 else None
    if unit != "em" and unit not in _UNITS:
        raise ValueError(f"--number-{name}: one length is needed, in em, {', '.join(_UNITS)}")
    return float(tokens[0].value * (passage.style["font_size"] if unit == "em" else _UNITS[unit]))


def _every(passage: Any) -> int:
    """How many lines are from one number to the next; 0 where none are to be numbered."""
    tokens = passage.style["__number_every"]
    return int(tokens[0].value) if tokens else 0
