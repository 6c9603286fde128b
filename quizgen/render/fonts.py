"""The fonts that come with the templates, and which of them a page needs.

A printed page uses these fonts and no others, so it is the same on every machine. `fonts/fonts.json` lists the faces
with the script that each is for.
"""

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ..bundled import TEMPLATES


class Face(NamedTuple):
    """One font file: its family, weight and style in CSS's words, and the script that it is for."""

    family: str
    file: str
    weight: int
    style: str
    script: str


# The scripts that are loaded only where a text uses them: which characters belong to them.
_CHARACTERS = {
    "arab": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff",
    "hebr": "\u0590-\u05ff\ufb1d-\ufb4f",
    "deva": "\u0900-\u097f\ua8e0-\ua8ff",
    "thai": "\u0e00-\u0e7f",
    "jpan": "\u3040-\u30ff\u31f0-\u31ff",
    "kore": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "han": "\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef",
    "symbols": "\u2070-\u209f\u2190-\u23ff\u2460-\u27ff\u2900-\u2bff\U0001d400-\U0001d7ff\U0001f000-\U0001faff",
}
_SCRIPTS = {name: re.compile(f"[{characters}]") for name, characters in _CHARACTERS.items()}
_HAN = (("ja", "jpan"), ("ko", "kore"), ("zh-hant", "hant"), ("zh-tw", "hant"), ("zh-hk", "hant"))


_FOLDER = TEMPLATES / "fonts"


@lru_cache(maxsize=1)
def faces() -> tuple[Face, ...]:
    """The faces that `fonts.json` lists."""
    listed = json.loads((_FOLDER / "fonts.json").read_text(encoding="utf-8"))
    return tuple(Face(e["family"], e["file"], int(e["weight"]), e["style"], e["script"]) for e in listed)


def needed(text: str, languages: Iterable[str]) -> tuple[Face, ...]:
    """The faces that a page with this text needs. Ideographs are drawn as the page's own languages draw them."""
    scripts = {"latin"} | {name for name, characters in _SCRIPTS.items() if characters.search(text)}
    if "<code" in text:
        scripts.add("mono")
    if "han" in scripts:
        tags = [language.lower() for language in languages]
        own = {script for tag in tags for start, script in _HAN if tag.startswith(start)}
        scripts |= own or ({"jpan"} & scripts) or {"hans"}
    return tuple(face for face in faces() if face.script in scripts)


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
    """The font file itself."""
    return (_FOLDER / face.file).read_bytes()
