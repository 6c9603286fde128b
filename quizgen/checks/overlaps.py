"""A check of the options against each other: whether two of them overlap, as ranges or as wordings."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from ..diagnostics import Diagnostic, warning
from ..language import Language
from .english import NOMINATIVES
from .extents import extents, may_be_sizes
from .options import NUMBERS, speaks_of_the_others
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

_ASKS_FOR_A_WORD = re.compile(
    r"\b(?:which|what|following|correct|right) (?:\w+ )?(?:words?|adjectives?|adverbs?|verbs?|nouns?|expressions?"
    r"|sentences?)\b|\b(?:synonym|spel[lt]|translat)",
    re.IGNORECASE,
)
"""What turns on the wording itself; two that say the same are then two answers."""

_SAME = {
    "big": "large", "huge": "large", "little": "small", "tiny": "small", "permitted": "allowed", "legal": "allowed",
    "forbidden": "not allowed", "banned": "not allowed", "prohibited": "not allowed", "illegal": "not allowed",
    "disallowed": "not allowed", "compulsory": "required", "obligatory": "required", "mandatory": "required",
    "necessary": "required", "needed": "required", "quick": "fast", "quickly": "fast", "till": "until",
    "start": "begin", "starts": "begins", "started": "began", "finish": "end", "finishes": "ends", "finished": "ended",
    "near": "close to", "beside": "next to", "inside": "in", "upon": "on", "during": "in", "throughout": "in",
    "everybody": "everyone", "somebody": "someone", "nobody": "no one", "twice": "two times", "couldn't": "could not",
    "wasn't": "was not", "isn't": "is not", "didn't": "did not", "doesn't": "does not", "cannot": "can not",
    "can't": "can not", "weren't": "were not", "aren't": "are not", "wouldn't": "would not", "won't": "will not",
}  # fmt: skip
"""Words of closed classes (size, leave and duty, place, number) by others that say the same."""
_TELLING = _SAME.keys() | {"not"}
_NEGATED = re.compile(r"(?:un|in|im|il|ir|dis|non)([a-z]{4,})")
_SOMEBODY = frozenset("person persons people man woman someone somebody one who that".split())
_SOMETHING = frozenset("thing things something which that".split())
_QUALITIES = frozenset("""
    large small old new young long short high low wide narrow deep thick thin heavy light good bad great hot cold warm
    dry wet red green blue yellow white black brown grey strong weak rich poor hard soft full empty dark bright single
