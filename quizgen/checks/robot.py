"""The test-wise robot: it answers multiple_choice items from cues alone, and never reads the passage or the key.

If it is right more often than chance would be, the items of a file give their keys away, even where no single item
looks wrong. Its cues are those that are known of test-wise candidates (Millman, Bishop & Ebel 1965); how much each
weighs is fixed, and was not fitted to any items.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, lgamma, log, log1p

from ..diagnostics import Diagnostic, warning
from ..items import MultipleChoice
from .english import takes_an
from .kinds import commonest, compound, odd_one_out
from .options import in_order, speaks_of_the_others
from .reading import ArticleReading, ItemReading, OptionReading

_FEWEST = 8
"""So many items the robot must have decided before it is believed."""

_CHANCE = 0.01
"""How likely chance alone may be to be right so often: of a hundred sound files, one is reported wrongly."""

_SHOWN = 8
_LONGER, _BY = 1.25, 8
"""An option is the longest if it is so many times as long as the next one, and so many characters longer."""

_ENDS_IN_AN_ARTICLE = re.compile(r"(?<!/)(?<!/ )\b(an?)[\s_.…:]*$")
_SEVERAL = frozenset(("two", "three", "both", "are", "were"))
_ASKS_FOR_MANY = re.compile(
    r"\b(?:which|what) (?:(?:\w+ )?(?:two|three|both)|are|were)\b|\bname (?:two|three)\b", re.IGNORECASE
)
_MANY = re.compile(r".* and .*|.*(?:[^su]s|people|children|men|women)", re.IGNORECASE)
_ABSOLUTE = frozenset("""
    always never all every everyone everybody everything none nobody nothing only completely entirely totally
    absolutely impossible must whole any
""".split())  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """What the robot picks, and the cues that made it do so."""

    option: OptionReading
    cues: tuple[str, ...]


def robot_beats_chance(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q440: the items of a file can be answered from cues, without the passage.

    Found:   a file of which a robot, which sees only stems and options, has answered more items rightly than chance
             would explain: at least eight items in which its cues single out an option, and a share of right ones that
             chance reaches in fewer than one of a hundred files (exact Poisson-binomial tail). Its cues: the longest
             option, an echo of the stem, what the options have in common, the middle of numbers, and against an
             option: another kind than the others, a bad fit after "a", "an" or a plural, absolute words.
    Why:     a candidate who is good at tests and has not read the text gets points that others must work for (Millman,
             Bishop & Ebel 1965, Educational and Psychological Measurement 25, 707-726; Downing 2005, Advances in Health
             Sciences Education 10, 133-143). A single cue is weak evidence: an item named here may be sound by itself.
    Example: 12 items, in 9 of which the key is the longest option
    Mend:    begin with the items that are named; it is enough that the cues point to distractors as often as to keys.
    """
    decided = [(item, found) for item in article.items if (found := guess(item)) is not None]
    right = [(item, found) for item, found in decided if found.option.right]
    if len(decided) < _FEWEST:
        return
    sizes = Counter(len(item.options) for item, _ in decided)
    if tail(sizes, len(right)) >= _CHANCE:
        return
    expected = fsum(number / options for options, number in sizes.items())
    message = (
        f"from cues alone, {len(right)} of {len(decided)} items can be answered; guessing would give {expected:.1f}"
    )
    named = [f"{item.item.id} ({', '.join(found.cues)})" for item, found in right]
    more = ", ..." if len(named) > _SHOWN else ""
    span = article.file.document.span(("items",), key=True)
    yield warning("Q440", message, span, f"begin with {', '.join(named[:_SHOWN])}{more}")


def guess(item: ItemReading) -> Guess | None:
    """The option that the cues of a multiple_choice item single out; nothing where they do not.

    It depends neither on which option is the key nor on the order of the options.
    """
    if not isinstance(item.item, MultipleChoice):
        return None
    options = item.options
    votes: list[list[tuple[str, int]]] = [[] for _ in options]
    for place, cue, weight in _cues(item, options):
        votes[place].append((cue, weight))
    totals = [sum(weight for _, weight in cast) for cast in votes]
    best = max(totals)
    if totals.count(best) > 1:
        return None
    chosen = totals.index(best)
    cues = [cue for cue, weight in votes[chosen] if weight > 0]
    against = [cue for place, cast in enumerate(votes) if place != chosen for cue, weight in cast if weight < 0]
    return Guess(options[chosen], tuple(sorted(set(cues or against))))


