"""The check of whether options fit the grammar of their stem."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import dropwhile, pairwise

from ..diagnostics import Diagnostic, warning
from .english import (
    AUXILIARIES,
    DETERMINERS,
    NOMINATIVES,
    PREPOSITIONS,
    has_an_object,
    is_finite,
    takes_an,
    tokens,
    verb_form,
)
from .reading import ArticleReading, ItemReading, OptionReading

_SEVERAL_NOUNS = r"(?:[\w-]+ )?[\w-]*[^\Wsiu]s"
_PLURAL = re.compile(
    r"\b(?:which|what|name|list) (?:the )?(?:two|three|four|five)\b"
    rf"|\b(?:which|what) {_SEVERAL_NOUNS} (?:are|were|do|does|did|have|had|(?:c|w|sh)ould|can|will|may|might|must)\b"
    rf"|(?:^|[.:,;] )(?:\w+ )?which {_SEVERAL_NOUNS} (?!(?:of|is|was|has|the|an?|more|most|it|its|his|in|on|at|to)\b)"
    r"|\b(?:who|what) (?:are|were) (?:the|its|his|her|their|these|those|two|three)\b|\b(?:are|were)[\s:.…_–—-]*$",
    re.IGNORECASE,
)
_SINGULAR = re.compile(
    r"\b(?:is|was|is called|was called)[\s:.…_–—-]*$|\b(?:which|what) (?:one|single)\b"
    r"|\bwhich (?:[\w-]+ )?[\w-]*[^\Ws] (?:is|was|has|does)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\band\b|, |^(?:both|two|three|four|several|many|some|a few|few)\b", re.IGNORECASE)
_ASKS_A_NUMBER = frozenset("two three four five are were do did have had is was does which what".split())


def grammatical_cue(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q415: the grammar of the stem fits the key better than the distractors.

    Found:   a stem that ends in "a" or "an", which fits the key and not more than half of the options; a stem that asks
             for several things, where the key is several, as not more than half of the options are; an unfinished stem
             that a distractor cannot go on with.
    Why:     what does not fit the sentence is crossed out without a thought for the matter (Haladyna, Downing &
             Rodriguez 2002, guideline 28c).
    Example: stem: The smallest bone can be found in an, and answer: ear, distractors: [knee, toe]
    Mend:    stem: Where can the smallest bone be found?, and "In the ear", "In the knee": one form for all options.
    """
    for item in article.items if article.english else ():
        if not item.wrong or not item.stem.words:
            continue
        words, stem = item.stem.words, item.stem.text.rstrip()
        if words[-1] in ("a", "an") and (found := _article(item)):
            yield found
        elif not _ASKS_A_NUMBER.isdisjoint(words) and (found := _number(item)):
            yield found
        elif not stem.endswith(("?", "!", ".")) or stem.endswith("..."):
            yield from _continuation(item)


def _article(item: ItemReading) -> Diagnostic | None:
    end = item.stem.words[-1]
    fitting = [takes_an(option.wording.text) == (end == "an") and not _plural(option) for option in item.options]
    if not all(fitting[: len(item.right)]) or 2 * sum(fitting) > len(fitting):
        return None
    message = f"'{end}' at the end fits {sum(fitting)} of {len(fitting)} options, and the key is among them"
    return warning("Q415", message, item.at("stem"), "move the article into the options, or write a question")


def _number(item: ItemReading) -> Diagnostic | None:
    """The stem asks in the plural (or singular), and the key alone, or with a few, is plural (or singular)."""
    for asks, several, name in ((_PLURAL, True, "several things"), (_SINGULAR, False, "one thing")):
        if asks.search(item.stem.text) is None:
            continue
        found = [_several(option) for option in item.options]
        if not several and any(" " not in text and text[:1].isupper() for text in _texts(item.wrong)):
            continue  # Bruges may be one town
        fitting = found.count(several)
        if None in found or found[: len(item.right)].count(several) < len(item.right) or 2 * fitting > len(found):
            continue
        few = (
            "only the key is that" if fitting == len(item.right) else f"only {fitting} of {len(found)} options are that"
        )
        message = f"the stem asks for {name}, and {few}"
        return warning("Q415", message, item.at("stem"), "let all options be one thing, or all several")
    return None


def _texts(options: Sequence[OptionReading]) -> list[str]:
    return [option.wording.text for option in options]


def _several(option: OptionReading) -> bool | None:
    """Whether an option is plainly several things, or plainly one; `None` where that cannot be seen."""
    words = option.wording.words
    if words[:1] == ["to"]:
        return False
    words = [*dropwhile(PREPOSITIONS.__contains__, words)]
    if not words:
        return None
    if _SEVERAL.search(option.wording.text.rstrip(".")) or _plural(option):
        return True
    return False if words[0] in ("a", "an", "one", "the", "every", "each") or len(words) == 1 else None


