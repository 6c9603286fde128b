"""Files that are made to wear a program out: those kept here, and those too large or too odd to be kept.

Each has a code that must be among those reported, or none where the command must say in one line that it cannot begin.
What is no fault by itself stands before an item with a fault, Q201: whatever there is before it, that must be found.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from .contents import CONTENTS, Content, write
from .places import PLACES
from .stems import STEMS, asking

FOLDER = Path(__file__).parent


class Hostile(NamedTuple):
    """A hostile file: its name; what lays it into a folder, and gives what to check; and a code that it must get."""

    name: str
    lay: Callable[[Path], Path]
    code: str


def hostile() -> Iterator[Hostile]:
    """All of them."""
    for name, code in KEPT.items():
        yield Hostile(name, partial(_kept, f"{name}.yaml"), code)
    for name, (content, code) in CONTENTS.items():
        yield Hostile(name, partial(_bank, content), code)
    for name, (stem, code) in STEMS.items():
        yield Hostile(name, partial(_asked, stem), code)
    for name, (lay, code) in PLACES.items():
        yield Hostile(name, lay, code)


def _kept(name: str, folder: Path) -> Path:
    return write(folder / name, (FOLDER / name).read_bytes())


def _bank(content: Content, folder: Path) -> Path:
    return write(folder / "bank.yaml", content())


def _asked(stem: Callable[[], str], folder: Path) -> Path:
    return write(folder / "bank.yaml", asking(stem()))


KEPT = {
    "alias_bomb": "Q003",
    "alias_of_itself": "Q003",
    "beyond_unicode": "Q009",
    "bidi_everywhere": "Q107",
    "byte_order_mark_in_texts": "Q201",
    "byte_order_marks": "Q001",
    "cesu8": "Q009",
    "empty": "Q101",
    "escape_codes": "Q011",
    "escaped_escape_codes": "Q011",
    "forged_report": "Q107",
    "homoglyph_ids": "Q107",
    "latin1": "Q009",
    "merge_bomb": "Q004",
    "merge_of_itself": "Q004",
    "mixed_encodings": "Q009",
    "mixed_line_ends": "Q201",
    "numbers": "Q104",
    "one_bracket": "Q001",
    "one_byte": "Q011",
    "only_directives": "Q001",
    "only_markers": "Q006",
    "overlong_utf8": "Q009",
    "python_tag": "Q005",
    "regular_expressions": "Q201",
    "surrogate_escapes": "Q001",
    "tex_bombs": "Q123",
    "utf16": "Q009",
    "utf16be": "Q011",
    "utf32": "Q009",
    "zero_width_ids": "Q107",
    "zero_width_keys": "Q103",
    "zero_width_texts": "Q201",
}
