"""Images made safe for a page: the same picture, and nothing else in the file."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import ImageFile, PngImagePlugin

from quizgen.images import MAX_PIXELS, Image, ImageError, read_image, safe

SECRET = b"52 deg N, 13 deg E"


def drawn(mode: str = "RGB", size: tuple[int, int] = (40, 30)) -> Pillow.Image:
    """A picture whose left half is red and whose right half is blue."""
    picture = Pillow.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    return picture.convert(mode)


def file_of(picture: Pillow.Image, kind: str, **more: Any) -> Image:
    """The picture in a file as somebody's program wrote it."""
    written = BytesIO()
    picture.save(written, kind, **more)
    return Image(f"image/{kind.lower()}", *picture.size, written.getvalue())


def seen(image: Image) -> Pillow.Image:
    """What a reader sees; the file is what it says it is."""
    with Pillow.open(BytesIO(image.content)) as opened:
        assert opened.get_format_mimetype() == image.media_type
        assert opened.size == (image.width, image.height)
        return opened.convert("RGBA")


def colour(picture: Pillow.Image, across: float, down: float) -> str:
    """What is seen at this part of the width and of the height."""
    pixel = picture.getpixel((int(across * picture.width), int(down * picture.height)))
    assert isinstance(pixel, tuple)
    red, _, blue, alpha = pixel
    return "clear" if not alpha else "red" if red > blue else "blue"


def segments(content: bytes) -> list[bytes]:
    """The kinds of the chunks of a PNG, or of the segments of a JPEG before its pixels."""
    kinds, place = [], 8 if content.startswith(b"\x89PNG") else 2
    while place < len(content):
        if content.startswith(b"\x89PNG"):
            length, kind = struct.unpack(">I4s", content[place : place + 8])
            place += 12 + length
        else:
            kind, length = content[place : place + 2], struct.unpack(">H", content[place + 2 : place + 4])[0]
            place += 2 + length
        kinds.append(kind)
        if kind == b"\xff\xda":
            break
    return kinds


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_the_picture_stays_the_same(kind: str) -> None:
    image = safe(file_of(drawn(), kind))
    assert [colour(seen(image), across, 0.5) for across in (0.2, 0.8)] == ["red", "blue"]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_pixel_of_a_png_is_drawn(mode: str) -> None:
    picture = Pillow.new("I", (40, 30), 0xFFFF) if mode == "I;16" else Pillow.new("L", (40, 30), 255)
    picture.paste(0, (20, 0, 40, 30))
    shown = seen(safe(file_of(picture.convert(mode), "PNG"))).convert("L")
    assert [shown.getpixel((place, 15)) for place in (5, 35)] == [255, 0]


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_transparency_stays(kind: str) -> None:
    picture = drawn("RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 20, 30))
    shown = seen(safe(file_of(picture, kind)))
    assert [colour(shown, across, 0.5) for across in (0.2, 0.8)] == ["clear", "blue"]


def test_the_transparent_colour_of_a_gif_stays() -> None:
    picture = drawn().quantize()
    at_left = picture.getpixel((0, 0))
    shown = seen(safe(file_of(picture, "GIF", transparency=at_left)))
    assert [colour(shown, across, 0.5) for across in (0.2, 0.8)] == ["clear", "blue"]


def with_secrets(kind: str) -> Image:
    """A file with all that programs and phones write beside the pixels."""
    exif = Pillow.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6  # to be turned by a quarter
    exif.get_ifd(0x8825)[1] = SECRET.decode()
    more: dict[str, Any] = {"exif": exif, "icc_profile": SECRET}
    if kind == "PNG":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_text("Comment", SECRET.decode())
        more["pnginfo"].add_itxt("XML:com.adobe.xmp", SECRET.decode())
    elif kind == "JPEG":
        more |= {"comment": SECRET, "xmp": SECRET}
    else:
        more["xmp"] = SECRET
    image = file_of(drawn(), kind, **more)
    return Image(image.media_type, image.width, image.height, image.content + SECRET)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_where_and_by_whom_a_photo_was_taken_is_gone_and_it_stands_upright(kind: str) -> None:
    image = with_secrets(kind)
    assert image.content.count(SECRET) >= 4
    made = safe(image)
    assert SECRET not in made.content
    assert (made.width, made.height) == (30, 40)
    assert [colour(seen(made), 0.5, down) for down in (0.2, 0.8)] == ["red", "blue"]
    kinds = set(segments(made.content))
    pixels = {b"IHDR", b"IDAT", b"IEND"} | {b"\xff\xe0", b"\xff\xdb", b"\xff\xc0", b"\xff\xc4", b"\xff\xda"}
    assert kinds <= pixels  # \xff\xe0 is JFIF's, \xff\xc0 a baseline frame


def test_a_progressive_photo_becomes_a_plain_one() -> None:
    image = safe(file_of(drawn(), "JPEG", progressive=True))
    assert b"\xff\xc0" in segments(image.content)


def test_colours_of_print_become_colours_of_a_screen() -> None:
    image = safe(file_of(drawn("CMYK"), "JPEG"))
    assert [colour(seen(image), across, 0.5) for across in (0.2, 0.8)] == ["red", "blue"]


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "MPO"])
def test_only_the_first_picture_of_a_file_stays(kind: str) -> None:
    image = safe(file_of(drawn(), kind, save_all=True, append_images=[drawn().rotate(180)] * 3))
    with Pillow.open(BytesIO(image.content)) as opened:
        assert getattr(opened, "n_frames", 1) == 1
    assert colour(seen(image), 0.2, 0.5) == "red"


