"""The fonts of a printed page: those that come with the templates, which of them it needs, and what they cannot show.

A printed page uses these fonts, so it is the same on every machine. `fonts/fonts.json` lists the faces with the
script that each is for, `fonts/coverage.json` the characters that each file has. A school may add a folder of its own
(`own_faces`); fonts that happen to be on a machine are never used.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from pathlib import Path
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
    folder: str = ""
    """Where the file is, if it is not one of ours."""
    characters: str = ""
    """What a face that is not ours has, as `coverage.json` writes it."""
    sha256: str = ""
    """Of the content of a face that is not ours."""


OWN = "own"
"""The script of all faces that are not ours: they are asked last."""

# Ideographs are drawn in one way in each country, so the page's own language is asked first.
_HAN = {
    "zh-hant": "hant", "zh-tw": "hant", "zh-hk": "hant", "zh-mo": "hant", "zh": "hans", "ja": "jpan", "ko": "kore",
}  # fmt: skip
_OTHERS = ("cyrx", "arab", "hebr", "deva", "thai", "symbols", "hans", "jpan", "hant", "kore")
_FALLBACK = ("arab", "hebr", "deva", "thai", "hans", "hant", "jpan", "kore", "cyrx", "symbols")  # as in paper.css
_CLEAR = '"Atkinson Hyperlegible Next"'  # as the style of an edition names it; in a text, quotes are escaped
_LAYOUT = frozenset(
    "\n\r\t\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)  # these need no glyph


@lru_cache(maxsize=1)
def faces() -> tuple[Face, ...]:
    """The faces that `fonts.json` lists."""
    listed = json.loads((_FOLDER / "fonts.json").read_text(encoding="utf-8"))
    return tuple(Face(e["family"], e["file"], int(e["weight"]), e["style"], e["script"]) for e in listed)


def needed(text: str, languages: Iterable[str], own: Sequence[Face] = ()) -> tuple[Face, ...]:
    """The faces that a page with this text in these languages needs: as few as show all that can be shown."""
    scripts = ["latin", "mono"] if "<code" in text else ["latin"]
    if _CLEAR in text:
        scripts.append("clear")
    missing = _without(set(text) - _LAYOUT, "latin")
    if missing:
        first = [script for language in languages if (script := _han(language))]
        if any("\u3040" <= char <= "\u30ff" for char in missing):
            first.append("jpan")
        for script in dict.fromkeys((*first, *_OTHERS)):
            left = _without(missing, script)
            if left != missing:
                scripts.append(script)
                missing = left
    shown = {face.family for face in own if f'"{face.family}"' in text or any(_has(face, ord(c)) for c in missing)}
    return (*(face for face in faces() if face.script in scripts), *(face for face in own if face.family in shown))


def missing(text: str, own: Iterable[Face] = ()) -> set[str]:
    """The characters of the text that no bundled face has, nor one of the school's own."""
    left = set(text) - _LAYOUT
    for script in ("latin", *_OTHERS):
        left = _without(left, script) if left else left
    return {char for char in left if not any(_has(face, ord(char)) for face in own)}


def _han(language: str) -> str:
    tag = language.lower()
    return next((script for start, script in _HAN.items() if tag == start or tag.startswith(f"{start}-")), "")


def together(text: str, own: Iterable[Face] = ()) -> bool:
    """Whether any one face has all characters of the text."""
    regular = (face for face in faces() if face.weight == 400 and face.style == "normal")
    return any(all(_has(face, ord(char)) for char in text) for face in (*regular, *own))


def _without(characters: set[str], script: str) -> set[str]:
    """The characters that the script's regular face lacks."""
    regular = [face for face in faces() if face.script == script and face.weight == 400 and face.style == "normal"]
    return {char for char in characters if not any(_has(face, ord(char)) for face in regular)}


def _has(face: Face, character: int) -> bool:
    starts, ends = _ranges(face.characters or _coverage()[face.file])
    place = bisect_right(starts, character) - 1
    return place >= 0 and character <= ends[place]


@lru_cache(maxsize=64)
def _ranges(written: str) -> tuple[list[int], list[int]]:
    pairs = [span.split("-") for span in written.split(",") if span]
    return [int(pair[0], 16) for pair in pairs], [int(pair[-1], 16) for pair in pairs]


@lru_cache(maxsize=1)
def _coverage() -> dict[str, str]:
    listed: dict[str, str] = json.loads((_FOLDER / "coverage.json").read_text(encoding="utf-8"))
    return listed