def _cues(item: ItemReading, options: Sequence[OptionReading]) -> Iterator[tuple[int, str, int]]:
    """What speaks for and against options: the place of each, the cue, its weight."""
    yield from _looks(options, item)
    yield from _middle(options)
    if (parts := compound(options)) and (best := commonest(parts)) is not None:
        yield best, "convergence", 2
    if item.article.english:
        yield from _echo(item, options)
        yield from _misfits(item, options)
        for place, option in enumerate(options):
            if not _ABSOLUTE.isdisjoint(option.wording.words):
                yield place, "absolute words elsewhere", -1
    if found := odd_one_out(item):
        yield options.index(found[0]), "another kind elsewhere", -1


def _looks(options: Sequence[OptionReading], item: ItemReading) -> Iterator[tuple[int, str, int]]:
    lengths = [len(option.wording.text) for option in options]
    *_, second, longest = sorted(lengths)
    place = lengths.index(longest)
    if longest >= second * _LONGER and longest - second >= _BY and not speaks_of_the_others(options[place], item):
        yield place, "longest option", 2


def _middle(options: Sequence[OptionReading]) -> Iterator[tuple[int, str, int]]:
    amounts = [size.amount for size in in_order(options) or ()]
    for place, amount in enumerate(amounts):
        if min(amounts) < amount < max(amounts):
            yield place, "middle value", 1


def _echo(item: ItemReading, options: Sequence[OptionReading]) -> Iterator[tuple[int, str, int]]:
    """A word of the stem that stands in one option only."""
    asked = item.stem.stems
    echoes = [option.wording.stems & asked for option in options]
    if not any(echoes):
        return
    holders = Counter(stem for echo in echoes for stem in echo)
    for place, echo in enumerate(echoes):
        if any(holders[stem] == 1 for stem in echo):
            yield place, "echo of the stem", 2


def _misfits(item: ItemReading, options: Sequence[OptionReading]) -> Iterator[tuple[int, str, int]]:
    """Options that do not go on where the stem ends, or that are one where it asks for several."""
    stem = item.stem.text
    if not stem.endswith("?") and (match := _ENDS_IN_AN_ARTICLE.search(stem)):
        fits = [takes_an(option.wording.text) == (match[1] == "an") for option in options]
    elif not _SEVERAL.isdisjoint(item.stem.words) and _ASKS_FOR_MANY.search(stem):
        fits = [_MANY.fullmatch(option.wording.text.rstrip(".")) is not None for option in options]
    else:
        return
    if any(fits):
        yield from ((place, "grammatical fit", -2) for place, fit in enumerate(fits) if not fit)


def tail(sizes: Mapping[int, int], right: int) -> float:
    """How likely at least `right` hits are by chance, where `sizes` counts items by their number of options.

    The sum of independent trials with different chances (Poisson-binomial), exact: one binomial per number of options,
    convolved. What is less likely than 1e-18 is left out.
    """
    mass = {0: 1.0}
    for options, number in sizes.items():
        added = _binomial(number, 1 / options)
        joined: dict[int, float] = {}
        for hits, chance in mass.items():
            for more, other in added.items():
                joined[hits + more] = joined.get(hits + more, 0.0) + chance * other
        mass = joined
    return min(1.0, fsum(chance for hits, chance in mass.items() if hits >= right))


def _binomial(number: int, chance: float) -> dict[int, float]:
    """Hits -> how likely so many are in `number` trials."""
    if chance >= 1:
        return {number: 1.0}
    logs = (
        lgamma(number + 1) - lgamma(hits + 1) - lgamma(number - hits + 1)
        + hits * log(chance) + (number - hits) * log1p(-chance)
        for hits in range(number + 1)
    )  # fmt: skip
    return {hits: exp(value) for hits, value in enumerate(logs) if value > _LEAST}


_LEAST = log(1e-18)

CHECKS = (robot_beats_chance,)
