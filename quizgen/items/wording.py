"""How a typed answer is compared with the accepted ones."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Literal, TypeAlias

from .. import markup

Ignored: TypeAlias = Literal["case", "accents", "punctuation"]
"""What need not agree between a typed answer and an accepted one."""

# What keyboards and word processors write in different ways, though nobody means a difference.
_ALIKE = str.maketrans("‘’`´“”«»‐‑–—−", "''''\"\"\"\"-----", "\u00ad")  # the last one, a soft hyphen, goes


def comparable(text: str, ignore: Collection[Ignored]) -> str:
    """The text with everything evened out that does not matter. Spaces and the shape of quotes and dashes never do."""
    text = unicodedata.normalize("NFC", text).translate(_ALIKE)
    if "accents" in ignore:
        parts = unicodedata.normalize("NFD", text)
        text = unicodedata.normalize("NFC", "".join(char for char in parts if not unicodedata.combining(char)))
    if "case" in ignore:
        text = unicodedata.normalize("NFC", text.casefold())
    if "punctuation" in ignore:
        text = re.sub(r"[^\w\s]|_", " ", text)
    return markup.fold(text)


def accepted(given: str, answers: Iterable[str], ignore: Collection[Ignored]) -> bool:
    """Whether what was typed is one of the accepted answers."""
    typed = comparable(given, ignore)
    return any(typed == comparable(markup.to_plain(answer), ignore) for answer in answers)
