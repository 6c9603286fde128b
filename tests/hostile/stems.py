"""Stems: for the reader of Markdown, for TeX, and for whatever looks for words.

Those of the first kind have as many marks as a text may have, or far more.
"""

import json
from collections.abc import Callable

from quizgen.markup import MAX_MARKS

from .contents import items, times


def asking(stem: str) -> str:
    """A bank file with an item that has this stem, and the faulty item."""
    record = {"id": "first", "type": "multiple_choice", "stem": stem, "answer": "High", "distractors": ["Low", "Deep"]}
    return items(json.dumps(record, ensure_ascii=False))


def _repeated(sign: str, marks: int) -> Callable[[], str]:
    """The sign as often as makes so many marks."""
    return lambda: (sign * marks)[:90_000] if marks > MAX_MARKS else sign * marks


_FAULTY = {"\\(": "Q124", "\\( ": "Q124", "[](a)": "Q125"}
_SIGNS = {  # a sign, and how many marks there are in it
    "*": 1, "_": 1, "[": 1, "![": 2, "`": 1, "` ": 1, "`a``": 3, "\\": 1, "\\(": 1, "\\( ": 1, "$$": 2, "{{1}} ": 2,
    "[a](": 1, "[a](b ": 1, "![a](b": 2, "[](a)": 1, "*a **b ": 3, "a**b": 2, "- a\n": 1, "1. a\n": 1, "a\n\n": 1,
    "```\n": 3, "|a|\n|-|\n": 4, "a\\\n": 1, "|": 1,
}  # fmt: skip

STEMS: dict[str, tuple[Callable[[], str], str]] = {
    **{f"{sign!r} too often": (_repeated(sign, 90_000), "Q127") for sign in _SIGNS},
    **{
        f"{sign!r} often": (_repeated(sign, (MAX_MARKS - 10) // marks), _FAULTY.get(sign, "Q201"))
        for sign, marks in _SIGNS.items()
    },
    "emphasis in emphasis": (lambda: "*a **b " * 400 + "c** d* " * 400, "Q201"),
    "links in links": (lambda: "[" * 1_900 + "a" + "](https://a.b)" * 1_900, "Q201"),
    "images in images": (lambda: "![" * 700 + "a" + "](a.png)" * 700, "Q121"),
    "lists in lists": (lambda: "".join("  " * n + "- a\n" for n in range(200)), "Q201"),
    "lists in lists on one line": (lambda: "- " * 40_000 + "a", "Q201"),
    "a quotation in a quotation": (lambda: "> " * 40_000 + "a", "Q201"),
    "900 images": (lambda: times(900, "![a](b{n}.png) "), "Q121"),
    "6,000 images": (lambda: times(6_000, "![a](b{n}.png) "), "Q127"),
    "a table of 10,000 columns": (lambda: "|a" * 10_000 + "|\n" + "|-" * 10_000 + "|\n" + "|b" * 10_000 + "|", "Q127"),
    "a table of 600 columns": (lambda: "|a" * 600 + "|\n" + "|-" * 600 + "|\n" + "|b" * 600 + "|", "Q201"),
    "a table of short rows": (lambda: "|a" * 400 + "|\n" + "|-" * 400 + "|\n" + "|b\n" * 1_100, "Q201"),
    "deep braces": (lambda: f"\\({'{' * 1_000}a{'}' * 1_000}\\)", "Q123"),
    "deeper braces": (lambda: f"\\({'{' * 40_000}a{'}' * 40_000}\\)", "Q127"),
    "a formula that is too long": (lambda: f"\\({'a+' * 40_000}a\\)", "Q123"),
    "250 formulas": (lambda: times(250, "\\(\\sqrt{\\frac{a}{{n}}}\\) "), "Q201"),
    "code in a language of 60 KB": (lambda: "```" + "python" * 10_000 + "\na\n```", "Q201"),
    "19,000 words": (lambda: "word " * 19_000, "Q201"),
    "5,000 different words": (lambda: times(5_000, "word{n} "), "Q201"),
    "50,000 spaces": (lambda: "a" + " " * 50_000 + "b", "Q201"),
    "spaces before line breaks": (lambda: ("a" + " " * 500 + "\n") * 190, "Q201"),
    "a word of 50,000 letters": (lambda: "a" * 50_000 + "!", "Q201"),
    "a number of 50,000 digits": (lambda: "9" * 50_000, "Q201"),
    "9,000 quantities": (lambda: "1,000.5 km " * 9_000, "Q201"),
    "20,000 times and": (lambda: "and " * 20_000, "Q201"),
    "40,000 full stops": (lambda: "a." * 40_000, "Q201"),
    "30,000 commas": (lambda: "a, " * 30_000, "Q201"),
    "50,000 accents on a letter": (lambda: "a" + "\u0301" * 50_000, "Q201"),
    "50,000 crabs": (lambda: "\U0001f980" * 50_000, "Q126"),
    "every character": (lambda: "".join(map(chr, [*range(0xA0, 0xD800), *range(0xE000, 0xFFFE)])), "Q126"),
    "lines of ideographs": (lambda: "潮\n" * 45_000, "Q201"),
    "marks of direction": (lambda: "\u202e\u2066" * 40_000, "Q201"),
}
