"""A PDF file, written object by object (ISO 32000-1, 7.5): what WeasyPrint drew, and what we compose ourselves.

What we compose is bytes already: hundreds of thousands of small objects, which a library that holds each of them as a
value would take minutes for. They go into compressed object streams (7.5.7), one for each form.
"""

import struct
import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import repeat
from operator import and_, sub


def pdf_text(text: str) -> bytes:
    """A text as PDF writes it (ISO 32000-1, 7.9.2.2)."""
    return b"<" + ("\ufeff" + text).encode("utf-16-be").hex().encode() + b">"


def compress(content: bytes) -> bytes:
    """The content as the filter Flate takes it."""
    return zlib.compress(content, 6)


class Writer:
    """Collects objects; `finished` gives the file. Numbers are given out in order, from 1."""

    def __init__(self, taken: int = 0) -> None:
        """Numbers up to `taken` are those of objects that have theirs already."""
        self._chunks = [b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"]
        self._at = len(self._chunks[0])
        self._next = taken + 1
        self._kind = array("B", bytes(self._next))  # 0 free, 1 at a byte of the file, 2 in an object stream
        self._where = array("Q", [0]) * self._next
        self._index = array("L", [0]) * self._next

    def number(self, count: int = 1) -> int:
        """The first of so many new numbers."""
        first = self._next
        self._next += count
        self._kind.extend(bytes(count))
        self._where.extend([0] * count)
        self._index.extend([0] * count)
        return first

    def add(self, number: int, content: bytes) -> None:
        """An object of its own."""
        self._kind[number], self._where[number] = 1, self._at
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, content))

    def stream(self, number: int, packed: bytes, entries: bytes = b"") -> None:
        """A stream whose content is compressed."""
        head = b"<<%b/Filter/FlateDecode/Length %d>>stream\n" % (entries, len(packed))
        self.add(number, head + packed + b"\nendstream")

    def pack(self, numbers: Sequence[int], objects: Sequence[bytes]) -> None:
        """Objects with these numbers, in one object stream."""
        holder = self.number()
        places, at = [], 0
        for index, (number, content) in enumerate(zip(numbers, objects, strict=True)):
            self._kind[number], self._where[number], self._index[number] = 2, holder, index
            places.append(b"%d %d" % (number, at))
            at += len(content) + 1
        head = b" ".join(places) + b"\n"
        entries = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head))
        self.stream(holder, compress(head + b"\n".join(objects)), entries)

    def finished(self, root: int, info: int) -> bytes:
        """The whole file."""
        number = self.number()
        self._kind[number], self._where[number] = 1, self._at
        table = b"".join(self._rows())
        size = len(self._kind)
        entries = b"/Type/XRef/W[1 4 2]/Size %d/Root %d 0 R/Info %d 0 R" % (size, root, info)
        packed = compress(_up(table, 7))
        entries += b"/DecodeParms<</Predictor 12/Columns 7>>/Filter/FlateDecode/Length %d" % len(packed)
        start = self._at
        self._write(b"%d 0 obj\n<<%b>>stream\n%b\nendstream\nendobj\n" % (number, entries, packed))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._chunks)

    def _rows(self) -> Iterable[bytes]:
        return map(struct.Struct(">BIH").pack, self._kind, self._where, self._index)

    def _write(self, content: bytes) -> None:
        self._chunks.append(content)
        self._at += len(content)


def _up(table: bytes, width: int) -> bytes:
    """Each row as its difference from the one above (the predictor `Up` of PNG): what counts on becomes all alike."""
    above = bytes(width) + table[:-width]
    rows = len(table) // width
    difference = bytes(map(and_, map(sub, table, above), repeat(255)))
    return b"".join(b"\x02" + difference[row * width : (row + 1) * width] for row in range(rows))
