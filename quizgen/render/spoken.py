"""Formulas in words, as a person would read them aloud: `x squared plus the square root of 2`.

The words are in the templates (`say_...`). What a listener must hear that a reader sees is said: where a fraction of
several parts, a root or an exponent ends. Letters are said as they are, Greek ones by their names.
"""

import re
import unicodedata
from collections.abc import Mapping
from xml.etree.ElementTree import Element, fromstring

from ..formula import to_mathml

_OPERATORS = {
    "+": "plus", "−": "minus", "-": "minus", "±": "plus_minus", "=": "equals", "≠": "not_equal", "≈": "about",
    "<": "less", ">": "greater", "≤": "at_most", "≥": "at_least", "×": "times", "⋅": "times", "·": "times",
    "∗": "times", "*": "times", "÷": "divided", "/": "divided", "(": "open", "[": "open", "{": "open",
    ")": "close", "]": "close", "}": "close", "|": "bar", "∞": "infinity", "∑": "sum", "∏": "product",
    "∫": "integral", "→": "to", "′": "prime", "%": "percent", "°": "degrees", "∈": "in", "lim": "limit",
    "…": "and_so_on", "⋯": "and_so_on",
}  # fmt: skip
_ABOVE = {"¯": "bar_above", "→": "arrow_above", "^": "hat_above", "˙": "dot_above"}
_POWERS = {"2": "squared", "3": "cubed", "′": "prime", "∘": "degrees", "°": "degrees"}
_SILENT = frozenset("\u2061\u2062\u2063\u2064")


def spoken(tex: str, said: Mapping[str, str]) -> str:
    """The formula in words."""
    words = " ".join(_say(fromstring(to_mathml(tex)), said).split())  # noqa: S314 (our own MathML)
    return re.sub(r",(?: ?,)+", ",", words).strip(", ")


def _say(element: Element, said: Mapping[str, str]) -> str:
    parts = list(element)
    match element.tag:
        case "mi" | "mn" | "mtext" | "mo":
            return _sign((element.text or "").strip(), said)
        case "mfrac":
            over = "say_choose" if element.get("linethickness") == "0" else "say_over"
            name = over if all(map(_short, parts)) else f"{over}_long"
            return said[name].format(a=_say(parts[0], said), b=_say(parts[1], said))
        case "msqrt":
            inner = " ".join(_say(part, said) for part in parts)
            return said["say_root" if len(parts) == 1 and _short(parts[0]) else "say_root_long"].format(a=inner)
        case "mroot":
            return said["say_nth_root"].format(a=_say(parts[0], said), n=_say(parts[1], said))
        case "msup":
            return f"{_say(parts[0], said)} {_power(parts[1], said)}"
        case "msub" | "munder":
            return said["say_sub" if _short(parts[1]) else "say_under"].format(
                a=_say(parts[0], said), b=_say(parts[1], said)
            )
        case "mover":
            return f"{_say(parts[0], said)} {_above(parts[1], said)}"
        case "msubsup" | "munderover":
            return _bounds([_say(part, said) for part in parts], parts, said)
        case "mtable":
            rows = [said["comma"].join(_say(cell, said) for cell in row) for row in parts]
            return " ".join(f"{said['row'].format(n=n)} {row}." for n, row in enumerate(rows, start=1))
        case _:
            return " ".join(_say(part, said) for part in parts)


def _sign(text: str, said: Mapping[str, str]) -> str:
    """A letter, a number or an operator."""
    if text in _OPERATORS:
        return said[f"say_{_OPERATORS[text]}"]
    if text in _SILENT:
        return ""
    name = unicodedata.name(text, "") if len(text) == 1 else ""
    if name.startswith("GREEK "):
        return name.removeprefix("GREEK ").removeprefix("SMALL LETTER ").replace("LETTER ", "").lower()
    return text


def _power(exponent: Element, said: Mapping[str, str]) -> str:
    text = "".join(exponent.itertext()).strip()
    if text in _POWERS:
        return said[f"say_{_POWERS[text]}"]
    return said["say_power" if _short(exponent) else "say_power_long"].format(n=_say(exponent, said))


def _above(accent: Element, said: Mapping[str, str]) -> str:
    text = "".join(accent.itertext()).strip()
    return said[f"say_{_ABOVE[text]}"] if text in _ABOVE else said["say_above"].format(a=_say(accent, said))


def _bounds(words: list[str], parts: list[Element], said: Mapping[str, str]) -> str:
    """Of a sum or an integral, from where to where; of anything else, what is below and then what is raised."""
    if parts[0].tag == "mo":
        return said["say_bounds"].format(a=words[0], b=words[1], c=words[2])
    return f"{said['say_sub'].format(a=words[0], b=words[1])} {_power(parts[2], said)}"


def _short(element: Element) -> bool:
    """Whether it is heard where it ends: a single letter or number."""
    return sum(1 for _ in element.itertext()) == 1