""".split())  # fmt: skip
"""A thing with one of these is still the thing."""


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
        numbers = sum([may_be_sizes(option.wording) for option in item.options]) > 1
        alone = not numbers and len(frozenset().union(*stems)) == sum(map(len, stems))
        if alone and all(_TELLING.isdisjoint(option.wording.words) for option in item.options):
            continue  # no two share a word
        options = [option for option in item.options if not speaks_of_the_others(option, item)]
        sizes = extents([option.wording for option in options]) if numbers else [None] * len(options)
        told = [_Told(option.wording, article.language, freely=item.stem.text.endswith("?")) for option in options]
        wordings = _ASKS_FOR_A_WORD.search(item.stem.text)
        reported: set[int] = set()
        for first, second in combinations(range(len(options)), 2):
            one, two = sizes[first], sizes[second]
            if second in reported:
                how = ""
            elif one and two:
                how = "overlap" if one.meets(two) else ""
            else:
                how = "" if one or two or wordings else told[first].against(told[second])
            if how:
                reported.add(second)
                here, there = options[second].wording.source, options[first].wording.source
                hint = "replace one of them, or draw a line between the two"
                yield warning("Q416", f"'{there}' and '{here}' {how}", item.at_text(here, *options[second].path), hint)


class _Told:
    """An option by its words, for comparison with the others; without words where there is more to it than these.

    It is worded `freely` where the stem is a question: an unfinished sentence may turn on the form of a verb.
    """

    __slots__ = ("bare", "english", "freely", "language", "plain", "wording")

    def __init__(self, wording: Wording, spoken: Language, *, freely: bool) -> None:
        words = wording.words if _WORDS_ONLY.fullmatch(wording.text) else []
        self.wording = wording
        self.language = spoken
        self.freely = freely
        self.english = english = spoken.english
        self.plain = [*_canonical(tuple(words))] if english else words
        self.bare = frozenset(map(_singular, self.plain) if english else self.plain)

    def against(self, other: "_Told") -> str:
        """In what way the two cannot be told apart; nothing where they can."""
        if not self.plain or not other.plain:
            return ""
        if self.bare == other.bare and self._same(other):
            return "say the same"
        if not self.english:
            return ""
        if self._denied(other) or other._denied(self) or (self.freely and self._inflected(other)):
            return "say the same"
        if self.bare.isdisjoint(other.bare):
            return ""
        short, long = (self, other) if len(self.plain) < len(other.plain) else (other, self)
        short_words, long_words = set(short.plain), set(long.plain)
        if short_words < long_words and not (long_words - short_words) & _CHANGING and short._within(long):
            return "overlap: one includes the other"
        return "say the same" if short._turned(long) else ""

    def _same(self, other: "_Told") -> bool:
        if [*map(_singular, self.plain)] == [*map(_singular, other.plain)]:
            return True
        return self.english and (self._rotated(other) or self._listed(other))

    def _denied(self, other: "_Told") -> bool:
        """Whether the other says with a syllable what this one says with `not`: not possible, impossible."""
        if self.plain.count("not") != 1 or len(other.plain) != len(self.plain) - 1:
            return False
        place = self.plain.index("not")
        negated = _NEGATED.fullmatch("".join(other.plain[place : place + 1]))
        said = negated and [*other.plain[:place], "not", negated[1], *other.plain[place + 1 :]]
        return said == self.plain

    def _inflected(self, other: "_Told") -> bool:
        """Whether only the forms differ: to save money, saving money; one who hopes, a hoping person; or the voice."""
        first, second = self.plain[0], other.plain[0]
        if (first == "to" and second.endswith("ing")) or (second == "to" and first.endswith("ing")):
            return len(self.wording.content) >= 2 and self.wording.content == other.wording.content
        for general in (_SOMEBODY, _SOMETHING):
            if not general.isdisjoint(self.plain) and not general.isdisjoint(other.plain):
                left, right = self._besides(general), other._besides(general)
                return left == right != []
        return self._active(other) or other._active(self)

    def _besides(self, general: frozenset[str]) -> list[str]:
        """The stems of what is said of somebody or something."""
        return [(self.language.content([word]) or [word])[0] for word in self.plain if word not in general]

    def _active(self, other: "_Told") -> bool:
        """Whether one says in the active what the other says in the passive: they burned it, it was burned."""
        content = self.wording.content
        passive = not _BE.isdisjoint(other.plain) and "by" not in other.plain and NOMINATIVES.isdisjoint(other.plain)
        nobody = self.plain[0] in ("they", "someone")
        return passive and nobody and len(content) >= 2 and [*content[1:], content[0]] == other.wording.content

    def _rotated(self, other: "_Told") -> bool:
        """Whether a phrase with a preposition stands at the other end: in the yards they rusted."""
        one, two = self.plain, other.plain
        return any(one[cut:] + one[:cut] == two and {one[cut], one[0]} & _JOINERS for cut in range(len(one)))

    def _listed(self, other: "_Told") -> bool:
        """Whether both are one list in another order: salt and herring, herring and salt."""
        same = sorted(_entries(self.plain)) == sorted(_entries(other.plain))
        return same and not set(self.plain) & (_JOINERS - _AND)

    def _turned(self, other: "_Told") -> bool:
        """Whether the other says "of" where this one does not: the ship's speed, the speed of the ship."""
        words = sorted([*map(_singular, self.plain), "of"])
        return other.bare - self.bare == _OF and words == sorted(map(_singular, other.plain))

    def _within(self, other: "_Told") -> bool:
        """Whether the other is this one and a few words that leave its meaning: a ship, a ship with three masts."""
        blocks = _added(self.plain, other.plain)
        few = 1 <= len(blocks) <= 2 and sum(len(block) for _, block in blocks) <= max(5, len(self.plain))
        return few and bool(self.wording.stems) and all(self._stays(at, block) for at, block in blocks)

    def _says_all(self) -> bool:
        """Whether a text is a pronoun and a verb, to which an object adds: she taught, she taught the novices."""
        return len(self.plain) == 2 and self.plain[0] in NOMINATIVES and bool(self.wording.stems)

    def _stays(self, at: int, added: Sequence[str]) -> bool:
        """Whether words added before the word at a place leave what is said; before and behind few words, they may not.

        The brother of the king is not the king, sea water not the sea, and a lack of variety in food no lack of food; a
        large ship is a ship.
        """
        long = len(self.wording.stems) >= 2 or len(self.plain) >= 4
        if at == 0:
            return added[-1] in _AND or _QUALITIES.issuperset(added) or (long and not set(added) & (_JOINERS - _AND))
        if at == len(self.plain):
            return (
                added[0] in _JOINERS or self._says_all() or (len(self.plain) >= 4 and bool(set(self.plain) & _JOINERS))
            )
        return long and not (added[-1] in _JOINERS - _AND and self.plain[at - 1] in _JOINERS)


_OF = frozenset(("of",))
_BE = frozenset(("is", "are", "was", "were", "been", "being"))


@lru_cache(maxsize=1 << 16)
def _canonical(words: tuple[str, ...]) -> tuple[str, ...]:
    """English words without articles, each in the one wording of all that say the same; `a kind of` says nothing."""
    plain = " ".join([_SAME.get(word, word) for word in words if word not in _FILLERS])
    return tuple(_KIND_OF.sub("", plain).split())


_KIND_OF = re.compile(r"\b(?:kind|sort|type|form) of ")


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


CHECKS = (overlapping_options,)
