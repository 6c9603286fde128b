"""Checks of the options as a set: whether they are of one kind, and whether what they share points to one of them."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from ..diagnostics import Diagnostic, warning
from ..items import MultipleChoice
from ..items.quantity import quantity
from .english import DETERMINERS, NOMINATIVES, PREPOSITIONS, SUBORDINATORS, is_finite, tokens
from .options import speaks_of_the_others
from .reading import ArticleReading, ItemReading, OptionReading, Wording

Parts: TypeAlias = frozenset[tuple[str, ...]]
"""The parts of a compound option, each by its words: `salt and herring` has two."""

_Test: TypeAlias = Callable[[Wording], bool]

_PERIOD = r"(?:seconds|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?|centur(?:y|ies))"
_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|april|june|july|august|september|october|november"
    r"|december|spring|summer|autumn|winter|christmas|easter|midnight|noon|dawn|dusk)"
)
_SEVERAL = (
    r"(?:(?:an?|one|half an?|about|each|every|every other)"
    r"|(?:\d+|\w+ty|two|three|four|five|six|seven|eight|nine|ten|a few|several|many)(?: \w+)?)"
)
_TIME = re.compile(
    r"(?:during|throughout) |.*\b(?:ago|later|earlier|afterwards)$|.*\b\d{3}0s\b"
    rf"|(?:(?:in|by|at|on|for|within|for about) )?(?:the )?(?:early |late |same |next )?{_DAY}(?: \d+)?$"
    rf"|(?:(?:in|by|for|within|over) )?{_SEVERAL} {_PERIOD}$|.*\bof a(?:n hour| second| minute)$"
    rf"|(?:in|by|at|on|within) (?:the |that |one )?(?:\w+ )?(?:{_PERIOD}|(?:morning|evening|afternoon)s?)$",
    re.IGNORECASE,
)
_NUMERALS = frozenset("""
    no none nobody all half some several many most few fewer more less dozen dozens hundred hundreds thousand thousands
    million millions billion billions every each once twice double never always unknown weekly daily yearly zero one two
    three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
    twenty thirty forty fifty sixty seventy eighty ninety
""".split())  # fmt: skip
_DIGIT = re.compile(r"\d")
_MEASURE = re.compile(
    r"|time|date|clock|century|(?:[$€£¥]|usd|eur|gbp)|%|°\w?|per ?cent|(?:.* )?(?:pound|dollar|euro|franc|mark|cent|"
    r"penny|pence|rouble|yen|[kcmµ]?m|[kcm]m[²³]|k?g|k?w|kilo\w*|\w*met(?:er|re)|mile|feet|foot|inch|inche|yard|acre|"
    r"hectare|ton|tonne|gram|litre|liter|degree|volt|watt|hertz|byte|bit)",
    re.IGNORECASE,
)
"""The units of quantities that are no things to be counted: 12 metres is an amount, 12 monks are monks."""

# What English options begin with.
_INFINITIVE = re.compile(r"to (?!(?:the|an?|his|her|its|their|our|my|this|that)\b)[a-z]+", re.IGNORECASE)
_PART_OF_A_CLAUSE = re.compile(
    r"(?:who|which|that|where|when|what|how|why|whose|because|since|if|as|once|while|whenever|until|after|before)\b",
    re.IGNORECASE,
)
_DETERMINED = re.compile(r"(?:an?|the|his|her|its|their|our|my) ", re.IGNORECASE)
_INDEFINITE = re.compile(r"an? ", re.IGNORECASE)
_PREPOSITION = re.compile(r"(?:by|in|at|on|under|near|beside|behind|through|into|onto) ", re.IGNORECASE)
_ASKS_WHEN = re.compile(
    r"\b(?:when|how (?:long|often|soon|old)|(?:what|which) (?:time|day|year|month))\b", re.IGNORECASE
)
_ASKS_WHERE_OR_HOW = re.compile(
    r"\b(?:where|when|how|why)\b|\b(?:in|at|on|by|from|for|with|under) (?:what|which)\b|_|[^?.!]$", re.IGNORECASE
)

_WHEN = re.compile(r"when|as|once|while|whenever|if|because|at the|in the (?:middle|beginning)", re.IGNORECASE)
_TIMES = frozenset("""
    second seconds minute minutes hour hours day days night nights week weeks fortnight fortnights month months year
    years decade decades century centuries time times era age ages reign reigns war wars moment moments monday tuesday
    wednesday thursday friday saturday sunday january february march april june july august september october november
    december spring summer autumn winter christmas easter midnight noon dawn dusk morning evening afternoon ago later
    earlier afterwards during throughout
