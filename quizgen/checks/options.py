"""Checks of the options as a set: how many there are, how long, in what order, and whether one speaks of the others."""

import json
import re
from collections.abc import Iterator, Sequence

from ..diagnostics import Diagnostic, Edit, warning
from ..items import MultipleChoice
from ..items.choosing import Choosing
from ..items.quantity import Quantity, quantities
from .reading import ArticleReading, ItemReading, OptionReading, Wording

_JUDGED = (
    r"(?: (?:is|are|was|were|can be|could be|must be|apply|applies))?"
    r"(?: (?:correct|right|true|false|wrong|incorrect|possible|mentioned|named|given|listed|applies|apply|above)){0,2}"
)
_ANSWERS = r"(?:answers?|options?|choices?|alternatives?|statements?|responses?)"
_NUMBERED = r"(?:other|above|previous|given|first|last|two|three|four|five)"
_ABOVE = rf"the (?:above|below|following|preceding|given|\w+ above|(?:{_NUMBERED} )*{_ANSWERS})"
_THESE = (
    r"(?:(?:these|those|the (?:other |first |last )?(?:two|three|four|five))(?: \w+s| people)?"
    r"|the (?:others?|rest))"
)
_ALL = r"(?:all|none|both|neither|either|any|each|every one)"
_SOME = r"(?:more than one|at least two|two|three|some|several)"
_OF_OPTIONS = re.compile(
    rf"(?:(?:{_ALL}|{_SOME})(?: of)? {_ABOVE}(?: \w+s)?|(?:all|both|neither)(?: other)? {_ANSWERS}){_JUDGED}"
    rf"|no (?:other )?{_ANSWERS} (?:is|are)(?: \w+){{1,2}}",
    re.IGNORECASE,
)
# Where it is asked how much, these are amounts.
_OF_THINGS = re.compile(
    rf"(?:(?:{_ALL}|all (?:two|three|four|five)) (?:of )?{_THESE}"
    rf"|(?:{_ALL}|more than one|at least two) of (?:these|those|them)"
    rf"|all (?:two|three|four|five)|all|both|neither|none){_JUDGED}",
    re.IGNORECASE,
)
_AT_THE_END = re.compile(
    rf".* {_ALL} of (?:the above|(?:the|these|those)(?: \w+)? above|these(?: things)?|the other {_ANSWERS})",
    re.IGNORECASE,
)
_LETTERS = re.compile(
    r"(?:(?:both|either|neither|only|all of|neither of|either of|both of) )?"
    r"\(?[a-h]\)?(?:, \(?[a-h]\)?)*,? (?:and|or|nor|&) \(?[a-h]\)?(?: only| above)?",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"^(?:in|on|at|by|for|from|with|to|of|because of) "
    r"(?=(?:all|none|any|both|neither|either|each) (?:of|these|those|the)\b)",
    re.IGNORECASE,
)
"""What may stand before: in none of these ways, by all of the above."""
_POINTERS = frozenset("all none both neither either any each every no two three some several more".split())
"""Without one of these, or a letter, an option speaks of no other."""

