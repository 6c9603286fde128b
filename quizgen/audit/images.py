"""What an image says beside its pixels: remarks, and data of the camera."""

from base64 import b64decode
from collections.abc import Iterator

from .encodings import decoded, inflated

_MOST = 16 * 2**20
_TEXTS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf")


def remarks(base64: str) -> Iterator[str]:
    """The texts in an image that is given in base64."""
    try:
        content = b64decode(base64[:_MOST])
    except ValueError:
        return
    yield from remarks_of(content)


def remarks_of(content: bytes) -> Iterator[str]:
    """The texts in a PNG, JPEG, GIF or WebP, and what stands behind the end of it."""
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        yield from _png(content)
    elif content[:2] == b"\xff\xd8":
        yield from _jpeg(content)
    else:
        yield from decoded(content[:4096])


def _png(content: bytes) -> Iterator[str]:
    at = 8
    while at + 12 <= len(content):
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        part = content[at + 8 : at + 8 + length]
        if kind in _TEXTS:
            yield from _texts(part)
        at += 12 + length
        if kind == b"IEND":
            break
    if content[at:].strip(b"\0"):
        yield from _texts(content[at : at + 65536])


def _jpeg(content: bytes) -> Iterator[str]:
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        kind, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if kind == 0xDA:
            break
        if kind == 0xFE or 0xE1 <= kind <= 0xEF:
            yield from _texts(content[at + 4 : at + 2 + length])
        at += 2 + max(2, length)
    end = content.rfind(b"\xff\xd9")
    if end >= 0 and content[end + 2 :].strip(b"\0"):
        yield from _texts(content[end + 2 : end + 65538])


def _texts(part: bytes) -> Iterator[str]:
    """A remark begins with its name; behind that it may be packed."""
    yield part.decode("latin-1")
    yield part.decode("utf-8", "ignore")
    for sep in (b"\0\0", b"\0\1\0\0\0", b"\0"):
        rest = part.partition(sep)[2]
        unpacked = inflated(rest) if rest else None
        if unpacked:
            yield unpacked.decode("utf-8", "replace")
    yield from decoded(part)