# --- In a page -------------------------------------------------------------------------------------------------


def css(found: Iterable[Face]) -> str:
    """The rules that name the faces; their files have the URLs `asset:///fonts/...`."""
    found = tuple(found)
    rules = "".join(
        f"@font-face {{ font-family: {_quoted(face.family)}; src: url({_quoted(url(face))}); "
        f"font-weight: {face.weight}; font-style: {face.style}; }}\n"
        for face in found
    )
    own = dict.fromkeys(face.family for face in found if face.script == OWN)
    return rules + _fallback(own) if own else rules


def _fallback(own: Iterable[str]) -> str:
    """The rule that asks for more families where the text's own face lacks a character; it stands in every style."""
    bundled = dict.fromkeys(face.family for script in _FALLBACK for face in faces() if face.script == script)
    families = ", ".join(map(_quoted, (*bundled, *own)))
    return f":root {{ --others: {families} !important; }}\n"


def _quoted(text: str) -> str:
    return (
        '"' + "".join(char if char.isprintable() and char not in '"\\' else f"\\{ord(char):x} " for char in text) + '"'
    )


def url(face: Face) -> str:
    """Where a printed page finds the face."""
    return f"asset:///fonts/{face.sha256 or face.file}"


@lru_cache(maxsize=32)
def content(face: Face) -> bytes:
    """The font itself. A packed one is unpacked here: WeasyPrint would write the time of day into it."""
    packed = (Path(face.folder or _FOLDER) / face.file).read_bytes()
    if packed[:4] != b"wOFF":
        return packed
    from fontTools.ttLib import TTFont

    font, unpacked = TTFont(BytesIO(packed), recalcTimestamp=False), BytesIO()
    font.flavor = None
    font.save(unpacked)
    return unpacked.getvalue()


# --- A school's own --------------------------------------------------------------------------------------------


def font_files(folder: Path) -> list[Path]:
    """The fonts in a folder and below it, in an order that is the same everywhere."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".ttf", ".otf") and path.is_file())


def own_faces(folder: Path, wanted: Iterable[str], styles: str = "") -> tuple[Face, ...]:
    """The faces in a folder that have any of these characters, or whose family a style sheet names.

    The others are left alone, so that the folder may be a large one. A family comes with all its faces of usual width.
    What cannot be read as a font, and what has pictures in the place of outlines, is passed over.
    """
    characters = set(wanted)
    if not characters and not styles:
        return ()
    found = [face for path in font_files(folder) if (face := _read_face(folder, path, path.stat().st_mtime_ns))]
    every = sorted(found, key=lambda face: (face.family, face.weight, face.style, face.file))
    chosen: list[Face] = []
    for name, family in groupby(every, key=lambda face: face.family):
        members = list(family)
        shown = {char for char in characters if any(_has(face, ord(char)) for face in members)}
        if shown or f'"{name}"' in styles:
            chosen += members
            characters -= shown
    return tuple(face._replace(sha256=sha256(content(face)).hexdigest()) for face in chosen)


_USUAL = 5
"""The width of a face that is neither condensed nor expanded (OpenType, OS/2.usWidthClass)."""


@lru_cache(maxsize=4096)
def _read_face(folder: Path, path: Path, mark: int) -> Face | None:
    """The face in a file; `mark` is when it was saved."""
    from fontTools.ttLib import TTFont

    try:
        with path.open("rb") as file, TTFont(file, lazy=True) as font:
            family, traits = font["name"].getBestFamilyName(), font["OS/2"]
            if not {"glyf", "CFF ", "CFF2"} & set(font.keys()) or traits.usWidthClass != _USUAL:
                return None
            characters = font.getBestCmap() or {}
    except Exception:  # fontTools raises many kinds for a damaged file
        return None
    style = "italic" if traits.fsSelection & 1 or traits.fsSelection & 512 else "normal"
    name = path.relative_to(folder).as_posix()
    return Face(family or path.stem, name, traits.usWeightClass, style, OWN, str(folder), _as_ranges(characters))


def _as_ranges(characters: Iterable[int]) -> str:
    spans: list[list[int]] = []
    for char in sorted(characters):
        if spans and spans[-1][1] == char - 1:
            spans[-1][1] = char
        else:
            spans.append([char, char])
    return ",".join(f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in spans)
