"""Images of a bank: only from the bank's own folder, only kinds that every reader shows, only of sane size.

`read_image` looks at the header and no further, so that a check is quick. What goes into a page is made `safe` first:
the pixels are drawn anew into a file that holds nothing else.
"""

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from .files import beside

if TYPE_CHECKING:
    from PIL import Image as Pillow

MAX_BYTES = 10 * 2**20
MAX_PIXELS = 25_000_000

_KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}


@dataclass(frozen=True)
class Image:
    """An image file: what it is by its content (not by its name), its size in pixels, its bytes."""

    media_type: str
    width: int
    height: int
    content: bytes


class ImageError(ValueError):
    """The image cannot be used; the message says why, in an author's words."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.hint = code, hint

    def __reduce__(self) -> tuple[type["ImageError"], tuple[str, str, str]]:
        return ImageError, (self.code, str(self), self.hint)  # so that a worker can send it


def read_image(folder: Path, name: str) -> Image:
    """The image called `name` in the folder or below it. Raises `ImageError` with a code and a hint."""
    path = beside(folder, name)
    if path is None:
        raise ImageError(
            "Q121",
            f"'{name}' is not in the bank's folder",
            "copy the image beside the bank file, and name it from there",
        )
    if not os.path.isfile(path):
        raise ImageError("Q121", f"there is no image '{name}'", f"it is looked for as {name} in the bank file's folder")
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise ImageError("Q121", f"'{name}' cannot be read", "look at its permissions") from problem
    if len(content) > MAX_BYTES:
        raise ImageError("Q122", f"'{name}' is larger than {MAX_BYTES // 2**20} MiB", "save it smaller")
    return _inspect(name, content)


def _inspect(name: str, content: bytes) -> Image:
    """Only the header is read: a small file can claim a billion pixels."""
    import warnings
    from io import BytesIO

    from PIL import Image as Pillow

    wrong_kind = ImageError("Q122", f"'{name}' is not a PNG, JPEG, WebP or GIF image", "save it as PNG")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as that its EXIF data is damaged, which nobody asked for
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(BytesIO(content), formats=list(_KINDS)) as header:
                width, height, kind = header.width, header.height, header.format or ""
                kind = "JPEG" if kind == "MPO" else kind  # a photo with a second picture behind it, as phones take them
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        width, height, kind = MAX_PIXELS, 2, "PNG"
    except Exception as problem:  # Pillow raises many kinds for a damaged file
        raise wrong_kind from problem
    _not_too_many(name, width, height)
    return Image(_KINDS[kind], width, height, content)


def _not_too_many(name: str, width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise ImageError("Q122", f"'{name}' has more than {MAX_PIXELS // 1_000_000} million pixels", "save it smaller")


# --- For a page ---------------------------------------------------------------------------------------------------

_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
"""Kinds of pixels that a PNG holds as they are."""


@lru_cache(maxsize=256)
def safe(image: Image, name: str = "image") -> Image:
    """The same picture as a PNG or a plain JPEG that holds its pixels and nothing else.

    Turned as its EXIF data asks; without EXIF (the place where a photo was taken is in there), colour profile, remarks,
    further frames, and whatever stands behind the end of the picture. A photo stays a JPEG; all else is a PNG, with its
    transparency. The same bytes come out each time. It decodes, so it belongs into a worker. Raises `ImageError` for a
    file that breaks off or is not what its header says; `name` is what the author calls it.
    """
    from io import BytesIO

    from PIL import Image as Pillow

    try:
        with _strictly(), Pillow.open(BytesIO(image.content), formats=list(_KINDS)) as opened:
            _not_too_many(name, opened.width, opened.height)
            photo = opened.format in ("JPEG", "MPO") or image.content.find(b"VP8 ", 12, 4096) > 0
            opened.load()
            if opened.format == "PNG" and not _has_all_rows(image.content):
                raise ValueError("it has fewer pixels than it claims")
            drawn = _plain(_upright(opened))
    except (ImageError, MemoryError):
        raise
    except Exception as problem:  # Pillow raises many kinds for a damaged file
        raise ImageError("Q122", f"'{name}' is damaged: it cannot be drawn", "save it anew as PNG") from problem
    encoded = BytesIO()
    if photo and drawn.mode in ("L", "RGB"):
        drawn.save(encoded, "JPEG", quality=92)
    else:
        drawn.save(encoded, "PNG")
    if encoded.tell() > MAX_BYTES:
        raise ImageError(
            "Q122", f"'{name}' is larger than {MAX_BYTES // 2**20} MiB when it is drawn", "save it smaller"
        )
    kind = _KINDS["JPEG" if photo and drawn.mode in ("L", "RGB") else "PNG"]
    return Image(kind, drawn.width, drawn.height, encoded.getvalue())


def _has_all_rows(png: bytes) -> bool:
    """Whether the pixels of a PNG are as many as its header says (PNG 3, 11.2): Pillow leaves the rest empty."""
    import zlib

    width, height, depth, colour, *_, interlaced = struct.unpack_from(">IIBBBBB", png, 16)
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    wanted = height * (1 + (width * depth * channels + 7) // 8)
    unpacked, found, at = zlib.decompressobj(), 0, 8
    while at + 8 <= len(png) and (interlaced or found < wanted):
        length, kind = struct.unpack_from(">I4s", png, at)
        if kind == b"IDAT":
            found += len(unpacked.decompress(png[at + 8 : at + 8 + length]))
        at += 12 + length
        if interlaced and found:
            return True  # seven small pictures of other sizes: what Pillow says must do
    return bool(found >= wanted)


@contextmanager
def _strictly() -> Iterator[None]:
    """Pillow without its remarks, and without patience for files that break off, which WeasyPrint asks it to have."""
    import warnings

    from PIL import ImageFile

    patience, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = patience


def _upright(opened: "Pillow.Image") -> "Pillow.Image":
    """The picture turned as a camera noted that it was held."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(opened)
    except Exception:  # EXIF data that cannot be read, for which Pillow raises many kinds, asks for nothing
        return opened.copy()


def _plain(picture: "Pillow.Image") -> "Pillow.Image":
    """The pixels, of a kind that every reader knows, without anything that is not one."""
    transparency = picture.info.get("transparency")
    picture.info = {} if transparency is None else {"transparency": transparency}
    if picture.mode.startswith("I"):  # 16 bits of grey: Pillow would cut off what is above 255
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in _MODES:
        return picture
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
