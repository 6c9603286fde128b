"""Pictures that are not what they seem, made when they are wanted."""

import struct
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO

from PIL import Image


def png(width: int, height: int, rows: int | None = None) -> bytes:
    """A PNG in black that claims to be so large, and has so many rows, or all; large ones take few bytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    squeeze = zlib.compressobj(9)
    row = bytes(1 + width * 3)
    pixels = b"".join(squeeze.compress(row) for _ in range(height if rows is None else rows)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _gif(screen: int, frame: int) -> bytes:
    """A GIF whose screen is so wide and high, and whose frame is."""
    size = struct.pack("<HH", frame, frame)
    head = b"GIF89a" + struct.pack("<HHBBB", screen, screen, 0x80, 0, 0) + bytes(3) + b"\xff" * 3
    return head + b"," + bytes(4) + size + b"\0\x02\x02\x44\x01\0;"


def _photo() -> bytes:
    written = BytesIO()
    Image.effect_noise((800, 800), 90).convert("RGB").save(written, "JPEG")
    return written.getvalue()


_DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"

FILES: dict[str, Callable[[], bytes]] = {
    **{f"large{n}.png": partial(png, 4_900, 4_900 + n) for n in range(4)},
    "bomb.png": lambda: png(13_000, 13_000, 100),
    "huge.gif": lambda: _gif(65_535, 65_535),
    "frame.gif": lambda: _gif(1, 60_000),
    "lying.png": lambda: png(4_000, 4_000, 2),
    "broken.jpg": lambda: _photo()[:30_000],
    "drawing.png": lambda: _DRAWING,
}
