"""Item analysis: what a class's results tell of each item, and of the whole.

Shares are of an item's points, so items of any worth compare; a candidate whose form has not the item, and an answer
that nobody has marked yet, are left out of it. Small classes tell little: every figure comes with how many it is of,
and with an interval where there is a usual one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh

import numpy
from numpy.typing import NDArray

from .results import Answer, ItemInfo, Result, Results

_Z = 1.959963984540054
"""The normal deviate of a two-sided interval of 95 %."""
GROUP = 0.27
"""What part of a class is its upper, and its lower group: best for normal scores (Kelley 1939)."""
_PICKED = ("multiple_choice", "multiple_response", "true_false")

Numbers = NDArray[numpy.float64]


@dataclass(frozen=True, slots=True)
class OptionFigures:
    """How one option did: `share` is of all who have the item, `upper` and `lower` of the two groups."""

    option: str
    right: bool
    share: float
    upper: float
    lower: float
    discrimination: float | None
    """Correlation of choosing it with the rest score; for a distractor it should be below 0."""
    discrimination_interval: tuple[float, float] | None
    share_interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """What is known of an item. `None` where too little is there, or nothing varies."""

    name: str
    type: str
    n: int
    """So many answers are marked."""
    facility: float | None
    """Mean share of the points, 0 to 1."""
    facility_interval: tuple[float, float] | None
    discrimination: float | None
    """Corrected point-biserial: correlation of the share with what the candidate earned in all other items."""
    discrimination_interval: tuple[float, float] | None
    upper_lower: float | None
    """Facility in the upper group less that in the lower."""
    omitted: float | None
    """Share of those who left it blank."""
    alpha_if_dropped: float | None
    options: tuple[OptionFigures, ...] = ()


@dataclass(frozen=True, slots=True)
class TestFigures:
    """What is known of the whole: points, of those items that everybody has and that are marked for everybody."""

    n: int
    items: int
    mean: float | None
    sd: float | None
    """Of the sample, with n - 1."""
    alpha: float | None
    """Coefficient alpha (Cronbach 1951); with items of 0 or 1 it is KR-20 (Kuder & Richardson 1937)."""
    sem: float | None
    """Standard error of measurement, in points: sd times the root of 1 - alpha."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """All figures of a class."""

    test: TestFigures
    items: tuple[ItemFigures, ...]


def analyse(results: Results) -> Analysis:
    """The figures of all items that count, by name, and of the whole."""
    students, counted = results.students, [item for item in results.items if not item.dropped]
    shares = _shares(students, counted)
    points = numpy.array([item.points for item in counted])
    whole = ~numpy.isnan(shares).any(axis=0) if len(students) else numpy.zeros(len(counted), dtype=bool)
    earned = shares[:, whole] * points[whole]
    dropped = dict(zip(numpy.flatnonzero(whole).tolist(), _alphas_without(earned), strict=True))
    figures = (
        _item(item, [one.answers.get(item.name) for one in students], shares, points, at, dropped.get(at))
        for at, item in enumerate(counted)
    )
    return Analysis(_test(earned), tuple(figures))


def _shares(students: Sequence[Result], items: Sequence[ItemInfo]) -> Numbers:
    """Students x items: shares of the points, nan where there is no marked answer."""
    found = numpy.full((len(students), len(items)), numpy.nan)
    for row, one in enumerate(students):
        for column, item in enumerate(items):
            answer = one.answers.get(item.name)
            if answer is not None and answer.earned is not None:
                found[row, column] = answer.earned / item.points
    return found


# --- The whole --------------------------------------------------------------------------------------------------


def _test(earned: Numbers) -> TestFigures:
    n, items = earned.shape
    if not n or not items:
        return TestFigures(n, items, None, None, None, None)
    totals = earned.sum(axis=1)
    sd = float(totals.std(ddof=1)) if n > 1 else None
    alpha = _alpha(earned)
    sem = None if sd is None or alpha is None else sd * sqrt(max(0.0, 1 - alpha))
    return TestFigures(n, items, float(totals.mean()), sd, alpha, sem)


def _alpha(earned: Numbers) -> float | None:
    """k / (k - 1) * (1 - sum of the items' variances / variance of the totals)."""
    n, items = earned.shape
    if n < 2 or items < 2:
        return None
    total = earned.sum(axis=1).var(ddof=1)
    return _of_variances(float(earned.var(axis=0, ddof=1).sum()), float(total), items)


def _of_variances(each: float, total: float, items: int) -> float | None:
    return None if total < _NOTHING else items / (items - 1) * (1 - each / total)


_NOTHING = 1e-12
"""A variance below it is one of rounding."""


def _alphas_without(earned: Numbers) -> list[float | None]:
    """Alpha of the other items, for each."""
    n, items = earned.shape
    if n < 2 or items < 3:
        return [None] * items
    each, totals = earned.var(axis=0, ddof=1), earned.sum(axis=1)
    rest = (totals[:, None] - earned).var(axis=0, ddof=1)
    return [_of_variances(float(each.sum() - each[at]), float(rest[at]), items - 1) for at in range(items)]


# --- An item ----------------------------------------------------------------------------------------------------


def _item(
    item: ItemInfo, answers: Sequence[Answer | None], shares: Numbers, points: Numbers, at: int, alpha: float | None
) -> ItemFigures:
    marked = ~numpy.isnan(shares[:, at])
    own, n = shares[marked, at], int(marked.sum())
    given = [answer for answer, is_marked in zip(answers, marked, strict=True) if is_marked and answer]
    if not n:
        return ItemFigures(item.name, item.type, 0, None, None, None, None, None, None, None)
    rest = _rest(shares[marked], points, at)
    upper, lower = _groups(rest)
    facility, r = float(own.mean()), _correlation(own, rest)
    return ItemFigures(
        item.name,
        item.type,
        n,
        facility,
        _wilson(facility, n) if set(own.tolist()) <= {0.0, 1.0} else None,
        r,
        _fisher(r, n),
        _mean(own, upper) - _mean(own, lower) if rest.size and rest.max() > rest.min() else None,
        sum(not answer.given for answer in given) / n,
        alpha,
        tuple(_options(item, given, rest, upper, lower)) if item.type in _PICKED else (),
    )


def _rest(shares: Numbers, points: Numbers, at: int) -> Numbers:
    """For each student the share of the points of all other items that they have."""
    others = numpy.arange(len(points)) != at
    there = ~numpy.isnan(shares[:, others])
    worth = (there * points[others]).sum(axis=1)
    earned = numpy.nansum(shares[:, others] * points[others], axis=1)
    found: Numbers = numpy.divide(earned, worth, out=numpy.zeros(len(shares)), where=worth > 0)
    return found


def _groups(scores: Numbers) -> tuple[Numbers, Numbers]:
    """How much each student counts in the upper and in the lower group: who stand at the border with the same score
    share what is left of it, so that their order in a file decides nothing."""
    return _top(scores), _top(-scores)


def _top(scores: Numbers) -> Numbers:
    size = max(1.0, GROUP * len(scores))
    found = numpy.zeros(len(scores))
    for score in sorted(set(scores.tolist()), reverse=True):
        here = scores == score
        weight = min(1.0, (size - found.sum()) / here.sum())
        if weight <= 0:
            break
        found[here] = weight
    return found


def _mean(values: Numbers, weights: Numbers) -> float:
    return float((values * weights).sum() / weights.sum())


def _options(
    item: ItemInfo, answers: Sequence[Answer], rest: Numbers, upper: Numbers, lower: Numbers
) -> list[OptionFigures]:
    found = []
    for option in item.options:
        chosen = numpy.array([float(option in answer.given) for answer in answers])
        shares = (float(chosen.mean()), _mean(chosen, upper), _mean(chosen, lower))
        r, n = _correlation(chosen, rest), len(answers)
        found.append(OptionFigures(option, option in item.right, *shares, r, _fisher(r, n), _wilson(shares[0], n)))
    return found


# --- Figures ----------------------------------------------------------------------------------------------------


def _correlation(one: Numbers, other: Numbers) -> float | None:
    """Pearson's r; nothing where one of them does not vary."""
    if len(one) < 2 or one.var() < _NOTHING or other.var() < _NOTHING:
        return None
    r = ((one - one.mean()) * (other - other.mean())).mean() / (one.std() * other.std())
    return float(min(1.0, max(-1.0, r)))


def _wilson(share: float, n: int) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927), which also holds near 0 and 1 and for few."""
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def _fisher(r: float | None, n: int) -> tuple[float, float] | None:
    """The interval of a correlation by Fisher's z (1915)."""
    if r is None or n < 4 or abs(r) >= 1:
        return None
    z, half = atanh(r), _Z / sqrt(n - 3)
    return tanh(z - half), tanh(z + half)