def test_a_photo_with_exif_data_that_cannot_be_read_is_drawn(tmp_path: Path) -> None:
    broken = file_of(drawn(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff\xff")
    (tmp_path / "pier.jpg").write_bytes(broken.content)
    assert colour(seen(safe(read_image(tmp_path, "pier.jpg"))), 0.2, 0.5) == "red"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_the_same_file_gives_the_same_bytes_and_a_safe_one_keeps_its_kind(kind: str) -> None:
    made = safe(file_of(drawn(), kind))
    safe.cache_clear()
    assert safe(file_of(drawn(), kind)) == made
    again = safe(made)
    assert again.media_type == made.media_type
    assert again == made or made.media_type == "image/jpeg"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
@pytest.mark.parametrize("patient", [False, True])  # WeasyPrint makes Pillow so, for all
def test_a_file_that_breaks_off_is_a_fault_and_no_hole(
    kind: str, patient: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", patient)
    whole = file_of(Pillow.effect_noise((200, 200), 80).convert("RGB"), kind).content
    (tmp_path / "pier.dat").write_bytes(whole[: len(whole) // 2])
    image = read_image(tmp_path, "pier.dat") if kind != "WEBP" else Image("image/webp", 200, 200, whole[:99])
    with pytest.raises(ImageError, match=r"'pier\.dat' is damaged") as raised:
        safe(image, "pier.dat")
    assert raised.value.code == "Q122"
    assert raised.value.hint
    assert patient is ImageFile.LOAD_TRUNCATED_IMAGES


def lying(width: int, height: int) -> bytes:
    """A PNG that claims this size and has four pixels."""
    content = bytearray(file_of(drawn(size=(2, 2)), "PNG").content)
    content[16:24] = struct.pack(">II", width, height)
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    return bytes(content)


def test_a_header_that_lies_is_a_fault() -> None:
    with pytest.raises(ImageError, match="is damaged"):
        safe(Image("image/png", 2, 2, lying(300, 300)))


def test_what_a_file_says_of_itself_decides_how_much_is_decoded() -> None:
    side = int(MAX_PIXELS**0.5) + 1
    with pytest.raises(ImageError, match="has more than 25 million pixels"):
        safe(Image("image/png", 2, 2, lying(side, side)))


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_a_damaged_file_is_drawn_or_is_a_fault(kind: str, changes: list[tuple[float, int]]) -> None:
    content = bytearray(file_of(drawn(), kind).content)
    for place, byte in changes:
        content[int(place * len(content))] = byte
    try:
        made = safe(Image("image/png", 40, 30, bytes(content)))
    except ImageError:
        return
    assert made.media_type in ("image/png", "image/jpeg")
    assert seen(made).size == (made.width, made.height)
