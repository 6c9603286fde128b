"""A check of the options against each other: whether two of them overlap, as ranges or as wordings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from ..diagnostics import Diagnostic, warning
from ..items.quantity import quantity
from .options import NUMBERS, has_number, speaks_of_the_others
from .reading import ArticleReading, Wording

_FILLERS = frozenset("a an the that very just".split())
"""Words that two options may differ in and still say the same."""

# Words that make of one option another one when they are added to it.
_CHANGING = frozenset("""
    not no never none neither nor nobody nothing without instead hardly barely scarcely except unless less least fewer
    more most than almost nearly half double twice quarter third before after until former false non against stop
    stops stopped fail fails failed refuse refused cannot can't don't didn't doesn't won't wasn't weren't isn't aren't
    couldn't wouldn't first second last next other another opposite
""".split()) | NUMBERS  # fmt: skip
_AND = frozenset(("and", "or"))
_JOINERS = _AND | frozenset("""
    in of with from for that who which when where while because on at by to under over into through during if as so
    near but
""".split())  # fmt: skip

_WORDS_ONLY = re.compile(r"[\w\s.,;:!?'’\"“”()–—-]+")
"""A text whose words are all there is to it: not `C++`, not a formula."""

_LEAD = re.compile(r"^(?:between|from|about|around|roughly|in|some) ", re.IGNORECASE)
_REACH = re.compile(r"for|since|until|by", re.IGNORECASE)
_JOINT = re.compile(r" ?[–—-] ?(?=[\d$€£])| (?:to|and|until|till) (?=[\d$€£])", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ONE_IN = re.compile(r"(?:one|1) in ", re.IGNORECASE)
_BOUNDS = [
    (sign, strict, re.compile(pattern, re.IGNORECASE))
    for sign, strict, pattern in (
        (">", True, r"(?:more than|over|above|after) (?P<rest>.+)"),
        (">", False, r"at least (?P<rest>.+)|(?P<rest2>.+?)(?: ?\+| (?:or|and) (?:more|over|above|older|later))"),
        ("<", True, r"(?:less than|fewer than|under|below|before) (?P<rest>.+)"),
        ("<", False, r"(?:at most|up to|no(?:t)? more than) (?P<rest>.+)"
                     r"|(?P<rest2>.+?) (?:or|and) (?:less|fewer|under|below|younger|earlier)"),
    )
]  # fmt: skip
_ENDLESS = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Extent:
    """What an option of numbers covers: from `low` to `high` of one unit, the ends included or not."""

    unit: str
    low: Decimal
    high: Decimal
    open: bool = False
    bound: str = ""
    """`>` for "more than 20" or "at least 20", `<` for the contrary."""
    reach: str = ""
    """What makes another thing of a time: `since` 1914 is not in 1914."""

    def meets(self, other: "Extent") -> bool:
        """Whether an amount could be in both. Periods that follow each other may share the year between them."""
        if (self.unit != other.unit and self.unit and other.unit) or self.reach != other.reach:
            return False
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low != high:
            return low < high
        if any(extent.open and low in (extent.low, extent.high) for extent in (self, other)):
            return False
        point = self.low == self.high or other.low == other.high
        return point or not (self.unit == other.unit == "" and 1000 <= low <= 2100)


def overlapping_options(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q416: two options overlap.

    Found:   ranges that share numbers ("10 to 30" and "20 to 40"), two wordings of one thing (other articles, another
             order), and an option that is another one with a few words more.
    Why:     if one is right, the other is right or nearly right as well; and who sees that two options say the same
             knows that neither is the key, since only one can be. Options should be independent and not overlap
             (Haladyna, Downing & Rodriguez 2002, Applied Measurement in Education 15(3), guideline 22).
    Example: distractors: [The cost of a ship, The cost of a large ship]
    Mend:    let ranges end where the next begins (10 to 19, 20 to 29); replace one of two that say the same.
    """
    for item in article.items:
        stems = [option.wording.stems for option in item.options]
        numbers = sum(has_number(option.wording) for option in item.options) > 1
        if not numbers and len(frozenset().union(*stems)) == sum(map(len, stems)):
            continue  # no two share a word
        options = [option for option in item.options if not speaks_of_the_others(option, item)]
        extents = _extents([option.wording for option in options]) if numbers else [None] * len(options)
        told = [_Told(option.wording, article.english) for option in options]
        reported: set[int] = set()
        for first, second in combinations(range(len(options)), 2):
            one, two = extents[first], extents[second]
            if second in reported:
                how = ""
            elif one and two:
                how = "overlap" if one.meets(two) else ""
            else:
                how = "" if one or two else told[first].against(told[second])
            if how:
                reported.add(second)
                here, there = options[second].wording.source, options[first].wording.source
                hint = "replace one of them, or draw a line between the two"
                yield warning("Q416", f"'{there}' and '{here}' {how}", item.at_text(here, *options[second].path), hint)


