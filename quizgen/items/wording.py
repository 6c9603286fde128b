"""How a typed answer is compared with the accepted ones."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Literal, TypeAlias

from .. import markup
from ..diagnostics import Fault

Ignored: TypeAlias = Literal["case", "accents", "punctuation"]
"""What need not agree between a typed answer and an accepted one."""

# What keyboards and word processors write in different ways, though nobody means a difference; the third text holds
# what nobody sees: a soft hyphen, marks of direction, joints without width. Fullwidth forms are those of typewriters.
_ALIKE = str.maketrans("‘’`´“”«»‐‑–—−", "''''\"\"\"\"-----", "\u00ad\u200b\u200e\u200f\u2060\ufeff")
_ALIKE |= {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def comparable(text: str, ignore: Collection[Ignored]) -> str:
    """The text with everything evened out that does not matter. Spaces and the shape of quotes and dashes never do."""
    return _even(text, frozenset(ignore))


@lru_cache(maxsize=8192)  # a class gives the same answers, and each is compared with the same ones
def _even(text: str, ignore: frozenset[Ignored]) -> str:
    text = unicodedata.normalize("NFC", text).translate(_ALIKE)
    if "accents" in ignore:
        parts = unicodedata.normalize("NFD", text)
        text = unicodedata.normalize("NFC", "".join(char for char in parts if not unicodedata.combining(char)))
    if "case" in ignore:
        text = unicodedata.normalize("NFC", text.casefold())
    if "punctuation" in ignore:
        text = re.sub(r"(?<=[^\W\d_])['.](?=[^\W\d_]|\s|$)", "", text)  # U.S. is US, and don't is dont
        text = "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in text)
    return markup.fold(text)


def accepted(given: str, answers: Iterable[str], ignore: Collection[Ignored]) -> bool:
    """Whether what was typed is one of the accepted answers, which are as they are typed, without marks."""
    typed = comparable(given, ignore)
    return bool(typed) and any(typed == comparable(answer, ignore) for answer in answers)


def nothing_left(answer: str, at: tuple[str | int, ...]) -> Fault:
    """The fault of an answer that is made up of what does not matter: every blank would be as good."""
    hint = "take `punctuation` out of `ignore`, or write an answer with a letter or digit in it"
    return Fault("Q208", f"nothing of '{answer}' is left to compare", at, hint, text=answer)
