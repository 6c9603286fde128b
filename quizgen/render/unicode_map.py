"""What a reader finds in a PDF: text as it was typed, in every script (ToUnicode, ISO 32000-1, 9.10.3).

A font may draw one letter with several glyphs (the dots of Arabic letters, Hebrew points, vowel signs), and use one
glyph for many letters. WeasyPrint gives each glyph the text for which it was drawn first, or none: so words turn into
others when they are read aloud or copied, and PDF/UA-1 forbids glyphs without a text (ISO 14289-1, 7.21.7). Here a
code of a font stands for a glyph *and* its text, and glyphs that are one letter together become one glyph of the
embedded font: so nothing in a line goes back, up or down, which readers take for the end of a word.

`readable` looks into WeasyPrint's way of drawing, which is not a public interface: its version is pinned, and the
tests hold what is drawn against what is read.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import accumulate, groupby, pairwise
from typing import Any
from unicodedata import category

_PLAIN = re.compile(
    "[ -~¡-\u02ff\u0370-\u0482\u048a-\u0586\u1e00-\u2009\u2010-\u2027\u2030-\u205e\u2066-\u2069\u2070-\u20bf"
    "\u2100-\u2bff\u3000-\u3029\u3030-\u3098\u309b-\u9fff\uac00-\ud7a3\uff00-\uffef]*"
)
"""Text in which each letter has a glyph of its own, for which WeasyPrint's way is right, and faster."""
_JOINERS = "\u200c\u200d"
"""What has no glyph and yet belongs to the spelling."""
_NOTHING = "\u2060"
"""What a glyph without a text of its own is given: a word joiner, which nobody sees or hears."""
_PANGO = 1024
"""Pango's units in a pixel."""
_EMPTY = 0x0FFFFFFF
"""Pango's number for a glyph that draws nothing."""
_SPARE = 64
"""So many codes WeasyPrint may need itself, for characters that a font lacks."""


@dataclass(frozen=True)
class _Glyph:
    """A glyph in its place; lengths are in thousandths of the font's size."""

    id: int
    cluster: int
    """Where the text that it shows begins, in bytes."""
    advance: float
    x: float
    y: float


@dataclass(frozen=True)
class _Run:
    """A stretch of a line in one font and one direction: texts of letters with their glyphs, from left to right."""

    font: Any
    size: float
    leftwards: bool
    letters: tuple[tuple[str, tuple[_Glyph, ...]], ...]


_Drawing = tuple[tuple[int, int, int], ...]
"""Glyphs that are drawn together: number, x, y."""


@dataclass
class _Codes:
    """The codes of one font: WeasyPrint's own, which are the numbers of glyphs, and others behind them."""

    first_free: int
    texts: dict[int, str] = field(default_factory=dict)
    drawings: dict[int, _Drawing] = field(default_factory=dict)
    """What the codes behind the numbers of glyphs draw."""
    known: dict[tuple[_Drawing, str], int] = field(default_factory=dict)

    def plain(self, glyph: int, text: str) -> int:
        """The code for a glyph as it is."""
        return glyph if self.texts.setdefault(glyph, text) == text else self._more(((glyph, 0, 0),), text)

    def together(self, glyphs: Sequence[_Glyph], text: str) -> int:
        """The code for glyphs that are one letter."""
        pens = accumulate((glyph.advance for glyph in glyphs), initial=0.0)
        placed = zip(glyphs, pens, strict=False)
        return self._more(
            tuple((one.id, round(pen + one.x), round(one.y)) for one, pen in placed if one.id != _EMPTY), text
        )

    def silent(self, text: str) -> int:
        """The code for a text that other glyphs have drawn."""
        return self._more((), text)

    def _more(self, drawing: _Drawing, text: str) -> int:
        code = self.known.setdefault((drawing, text), self.first_free + len(self.known))
        self.texts[code], self.drawings[code] = text, drawing
        return code


# --- Drawing ---------------------------------------------------------------------------------------------------


