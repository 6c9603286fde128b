"""Of what kind an option is, as far as its shape tells: an amount, a time, a sentence, a phrase, a thing, a name ...

A short text often has several readings (`Flies` may be insects or a verb, `Delft` a name or a thing). All of them are
told, so that two options clash only where no reading fits both.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from ..items.quantity import quantity
from .english import DETERMINERS, NOMINATIVES, PREPOSITIONS, SUBORDINATORS, has_an_object, is_finite, tokens, verb_form

KINDS = {
    "thing": ("a thing", "things"),
    "amount": ("an amount", "amounts"),
    "name": ("a name", "names"),
    "sentence": ("a sentence", "sentences"),
    "reason": ("a reason", "reasons"),
    "infinitive": ("an infinitive", "infinitives"),
    "adverb": ("an adverb", "adverbs"),
    "quality": ("a quality", "qualities"),
    "verb": ("a verb", "verbs"),
    "activity": ("an activity", "activities"),
    "time": ("a time", "times"),
    "clause": ("a clause", "clauses"),
    "phrase": ("a phrase", "phrases"),
}
"""What a kind is called, of one and of several; what comes first is named first."""

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
    r"(?:during|throughout) |.*\b(?:ago|later|earlier|afterwards|o'clock)$|.*\b\d{3}0s\b"
    rf"|(?:last|next|every|each) (?:{_DAY}|{_PERIOD})$|(?:yesterday|today|tomorrow|tonight)$"
    rf"|(?:(?:in|by|at|on|for|within|for about) )?(?:the )?(?:early |late |same |next )?{_DAY}(?: \d+)?$"
    rf"|(?:(?:in|by|for|within|over) )?{_SEVERAL} {_PERIOD}$|.*\bof a(?:n hour| second| minute)$"
    rf"|(?:in|by|at|on|within) (?:the |that |one )?(?:\w+ )?(?:{_PERIOD}|(?:morning|evening|afternoon)s?)$",
    re.IGNORECASE,
)
_TIMES = frozenset("""
    second seconds minute minutes hour hours day days night nights week weeks fortnight fortnights month months year
    years decade decades century centuries time times era age ages reign reigns war wars moment moments monday tuesday
    wednesday thursday friday saturday sunday january february march april june july august september october november
    december spring summer autumn winter christmas easter midnight noon dawn dusk morning evening afternoon ago later
    earlier afterwards during throughout today yesterday tomorrow tonight o'clock lifetime
    season seasons generation generations
""".split())  # fmt: skip
_NUMERALS = frozenset("""
    no none nobody nothing all half quarter third thirds some several many most few fewer more less dozen dozens
    hundred hundreds thousand thousands million millions billion billions every each once twice double never always
    unknown weekly daily yearly zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
""".split())  # fmt: skip
_DIGIT = re.compile(r"\d")
_CLOCK = frozenset(("time", "date", "clock", "century", "day of the year"))
_MEASURE = re.compile(
    r"|(?:[$€£¥]|usd|eur|gbp)|%|°\w?|per ?cent|(?:.* )?(?:pound|dollar|euro|franc|mark|cent|"
    r"penny|pence|rouble|yen|[kcmµ]?m|[kcm]m[²³]|k?g|k?w|kilo\w*|\w*met(?:er|re)|mile|feet|foot|inch|inche|yard|acre|"
    r"hectare|ton|tonne|gram|litre|liter|degree|volt|watt|hertz|byte|bit)",
    re.IGNORECASE,
)
"""The units of quantities that are no things to be counted: 12 metres is an amount, 12 monks are monks."""

_ADVERB = frozenset("forever overnight abroad alone together soon apart upstairs downstairs outside inside".split())
_NO_ADVERB = frozenset("""
    family italy july fly reply ally bully belly jelly lily holly supply butterfly monopoly anomaly assembly
