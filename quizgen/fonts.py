"""The fonts that come with the templates: which of them a page needs, and what they cannot show.

A printed page uses these fonts, so it is the same on every machine. `fonts/fonts.json` lists the faces with the
script that each is for, `fonts/coverage.json` the characters that each file has.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple

from .bundled import TEMPLATES

_FOLDER = TEMPLATES / "fonts"


class Face(NamedTuple):
    """One font file: its family, weight and style in CSS's words, and the script that it is for."""

    family: str
    file: str
    weight: int
    style: str
    script: str


# Ideographs are drawn in one way in each country, so the page's own language is asked first.
_HAN = {
    "zh-hant": "hant", "zh-tw": "hant", "zh-hk": "hant", "zh-mo": "hant", "zh": "hans", "ja": "jpan", "ko": "kore",
}  # fmt: skip
_OTHERS = ("cyrx", "arab", "hebr", "deva", "thai", "symbols", "hans", "jpan", "hant", "kore")
_LAYOUT = frozenset(
    "\n\r\t\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)  # these need no glyph


@lru_cache(maxsize=1)
def faces() -> tuple[Face, ...]:
    """The faces that `fonts.json` lists."""
    listed = json.loads((_FOLDER / "fonts.json").read_text(encoding="utf-8"))
    return tuple(Face(e["family"], e["file"], int(e["weight"]), e["style"], e["script"]) for e in listed)


def needed(text: str, languages: Iterable[str]) -> tuple[Face, ...]:
    """The faces that a page with this text in these languages needs: as few as show all that can be shown."""
    scripts = ["latin", "mono"] if "<code" in text else ["latin"]
    missing = _without(set(text) - _LAYOUT, "latin")
    if missing:
        own = [script for language in languages if (script := _han(language))]
        if any("\u3040" <= char <= "\u30ff" for char in missing):
            own.append("jpan")
        for script in dict.fromkeys((*own, *_OTHERS)):
            left = _without(missing, script)
            if left != missing:
                scripts.append(script)
                missing = left
    return tuple(face for face in faces() if face.script in scripts)


def missing(text: str) -> set[str]:
    """The characters of the text that no bundled face has."""
    left = set(text) - _LAYOUT
    for script in ("latin", *_OTHERS):
        left = _without(left, script) if left else left
    return left


def _han(language: str) -> str:
    tag = language.lower()
    return next((script for start, script in _HAN.items() if tag == start or tag.startswith(f"{start}-")), "")


def _without(characters: set[str], script: str) -> set[str]:
    """The characters that the script's regular face lacks."""
    files = [face.file for face in faces() if face.script == script and face.weight == 400 and face.style == "normal"]
    return {char for char in characters if not any(_has(file, ord(char)) for file in files)}


def _has(file: str, character: int) -> bool:
    starts, ends = _ranges(file)
    place = bisect_right(starts, character) - 1
    return place >= 0 and character <= ends[place]


@lru_cache(maxsize=64)
def _ranges(file: str) -> tuple[list[int], list[int]]:
    pairs = [span.split("-") for span in _coverage()[file].split(",")]
    return [int(pair[0], 16) for pair in pairs], [int(pair[-1], 16) for pair in pairs]


@lru_cache(maxsize=1)
def _coverage() -> dict[str, str]:
    listed: dict[str, str] = json.loads((_FOLDER / "coverage.json").read_text(encoding="utf-8"))
    return listed


def css(found: Iterable[Face]) -> str:
    """The rules that name the faces; their files have the URLs `asset:///fonts/...`."""
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; src: url("{url(face)}"); '
        f"font-weight: {face.weight}; font-style: {face.style}; }}\n"
        for face in found
    )


def url(face: Face) -> str:
    """Where a printed page finds the face."""
    return f"asset:///fonts/{face.file}"


@lru_cache(maxsize=32)
def content(face: Face) -> bytes:
    """The font itself. A packed one is unpacked here: WeasyPrint would write the time of day into it."""
    packed = (_FOLDER / face.file).read_bytes()
    if packed[:4] != b"wOFF":
        return packed
    from fontTools.ttLib import TTFont

    font, unpacked = TTFont(BytesIO(packed), recalcTimestamp=False), BytesIO()
    font.flavor = None
    font.save(unpacked)
    return unpacked.getvalue()