@contextmanager
def readable() -> Iterator[None]:
    """Inside, WeasyPrint draws text in codes that can be read; `mend` then writes down what they say."""
    from weasyprint.draw import text

    draw = text.draw_first_line

    def draw_readably(stream: Any, textbox: Any, *how: Any) -> Any:
        """As WeasyPrint draws a line, and then once more where its codes would not tell the text."""
        plain = _PLAIN.fullmatch(textbox.text)
        if not plain:
            for font in stream._fonts.values():  # as long as all that it says is right
                _codes(font, font.to_unicode)
        start, current = len(stream.stream), stream._current_font
        emojis = draw(stream, textbox, *how)
        if len(stream.stream) > start and (not plain or any(map(_has_codes, stream._fonts.values()))):
            fonts = [font for _, font, _ in _items(stream, textbox)]
            if not any(map(_is_foreign, fonts)) and (not plain or any(map(_has_codes, fonts))):
                del stream.stream[start:]
                stream._current_font = current
                _draw_again(stream, textbox, how[-1])
        return emojis

    text.draw_first_line = draw_readably
    try:
        yield
    finally:
        text.draw_first_line = draw


def _codes(font: Any, told: dict[int, str] | None = None) -> _Codes:
    """The codes of the font; if it has none yet, what WeasyPrint told so far stands."""
    if not _has_codes(font):
        font.codes = _Codes(font.glyph_count + _SPARE, dict(told or {}))
    codes: _Codes = font.codes
    return codes


def _has_codes(font: Any) -> bool:
    return hasattr(font, "codes")


def _is_foreign(font: Any) -> bool:
    """Whether its glyphs cannot be put together here: pictures, other outlines than TrueType's, signs that it lacks."""
    return bool(font.bitmap or font.png or font.svg or font.colr or font.missing or "glyf" not in font.tables)


def _items(stream: Any, textbox: Any) -> Iterator[tuple[Any, Any, float]]:
    """The runs of a line as Pango has them, with the font and the size of each."""
    from weasyprint.text.ffi import ffi

    run = textbox.pango_layout.get_first_line()[0].runs[0]
    while run != ffi.NULL:
        yield run.data, *stream.add_font(run.data.item.analysis.font)
        run = run.next


def _draw_again(stream: Any, textbox: Any, matrix: Any) -> None:
    typed = textbox.pango_layout.text.encode()
    stream.set_text_matrix(*matrix.values)
    for run, font, size in _items(stream, textbox):
        item = run.item
        stream.set_font_size(font.hash, size)
        text = typed[item.offset : item.offset + item.length]
        letters = tuple(_letters(text, _glyphs(run.glyphs, 1000 / _PANGO / size)))
        stream.show_text(_shown(_Run(font, size, bool(item.analysis.level % 2), letters)))


def _glyphs(string: Any, unit: float) -> list[_Glyph]:
    number = string.num_glyphs
    return [
        _Glyph(info.glyph, cluster, place.width * unit, place.x_offset * unit, -place.y_offset * unit)
        for info, cluster in zip(string.glyphs[0:number], string.log_clusters[0:number], strict=True)
        for place in [info.geometry]
    ]


def _letters(typed: bytes, glyphs: Sequence[_Glyph]) -> Iterator[tuple[str, tuple[_Glyph, ...]]]:
    """What belongs together, from left to right: a letter has the marks above and below it."""
    starts = sorted({glyph.cluster for glyph in glyphs})
    texts = {start: typed[start:end].decode() for start, end in pairwise([*starts, len(typed)])}
    letter: dict[int, int] = {}
    first = 0
    for start in starts:
        first = letter[start] = first if letter and _is_mark(texts[start]) else start
    whole = {first: "".join(map(texts.__getitem__, some)) for first, some in groupby(starts, letter.__getitem__)}
    for first, some in groupby(glyphs, key=lambda glyph: letter[glyph.cluster]):
        yield whole[first], tuple(some)


def _is_mark(text: str) -> bool:
    return all(category(char) in ("Mn", "Me") for char in text)


def _shown(run: _Run) -> str:
    """The operand of TJ: codes, and between them how far the next one moves to the left.

    Each code tells one character: readers turn the order of codes round in a line from right to left, and not all of
    them that of the characters of one code.
    """
    codes, widths = _codes(run.font), run.font.widths
    parts: list[str] = []
    left = 0.0

    def show(code: int, width: float, before: float = 0, advance: float = 0) -> None:
        nonlocal left
        widths[code] = width
        left -= before
        parts.extend([f"{round(left)}"] if round(left) else [])
        parts.append(f"<{code:04x}>")
        left += width + before - advance - round(left)

    for text, glyphs in run.letters:
        drawn = [glyph for glyph in glyphs if glyph.id != _EMPTY]
        advance = sum(glyph.advance for glyph in glyphs)
        width = sum(widths[glyph.id] for glyph in drawn)
        first, more = (text[:1], text[1:]) if drawn else ("", "".join(char for char in text if char in _JOINERS))
        silent = [codes.silent(char) for char in (reversed(more) if run.leftwards else more)]
        if run.leftwards or not drawn:
            for code in silent:
                show(code, 0)
        if not drawn:
            left -= advance
        elif len(drawn) == 1 and not round(drawn[0].y):
            show(codes.plain(drawn[0].id, first), width, drawn[0].x, advance)
        else:
            show(codes.together(glyphs, first), width, 0, advance)
        if drawn and not run.leftwards:
            for code in silent:
                show(code, 0)
    return "".join([*parts, f"{round(left)}" if round(left) else ""])