def _plural(option: OptionReading) -> bool:
    """Whether the thing that an option names has the ending of a plural."""
    words = [*dropwhile(PREPOSITIONS.__contains__, option.wording.words)] or [""]
    head = next((word for word, after in pairwise(words) if after in PREPOSITIONS), words[-1])
    return words[0] not in ("a", "an") and head.endswith("s") and not head.endswith(("ss", "us", "is", "'s"))


_FORMS = {
    "finite": "a verb",
    "base": "a verb without an ending",
    "ing": "an -ing form",
    "to": "to and a verb",
    "noun": "a thing",
    "subject": "a sentence",
    "place": "a preposition",
}
"""How an option begins, and what that is called."""

_BARE = frozenset("the his its their our my your every each a an".split())
_BE = frozenset("is are was were be been being isn't aren't wasn't weren't".split())
_HAVE = frozenset("has have had hasn't haven't hadn't".split())
_PARTICIPLES = _BE | _HAVE | {"by"}
_ADVERBS = frozenset("not never also always often already just still even only soon now then usually".split())
_CONTRACTED = frozenset("it's he's she's that's what's who's there's here's let's".split())


def _refused(last: str) -> frozenset[str]:
    """The forms in which no sentence goes on behind a word."""
    if last in _BARE or (last.endswith("'s") and last not in _CONTRACTED):
        return frozenset(("noun", "subject", "to", "place"))
    if last in _BE or last in _HAVE:
        return frozenset(("base", "finite", "subject"))
    if last in AUXILIARIES:
        return frozenset(("finite", "ing", "to", "noun", "subject"))
    if last == "to":
        return frozenset(("finite", "to", "subject"))
    if last in PREPOSITIONS:
        return frozenset(("base", "finite", "to", "subject"))
    return frozenset()


def _continuation(item: ItemReading) -> Iterator[Diagnostic]:
    """A distractor that an unfinished stem cannot go on with, while it can with the key."""
    *before, last = [word for word in tokens(item.stem.text) if word[0].isalnum()] or [""]
    passive = not _PARTICIPLES.isdisjoint((*before[-1:], last))
    if last in _ADVERBS and before:
        last = before[-1]
    refused = _NO_VERB if _only_a_subject(item) else _refused(last)
    forms = [_form(option.wording.text, passive) for option in item.options]
    keys = {*forms[: len(item.right)]}
    if len(keys) != 1:
        return
    key = keys.pop()
    for option, form in zip(item.wrong, forms[len(item.right) :], strict=True):
        hint = "give all options the form that the stem asks for"
        if not form or form == key:
            continue
        if key and _clash(key, form):
            message = f"the sentence goes on with {_FORMS[key]} in the key and with {_FORMS[form]} here"
            yield warning("Q415", message, item.at(*option.path), hint)
        elif form in refused and key not in refused:
            yield warning("Q415", f"'{last}' cannot go on with {_FORMS[form]}", item.at(*option.path), hint)


_NO_VERB = frozenset(("ing", "to", "noun", "subject", "place"))


def _only_a_subject(item: ItemReading) -> bool:
    """Whether a stem is a thing of which nothing is said yet: the heart, an old ship."""
    words = item.stem.words
    bare = not any(map(verb_form, words)) and not words[-1].endswith("s")
    return words[0] in DETERMINERS and 2 <= len(words) <= 3 and bare and PREPOSITIONS.isdisjoint(words)


def _clash(key: str, other: str) -> bool:
    """Whether no stem can go on with both."""
    both = {key, other}
    return (not both.isdisjoint(("finite", "base")) and "place" not in both) or both == {"to", "ing"}


@lru_cache(maxsize=1 << 12)
def _form(text: str, passive: bool) -> str:
    """How an option begins; nothing where that cannot be seen, as with a participle behind `was`."""
    found = tokens(text)
    if not found:
        return ""
    first, second = found[0], found[1] if len(found) > 1 else "."
    if first == "to":
        return "to" if second[0].islower() and second not in DETERMINERS else "place"
    if first in AUXILIARIES:
        return "finite"
    if first in NOMINATIVES:
        return "subject"
    if first in DETERMINERS:
        return "noun"
    form = "base" if first == "be" else verb_form(first)
    if form == "ing":
        return "ing"
    if first == "be" or is_finite(found, 0, free=passive):
        return "base" if form == "base" else "finite"
    if has_an_object(found) and not form:
        return "finite" if first.endswith("s") else "base"
    return "place" if first in PREPOSITIONS and second != "." else ""


CHECKS = (grammatical_cue,)