_HOW_MUCH = re.compile(
    r"\b(?:how (?:many|much|large|big|often)"
    r"|(?:what|which) (?:\w+ )?(?:share|proportion|fraction|percentage|number))\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"^(?:an?|the) ", re.IGNORECASE)
NUMBERS = frozenset("""
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion
""".split())  # fmt: skip
_DIGIT = re.compile(r"\d")
_FLOW_TEXT = re.compile(r"[^\W\d_](?:[\w '’.()/+-]|,(?=\d))*(?<! )")
"""A plain scalar that means the same inside braces."""

_QUALIFIED = re.compile(
    r"\(|,[^,]+,|; |, (?:and|or|but|which|who|where|when|for|so|as|not|while)\b"
    r"|\b(?:because|unless|although|though|whereas|except|provided|so that|in order to|as long as|which)\b",
    re.IGNORECASE,
)
"""A clause, an addition in parentheses or a list: what makes an option look carefully worded."""

_LONGER, _BY = 1.4, 12
"""A key stands out if it is so many times as long as the longest distractor, and so many characters longer."""

_DETAILED = 1.15
"""One with the only qualification does so if it is at least so much longer than the others."""


def speaks_of_the_others(option: OptionReading, item: ItemReading) -> bool:
    """Whether an option has no content of its own, like "None of these", "All of the above", "Both A and B"."""
    words = option.wording.words
    if not item.article.english or (_POINTERS.isdisjoint(words) and not (words and len(words[0]) == 1)):
        return False
    text = _WITHIN.sub("", option.wording.text.rstrip(".! "))
    if len(text) > 60:
        return False
    if _OF_OPTIONS.fullmatch(text) or _AT_THE_END.fullmatch(text):
        return True
    if _OF_THINGS.fullmatch(text):
        return not _HOW_MUCH.search(item.stem.text)
    if _LETTERS.fullmatch(text):
        return not all(_LETTERS.fullmatch(other.wording.text.rstrip(".")) for other in item.options)
    if text[:5].lower() == "both ":
        parts = {_bare(part) for part in text[5:].split(" and ")}
        return len(parts) > 1 and parts <= {_bare(other.wording.text) for other in item.options}
    return False


def has_number(wording: Wording) -> bool:
    """Whether there is a number in a text, in digits or in words."""
    return _DIGIT.search(wording.text) is not None or not NUMBERS.isdisjoint(wording.words)


def unpinned_none_of_these(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q404: an option that speaks of the other options may be printed before them.

    Found:   an option like "None of these" without `pinned: last`.
    Why:     options are put in another order on every form; "None of these" above the others makes no sense.
    Example: distractors: [Turkey, None of these]
    Mend:    distractors: [Turkey, {text: None of these, pinned: last}]; `quizgen check --fix` writes it.
    """
    for item in article.items:
        for option in item.options:
            if option.option.pinned != "last" and speaks_of_the_others(option, item):
                text = option.wording.source
                hint = f"write {{text: {_in_braces(text)}, pinned: last}}"
                yield warning("Q404", f"'{text}' is not pinned to the end", item.at_text(text, *option.path), hint,
                              _pinned(item, option))  # fmt: skip


def key_stands_out(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q410: the key can be told by its looks.

    Found:   a key (of a multiple_response item: every key) that is about half as long again as the longest distractor;
             or that is the longest and the only one with a clause, a list or an addition in parentheses.
    Why:     an author makes sure that the key is right beyond doubt and takes less care with the rest, so candidates
             learn to pick the longest option. The length of options should be about equal (Haladyna, Downing &
             Rodriguez 2002, Applied Measurement in Education 15(3), guidelines 24 and 28d). How much it helps
             depends on the candidates; that some use it has been known since Millman, Bishop & Ebel 1965.
    Example: answer: On the mud, because the harbour falls dry twice a day     (distractors: [At sea, In a shed])
    Mend:    take out of the key what the stem does not ask for, or give the distractors as much detail.
    """
    for item in article.items:
        if not item.options:
            continue
        longest = max((len(option.wording.text) for option in item.wrong if not _empty(option, item)), default=0)
        key = min(item.right, key=lambda option: len(option.wording.text))
        length = len(key.wording.text)
        if length <= longest * _DETAILED or not longest or _empty(key, item):
            continue
        if length >= longest * _LONGER and length - longest >= _BY:
            message = f"the key has {length} characters, the longest distractor {longest}"
        elif article.english and _alone_qualified(item):
            message = "the key alone has a clause, a list or a parenthesis"
        else:
            continue
        hint = "shorten the key, or give the distractors as much detail"
        yield warning("Q410", message, item.at_text(key.wording.source, *key.path), hint)


def all_or_none_of_the_above(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q411: an option has no content but the other options.

    Found:   an option like "All of the above", "None of these", "Both A and B", pinned or not.
    Why:     who knows that two options are right knows that "all" is; and who picks "none" rightly may only know what
             is wrong. "All of the above" should be avoided, "none of the above" be used with care (Haladyna, Downing &
             Rodriguez 2002, guidelines 25 and 26). The evidence is clearer for "all" than for "none", which mostly
             makes an item harder.
    Example: distractors: [Oil, Tallow, {text: All of the above, pinned: last}]
    Mend:    take it out: three options are enough. Where several are right, make the item multiple_response.
    """
    for item in article.items:
        for option in item.options:
            if speaks_of_the_others(option, item):
                text = option.wording.source
                hint = "take it out; where several options are right, make it multiple_response"
                yield warning("Q411", f"'{text}' has no content of its own", item.at_text(text, *option.path), hint)


def unordered_quantities(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q417: options that are numbers come in no order.

    Found:   three or more options that are all numbers, years, dates or amounts of one unit, in an item that has
             no `order:`.
    Why:     a reader looks for a number where it should stand, so a list out of order costs time and catches the
             careless (Haladyna, Downing & Rodriguez 2002, guideline 21). The guideline rests on judgement more than
             on studies; but an ascending list also says nothing of where the key is.
    Example: answer: 1931, with distractors: [1913, 1870]
    Mend:    order: ascending, which `quizgen check --fix` writes; or order: shuffled, if that is meant.
    """
    for item in article.items:
        if not isinstance(item.item, Choosing) or item.item.order is not None or len(item.options) < 3:
            continue
        if not has_number(item.options[0].wording) and not has_number(item.options[1].wording):
            continue
        loose = [option for option in item.options if option.option.pinned is None]
        sizes = [option for option in loose if not _empty(option, item)]
        if len(sizes) < 3 or in_order(sizes) is None:
            continue
        fix = item.inserted("order", "ascending", after="distractors") if len(sizes) == len(loose) else ()
        message = f"these {len(sizes)} options are sizes or dates, and are printed in any order"
        hint = "add `order: ascending`; or `order: shuffled`, if that is meant"
        yield warning("Q417", message, item.at("distractors", key=True), hint, fix)


def option_count(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q426: too few options, or too many.

    Found:   a multiple_choice item with two options or with more than five; a multiple_response item with fewer than
             three or with more than eight.
    Why:     of two options, chance picks the right one half of the time; of many, most are picked by nobody and only
             cost reading. Three do as well as four or five in most tests (Rodriguez 2005, Educational Measurement:
             Issues and Practice 24(2), 3-13, a meta-analysis). The upper bounds are ours: no study draws that line.
    Example: distractors: [Turkey]
    Mend:    add a distractor that somebody who has not understood would pick; or take out those that nobody would.
    """
    for item in article.items:
        number = len(item.options)
        fewest, most = (3, 5) if isinstance(item.item, MultipleChoice) else (3, 8)
        if number and not fewest <= number <= most:
            few = number < fewest
            message = f"{number} options to choose from"
            hint = "add a distractor that somebody would pick" if few else "take out those that nobody would pick"
            yield warning("Q426", message, item.at("distractors", key=True), hint)


def _pinned(item: ItemReading, option: OptionReading) -> tuple[Edit, ...]:
    """The edit that pins an option to the end."""
    document = item.article.file.document
    path = (*item.article.file.path(item.item), *option.path)
    if option.option.pinned is not None:
        return document.replaced((*path, "pinned"), "last")
    if added := item.inserted("pinned", "last", *option.path, after="text"):
        return added
    if not (place := document.replaced(path, "")):
        return ()
    typed = document.text[place[0].start : place[0].end]
    return document.replaced(path, f"{{text: {typed if typed[0] in _QUOTES else _in_braces(typed)}, pinned: last}}")


_QUOTES = ('"', "'")


def _in_braces(text: str) -> str:
    """A text as it is written as a value between braces."""
    return text if _FLOW_TEXT.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _bare(text: str) -> str:
    """A text in lower case without its article and its stop."""
    return _BARE.sub("", text).rstrip(".").casefold()


def _empty(option: OptionReading, item: ItemReading) -> bool:
    return option.option.pinned == "last" or speaks_of_the_others(option, item)


def in_order(options: Sequence[OptionReading]) -> list[Quantity] | None:
    """The quantities that options are, where all are of one unit; the first tells mostly that they are not."""
    if not has_number(options[0].wording) or len(options[0].wording.text) > 48:
        return None
    return quantities([option.wording.source for option in options])


def _alone_qualified(item: ItemReading) -> bool:
    return all(_QUALIFIED.search(option.wording.text) for option in item.right) and not any(
        _QUALIFIED.search(option.wording.text) for option in item.wrong
    )


CHECKS = (unpinned_none_of_these, key_stands_out, all_or_none_of_the_above, unordered_quantities, option_count)