""".split())  # fmt: skip
_BEFORE_VERBS = frozenset("always never not only just also even still".split())
_QUALITY = re.compile(r"[a-z]{2,}(?:ous|less|[^d]ful)|(?:very|too|rather|quite|extremely|overly) \w+", re.IGNORECASE)
_WHENCE = frozenset("after before until since when while once whenever as".split())
"""With these a clause is a time."""
_CLAUSES = frozenset("who which where how why whose what whether if unless although though that".split()) | _WHENCE
_SOMETIMES = frozenset("about over past down up off above round via".split())
"""These open a phrase if a noun follows: over the hill, but over 50, round stones."""
_PHRASES = PREPOSITIONS - _SOMETIMES - _WHENCE - {"to"}

_NOUN = frozenset(("thing", "activity"))
_ANY = _NOUN | {"verb", "quality"}
"""What a word alone may be."""
_LONGEST_NOUN = 5
"""Longer texts without a verb that is known may be sentences whose verb is not."""


class Kinds:
    """The kinds of options in texts whose names are known."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts

    @cached_property
    def _words(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words of the texts that are names, and all that stand in them as they are."""
        found = " ".join(self._texts)
        words = frozenset([word.strip(_MARKS) for word in frozenset(found.split())])
        return frozenset([word for word in _NAME.findall(found) if word.lower() not in words]), words

    def of(self, text: str) -> frozenset[str]:
        """All kinds that an option may be of."""
        found = shape(text)
        if "thing" not in found or _INDEFINITE.match(text):
            return found
        first, *others = [word for word in _WORD.findall(text) if word not in _SMALL] or [""]
        if others:
            capital = [word[0].isupper() for word in (others if first.lower() in DETERMINERS else [first, *others])]
            plain = not all(capital) or not self._words[1].isdisjoint([word.lower() for word in others])
            return found if plain else frozenset(("name",))
        if not first or first[0].islower():
            return found
        names, words = self._words
        if first in names:
            return frozenset(("name",))
        return found if first.lower() in words else found | {"name"}


_INDEFINITE = re.compile(r"(?:an?|another) ", re.IGNORECASE)
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w'’-]+")
_MARKS = ".,;:!?()[]\"'“”‘’«»"
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SMALL = frozenset("of the de la von van der and".split())


@lru_cache(maxsize=1 << 16)
def shape(text: str) -> frozenset[str]:
    """All kinds that a text may be of, names aside."""
    found = tokens(text)
    first, second = found[0] if found else "", found[1] if len(found) > 1 else ""
    if text.endswith((".", "!", "?")) and len(_WORD.findall(text)) > 2:
        return frozenset(("sentence",))
    if second and (first in _BEFORE_VERBS or (first.endswith("ly") and len(first) > 4 and first not in _NO_ADVERB)):
        return shape(text[text.index(" ") + 1 :]) if " " in text else _ANY
    text = text.rstrip(".")
    plain = text.casefold().replace("-", " ").split()
    numeral = _DIGIT.search(text) is not None or not _NUMERALS.isdisjoint(plain)
    if numeral and (size := quantity(text)) is not None and (size.unit in _CLOCK or _MEASURE.fullmatch(size.unit)):
        return _TIME_OR_AMOUNT if size.unit in _CLOCK or 1000 <= size.amount <= 2100 else frozenset(("amount",))
    timed = not _TIMES.isdisjoint(plain)
    if numeral and _HOW_OFTEN.match(text):
        return _TIME_OR_AMOUNT | {"adverb"}
    if (timed or numeral) and _TIME.match(text):
        return frozenset(("time",))
    if first in ("may", "march") and not second:
        return _ANY | {"time"}
    others = ({"amount"} if numeral else set()) | ({"time"} if timed else set())
    return _by_its_words(found, first, second) | others


_HOW_OFTEN = re.compile(r"(?:once|twice|[\w ]+ times) (?:an?|every|each|per) ", re.IGNORECASE)
_TIME_OR_AMOUNT = frozenset(("time", "amount"))


_REASONS = {("so", "that"), ("in", "order"), ("due", "to"), ("thanks", "to"), ("owing", "to")}


def _by_its_words(found: Sequence[str], first: str, second: str) -> frozenset[str]:
    """The kinds of a text that is neither an amount nor a time."""
    if first == "because" or (first, second) in _REASONS:
        return frozenset(("reason",))
    if first in _CLAUSES and second:
        return frozenset(("clause", "time", "phrase") if first in _WHENCE else ("clause",))
    if first == "to" and second:
        return frozenset(("phrase",) if second in DETERMINERS or second[0].isupper() else ("infinitive",))
    if second and (first in _PHRASES or (first in _SOMETIMES and second in DETERMINERS)):
        return frozenset(("phrase",)) if len(found) <= 2 * _LONGEST_NOUN else frozenset(("phrase", "sentence"))
    if not _commands(found, first, second) and _says(found):
        return frozenset(("sentence",))
    if (opening := _opening(found, first, second)) is not None:
        return opening
    if first in ("a", "an", "another"):
        told = len(found) > 2 * _LONGEST_NOUN or any(verb_form(word) == "past" for word in found[2:])
        return frozenset(("thing", "sentence")) if told else frozenset(("thing",))  # a roof caught fire, or in a net
    kinds = _NOUN | {"name"} if first == "the" else _NOUN if first in DETERMINERS else _NOUN | {"quality"}
    kinds = kinds if second else _ANY
    doubtful = len(found) > _LONGEST_NOUN or any(verb_form(word) not in ("", "ing") for word in found[1:])
    return kinds | {"sentence"} if doubtful else kinds


def _commands(found: Sequence[str], first: str, second: str) -> bool:
    """Whether a text begins with a verb and its object, or with an auxiliary, so that no subject comes before."""
    return verb_form(first) == "auxiliary" or (
        (second in DETERMINERS or second in _OBJECTS) and (has_an_object(found) or is_finite(found, 0, free=True))
    )


def _opening(found: Sequence[str], first: str, second: str) -> frozenset[str] | None:
    """The kinds of what begins with a verb, or is an adverb or a quality."""
    form = verb_form(first)
    if form == "ing":
        sure = second and second != "of" and (second in DETERMINERS or second in PREPOSITIONS or second in _OBJECTS)
        return frozenset(("activity",)) if sure else _NOUN | {"quality"}
    if _commands(found, first, second):
        return frozenset(("verb",))
    if form == "participle":
        return frozenset(("quality", "verb")) if not second or second in PREPOSITIONS else _ANY
    if second and (has_an_object(found) or is_finite(found, 0, free=True)):
        return frozenset(("verb", "thing"))
    if form:
        return _ANY
    text = " ".join(found)
    if not second and (first in _ADVERB or (first.endswith("ly") and first not in _NO_ADVERB)):
        return frozenset(("adverb",))
    return frozenset(("quality",)) if _QUALITY.fullmatch(text) else None


_OBJECTS = frozenset("it them him her us me itself themselves himself".split())
_BEFORE_NOUNS = DETERMINERS | PREPOSITIONS
"""Behind these, what looks like a verb is a noun or an infinitive: the rise of prices, unwilling to ask for help."""


_ONE = frozenset(("a", "an", "another", "this", "each", "every"))
"""Behind these, a verb has an ending: a cross on a hill is no sentence."""


def _says(found: Sequence[str]) -> bool:
    """Whether a text has the verb of a clause, and before it no word that would subordinate the clause."""
    if found[:1] and found[0] in NOMINATIVES:
        return len(found) > 1
    gerund = bool(found) and verb_form(found[0]) == "ing"
    for place in range(1, len(found)):
        if found[place] in SUBORDINATORS:
            return False
        if gerund and verb_form(found[place]) != "auxiliary":
            continue
        if found[place - 1] not in _BEFORE_NOUNS and is_finite(found, place, free=True):
            return len(found) > 2 and not (verb_form(found[place]) == "base" and found[0] in _ONE)
    return False
