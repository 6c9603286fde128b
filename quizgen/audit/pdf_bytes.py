"""What a PDF file holds beside its pages: every string, name and stream, as the bytes have them (ISO 32000-2, 7.3).

The file is not followed as a reader does, from its catalogue down: what nothing refers to any more is looked at, too,
and a damaged file as well as a sound one.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

MOST_STREAM = 32 * 2**20
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_STRING = re.compile(rb"\((?:[^()\\]|\\[\s\S]|\((?:[^()\\]|\\[\s\S])*\))*\)|<(?!<)[0-9A-Fa-f\s]*>")
_NAME = re.compile(rb"/([^\x00-\x20/()<>\[\]{}%]+)")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\s\S]))")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_FONT = re.compile(rb"/Length[123]\b|/Subtype\s*/(?:CIDFontType0C|Type1C|OpenType)\b")
_TABLE = re.compile(rb"/Type\s*/XRef\b")
_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_SAID = re.compile(rb"/(?:ActualText|Alt|E)\s*(" + _STRING.pattern + rb")")


@dataclass(frozen=True)
class Stream:
    """A stream of a file: how it begins, and what is in it where that can be read."""

    head: bytes
    content: bytes | None


def streams(content: bytes) -> Iterator[tuple[int, int, Stream]]:
    """Every stream but images and fonts, with where it begins and ends."""
    for opened in _STREAM.finditer(content):
        start = opened.end()
        end = content.find(b"endstream", start)
        end = len(content) if end < 0 else end
        before = content[max(0, opened.start() - 4000) : opened.start()]
        head = before[max(before.rfind(b"endobj"), before.rfind(b" obj"), 0) :]
        if _IMAGE.search(head) or _FONT.search(head):
            yield start, end, Stream(head, b"")
        else:
            yield start, end, Stream(head, _unpacked(head, content[start:end]))


def _unpacked(head: bytes, packed: bytes) -> bytes | None:
    """What a stream holds; nothing where it holds a table of places, `None` where it cannot be read."""
    if _TABLE.search(head):
        return b""
    if b"FlateDecode" not in head and b"/Fl" not in head:
        return packed if b"/Filter" not in head else None
    unpacking = zlib.decompressobj()
    try:
        return unpacking.decompress(packed, MOST_STREAM)
    except zlib.error:
        return None


@dataclass(frozen=True)
class Inside:
    """What is in a file beside the glyphs of its pages."""

    strings: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]
    """Names again, of those that say what the file can do."""
    loose: tuple[bytes, ...]
    """Streams that are neither pages nor images nor fonts: metadata, scripts, attachments."""


def inside(content: bytes) -> Inside:
    """All of it, each once."""
    objects: list[bytes] = []
    loose: list[bytes] = []
    said: set[bytes] = set()
    at = 0
    for start, end, stream in streams(content):
        objects.append(content[at:start])
        at = end
        if stream.content is None:
            loose.append(content[start:end])
        elif _OBJECTS.search(stream.head):
            objects.append(stream.content)
        elif not stream.content or _is_drawing(stream):
            said.update(match[1] for match in _SAID.finditer(stream.content) if b"/" in stream.content)
        elif not stream.content.lstrip().startswith(b"/CIDInit"):
            loose.append(stream.content)
    objects.append(content[at:])
    names: set[bytes] = set()
    for part in objects:
        said.update(_STRING.findall(part))
        names.update(_NAME.findall(_STRING.sub(b"()", part)))
    read = frozenset(_name(name) for name in names)
    return Inside(frozenset(map(text_of, said)), read, read, tuple(loose))


_OPERATORS = re.compile(rb"(?:^|\s)(?:BT|ET|cm|re|Tf|Do|gs|BDC|EMC|[QqfSWhn])(?:\s|$)")


def _is_drawing(stream: Stream) -> bool:
    if _FORM.search(stream.head):
        return True
    return b"/Type" not in stream.head and len(_OPERATORS.findall(stream.content[:4000])) > 1  # type: ignore[index]  # it was read


def _name(name: bytes) -> str:
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), name)
    return plain.decode("utf-8", "replace")


def text_of(string: bytes) -> str:
    """A string as a person reads it."""
    if string[:1] == b"<":
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", string)
        plain = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        plain = _ESCAPE.sub(_escaped, string[1:-1])
    if plain[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return plain.decode("utf-16", "replace")
    return plain[3:].decode("utf-8", "replace") if plain[:3] == b"\xef\xbb\xbf" else plain.decode("latin-1")


def _escaped(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 8) & 255]) if match[1] else _ESCAPED.get(match[2], match[2])
