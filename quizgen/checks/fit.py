"""The check of whether options fit the grammar of their stem."""

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, pairwise

from ..diagnostics import Diagnostic, warning
from .english import (
    AUXILIARIES,
    DETERMINERS,
    NOMINATIVES,
    PREPOSITIONS,
    SUBORDINATORS,
    is_finite,
    takes_an,
    tokens,
    verb_form,
)
from .reading import ArticleReading, ItemReading, OptionReading

_PLURAL = re.compile(
    r"\b(?:which|what|name) (?:two|three|four|five)\b"
    r"|\b(?:which|what) (?:[\w-]+ )?[\w-]*[^\Wsiu]s (?:are|were|do|did|have|had)\b"
    r"|\bwhat (?:are|were) (?:the|its|his|her|their|these|those|two|three)\b|\b(?:are|were)[\s:.…_–—-]*$",
    re.IGNORECASE,
)
_SINGULAR = re.compile(
    r"\b(?:is|was|is called|was called)[\s:.…_–—-]*$|\b(?:which|what) (?:one|single)\b", re.IGNORECASE
)
_SEVERAL = re.compile(r"\band\b|, |^(?:both|two|three|four|several|many|some|a few|few)\b", re.IGNORECASE)


_ASKS_A_NUMBER = frozenset("two three four five are were do did have had is was called one single".split())


def grammatical_cue(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q415: the grammar of the stem fits the key better than the distractors.

    Found:   a stem that ends in "a" or "an", which fits the key and not more than half of the options; a stem that asks
             for several things, where only the key is several; an unfinished stem that a distractor cannot go on with.
    Why:     what does not fit the sentence is crossed out without a thought for the matter (Haladyna, Downing &
             Rodriguez 2002, guideline 28c).
    Example: stem: The smallest bone can be found in an, and answer: ear, distractors: [knee, toe]
    Mend:    stem: Where can the smallest bone be found?, and "In the ear", "In the knee": one form for all options.
    """
    for item in article.items if article.english else ():
        if not item.wrong or not item.stem.words:
            continue
        if item.stem.words[-1] in ("a", "an"):
            yield from _article(item)
        else:
            if not _ASKS_A_NUMBER.isdisjoint(item.stem.words):
                yield from _number(item)
            yield from _continuation(item)


def _article(item: ItemReading) -> Iterator[Diagnostic]:
    end = item.stem.words[-1]
    fitting = [takes_an(option.wording.text) == (end == "an") for option in item.options]
    if all(fitting[: len(item.right)]) and 2 * sum(fitting) <= len(fitting):
        message = f"'{end}' at the end fits {sum(fitting)} of {len(fitting)} options, and the key is among them"
        yield warning("Q415", message, item.at("stem"), "move the article into the options, or write a question")


def _number(item: ItemReading) -> Iterator[Diagnostic]:
    """The stem asks in the plural (or singular), and the key alone is plural (or singular)."""
    for asks, several, name in ((_PLURAL, True, "several things"), (_SINGULAR, False, "one thing")):
        if asks.search(item.stem.text) is None:
            continue
        if all(_several(option) is several for option in item.right) and all(
            _several(option) is (not several) for option in item.wrong
        ):
            message = f"the stem asks for {name}, and only the key is that"
            yield warning("Q415", message, item.at("stem"), "let all options be one thing, or all several")
            return


def _several(option: OptionReading) -> bool | None:
    """Whether an option is plainly several things, or plainly one; `None` where that cannot be seen."""
    text = option.wording.text.rstrip(".")
    words = [*dropwhile(PREPOSITIONS.__contains__, option.wording.words)]
    if not words:
        return None
    if _SEVERAL.search(text):
        return True
    head = next((word for word, after in pairwise(words) if after in PREPOSITIONS), words[-1])
    if head.endswith("s") and not head.endswith(("ss", "us", "is")):
        return True
    return False if words[0] in ("a", "an", "one", "the", "every", "each") or len(words) == 1 else None


_LAST_PREPOSITION = PREPOSITIONS - {"to", "about", "except"}
_CLASSES = {
    "finite": "a verb",
    "base": "a verb without an ending",
    "ing": "an -ing form",
    "to": "to and a verb",
    "noun": "a thing",
}
_MAKE_PARTICIPLES = frozenset("is are was were be been being has have had by".split())
_OBJECTS = frozenset("a an the its his her their it them him".split())
_NO_VERBS = (
    PREPOSITIONS | SUBORDINATORS | frozenset("only not just even mostly so such or and but either neither like".split())
)


def _continuation(item: ItemReading) -> Iterator[Diagnostic]:
    """A distractor that an unfinished stem cannot go on with, while it can with the key."""
    stem = item.stem.text.rstrip()
    if stem.endswith(("?", "!", ".")) and not stem.endswith("..."):
        return
    last = item.stem.words[-1]
    passive = not _MAKE_PARTICIPLES.isdisjoint(item.stem.words[-2:])
    kinds = [_kind(option, passive) for option in item.options]
    keys = {*kinds[: len(item.right)]}
    if len(keys) != 1 or "" in keys:
        return
    key = keys.pop()
    for option, kind in zip(item.wrong, kinds[len(item.right) :], strict=True):
        if kind and kind != key and _clash(key, kind, last):
            message = f"the sentence goes on with {_CLASSES[key]} in the key and with {_CLASSES[kind]} here"
            yield warning("Q415", message, item.at(*option.path), "give all options the form that the stem asks for")


def _clash(key: str, other: str, last: str) -> bool:
    """Whether no stem that ends in this word can go on with both."""
    if {key, other} & {"finite", "base"}:
        return True
    return {key, other} == {"to", "ing"} or (last in _LAST_PREPOSITION and "to" in (key, other))


def _kind(option: OptionReading, passive: bool) -> str:
    """How an option begins; nothing where that cannot be seen, as with a participle behind `was`."""
    found = tokens(option.wording.text)
    if not found:
        return ""
    first, second = found[0], found[1] if len(found) > 1 else "."
    if first == "to":
        return "to" if verb_form(second) == "base" else ""
    if first in AUXILIARIES:
        return "finite"
    if first in DETERMINERS or first in NOMINATIVES:
        return "noun"
    form = verb_form(first)
    if form == "ing":
        return "ing"
    if is_finite(found, 0, free=passive):
        return "base" if form == "base" else "finite"
    return "" if form else _by_its_object(found)


def _by_its_object(found: Sequence[str]) -> str:
    """What begins with a verb that no list has, seen by what stands behind it: spell out its, dissolves the."""
    first, *behind = found
    if behind and behind[0] in ("out", "away", "back"):
        behind = behind[1:]
    if not behind or behind[0] not in _OBJECTS or first in _NO_VERBS or not first.isalpha() or first.endswith("ly"):
        return ""
    return "finite" if first.endswith("s") else "base"


CHECKS = (grammatical_cue,)
