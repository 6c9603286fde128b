"""Checks that set items against each other: what one tells of another, and what is asked twice."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from heapq import nlargest
from itertools import islice
from math import log, sqrt
from typing import TypeAlias

from ..diagnostics import Diagnostic, warning
from ..items import Cloze, MultipleChoice, Numeric, ShortAnswer, TrueFalse
from .gist import Gist, StemGist
from .reading import ArticleReading, ItemReading, Wording

_SPREAD = 4
"""A word that so many other items use is a theme of the article; that it stands in a stem tells nobody anything."""


def gives_away(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q430: another item gives the answer away.

    Found:   an item whose key can be read in the stem of another: in a question that takes the fact for granted, in a
             statement that is true, in the text of a cloze. All words of the key that carry meaning stand there, with
             two words of this item's own stem, or with one of them where both items rest on the same evidence.
    Why:     in a form that has both, one of them tests nothing but attention (Haladyna, Downing & Rodriguez 2002: keep
             items independent of one another). The two are an enemy pair: no form should have both.
    Example: When was the new pier opened?   and   Why could boats use the pier that was opened in 1931?
    Mend:    reword the item that tells, "Why could boats use the new pier?", or never put both into one form.
    """
    telling: dict[str, set[int]] = defaultdict(set)
    for number, item in enumerate(article.items):
        if not (isinstance(item.item, TrueFalse) and not item.item.answer):
            for word in item.asked.stems:
                telling[word].add(number)
    for number, item in enumerate(article.items):
        teller = _teller(article, number, item, telling)
        if teller:
            other, key = teller
            message = f"item '{other.item.id}' gives the answer away: {key.text}"
            hint = f"reword '{other.item.id}', or keep the two apart"
            yield warning("Q430", message, item.at("stem"), hint)


def _teller(
    article: ArticleReading, number: int, item: ItemReading, telling: dict[str, set[int]]
) -> tuple[ItemReading, Wording] | None:
    """The first other item that tells a key of this one, and that key."""
    if not isinstance(item.item, MultipleChoice | ShortAnswer | Numeric | Cloze):
        return None
    for key in item.keys:
        news = key.stems - item.asked.stems
        if not news or any(news <= option.wording.stems for option in item.wrong):
            continue
        rarest = min(len(telling[word]) for word in news)
        for place in sorted(set.intersection(*(telling[word] for word in news))) if rarest <= _SPREAD else ():
            other = article.items[place]
            shared = len((item.asked.stems - key.stems) & other.asked.stems)
            if place != number and _tells(item, other, shared):
                return other, key
    return None


def _tells(item: ItemReading, other: ItemReading, shared: int) -> bool:
    return shared >= 2 or (shared == 1 and any(a.stems & b.stems for a in item.evidence for b in other.evidence))


_EQUAL, _ALIKE, _ALIKE_WITH_KEY, _ALIKE_WITH_EVIDENCE = 0.9, 0.75, 0.6, 0.45
_CANDIDATES = 24
"""A word that more stems have is frequent; those of other files are not looked up by it. So the time grows with the
number of stems, and not with its square."""
_NEAREST = 6
"""Of the stems of other files, those that share most are looked at."""


def near_duplicate_stem(gists: Sequence[Gist]) -> Iterator[Diagnostic]:
    """Q431: nearly the same question a second time.

    Found:   a stem that says with the same words, or all but one or two of them, what an earlier one says. Rare words
             count more than those that every question has (cosine of the words weighted by their rarity: 0.6 or more
             where the keys agree, or may well agree in other words; 0.45 where they rest on the same evidence too; 0.75
             where an item has no key to compare; 0.9 where the keys differ; between two files 0.75 or more).
    Why:     a form with both asks one thing twice; and in the next form the one tells those who talk what the other
             will ask.
    Example: When was the new pier opened?   and   When was the new pier of the harbour opened?
    Mend:    take one of them out, or ask it about something else.
    """
    index = _Index()
    for file, stem, weights in _weighted(gists):
        earlier = index.alike(file, stem, weights)
        index.add(stem, weights)
        if earlier is not None:
            where = earlier.span
            place = f"line {where.line}" if where.file == stem.span.file else f"{where.file}:{where.line}"
            message = f"nearly the same question as '{earlier.item}'"
            yield warning("Q431", message, stem.span, f"the other is in {place}; take one out, or ask something else")


_Weights: TypeAlias = dict[str, float]
"""The words of a stem, the rarest first, as a vector of length 1."""


