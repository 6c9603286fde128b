"""Whole files: too many of something, something too long, or something that is nearly alright very often."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

MIB = 2**20

HEAD = "article: {id: tides, title: Tides, language: en}\n"
FAULT = "  - {id: last, type: true_false, stem: The tide is low., answer: dusk}\n"
CHOICE = "type: multiple_choice, stem: Which is it?, answer: High, distractors: [Low]"

Content: TypeAlias = Callable[[], str | bytes]


def write(path: Path, content: str | bytes) -> Path:
    """A new file with this content."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def times(number: int, text: str) -> str:
    """The text so many times, with the number of each where it says {n}."""
    return "".join(text.replace("{n}", str(n)) for n in range(number))


def items(*records: str) -> str:
    """A bank file with these items, and the faulty one."""
    return HEAD + "items:\n" + "".join(f"  - {record}\n" for record in records) + FAULT


def essay(fields: str) -> str:
    """A bank file with an essay that has these fields too, and the faulty item."""
    return items(f"{{id: first, type: essay, stem: Why?, {fields}}}")


def many(number: int, record: str) -> str:
    """A bank file with so many items, and the faulty one."""
    return items(*(record.replace("{n}", str(n)) for n in range(number)))


def quoting(passage: str, *quotations: str) -> str:
    """A bank file with a passage, an item for each quotation from it, and the faulty item."""
    records = (
        f"{{id: n{n}, type: true_false, stem: It is high., answer: true, passage: sea, evidence: {quotation}}}"
        for n, quotation in enumerate(quotations)
    )
    return items(*records).replace("items:", f"passages:\n  - {{id: sea, text: {passage}}}\nitems:", 1)


def cloze(text: str) -> str:
    """A bank file with a cloze, and the faulty item."""
    return items(f"{{id: first, type: cloze, stem: Fill., text: '{text}'}}")


_DEEP: dict[str, tuple[Content, str]] = {
    "100,000 brackets": (lambda: "[" * 100_000, "Q007"),
    "100,000 brackets in a stem": (lambda: essay("tags: " + "[" * 100_000), "Q007"),
    "100,000 brackets on lines of their own": (lambda: "[\n" * 100_000, "Q007"),
    "100,000 brackets that are closed": (lambda: "[" * 100_000 + "]" * 100_000, "Q007"),
    "100,000 braces": (lambda: "{" * 100_000, "Q007"),
    "100,000 braces with keys": (lambda: "{a: " * 100_000, "Q007"),
    "100,000 dashes": (lambda: "- " * 100_000, "Q007"),
    "100,000 question marks": (lambda: "? " * 100_000, "Q013"),
    "100,000 colons": (lambda: ": " * 100_000, "Q001"),
    "100,000 quotation marks": (lambda: "a: " + '"' * 100_000, "Q001"),
    "5,000 levels of indentation": (lambda: "".join(" " * n + "a:\n" for n in range(5_000)), "Q007"),
    "200 levels of indentation": (lambda: "".join("  " * n + "- a:\n" for n in range(200)), "Q007"),
}

