"""Banks that are made to wear out or to trick whatever prints them, laid into a folder as they are wanted.

Each has an item called `hostile`, after a sound one, and is in `bank/`. Beside that folder lie canaries: files and an
address that nothing may ever open.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from quizgen import fonts

from . import pictures

Fields: TypeAlias = dict[str, Any]  # Any: as JSON has it
CANARY = "canary-7f3a"
ADDRESS = "http://127.0.0.1:9/canary"
_MARKS = 1_900
"""As many marks as a text may have, and some fewer."""


def lay(name: str, folder: Path) -> Path:
    """The bank of this name with its canaries, laid into the folder."""
    outside, bank = folder / "outside", folder / "bank"
    outside.mkdir(parents=True)
    bank.mkdir()
    (outside / "canary.png").write_bytes(pictures.png(4, 4) + CANARY.encode())
    (outside / "canary.svg").write_text(f"<svg xmlns='http://www.w3.org/2000/svg'><text>{CANARY}</text></svg>")
    (outside / "canary.css").write_text(f"body::before {{ content: '{CANARY}' }}")
    (bank / "link.png").symlink_to(outside / "canary.png")
    made = BANKS[name]()
    text = made if isinstance(made, str) else json.dumps(_bank(made), ensure_ascii=False, indent=1)
    text = text.replace("OUTSIDE", str(outside))
    for file, content in pictures.FILES.items():
        if file in text:
            (bank / file).write_bytes(content())
    (bank / "tides.yaml").write_text(text, encoding="utf-8", errors="surrogatepass")
    return bank / "tides.yaml"


def _bank(hostile: Fields) -> Fields:
    """A bank of a sound item and a hostile one, with what else the hostile one brings along."""
    whole: Fields = {"article": {"id": "tides", "title": "Tides", "language": "en"} | hostile.pop("article", {})}
    if "passages" in hostile:
        whole["passages"] = hostile.pop("passages")
    more = hostile.pop("more", ())
    sound = {"id": "sound", "type": "true_false", "stem": "The sea is wet.", "answer": "true"}
    return {**whole, "items": [sound, {"id": "hostile", **hostile}, *more]}


def essay(stem: str, **more: object) -> Fields:
    """An essay."""
    return {"type": "essay", "stem": stem, **more}


def choice(stem: str, *options: str) -> Fields:
    """An item of several options, the first of which is right."""
    answer, *distractors = options or ("High", "Low")
    return {"type": "multiple_choice", "stem": stem, "answer": answer, "distractors": distractors}


def reading(text: str) -> Fields:
    """An item on a passage with this text."""
    return {**essay("Why?"), "passage": "sea", "passages": [{"id": "sea", "text": text}]}


def table(columns: int, rows: int, cell: str = "b") -> str:
    """A table with so many cells to a row, and rows that are short if the cell is only one."""
    head = "|a" * columns + "|\n" + "|-" * columns + "|\n"
    return head + ("|" + f"{cell}|" * (1 if cell == "b" else columns) + "\n") * rows


def injected(text: str) -> Fields:
    """The text in every field that takes one."""
    fields = ("title", "author", "publisher")
    return {
        "article": {"title": text, "language": "en", "source": dict.fromkeys(fields, text), "license": text},
        "passages": [{"id": "sea", "heading": text, "text": text}],
        "passage": "sea",
        "type": "matching",
        "stem": text,
        "pairs": {f"{text} 1": f"{text} 2", f"{text} 3": f"{text} 4"},
        "distractors": [f"{text} 5"],
        "rationale": text,
        "tags": ["sea"],
        "more": [
            {"id": "o", **choice(text, f"{text} 1", f"{text} 2"), "rationale": text},
            {"id": "c", "type": "cloze", "stem": text, "text": text + " {{gap}}"},
            {"id": "n", "type": "numeric", "stem": text, "answer": "3", "unit": text},
            {"id": "e", "type": "essay", "stem": text, "rubric": [text]},
        ],
    }


def _many_formulas() -> Fields:
    formulas = "".join(f"\\(\\sqrt{{\\frac{{a_{{{n}}}}}{{b}}}}\\) " for n in range(220))
    return essay(formulas, more=[{"id": f"i{n}", **essay(formulas)} for n in range(10)])


_SCRIPTS = [
    char
    for start in range(0x21, 0x30000, 0x80)
    for char in (chr(start), chr(start + 31), chr(start + 64))
    if char.isprintable() and char not in "*_`[]!$|~\\{}<" and not fonts.missing(char)
]
_FAMILY = "\u200d".join("\U0001f469\U0001f469\U0001f467\U0001f466")
_EMOJI = f"{_FAMILY} 1\ufe0f\u20e3 \U0001f1f0\U0001f1ec \U0001f44d\U0001f3ff "
_BREAKOUT = f"</style></script><style>@import url({ADDRESS}); @import 'file://OUTSIDE/canary.css';</style>"
_STYLED = (
    "<p style=\"background: url(file://OUTSIDE/canary.svg)\"><img src='file://OUTSIDE/canary.png'>"
    f"<link rel=attachment href='file://OUTSIDE/canary.css'><iframe src='{ADDRESS}'></iframe>"
    "<object data='file://OUTSIDE/canary.svg'></object><table><td colspan=1000000 rowspan=1000000>"
)

BANKS: dict[str, Callable[[], Fields | str]] = {
    # images
    "an image of 13,000 × 13,000": lambda: essay("![a](bomb.png)"),
    "images of 25 million pixels": lambda: essay("".join(f"![a](large{n}.png) " for n in range(4))),
    "a GIF that claims 65,535 × 65,535": lambda: essay("![a](huge.gif)"),
    "a GIF whose frame is larger than it": lambda: essay("![a](frame.gif)"),
    "a PNG that has not the pixels that it claims": lambda: essay("![a](lying.png)"),
    "a JPEG that breaks off": lambda: essay("![a](broken.jpg)"),
    "a drawing that says it is a PNG": lambda: essay("![a](drawing.png)"),
    "a link out of the folder": lambda: essay("![a](link.png)"),
    "paths out of the folder": lambda: essay("![a](../outside/canary.png) ![a](OUTSIDE/canary.png) ![a](x/../../y)"),
    "images by address": lambda: essay(f"![a]({ADDRESS}.png) ![a](file://OUTSIDE/canary.png) ![a](//127.0.0.1:9/a)"),
    "images in the text": lambda: essay("![a](data:image/svg+xml;base64,PHN2Zy8+) ![a](data:image/png;base64,iVBOR)"),
    "links to files": lambda: essay(f"[a](file://OUTSIDE/canary.css) [b]({ADDRESS}) [c](javascript:alert(1))"),
    # structure
    "a table with short rows": lambda: essay(table(400, 500)),
    "a table of 30 × 30 long cells": lambda: essay(table(30, 28, "word " * 20)),
    "a table of 600 columns": lambda: essay(table(600, 1)),
    "lists in lists": lambda: essay("".join("  " * n + "- a\n" for n in range(200))),
    "lists in lists on one line": lambda: essay("- " * 40_000 + "a"),
    "900 lists": lambda: essay("".join(f"{n}. a\n\n" for n in range(999_999_000, 999_999_900))),
    "emphasis in emphasis": lambda: essay("*a **b " * 300 + "c** d* " * 300),
    "code of 90,000 characters": lambda: essay("```python\n" + "def f(x): return x - 2  # tide\n" * 2_800 + "```"),
    # length
    "1 MB of text": lambda: {
        **reading("The tide comes in. " * 5_000),
        "more": [{"id": f"i{n}", **essay("The tide comes in. " * 5_000)} for n in range(10)],
    },
    "a word of 90,000 letters": lambda: choice("a" * 90_000, "b" * 90_000, "c" * 90_000),
    "90,000 accents on one letter": lambda: essay("a" + "\u0301" * 90_000),
    "90,000 marks of direction": lambda: essay("\u202e\u2066\u05d0a" * 22_000),
    "90,000 characters without a width": lambda: essay("a" + "\u200b\u200d\u2060\ufeff" * 22_000 + "b"),
    "2,000 emoji": lambda: essay(_EMOJI * 400),
    "every script at once": lambda: choice("".join(_SCRIPTS), *("".join(_SCRIPTS[n::4]) for n in range(4))),
    # formulas
    "2,400 formulas": _many_formulas,
    "formulas in formulas": lambda: essay("\\(" + "\\sqrt{" * 10 + "a" + "}" * 10 + "\\)"),
    "a formula that is metres wide": lambda: essay("\\(" + "\\qquad" * 200 + " a\\)"),
    "a formula that is metres high": lambda: essay(
        "$$\\begin{matrix}" + "a\\\\" * 150 + "\\end{matrix}$$ \\(" + "\\frac{a}{" * 6 + "b" + "}" * 6 + "\\)"
    ),
    # fields
    "style sheets in every field": lambda: injected(_BREAKOUT),
    "elements and attributes in every field": lambda: injected(_STYLED),
    "templates in every field": lambda: injected("{% include 'OUTSIDE/canary.css' %}{{ 9**9**9 }}{{ ''.__class__ }}"),
    "characters that none may write": lambda: json.dumps(_bank(essay("a")), ensure_ascii=False).replace(
        "Tides", "Ti\\u0000des\\u001b[2J"
    ),
    # size of items
    "5,000 options": lambda: choice("Which?", *(f"option {n}" for n in range(5_000))),
    "200 options": lambda: choice("Which?", *(f"option {n}" for n in range(200))),
    "1,000,000 lines to write on": lambda: essay("Why?", lines="1000000"),
    "matching of 200 pairs": lambda: {
        "type": "matching", "stem": "Match.", "pairs": {f"prompt {n}": f"choice {n}" for n in range(199)},
    },
    "a cloze with 450 gaps": lambda: {"type": "cloze", "stem": "Fill.", "text": "the {{tide}} is " * 450},
    "a cloze with 5,000 gaps": lambda: {"type": "cloze", "stem": "Fill.", "text": "a {{tide}} " * 5_000},
    "ordering of 200": lambda: {
        "type": "ordering", "stem": "Order.", "sequence": [f"step {n}" for n in range(200)],
    },
    "a name of 90,000 characters": lambda: {
        **essay("a"), "article": {"title": "Tides and " * 9_000, "source": {"title": "Tide " * 15_000}},
    },
}  # fmt: skip
"""Name -> what makes the bank."""