def _weighted(gists: Sequence[Gist]) -> Iterator[tuple[int, StemGist, _Weights]]:
    """Every stem of two words or more, with the number of its file and its weights."""
    stems = [(number, stem) for number, gist in enumerate(gists) for stem in gist.stems if len(set(stem.words)) >= 2]
    spread = Counter(word for _, stem in stems for word in set(stem.words))
    rarity = {word: log(1 + len(stems) / times) for word, times in spread.items()}
    for number, stem in stems:
        weights = {word: rarity[word] for word in sorted(set(stem.words), key=lambda word: (-rarity[word], word))}
        length = sqrt(sum(weight * weight for weight in weights.values()))
        yield number, stem, {word: weight / length for word, weight in weights.items()}


class _Index:
    """The stems so far, found again by their rare words."""

    def __init__(self) -> None:
        self._stems: list[tuple[StemGist, _Weights]] = []
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._file = -1
        self._in_file: dict[str, list[int]] = defaultdict(list)
        """The stems of the last file by all their words."""
        self._keys_in_file: dict[str, list[int]] = defaultdict(list)
        """The same by the words of their keys."""

    def add(self, stem: StemGist, weights: _Weights) -> None:
        """Remember a stem of the file that was asked for last."""
        number = len(self._stems)
        for word in weights:
            self._by_word[word].append(number)
            self._in_file[word].append(number)
        for word in stem.key:
            self._keys_in_file[word].append(number)
        self._stems.append((stem, weights))

    def alike(self, file: int, stem: StemGist, weights: _Weights) -> StemGist | None:
        """The first stem that asks nearly the same; files come one after the other."""
        if file != self._file:
            self._file = file
            self._in_file.clear()
            self._keys_in_file.clear()
        for number in sorted(self._near(stem, weights)):
            other, others = self._stems[number]
            alike = 0.0
            for word, weight in weights.items():
                if word in others:
                    alike += weight * others[word]
            if alike >= _ALIKE_WITH_EVIDENCE and alike >= _needed(stem, other):
                return other
        return None

    def _near(self, stem: StemGist, weights: _Weights) -> set[int]:
        """The stems that may be alike: those that share rare words enough, and in the same file a few words."""
        shared: dict[int, float] = defaultdict(float)
        rest = 0.0
        for word, weight in weights.items():
            numbers = self._by_word[word]
            if len(numbers) > _CANDIDATES:
                rest += weight * weight
            else:
                for number in numbers:
                    shared[number] += weight * self._stems[number][1][word]
        # What the frequent words can add is at most the length of that part of the vector.
        least = _ALIKE - sqrt(rest)
        near = {number for number in nlargest(_NEAREST, shared, key=shared.__getitem__) if shared[number] >= least}
        for word in islice(weights, 2):
            near.update(self._in_file[word][-_CANDIDATES:])
        for word in stem.key[:2]:
            near.update(self._keys_in_file[word][-_CANDIDATES:])
        return near


def _needed(one: StemGist, other: StemGist) -> float:
    """How alike two stems must be to ask the same: most where their keys differ, less where the evidence agrees too."""
    a, b = set(one.words), set(other.words)
    same_evidence = _shared(one.evidence, other.evidence)
    if not (one.key and other.key):
        return _ALIKE
    if _shared(one.key, other.key):
        return _ALIKE_WITH_EVIDENCE if same_evidence else _ALIKE_WITH_KEY
    if _has_number(one.key) or _has_number(other.key) or _contrast(a - b, b - a):
        return _EQUAL
    # The keys may say the same in other words, where the stems are about the same words of the passage.
    return _ALIKE_WITH_KEY if same_evidence or a <= b or b <= a else _EQUAL


def _has_number(key: tuple[str, ...]) -> bool:
    return any(word[0].isdigit() for word in key)


def _contrast(one: set[str], other: set[str]) -> bool:
    """Whether what two stems do not share is what sets them apart: first and last, north and south, 1931 and 1870."""
    numbers = any(word[0].isdigit() for word in one) and any(word[0].isdigit() for word in other)
    return numbers or any(frozenset((word, another)) in _OPPOSITES for word in one for another in other)


_OPPOSITES = {
    frozenset(pair.split())
    for pair in """
    first last, old new, open close, begin end, start end, start stop, north south, east west, left right, larg small,
    big small, high low, earli late, earlier later, young old, more less, most least, caus effect, rise fall, gain lose,
    increas decreas, win lose, buy sell, male femal, man woman, men women, boy girl, king queen, father mother,
    son daughter, brother sister, left arriv, depart arriv, benefit cost, reason result, day night,
    strong weak, fast slow, hot cold, warm cold, dark light, rich poor, inner outer, upper lower, summer winter,
    problem solut, author reader, friend enemi, public privat, success failur
    """.split(",")
}
"""English words, by their stems, that ask for something else when one takes the place of the other."""


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether they have half of the shorter one's words in common."""
    return bool(one and other) and 2 * len(set(one) & set(other)) >= min(len(one), len(other))


CHECKS = (gives_away,)
BANK_CHECKS = (near_duplicate_stem,)
