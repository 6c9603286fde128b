"""Random items of every type, random banks, and changes of the key: what the laws are held against."""

import random
from typing import Any

from hypothesis import strategies as st

from quizgen.bank import BankFile, parse
from quizgen.diagnostics import has_errors
from quizgen.items import ITEM_TYPES, ItemBase

# Texts as they come: several scripts, money, marks that might be read as Markdown, HTML, numbers.
_WORDS = [
    "river", "Bishkek", "$5", "1931", "No", "12:30", "x < y", "<b>bold</b>", "*soft*", "naïve", "Ωmega", "Жизнь", "C++",
    "C#", "a_b", "50 %", "“quoted”", "it's", "日本", "שלום", "مرحبا", "&amp;", "\\(x^2\\)", "`code`", "Ünïcödé", "2½",
]  # fmt: skip
_word = st.one_of(st.sampled_from(_WORDS), st.from_regex(r"[A-Za-z]{1,12}", fullmatch=True))
lines = st.lists(_word, min_size=1, max_size=4).map(" ".join)
seeds = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


def _key(text: str) -> str:
    """What makes two texts the same option."""
    return " ".join(text.split()).casefold()


def different(minimum: int, maximum: int) -> st.SearchStrategy[list[str]]:
    """Texts that no reader would take for one another."""
    return st.lists(lines, min_size=minimum, max_size=maximum, unique_by=_key)


_levels = st.sampled_from(["easy", "medium", "hard", "0.65"])
_skills = st.sampled_from(["retrieve", "infer", "interpret", "evaluate"])


@st.composite
def records(draw: st.DrawFn, kind: str | None = None, name: str = "item") -> dict[str, Any]:
    """An item as an author would write it, as plain data with text values."""
    kind = kind or draw(st.sampled_from(sorted(ITEM_TYPES)))
    record: dict[str, Any] = {"id": name, "type": kind, "stem": draw(lines)}
    record["points"] = draw(st.sampled_from(["1", "2", "0.5", "3"]))
    for key, value in (("rationale", lines), ("difficulty", _levels), ("skill", _skills)):
        if draw(st.booleans()):
            record[key] = draw(value)
    record |= draw(_BODIES[kind]())
    return record


@st.composite
def _multiple_choice(draw: st.DrawFn) -> dict[str, Any]:
    answer, *distractors = draw(different(2, 6))
    pinned = draw(st.booleans()) and len(distractors) > 1
    last = {"text": distractors[-1], "pinned": "last", "why": draw(lines)} if pinned else distractors[-1]
    return {"answer": answer, "distractors": [*distractors[:-1], last]}


@st.composite
def _multiple_response(draw: st.DrawFn) -> dict[str, Any]:
    options = draw(different(2, 7))
    right = draw(st.integers(1, len(options) - 1))
    return {"answers": options[:right], "distractors": options[right:]}


@st.composite
def _true_false(draw: st.DrawFn) -> dict[str, Any]:
    return {"answer": draw(st.sampled_from(["true", "false"]))}


@st.composite
def _short_answer(draw: st.DrawFn) -> dict[str, Any]:
    ignore = draw(st.lists(st.sampled_from(["case", "accents"]), unique=True))
    return {"answers": [draw(_typed)], "ignore": ignore}


@st.composite
def _numeric(draw: st.DrawFn) -> dict[str, Any]:
    record = {"answer": draw(_numbers), "tolerance": draw(st.sampled_from(["0", "0.5", "10"]))}
    return record | ({"unit": draw(lines)} if draw(st.booleans()) else {})


@st.composite
def _matching(draw: st.DrawFn) -> dict[str, Any]:
    prompts, matches = draw(different(2, 5)), draw(different(5, 8))
    return {"pairs": dict(zip(prompts, matches, strict=False)), "distractors": matches[len(prompts) :]}


@st.composite
def _ordering(draw: st.DrawFn) -> dict[str, Any]:
    return {"sequence": draw(different(2, 6))}


@st.composite
def _cloze(draw: st.DrawFn) -> dict[str, Any]:
    gaps = draw(st.lists(st.lists(_typed, min_size=1, max_size=2), min_size=1, max_size=4))
    text = "".join(f"{draw(lines)} {{{{{'|'.join(gap)}}}}} " for gap in gaps)
    return {"text": text + "end."}


@st.composite
def _essay(draw: st.DrawFn) -> dict[str, Any]:
    return {"lines": str(draw(st.integers(1, 12))), "rubric": draw(st.lists(lines, max_size=3))}


