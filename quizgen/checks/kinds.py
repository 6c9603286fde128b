"""Checks of the options as a set: whether they are of one kind, and whether what they share points to one of them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from ..diagnostics import Diagnostic, warning
from ..items import MultipleChoice
from ..language import Language
from .options import speaks_of_the_others
from .reading import ArticleReading, ItemReading, OptionReading, Wording
from .shapes import KINDS, Kinds

Parts: TypeAlias = frozenset[tuple[str, ...]]
"""The parts of a compound option, each by its words: `salt and herring` has two."""

_BOTH_ANSWER = [
    (re.compile(pattern, re.IGNORECASE), frozenset(kinds.split()))
    for pattern, kinds in (
        (r"\bwhen\b|\bhow soon\b|\b(?:what|which) (?:\w+ )?(?:time|day|date|year|month|season|age)\b",
         "time amount phrase clause adverb reason sentence"),
        (r"\bhow (?:long|often|old|many|much|far)\b", "time amount adverb clause"),
        (r"\bwhere\b", "phrase thing name clause"),
        (r"\bwho\b|\bwhom\b|\bwhose\b", "name thing clause"),
        (r"\b(?:in|at|on|by|from|for|with|under|to|of) (?:what|which)\b", "phrase thing name"),
        (r"\bhow\b(?! (?:long|often|old|many|much|far))", "phrase activity adverb clause reason quality"),
        (r"\bhow\b(?! (?:long|often|old|many|much|far))", "phrase thing"),
        (r"\bwhy\b|\breasons?\b|\bwhat\b.*\bfor\?*$", "phrase thing activity clause reason sentence infinitive"),
        (r"_|[^?.!]$", "phrase thing name activity adverb quality clause reason verb infinitive time"),
    )
]  # fmt: skip
"""What a stem asks, and kinds that can answer it side by side."""
_PHRASE = frozenset(("phrase",))


def odd_category(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q423: one option is of another kind than all the others.

    Found:   a number or a time among words, a sentence or an infinitive among nouns, a phrase like "By hand" or a name
             among things; or the other way round. Not where the stem can be answered by both.
    Why:     what cannot be an answer to this question is not picked by anybody, so there is an option less; and if
             the odd one is the key, it can be seen from afar. Options should be homogeneous in content and grammar
             (Haladyna, Downing & Rodriguez 2002, Applied Measurement in Education 15(3), guideline 23).
    Example: stem: Who bought the shares?, and distractors: [A bank, The company, Four million pounds]
    Mend:    replace it by one that answers the same question as the others.
    """
    if not article.english:
        return
    known = Kinds(passage.wording.text for passage in article.passages.values())
    for item in article.items:
        if found := odd_one_out(item, known):
            odd, message = found
            hint = "replace it by one that answers the same question"
            yield warning("Q423", message, item.at_text(odd.wording.source, *odd.path), hint)