# --- Writing ---------------------------------------------------------------------------------------------------


def mend(document: Any, pdf: Any) -> None:
    """Writes down what each code shows and says: a finisher of WeasyPrint's `write_pdf`, for what `readable` drew."""
    dictionaries = {made["BaseFont"]: made for made in pdf.objects if _is_font(made)}
    for font in document.fonts.values():
        if made := dictionaries.get(font.name):
            codes = _codes(font) if _has_codes(font) else _Codes(0)
            _tell(_object(pdf, made["ToUnicode"]), font.to_unicode | codes.texts)
            if codes.drawings:
                made["Encoding"] = "/Identity-H"
                _embed(font, codes, _object(pdf, made["DescendantFonts"][0]), pdf)


def _is_font(made: Any) -> bool:
    return isinstance(made, dict) and made.get("Subtype") == "/Type0"


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _tell(stream: Any, texts: dict[int, str]) -> None:
    """What each code says, into a stream that WeasyPrint made."""
    lines = [f"<{code:04x}> <{(text or _NOTHING).encode('utf-16-be').hex()}>".encode() for code, text in texts.items()]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]  # as many as a block may have
    head, tail = stream.stream.index(b"endcodespacerange") + 1, stream.stream.index(b"endcmap")
    stream.stream[head:tail] = [
        line for block in blocks for line in (f"{len(block)} beginbfchar".encode(), *block, b"endbfchar")
    ]


def _embed(font: Any, codes: _Codes, descendant: Any, pdf: Any) -> None:
    """What the codes draw, into the embedded font; and the map from codes to glyphs."""
    import pydyf

    file = _object(pdf, _object(pdf, descendant["FontDescriptor"])["FontFile2"])
    file.stream[0], numbers = _with_composites(file.stream[0], codes.drawings, font.widths)
    file.extra["Length1"] = len(file.stream[0])
    numbers |= dict.fromkeys(font.missing.values(), 0)
    every = (numbers.get(code, code if code < font.glyph_count else 0) for code in range(max(numbers) + 1))
    table = pydyf.Stream([b"".join(number.to_bytes(2, "big") for number in every)], compress=file.compress)
    pdf.add_object(table)
    descendant["CIDToGIDMap"] = table.reference


_BY_DISTANCE = 0x0002
"""The parts of a composite glyph are placed by distances (OpenType, glyf table, ARGS_ARE_XY_VALUES)."""


def _with_composites(
    content: bytes, drawings: dict[int, _Drawing], widths: dict[int, float]
) -> tuple[bytes, dict[int, int]]:
    """The font with a glyph more for each drawing that is not one of its glyphs; and which glyph each code draws."""
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

    file = TTFont(BytesIO(content), recalcTimestamp=False)
    names, outlines, unit = file.getGlyphOrder(), file["glyf"], file["head"].unitsPerEm / 1000
    numbers: dict[int, int] = {}
    made: dict[_Drawing, int] = {((number, 0, 0),): number for number in range(len(names))}
    for code, drawing in drawings.items():
        if drawing not in made:
            made[drawing] = len(file.getGlyphOrder())
            glyph, name = Glyph(), f"code{code}"
            if drawing:
                glyph.numberOfContours, glyph.components = -1, []
            for number, x, y in drawing:
                part = GlyphComponent()
                part.glyphName, part.flags = names[number], _BY_DISTANCE
                part.x, part.y = round(x * unit), round(y * unit)
                glyph.components.append(part)
            outlines[name] = glyph  # which puts it behind the others
            glyph.recalcBounds(outlines)
            file["hmtx"][name] = (round(widths[code] * unit), getattr(glyph, "xMin", 0))
        numbers[code] = made[drawing]
    saved = BytesIO()
    file.save(saved)
    return saved.getvalue(), numbers