_LONG: dict[str, tuple[Content, str]] = {
    "20 MB in a plain text": (lambda: "a: " + "x" * 20_000_000, "Q008"),
    "15 MB in a plain text": (lambda: "a: " + "word " * 3_000_000, "Q008"),
    "15 MB in quotes": (lambda: 'a: "' + "word\n " * 2_500_000 + '"', "Q008"),
    "15 MB in quotes that are never closed": (lambda: 'a: "' + ("x" * 1000 + "\n ") * 15_000, "Q001"),
    "15 MB of escapes": (lambda: 'a: "' + ("\\x41" * 250 + "\\\n ") * 15_000 + '"', "Q014"),
    "15 MB in a block": (lambda: HEAD + "items:\n- stem: |\n" + f"   {'word ' * 200}\n" * 15_000, "Q014"),
    "15 MB in a folded block": (lambda: "a: >\n" + f" {'word ' * 200}\n" * 15_000, "Q014"),
    "15 MB of empty lines": (lambda: "a: |\n" + "\n" * 15_000_000 + " x", "Q008"),
    "15 MB of spaces": (lambda: "a: x" + " " * 15_000_000 + "# y", "Q008"),
    "15 MB of comments": (lambda: ("#" * 1000 + "\n") * 15_000, "Q101"),
    "15 MB of tabs": (lambda: "a:\n" + "\t" * 15_000_000, "Q008"),
    "15 MB of crabs": (lambda: "a: " + ("\U0001f980" * 250 + "\n ") * 15_000, "Q014"),
    "1 MB of words in a stem": (lambda: items(f"{{id: a, type: essay, stem: {'word ' * 200_000}}}"), "Q014"),
    "a key of 900 KB": (lambda: HEAD + "x" * 900_000 + ": y\n", "Q001"),
    "a key of 90 KB": (lambda: HEAD + "? " + "x" * 90_000 + "\n: y\n", "Q102"),
    "an id of 90 KB": (lambda: items("{id: " + "a-" * 45_000 + ", type: essay, stem: Why?}"), "Q107"),
    "a type of 90 KB": (lambda: items("{id: a, type: " + "multiple" * 11_000 + ", stem: Why?}"), "Q105"),
    "a passage of 90 KB": (lambda: essay("passage: " + "x" * 90_000), "Q107"),
    "points of 90 KB": (lambda: essay("points: " + "9" * 90_000), "Q104"),
    "lines of 90 KB": (lambda: essay("lines: " + "9" * 90_000), "Q104"),
    "a difficulty of 90 KB": (lambda: essay("difficulty: " + "9" * 90_000), "Q105"),
    "an answer of 90 KB": (lambda: items(f"{{id: a, type: numeric, stem: How?, answer: {'9' * 90_000}}}"), "Q104"),
    "a language of 90 KB": (lambda: HEAD.replace("en", "en" + "-abc" * 22_000 + "-") + "items: []", "Q105"),
    "a tag of 900 KB": (lambda: "a: !" + "x" * 900_000 + " y\n", "Q005"),
    "an anchor of 900 KB": (lambda: "a: &" + "x" * 900_000 + " y\n", "Q003"),
    "a directive of 900 KB": (lambda: "%" + "x" * 900_000 + " y\n--- a", "Q001"),
}

_MANY: dict[str, tuple[Content, str]] = {
    "a large anchor and 100,000 aliases": (lambda: "a: &a " + "x" * 90_000 + "\nb:\n" + "- *a\n" * 100_000, "Q003"),
    "100,000 anchors": (lambda: "a:\n" + times(100_000, "- &a{n} x\n"), "Q003"),
    "100,000 merges": (lambda: "a: {x: y}\n" + "<<: {a: b}\n" * 100_000, "Q004"),
    "16 MiB of entries": (lambda: "- a\n" * (4 * MIB), "Q008"),
    "16 MiB of entries in brackets": (lambda: "[" + "a," * (8 * MIB - 1), "Q008"),
    "450,000 entries": (lambda: "- a\n" * 450_000, "Q014"),
    "450,000 empty items": (lambda: HEAD + "items:\n" + "- {}\n" * 450_000, "Q014"),
    "3,000,000 entries in lists": (lambda: ("- [" + "a," * 199 + "]\n") * 15_000, "Q008"),
    "2,000,000 keys": (lambda: times(2_000_000, "{n}:\n"), "Q008"),
    "450,000 keys": (lambda: times(450_000, "{n}:\n"), "Q014"),
    "100,000 keys in braces": (lambda: "{" + times(100_000, "{n},") + "}", "Q014"),
    "100,000 keys of an item": (lambda: essay(times(50_000, "k{n}: v, ")), "Q014"),
    "100,000 equal keys": (lambda: "a: b\n" * 100_000, "Q002"),
    "100,000 equal keys in items": (lambda: HEAD + "items:\n" + "- {a: b, a: b}\n" * 100_000, "Q002"),
    "20,000 items without anything": (lambda: HEAD + "items:\n" + "- {}\n" * 20_000, "Q103"),
    "20,000 items that are texts": (lambda: HEAD + "items:\n" + "- a\n" * 20_000, "Q104"),
    "20,000 passages without anything": (lambda: HEAD + "passages:\n" + "- {}\n" * 20_000 + "items: []", "Q103"),
    "10,000 faulty items": (lambda: many(10_000, "{id: A B, type: numeric, stem: '', answer: x, points: y}"), "Q107"),
    "10,000 equal items": (lambda: many(10_000, f"{{id: same, {CHOICE}}}"), "Q108"),
    "2,000 items with equal stems and keys": (lambda: many(2_000, f"{{id: id-{{n}}, {CHOICE}}}"), "Q199"),
    "2,000 unknown passages": (
        lambda: many(2_000, "{id: id-{n}, type: essay, stem: Why?, passage: sea-{n}}").replace(
            "items:", "passages:\n" + times(2_000, "  - {id: see-{n}, text: High}\n") + "items:", 1
        ),
        "Q303",
    ),
    "an ignore comment with 100,000 codes": (
        lambda: items("{}") + "# quizgen: ignore[" + times(100_000, "X{n},") + "] x", "Q191",
    ),
    "50,000 options": (lambda: essay("distractors: [" + times(50_000, "v{n}, ") + "]"), "Q014"),
    "200 equal options": (lambda: items(f"{{id: a, {CHOICE[:-1]}{', Low' * 199}]}}"), "Q203"),
    "200 options": (lambda: items(f"{{id: a, {CHOICE[:-1]}{times(199, ', v{n}')}]}}"), "Q201"),
    "200 options in order": (
        lambda: items(f"{{id: a, {CHOICE[:-4]}{times(200, '{n} km,')}], order: ascending}}").replace("High", "201 km"),
        "Q201",
    ),
    "200 pairs": (
        lambda: items(f"{{id: a, type: matching, stem: Why?, pairs: {{{times(200, 'k{n}: v{n}, ')}}}}}"), "Q201",
    ),
    "200 places": (lambda: items(f"{{id: a, type: ordering, stem: Why?, sequence: [{times(200, 'k{n}, ')}]}}"), "Q201"),
    "5,000 gaps": (lambda: cloze(times(5_000, "{{w{n}}} ")), "Q127"),
    "700 gaps": (lambda: cloze(times(700, "{{w{n}}} ")), "Q201"),
    "700 gaps inside each other": (lambda: cloze("{{a" * 700 + "}}" * 700), "Q207"),
    "20,000 gaps that are not closed": (lambda: cloze("{{a" * 20_000), "Q127"),
    "a gap of 3,000 answers": (lambda: cloze("{{" + times(2_990, "a{n}|") + "b}}"), "Q201"),
    "100,000 ignore comments": (lambda: items() + "# quizgen: ignore[Q412] a reason\n" * 100_000, "Q190"),
    "1,000 ignore comments that count": (
        lambda: many(1_000, "{id: id-{n}, type: essay, stem: Why?}  # quizgen: ignore[Q401] a reason"), "Q199",
    ),
    "an ignore comment of 900 KB": (lambda: items("{}") + "# quizgen: ignore[" + "Q401," * 180_000 + "] x", "Q103"),
}  # fmt: skip

