"""What is no regular file, leads elsewhere, has a name of its own kind, or has something bad beside it."""

import os
import struct
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeAlias

from .contents import FAULT, HEAD, essay, items, write

Lay: TypeAlias = Callable[[Path], Path]


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def _link(path: Path, target: Path | str) -> Path:
    path.symlink_to(target)
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _whole(make: Callable[[Path], Path], folder: Path) -> Path:
    """The folder, with something bad in it that has the name of a bank file."""
    make(folder / "tides.yaml")
    return folder


def _beside(make: Callable[[Path], Path], bank: str, name: str, folder: Path) -> Path:
    """A bank file in a folder, with something bad beside it."""
    (folder / "bank").mkdir()
    make(folder / "bank" / name)
    return write(folder / "bank" / "tides.yaml", bank)


def _elsewhere(path: Path) -> Path:
    """A link out of the bank's folder, to a file that is there."""
    return _link(path, write(path.parent.parent / "elsewhere", png(10, 10)))


def _named(name: str | bytes, folder: Path) -> Path:
    path = folder / os.fsdecode(name)
    return write(path, items("{}"))


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG file that claims to be so large, with these chunks before a picture without content."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rest = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(bytes(20_000), 0)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, content) for kind, content in rest)


def _webp(width: int, height: int) -> bytes:
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    content = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + canvas
    return b"RIFF" + struct.pack("<I", len(content)) + content


_COMPRESSED = zlib.compress(bytes(200 * 2**20), 9)
_PICTURE = essay("rationale: '![a pier](a.png)'")
_IMAGES: dict[str, tuple[bytes, str]] = {
    "an image of 13,000 × 13,000": (png(13_000, 13_000), "Q122"),
    "an image of 2,000,000,000 × 2": (png(2_000_000_000, 2), "Q122"),
    "an image of 0 × 0": (png(0, 0), "Q122"),
    "an image that is cut off": (png(10, 10)[:40], "Q122"),
    "an image with 200 MiB of text in it": (png(10, 10, (b"zTXt", b"a\0\0" + _COMPRESSED)), "Q122"),
    "an image with 200 MiB of colours in it": (png(10, 10, (b"iCCP", b"a\0\0" + _COMPRESSED)), "Q201"),
    "a WebP of 16,000 × 16,000": (_webp(16_000, 16_000), "Q122"),
    "a GIF of 65,535 × 65,535": (b"GIF89a" + b"\xff" * 4 + b"\x70\0\0" + b"," + bytes(20_000), "Q122"),
    "an image that is a page": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "Q122"),
    "an image that is empty": (b"", "Q122"),
}

_TEXT = HEAD.replace("language", "text_file: sea.txt, language") + "passages: [{id: sea, paragraphs: 1-999999}]\n"
_CUT = _TEXT + "items:\n" + FAULT

_SETTINGS: dict[str, str] = {
    "100,000 brackets": "select = " + "[" * 100_000,
    "100,000 braces": "select = " + "{a = " * 100_000,
    "100,000 dots": ".".join(["a"] * 100_000) + " = 1",
    "100,000 dots in a table's name": "[" + ".".join(["a"] * 100_000) + "]",
    "a key of 1 MB": "x" * 2**20 + " = 1",
    "a number of 1 MB": "select = " + "9" * 2**20,
    "a date": "fail-level = 1979-05-27T07:32:00Z",
    "a number": "ignore = 4",
    "a list of lists": "ignore = [['Q4']]",
    "a text for a table": "per-file-ignores = 'Q4'",
    "escape codes": "'\x1b[2J' = 1",
    "escaped escape codes": 'fail-level = "\\u001b[2J\\n\\u202e\\u0085"',
    "the same key twice": "select = []\nselect = []",
    "nothing that is TOML": "\u202e{" * 100,
}


def _settings(text: str, folder: Path) -> Path:
    write(folder / "quizgen.toml", text)
    return write(folder / "tides.yaml", items())


PLACES: dict[str, tuple[Lay, str]] = {
    "a folder with the name of a file": (partial(_whole, _folder), "Q012"),
    "a pipe": (lambda folder: _pipe(folder / "tides.yaml"), "Q012"),
    "a pipe in a folder": (partial(_whole, _pipe), "Q012"),
    "a device": (lambda folder: Path("/dev/zero"), "Q012"),
    "a link to a device": (lambda folder: _link(folder / "tides.yaml", "/dev/zero"), "Q012"),
    "a link to a file without an end": (lambda folder: _link(folder / "tides.yaml", "/proc/self/pagemap"), "Q008"),
    "a link to itself": (lambda folder: _link(folder / "tides.yaml", "tides.yaml"), ""),
    "a link to itself in a folder": (partial(_whole, lambda path: _link(path, "tides.yaml")), "Q012"),
    "a link to nothing in a folder": (partial(_whole, lambda path: _link(path, "nowhere")), "Q012"),
    "a folder that holds itself": (lambda folder: _named("a.yaml", _link(folder / "b", folder)).parent, "Q103"),
    "a name with a line break": (partial(_named, "a\nb.yaml:1:1: error[Q001]: forged.yaml"), "Q103"),
    "a name with escape codes": (partial(_named, "\x1b[2J\x1b]0;owned\x07.yaml"), "Q103"),
    "a name that turns around": (partial(_named, "\u202elmay.\u2066sedit.yaml"), "Q103"),
    "a name that is not UTF-8": (partial(_named, b"tid\xe9s\xff.yaml"), "Q103"),
    **{f"beside it: {name}": (partial(_beside, partial(write, content=content), _PICTURE, "a.png"), code)
       for name, (content, code) in _IMAGES.items()},
    "beside it: a pipe for an image": (partial(_beside, _pipe, _PICTURE, "a.png"), "Q121"),
    "beside it: a device for an image": (partial(_beside, lambda p: _link(p, "/dev/zero"), _PICTURE, "a.png"), "Q121"),
    "beside it: a link out for an image": (partial(_beside, _elsewhere, _PICTURE, "a.png"), "Q121"),
    "beside it: a pipe for a text": (partial(_beside, _pipe, _CUT, "sea.txt"), "Q321"),
    "beside it: a device for a text": (partial(_beside, lambda p: _link(p, "/dev/zero"), _CUT, "sea.txt"), "Q321"),
    "beside it: a link out for a text": (partial(_beside, _elsewhere, _CUT, "sea.txt"), "Q321"),
    "beside it: a paragraph of 2 MB": (
        partial(_beside, partial(write, content="word " * 400_000), _CUT.replace("1-999999", "1"), "sea.txt"), "Q014",
    ),
    "beside it: a text of 5,000,000 paragraphs": (
        partial(_beside, partial(write, content="a\n\n" * 5_000_000), _CUT, "sea.txt"), "Q008",
    ),
    "beside it: a text of 600,000 paragraphs": (
        partial(_beside, partial(write, content="a\n\n" * 600_000), _CUT, "sea.txt"), "Q322",
    ),
    **{f"settings: {name}": (partial(_settings, text), "") for name, text in _SETTINGS.items()},
}  # fmt: skip
