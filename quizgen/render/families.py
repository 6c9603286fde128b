"""Which font has a character, for people who lack one: one of Google's Noto, under the SIL Open Font License."""

from collections.abc import Callable
from unicodedata import category, unidata_version

WHERE = "https://notofonts.github.io"

_EMOJI = "say it in words, show it as an image, or add Noto Emoji (black and white)"
_NO_FONT: dict[str, Callable[[str], bool]] = {
    "a private-use character means something in one font only: type the one that is meant, or show it as an image": (
        lambda char: category(char) == "Co"
    ),
    "take the variation selector out: the usual form is printed": (
        lambda char: "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    ),
    f"Unicode {unidata_version} has no such character: type the one that is meant": lambda char: category(char) == "Cn",
}
"""What no font mends: what to do, and for which characters."""

_OF_SCRIPT = {
    "Adlm": "Noto Sans Adlam Unjoined", "Ahom": "Noto Serif Ahom", "Arab": "Noto Sans Arabic", "Bopo": "Noto Sans TC",
    "Brai": "Noto Sans Symbols 2", "Cyrl": "Noto Sans", "Diak": "Noto Serif Dives Akuru", "Dogr": "Noto Serif Dogra",
    "Ethi": "Noto Serif Ethiopic", "Geor": "Noto Serif Georgian", "Armn": "Noto Serif Armenian", "Grek": "Noto Sans",
    "Hang": "Noto Sans KR", "Hani": "Noto Serif TC, or for rare ones Jigmo (CC0)", "Hira": "Noto Sans JP",
    "Hmnp": "Noto Serif Hmong Nyiakeng", "Kana": "Noto Sans JP", "Khmr": "Noto Serif Khmer",
    "Khoj": "Noto Serif Khojki", "Kits": "Noto Serif Khitan Small Script", "Laoo": "Noto Serif Lao",
    "Latn": "Noto Sans", "Maka": "Noto Serif Makasar", "Mymr": "Noto Serif Myanmar", "Nkoo": "Noto Sans NKo",
    "Ougr": "Noto Serif Old Uyghur", "Phag": "Noto Sans PhagsPa", "Sgnw": "Noto Sans SignWriting",
    "Sinh": "Noto Serif Sinhala", "Taml": "Noto Serif Tamil", "Tang": "Noto Serif Tangut", "Telu": "Noto Serif Telugu",
    "Beng": "Noto Serif Bengali", "Gujr": "Noto Serif Gujarati", "Guru": "Noto Serif Gurmukhi",
    "Knda": "Noto Serif Kannada", "Mlym": "Noto Serif Malayalam", "Tibt": "Noto Serif Tibetan",
    "Toto": "Noto Serif Toto", "Vith": "Noto Serif Vithkuqi", "Yezi": "Noto Serif Yezidi", "Zinh": "Noto Sans",
}  # fmt: skip
"""Script (ISO 15924) -> family, where it is not "Noto Sans" and the name of the script."""

_OF_BLOCK = (
    (("Math", "Arrows"), "Noto Sans Math"),
    (("Music",), "Noto Music"),
    (("Mayan Numerals", "Indic Siyaq Numbers"), "Noto Sans {block}"),
    (("CJK", "Ideographic", "Halfwidth", "Kanbun"), "Noto Sans JP"),
    (("",), "Noto Sans Symbols 2"),
)
"""For what belongs to no script: what the name of the block has in it, and the family."""


def advice(char: str) -> str:
    """What to do about a character that no font has."""
    for said, holds in _NO_FONT.items():
        if holds(char):
            return said
    return _EMOJI if _is_emoji(char) else f"say it otherwise, or add a font that has it: {family(char)}"


def family(char: str) -> str:
    """The family that has the character."""
    from fontTools import unicodedata

    script = unicodedata.script(char)
    if script == "Zyyy":
        block: str = unicodedata.block(char)
        return next(name for words, name in _OF_BLOCK if any(map(block.__contains__, words))).format(block=block)
    return _OF_SCRIPT.get(script) or f"Noto Sans {unicodedata.script_name(script)}"


def _is_emoji(char: str) -> bool:
    return "\U0001f000" <= char <= "\U0001faff" or "\u2600" <= char <= "\u27bf" or char == "\u20e3"
