"""Printed forms: what their pages say, what is set so that nobody sees it, and what else is in the files.

Pages are read by PDFium (ISO 32000-2, 9.10: glyphs back to characters), all else from the bytes of the file.
"""

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from ..diagnostics import Diagnostic, Span, error
from .encodings import decoded
from .pdf_bytes import inside
from .search import Searcher
from .secrets import Known
from .texts import placed_words, words
from .unseen import Unseen, option_line, said_of

_MEND = "do not hand it out; build again, and see what else writes to this folder"
_EXTRAS = {
    "EmbeddedFile": "an attachment", "EmbeddedFiles": "an attachment", "Filespec": "an attachment",
    "JavaScript": "a script", "JS": "a script", "AcroForm": "form fields", "Widget": "form fields",
    "OpenAction": "an action", "AA": "an action", "Launch": "an action", "SubmitForm": "an action",
    "GoToR": "an action", "GoToE": "an action", "RichMedia": "media", "Text": "a note", "FreeText": "a note",
    "Popup": "a note", "Highlight": "a note", "Underline": "a note", "Squiggly": "a note", "Stamp": "a note",
    "Dests": "named places", "Encrypt": "a lock", "OCGs": "layers", "OCG": "layers",
}  # fmt: skip
"""Names of what a printed form has no need of."""
_FOLDS = str.maketrans({"\ufffe": None, "\x02": None, "\xad": None})
_TINY = 2.5
"""A letter of fewer points is not there to be read."""


@dataclass
class PrintAuditor:
    """Looks through printed files, one by one."""

    told: Known
    searcher: Searcher
    unseen: Unseen

    def look(self, name: str, content: bytes, most: int | None) -> list[Diagnostic]:
        """What a file tells; of its pages at most so many are read, from the first to the last."""
        found = [*self._inside(name, content)]
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError:
            return [*found, error("Q578", "this PDF cannot be read", Span(name), _MEND)]
        try:
            count = len(document)
            for number in _some(count, most):
                found += _Sheet(self, name, document, number).found()
        except pypdfium2.PdfiumError:
            found.append(error("Q578", "a page of this PDF cannot be read", Span(name), _MEND))
        finally:
            document.close()
        return found

    def _inside(self, name: str, content: bytes) -> Iterator[Diagnostic]:
        there = inside(content)
        extras = dict.fromkeys(_EXTRAS[each] for each in sorted(there.names & _EXTRAS.keys()))
        yield from (error("Q574", f"the file brings {what}", Span(name), _MEND) for what in extras)
        units = {text: "in its data" for text in there.strings if len(text) > 1}
        units |= dict.fromkeys(there.names, "in a name")
        for loose in there.loose:
            units |= dict.fromkeys(_texts(loose), "in a stream beside the pages")
        for text, where in units.items():
            for find in self.unseen.judged(text, name=True):
                yield error(find.code, find.message.format(where=where), Span(name), _MEND)
        for text, find in self.unseen.only_right(units):
            yield error(find.code, find.message.format(where=units[text]), Span(name), _MEND)


def _texts(content: bytes) -> Iterator[str]:
    yield content[: 4 * 2**20].decode("latin-1")
    yield from decoded(content)


def _some(count: int, most: int | None) -> Sequence[int]:
    if most is None or count <= most:
        return range(count)
    return sorted({round(place * (count - 1) / max(1, most - 1)) for place in range(most)})