""".split())  # fmt: skip

_AND = re.compile(r",? (?:and|or|but|then)(?: then)? |[,;/+&] ?| [–—-] ", re.IGNORECASE)
_FILLERS = frozenset("a an the then both either".split())


def odd_category(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q423: one option is of another kind than all the others.

    Found:   a number or a time among words, a sentence or an infinitive among nouns, a phrase like "By hand" or a name
             among things; or the other way round.
    Why:     what cannot be an answer to this question is not picked by anybody, so there is an option less; and if
             the odd one is the key, it can be seen from afar. Options should be homogeneous in content and grammar
             (Haladyna, Downing & Rodriguez 2002, Applied Measurement in Education 15(3), guideline 23).
    Example: stem: Who bought the shares?, and distractors: [A bank, The company, Four million pounds]
    Mend:    replace it by one that answers the same question as the others.
    """
    for item in article.items:
        if len(item.options) >= 3 and (found := odd_one_out(item, names=True)):
            odd, message = found
            hint = "replace it by one that answers the same question"
            yield warning("Q423", message, item.at_text(odd.wording.source, *odd.path), hint)


def convergence(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q424: the key is what the options have in common.

    Found:   compound options ("salt and furs") of which the key shares a part with every distractor, or has the parts
             that most options have.
    Why:     an author makes distractors by changing one part of the key at a time; so its parts come most often, and
             who picks what comes most often is right without knowing anything: the convergence cue (Case & Swanson
             2002, Constructing Written Test Questions for the Basic and Clinical Sciences, NBME).
    Example: answer: Salt and herring, with distractors: [Salt and furs, Timber and herring, Salt and timber]
    Mend:    let every part stand in as many options as any other; or ask for one of the parts only.
    """
    for item in article.items:
        if not isinstance(item.item, MultipleChoice) or len(item.wrong) < 3:
            continue
        key = item.right[0]
        if not _AND.search(key.wording.text):
            continue
        options = [option for option in item.options if not speaks_of_the_others(option, item)]
        parts = compound(options)
        if len(parts) < 4 or options[0] is not key:
            continue
        counts = [sum(bool(mine & other) for other in parts) - 1 for mine in parts]
        common = commonest(parts)
        if (counts[0] == len(parts) - 1 and counts.count(counts[0]) < len(parts)) or common == 0:
            shared = ", ".join(" ".join(part) for part in _shared(key, parts))
            message = f"its parts are what the options have in common: {shared}"
            hint = "let every part stand in as many options as any other"
            yield warning("Q424", message, item.at_text(key.wording.source, *key.path), hint)


def _shared(key: OptionReading, parts: Sequence[Parts]) -> list[tuple[str, ...]]:
    """The key's parts that other options have as well, as they come in it."""
    counts = Counter(part for option in parts for part in option)
    return [part for part in _split(key) if counts[part] > 1]


def compound(options: Sequence[OptionReading]) -> list[Parts]:
    """The parts of each option, without what all have; nothing if not all have two parts or more."""
    parts: list[Parts] = []
    for option in options:
        if not _AND.search(option.wording.text) or len(found := frozenset(_split(option))) < 2:
            return []
        parts.append(found)
    common = frozenset.intersection(*parts) if parts else frozenset()
    return [found - common for found in parts]


def _split(option: OptionReading) -> list[tuple[str, ...]]:
    text = option.wording.text.rstrip(".").casefold()
    found = (tuple(word for word in part.split() if word not in _FILLERS) for part in _AND.split(text))
    return [part for part in found if part]


def commonest(parts: Sequence[Parts]) -> int | None:
    """Which of the compound options has the parts that most options have; `None` if not exactly one has."""
    counts = Counter(part for option in parts for part in option)
    sums = [sum(counts[part] for part in option) / (len(option) or 1) for option in parts]
    best = max(sums, default=0)
    return sums.index(best) if sums.count(best) == 1 else None


def odd_one_out(item: ItemReading, *, names: bool = False) -> tuple[OptionReading, str] | None:
    """The only option of another kind than the others, and what can be said of it; it does not matter which is the key.

    With `names`, a word that the passages have as a name counts as one.
    """
    if len(item.options) < 3 or not item.article.english:
        return None
    options = [option for option in item.options if not speaks_of_the_others(option, item)]
    if len(options) < 3:
        return None
    for one, is_one, others, is_other, unless in _CLASHES:
        odd = None
        for option in options:
            if not is_other(option.wording):
                if odd is not None:
                    break
                odd = option
        else:
            if odd is not None and is_one(odd.wording) and not (unless and unless.search(item.stem.text)):
                return odd, f"this is {one}, the other options are {others}"
    return _odd_name(options, item.article) if names else None


def _words(wording: Wording) -> bool:
    return _NUMERALS.isdisjoint(wording.words) and not _DIGIT.search(wording.text)


def _amount(wording: Wording) -> bool:
    size = None if _words(wording) else quantity(wording.text)
    return size is not None and _MEASURE.fullmatch(size.unit) is not None


def _time(wording: Wording) -> bool:
    return _TIME.match(wording.text.rstrip(".")) is not None


def _untimed(wording: Wording) -> bool:
    return _TIMES.isdisjoint(wording.words) and not _DIGIT.search(wording.text) and not _WHEN.match(wording.text)


def _noun(wording: Wording) -> bool:
    return len(wording.words) <= 5 and not _sentence(wording) and not _infinitive(wording)


def _word(wording: Wording) -> bool:
    return len(wording.words) <= 3 and _noun(wording) and _words(wording)


def _infinitive(wording: Wording) -> bool:
    return _INFINITIVE.match(wording.text) is not None


def _thing(wording: Wording) -> bool:
    return _DETERMINED.match(wording.text) is not None and not _sentence(wording)


def _phrase(wording: Wording) -> bool:
    return _PREPOSITION.match(wording.text) is not None


def _long_sentence(wording: Wording) -> bool:
    return len(wording.words) > 3 and _sentence(wording)


def _sentence(wording: Wording) -> bool:
    return wording.text.endswith(".") or (len(wording.words) > 2 and _says(wording.text))


_BEFORE_NOUNS = DETERMINERS | PREPOSITIONS
"""Behind these, what looks like a verb is a noun or an infinitive: the rise of prices, unwilling to ask for help."""


@lru_cache(maxsize=1 << 16)
def _says(text: str) -> bool:
    """Whether a text has the verb of a clause, and before it no word that would subordinate the clause."""
    if _INFINITIVE.match(text) or _PART_OF_A_CLAUSE.match(text) or _PREPOSITION.match(text):
        return False
    found = tokens(text)
    if found[0] in NOMINATIVES:
        return True
    for place in range(1, len(found)):
        if found[place] in SUBORDINATORS:
            return False
        if found[place - 1] not in _BEFORE_NOUNS and is_finite(found, place, free=True):
            return True
    return False


def _odd_name(options: Sequence[OptionReading], article: ArticleReading) -> tuple[OptionReading, str] | None:
    """A name among things, or a thing among names."""
    things = [_INDEFINITE.match(option.wording.text) is not None for option in options]
    if sum(things) not in (1, len(things) - 1):
        return None
    known = set(_NAME.findall(" ".join(passage.wording.text for passage in article.passages.values())))
    names = [set(_WORD.findall(option.wording.text)) <= known for option in options]
    if [*map(bool, names)] != [not thing for thing in things]:
        return None
    if sum(things) == 1:
        return options[things.index(True)], "this is a thing, the other options are names"
    return options[things.index(False)], "this is a name, the other options are things"


_CLASHES: tuple[tuple[str, _Test, str, _Test, re.Pattern[str] | None], ...] = (
    ("an amount", _amount, "words", _words, None),
    ("a word", _word, "amounts", _amount, _ASKS_WHEN),
    ("a time", _time, "not", _untimed, _ASKS_WHEN),
    ("a sentence", _long_sentence, "nouns", _noun, None),
    ("a word", _word, "sentences", _sentence, None),
    ("an infinitive", _infinitive, "things", _thing, None),
    ("a thing", _thing, "infinitives", _infinitive, None),
    ("a phrase", _phrase, "things", _thing, _ASKS_WHERE_OR_HOW),
)
"""What one option is and all others are, and what a stem asks where both can answer it."""

_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w'’-]+")
_WORD = re.compile(r"[\w'’-]+")

CHECKS = (odd_category, convergence)