class _Told:
    """An option by its words, for comparison with the others; without words where there is more to it than these."""

    __slots__ = ("bare", "english", "plain", "wording")

    def __init__(self, wording: Wording, english: bool) -> None:
        words = wording.words if _WORDS_ONLY.fullmatch(wording.text) else []
        self.wording = wording
        self.english = english
        self.plain = [word for word in words if word not in _FILLERS] if english else words
        self.bare = frozenset(map(_singular, self.plain) if english else self.plain)

    def against(self, other: "_Told") -> str:
        """In what way the two cannot be told apart; nothing where they can."""
        if not self.plain or not other.plain or self.bare.isdisjoint(other.bare):
            return ""
        if self.bare == other.bare and self._same(other):
            return "say the same"
        if not self.english:
            return ""
        short, long = (self, other) if len(self.plain) < len(other.plain) else (other, self)
        short_words, long_words = set(short.plain), set(long.plain)
        if short_words < long_words and not (long_words - short_words) & _CHANGING and short._within(long):
            return "overlap: one includes the other"
        return "say the same" if short.bare ^ long.bare <= _OF and short._turned(long) else ""

    def _same(self, other: "_Told") -> bool:
        if [*map(_singular, self.plain)] == [*map(_singular, other.plain)]:
            return True
        return self.english and (self._rotated(other) or self._listed(other) or self._turned(other))

    def _rotated(self, other: "_Told") -> bool:
        """Whether a phrase with a preposition stands at the other end: in the yards they rusted."""
        one, two = self.plain, other.plain
        return len(one) == len(two) and any(
            one[cut:] + one[:cut] == two and {one[cut], one[0]} & (_JOINERS - _AND - {"but"})
            for cut in range(1, len(one))
        )

    def _listed(self, other: "_Told") -> bool:
        """Whether both are one list in another order: salt and herring, herring and salt."""
        one, two = _entries(self.plain), _entries(other.plain)
        return len(one) == len(two) > 1 and sorted(one) == sorted(two) and not set(self.plain) & (_JOINERS - _AND)

    def _turned(self, other: "_Told") -> bool:
        """Whether one says "of" where the other does not: the ship's speed, the speed of the ship."""
        with_of, without = (self.plain, other.plain) if "of" in self.plain else (other.plain, self.plain)
        content = [[_singular(word) for word in words if word != "of"] for words in (with_of, without)]
        return with_of.count("of") == 1 and "of" not in without and sorted(content[0]) == sorted(content[1])

    def _within(self, other: "_Told") -> bool:
        """Whether the other is this one and a few words that leave its meaning: a ship, a ship with three masts."""
        blocks = _added(self.plain, other.plain)
        few = 1 <= len(blocks) <= 2 and sum(len(block) for _, block in blocks) <= max(5, len(self.plain))
        return few and bool(self.wording.stems) and all(self._stays(at, block) for at, block in blocks)

    def _stays(self, at: int, added: Sequence[str]) -> bool:
        """Whether words added before the word at a place leave what is said; before and behind few words, they may not.

        The brother of the king is not the king, sea water not the sea, and a lack of variety in food no lack of food; a
        large ship is a ship.
        """
        long = len(self.wording.stems) >= 2 or len(self.plain) >= 4
        if at == 0:
            return added[-1] in _AND or (long and not set(added) & (_JOINERS - _AND))
        if at == len(self.plain):
            return added[0] in _JOINERS or (len(self.plain) >= 4 and bool(set(self.plain) & _JOINERS))
        return long and not (added[-1] in _JOINERS - _AND and self.plain[at - 1] in _JOINERS)


_OF = frozenset(("of",))


def _added(short: Sequence[str], long: Sequence[str]) -> list[tuple[int, list[str]]]:
    """What `long` has besides `short`: (before which of its words, the words); nothing if the order differs."""
    blocks: list[tuple[int, list[str]]] = []
    at = 0
    for word in long:
        if at < len(short) and word == short[at]:
            at += 1
        elif blocks and blocks[-1][0] == at:
            blocks[-1][1].append(word)
        else:
            blocks.append((at, [word]))
    return blocks if at == len(short) else []


def _entries(words: Sequence[str]) -> list[list[str]]:
    """The words of a list, entry by entry."""
    entries: list[list[str]] = [[]]
    for word in words:
        if word in _AND:
            entries.append([])
        else:
            entries[-1].append(word)
    return entries


@lru_cache(maxsize=16384)
def _singular(word: str) -> str:
    """An English word without the ending of a plural, a genitive or a compass point."""
    word = word.removesuffix("'s").rstrip("'")
    if word in ("northern", "southern", "eastern", "western"):
        return word[:-3]
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _extents(wordings: Sequence[Wording]) -> list[Extent | None]:
    """What the options cover; nothing for those that are no numbers, and for all if they are rough in the same way.

    "More than 80" beside "more than 18" and "more than 800" is a figure, not a range.
    """
    found = [extent(wording.text) for wording in wordings]
    bounds = {known.bound if known else "" for known in found}
    return [None] * len(found) if bounds in ({">"}, {"<"}) else found


def extent(text: str) -> Extent | None:
    """What a text covers that is a number, a range or a bound: `from 10 to 20 km`, `at least 5`, `one in eighty`."""
    plain = text.rstrip(".")
    if len(plain) > 60:
        return None
    for sign, strict, pattern in _BOUNDS:
        if match := pattern.fullmatch(plain):
            known = extent(match.groupdict().get("rest") or match["rest2"])
            if known is None or known.low != known.high:
                return None
            low, high = (known.low, _ENDLESS) if sign == ">" else (-_ENDLESS, known.high)
            return Extent(known.unit, low, high, strict, sign)
    plain = _LEAD.sub("", plain, count=1)
    if match := _ONE_IN.match(plain):
        share = quantity(plain[match.end() :])
        return Extent("share", 1 / share.amount, 1 / share.amount) if share and share.amount > 0 else None
    if len(ends := _JOINT.split(plain)) == 2 and not _DATE.fullmatch(plain):
        first, last = map(quantity, ends)
        if first and last and first.amount <= last.amount and first.unit in ("", last.unit):
            return Extent(last.unit, first.amount, last.amount)
        return None
    size, reach = quantity(plain), _REACH.match(plain)
    return Extent(size.unit, size.amount, size.amount, reach=reach[0].lower() if reach else "") if size else None


CHECKS = (overlapping_options,)
