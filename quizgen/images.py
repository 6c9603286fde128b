"""Images of a bank: only from the bank's own folder, only kinds that every reader shows, only of sane size."""

import os
from dataclasses import dataclass
from pathlib import Path

from .files import beside

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
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(BytesIO(content), formats=list(_KINDS)) as header:
                width, height, kind = header.width, header.height, header.format or ""
                kind = "JPEG" if kind == "MPO" else kind  # a photo with a second picture behind it, as phones take them
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        width, height, kind = MAX_PIXELS, 2, "PNG"
    except Exception as problem:  # Pillow raises many kinds for a damaged file
        raise wrong_kind from problem
    if width * height > MAX_PIXELS:
        raise ImageError("Q122", f"'{name}' has more than {MAX_PIXELS // 1_000_000} million pixels", "save it smaller")
    return Image(_KINDS[kind], width, height, content)