class _Sheet:
    """One page under the glass."""

    def __init__(self, by: PrintAuditor, name: str, document: pypdfium2.PdfDocument, number: int) -> None:
        self._by, self._name, self._number = by, name, number + 1
        self._page = document[number]
        self._text = self._page.get_textpage()
        count = self._text.count_chars()
        codes = [raw.FPDFText_GetUnicode(self._text.raw, place) for place in range(count)]
        self._signs = "".join(
            chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd" for code in codes
        )

    def found(self) -> list[Diagnostic]:
        """All that is wrong with it."""
        try:
            return [*self._secrets(), *self._hidden(), *self._options()]
        finally:
            self._text.close()
            self._page.close()

    def _error(self, code: str, message: str) -> Diagnostic:
        return error(code, f"page {self._number}: {message}", Span(self._name), _MEND)

    def _secrets(self) -> Iterator[Diagnostic]:
        """What only teachers may have; words that are parted at the end of a line are whole."""
        read = words(self._signs.translate(_FOLDS))
        for hit in self._by.searcher.hits(read, printed=True):
            yield self._error("Q570", f"{said_of(hit.needle)} in the text")

    def _hidden(self) -> Iterator[Diagnostic]:
        """Text that is there and that nobody sees."""
        seen: set[int] = set()
        for place, sign in enumerate(self._signs):
            if not sign.isalnum():
                continue
            box = self._box(place)
            width, height = self._page.get_width(), self._page.get_height()
            off = box is not None and (box[2] < 0 or box[0] > width or box[3] < 0 or box[1] > height)
            if off:
                yield self._error("Q573", "text beside the page")
                return
            drawn = raw.FPDFText_GetTextObject(self._text.raw, place)
            key = ctypes.cast(drawn, ctypes.c_void_p).value or 0
            if key in seen:
                continue
            seen.add(key)
            how = self._unseen_way(drawn, place, box)
            if how:
                yield self._error("Q573", f"{how} text: '{self._signs[place : place + 40].splitlines()[0]}'")
                return

    def _unseen_way(self, drawn: "raw.FPDF_PAGEOBJECT", place: int, box: tuple[float, ...] | None) -> str:
        if raw.FPDFTextObj_GetTextRenderMode(drawn) in (3, 7):
            return "invisible"
        if box is not None and 0 < box[3] - box[1] < _TINY:
            return "tiny"
        colour = self._colour(place)
        if colour[3] < 40:
            return "transparent"
        return "white" if min(colour[:3]) > 245 else ""

    def _box(self, place: int) -> tuple[float, ...] | None:
        box = raw.FS_RECTF()
        if not raw.FPDFText_GetLooseCharBox(self._text.raw, place, box):
            return None
        return box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top)

    def _colour(self, place: int) -> tuple[int, ...]:
        parts = [ctypes.c_uint() for _ in range(4)]
        if not raw.FPDFText_GetFillColor(self._text.raw, place, *parts):
            return (0, 0, 0, 255)
        return tuple(part.value for part in parts)

    # --- Options

    def _options(self) -> Iterator[Diagnostic]:
        """Options of one item that are not set as its others are."""
        found, places = placed_words(self._signs)
        by_item: dict[str, dict[str, int]] = {}
        for hit in self._by.unseen.options.hits(found):
            by_item.setdefault(hit.needle.item, {})[hit.needle.line] = hit.place
        for name, there in by_item.items():
            keyed = self._by.told.keyed[name]
            texts = [*keyed.right, *keyed.wrong]
            if len(there) < 2 or any(sign in text for text in texts for sign in "*_`\\$[!"):
                continue
            right = {option_line(text) for text in keyed.right}
            ends = {line: at + line.count(" ") - 2 for line, at in there.items()}
            spans = {line: (places[at], places[ends[line]] + len(line.split()[-1])) for line, at in there.items()}
            sets = {line: self._set(*span) for line, span in spans.items()}
            if (odd := _odd(sets, right)) is not None:
                yield self._error("Q573", f"'{odd.strip()}' of '{name}' is not set as the other options are")
                continue
            edges = {line: self._edges(span[0]) for line, span in spans.items()}
            if len({y for _, y in edges.values()}) == len(edges) and (odd := _odd_edge(edges)) is not None:
                yield self._error("Q573", f"'{odd.strip()}' of '{name}' does not stand where the other options do")

    def _set(self, start: int, end: int) -> frozenset[tuple[object, ...]]:
        """In which fonts, sizes and colours Latin letters are set."""
        latin = (place for place in range(start, end) if self._signs[place].isascii() and self._signs[place].isalnum())
        return frozenset(map(self._style, latin))

    def _style(self, place: int) -> tuple[object, ...]:
        flags, buffer = ctypes.c_int(), ctypes.create_string_buffer(200)
        raw.FPDFText_GetFontInfo(self._text.raw, place, buffer, 200, flags)
        box = self._box(place) or (0.0, 0.0, 0.0, 0.0)
        return buffer.value, round(box[3] - box[1], 1), self._colour(place)

    def _edges(self, place: int) -> tuple[float, float]:
        """Where a text begins, and on which line."""
        box = self._box(place) or (0.0, 0.0, 0.0, 0.0)
        side = box[2] if unicodedata.bidirectional(self._signs[place]) in ("R", "AL") else box[0]
        return round(side, 1), round(box[1])


def _odd(sets: dict[str, frozenset[tuple[object, ...]]], right: set[str]) -> str | None:
    """A right option that is set as no wrong one is."""
    ways = {line: way for line, way in sets.items() if way}
    keyed = {way for line, way in ways.items() if line in right}
    others = {way for line, way in ways.items() if line not in right}
    if keyed and others and not keyed & others:
        return next(line for line in ways if line in right)
    return None


def _odd_edge(edges: dict[str, tuple[float, float]]) -> str | None:
    """One that begins elsewhere than all others."""
    if len(edges) < 3:
        return None
    sides = [side for side, _ in edges.values()]
    most = max(sides, key=sides.count)
    odd = [line for line, (side, _) in edges.items() if abs(side - most) > 0.8]
    return odd[0] if len(odd) == 1 and sides.count(most) >= 2 else None