_LIES = "the boat lies "
_NEARLY: dict[str, tuple[Content, str]] = {
    "a passage of 1 MB": (lambda: quoting("word " * 200_000, "word"), "Q014"),
    "evidence of 90 KB that is not there": (lambda: quoting(_LIES * 7_000, "the boat lay " * 7_000), "Q301"),
    "evidence of 10 KB that is nearly there": (lambda: quoting(_LIES * 7_000, _LIES * 700 + "so"), "Q301"),
    "a long common beginning": (lambda: quoting("a" * 90_000 + "b", "a" * 20_000 + "c"), "Q301"),
    "200 quotations that are nearly there": (
        lambda: quoting(times(4_000, "the boat {n} lies "), *[times(20, "the boat {n} lay ")] * 200), "Q301",
    ),
    "10 items with 200 quotations": (lambda: quoting("High water", *["[" + "High," * 200 + "]"] * 10), "Q201"),
    "2,000 items on the same words": (lambda: quoting("High water", *["High water"] * 2_000), "Q313"),
}  # fmt: skip

_BYTES: dict[str, tuple[Content, str]] = {
    "every control character": (lambda: "".join(map(chr, [*range(32), *range(127, 160)])) * 1_000, "Q011"),
    "1 MB of control characters": (lambda: HEAD + "x: '" + "\x9b" * MIB + "'", "Q011"),
    "900 KB of zero bytes": (lambda: b"\0" * 900_000, "Q011"),
    "90 KB of escaped control characters": (lambda: HEAD + 'x: "' + "\\x07" * 90_000 + '"', "Q011"),
    "1 MB of random bytes": (lambda: random.Random(1).randbytes(MIB), "Q009"),
    "16 MB that end in a wrong byte": (lambda: "# é\n".encode() * (3 * MIB) + b"\xff", "Q009"),
    "90,000 byte order marks": (lambda: "\ufeff" * 90_000 + HEAD, "Q001"),
}

CONTENTS = _DEEP | _LONG | _MANY | _NEARLY | _BYTES