_typed = st.from_regex(r"[A-Za-zäöüßéñ]{1,8}( [a-z]{1,6})?", fullmatch=True)
_numbers = st.decimals(-9999, 9999, places=2, allow_nan=False).map(lambda number: f"{number:f}")
_BODIES = {
    "multiple_choice": _multiple_choice, "multiple_response": _multiple_response, "true_false": _true_false,
    "short_answer": _short_answer, "numeric": _numeric, "matching": _matching, "ordering": _ordering, "cloze": _cloze,
    "essay": _essay,
}  # fmt: skip


def item_of(record: dict[str, Any]) -> ItemBase:
    """The record as an item."""
    return ITEM_TYPES[record["type"]].model_validate(record)


def items(kind: str | None = None) -> st.SearchStrategy[ItemBase]:
    """Sound items of one type, or of any."""
    return records(kind).map(item_of)


@st.composite
def bank_records(draw: st.DrawFn, kinds: list[str] | None = None, language: str = "en") -> dict[str, Any]:
    """A bank file as plain data: a few passages and items, some of which have no passage."""
    passages = [
        {"id": f"p{number}", "text": f"Passage {number}: {draw(lines)}\n\n{draw(lines)} the words of proof {number}.",
         "heading": draw(lines)}
        for number in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    made = []
    for number in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(kinds or sorted(ITEM_TYPES)))
        record = draw(records(kind, f"item-{number}"))
        place = draw(st.integers(0, len(passages)))
        if place:
            record["passage"] = f"p{place - 1}"
            if draw(st.booleans()):
                record["evidence"] = f"the words of proof {place - 1}"
        made.append(record)
    article = {"id": "random", "title": draw(lines), "language": language, "license": "CC0-1.0"}
    return {"article": article, "passages": passages, "items": made}


def rekeyed(record: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same item with another key, and other rationales and evidence: all that a student must not see.

    Which option is right, which sequence, which pairs, which word fills the gap, what is accepted, what number it is.
    """
    chance = random.Random(seed)
    twin = dict(record)
    twin["rationale"] = f"Because {seed}."
    twin.pop("evidence", None)
    match record["type"]:
        case "multiple_choice":
            options = [record["answer"], *record["distractors"]]
            plain = [option if isinstance(option, dict) else {"text": option} for option in options]
            chance.shuffle(plain)
            twin["answer"], *twin["distractors"] = plain
        case "multiple_response":
            options = [*record["answers"], *record["distractors"]]
            chance.shuffle(options)
            right = chance.randrange(1, len(options))
            twin["answers"], twin["distractors"] = options[:right], options[right:]
        case "true_false":
            twin["answer"] = "false" if record["answer"] == "true" else "true"
        case "short_answer":
            twin["answers"], twin["ignore"] = ["a quite different answer", "or another"], ["case", "accents"]
        case "numeric":
            twin["answer"], twin["tolerance"] = str(chance.randrange(10**6)), "3"
        case "matching":
            prompts = list(record["pairs"])
            matches = [*record["pairs"].values(), *record["distractors"]]
            chance.shuffle(prompts)
            chance.shuffle(matches)
            twin["pairs"] = dict(zip(prompts, matches, strict=False))
            twin["distractors"] = matches[len(prompts) :]
        case "ordering":
            twin["sequence"] = chance.sample(record["sequence"], len(record["sequence"]))
        case "cloze":
            pieces = record["text"].split("{{")
            refilled = ["x" * chance.randrange(1, 30) + "}}" + piece.split("}}", 1)[1] for piece in pieces[1:]]
            twin["text"] = "{{".join([pieces[0], *refilled])
        case "essay":
            twin["rubric"] = ["Something else."]
    return twin


def file_of(record: dict[str, Any]) -> BankFile:
    """The plain data as a bank file, through YAML and all validation."""
    import json

    file, found = parse(json.dumps(record, ensure_ascii=False), "random.yaml")  # JSON is YAML, and never ambiguous
    assert file is not None
    assert not has_errors(found), [str(diagnostic) for diagnostic in found]
    return file


def plain_bank(size: int) -> dict[str, Any]:
    """Items whose texts fit a line and can be told apart."""
    items: list[dict[str, Any]] = []
    for number in range(size):
        words = [f"word{number}x{place}" for place in range(5)]
        body = [
            {"type": "multiple_choice", "answer": words[0], "distractors": words[1:]},
            {"type": "multiple_response", "answers": words[:2], "distractors": words[2:]},
            {"type": "ordering", "sequence": words},
        ][number % 3]
        items.append({"id": f"i{number}", "stem": f"Stem number {number}?", **body})
    return {"article": {"id": "plain", "title": "Plain", "language": "en"}, "items": items}