def convergence(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q424: the key is what the options have in common.

    Found:   four options or more whose parts come back in others ("salt and furs", "western Alps"), where the key
             shares most with the others, and each of its parts stands in a distractor.
    Why:     an author makes distractors by changing one part of the key at a time; so its parts come most often, and
             who picks what comes most often is right without knowing anything: the convergence cue (Case & Swanson
             2002, Constructing Written Test Questions for the Basic and Clinical Sciences, NBME).
    Example: answer: Salt and herring, with distractors: [Salt and furs, Timber and herring, Salt and timber]
    Mend:    let every part stand in as many options as any other; or ask for one of the parts only.
    """
    for item in article.items:
        if not isinstance(item.item, MultipleChoice) or len(item.wrong) < 3:
            continue
        key = item.right[0].wording
        near = sum([not key.stems.isdisjoint(option.wording.stems) for option in item.wrong])
        if near < _NEAR or speaks_of_the_others(item.right[0], item):
            continue
        options = [option.wording for option in item.options if not speaks_of_the_others(option, item)]
        if len(options) >= 4 and (shared := converging(options, article.language)):
            message = f"its parts are what the options have in common: {', '.join(shared)}"
            hint = "let every part stand in as many options as any other"
            yield warning("Q424", message, item.at_text(key.source, *item.right[0].path), hint)


_NEAR = 2
"""How many distractors share a word with a key that converges, at least."""
_LINKS = frozenset("""
    a an the and or but then both either of in on at to by for from into as it its is are was were be been being has
    have had do does did he she they his her their this that these those who which so there
""".split())  # fmt: skip
"""Words that hold a part together and are none."""


def converging(options: Sequence[Wording], spoken: Language) -> list[str]:
    """The parts of the first option, if the options converge on it: it shares most of them with the others.

    What all options have says nothing. Every part must come back, but not all in one distractor: that one would say the
    same, or more.
    """
    rows = [_parts(option, spoken) for option in options]
    sets = [frozenset([part for _, part in row]) for row in rows]
    common = frozenset.intersection(*sets)
    key, *wrong = (parts - common for parts in sets)
    shares = [key & other for other in wrong]
    if len(key) < 2 or not all(shares) or key in shares or frozenset[str]().union(*shares) != key:
        return []
    sums = [sum([len(one & other) for other in (key, *wrong)]) - len(one) for one in (key, *wrong)]
    if sums[0] < max(sums) or sums.count(sums[0]) > 2:
        return []
    return list(dict.fromkeys(word for word, part in rows[0] if part in key))


def _parts(option: Wording, spoken: Language) -> list[tuple[str, str]]:
    """The words of an option that are a part of what it says, each with its stem; `in` is one at the end only."""
    words = [word.strip(_MARKS) for word in option.text.casefold().split()]
    return [
        (word, (spoken.content([word]) or [word])[0] if word.isalpha() else word)
        for place, word in enumerate(words, start=1)
        if word and not (spoken.english and word in _LINKS and place < len(words))
    ]


_MARKS = ".,;:!?()[]\"'“”‘’«»–—/+&"


_AND = re.compile(r",? (?:and|or|but|then)(?: then)? |[,;/+&] ?| [–—-] ", re.IGNORECASE)
_FILLERS = frozenset("a an the then both either".split())


def compound(options: Sequence[OptionReading]) -> list[Parts]:
    """The parts of each option, without what all have; nothing if not all have two parts or more."""
    parts: list[Parts] = []
    for option in options:
        if not _AND.search(option.wording.text) or len(found := frozenset(_split(option))) < 2:
            return []
        parts.append(found)
    common = frozenset.intersection(*parts)
    return [found - common for found in parts]


def _split(option: OptionReading) -> list[tuple[str, ...]]:
    text = option.wording.text.rstrip(".").casefold()
    found = (tuple(word for word in part.split() if word not in _FILLERS) for part in _AND.split(text))
    return [part for part in found if part]


def commonest(parts: Sequence[Parts]) -> int | None:
    """Which of the compound options has the parts that most options have; `None` if not exactly one has."""
    counts = Counter(part for option in parts for part in option)
    sums = [sum(counts[part] for part in option) / (len(option) or 1) for option in parts]
    best = max(sums)
    return sums.index(best) if sums.count(best) == 1 else None


_NO_NAMES = Kinds(())


def odd_one_out(item: ItemReading, known: Kinds = _NO_NAMES) -> tuple[OptionReading, str] | None:
    """The only option of another kind than the others, and what can be said of it."""
    options = [option for option in item.options if not speaks_of_the_others(option, item)]
    if len(options) < 3 or not item.article.english:
        return None
    kinds = [known.of(option.wording.text) for option in options]
    if frozenset.intersection(*kinds):
        return None
    odd = [place for place in range(len(kinds)) if _alone(kinds, place)]
    if len(odd) != 1:
        return None
    (place,) = odd
    shared = frozenset.intersection(*kinds[:place], *kinds[place + 1 :])
    if _both_answer(item.stem.text, kinds[place], shared, options[place].right):
        return None
    one, rest = (next(kind for kind in KINDS if kind in found) for found in (kinds[place], shared))
    return options[place], f"this is {KINDS[one][0]}, the other options are {KINDS[rest][1]}"


def _alone(kinds: Sequence[frozenset[str]], place: int) -> bool:
    """Whether no reading of an option is one that all others have in common, nor one of most of them."""
    odd, others = kinds[place], [*kinds[:place], *kinds[place + 1 :]]
    return (
        odd.isdisjoint(shared := frozenset.intersection(*others))
        and bool(shared)
        and (2 * sum(map(odd.isdisjoint, others)) >= len(others))
    )


def _both_answer(stem: str, odd: frozenset[str], shared: frozenset[str], right: bool) -> bool:
    """Whether what is asked can be answered by both kinds; the key should still not be the only phrase among things."""
    if right and odd == _PHRASE and "thing" in shared and stem.endswith("?"):
        return False
    return any(
        not kinds.isdisjoint(odd) and not kinds.isdisjoint(shared) and asks.search(stem) for asks, kinds in _BOTH_ANSWER
    )


CHECKS = (odd_category, convergence)
