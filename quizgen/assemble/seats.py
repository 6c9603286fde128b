"""Who sits beside whom gets which form: neighbours should share as few answers at the same number as they can.

Pure functions over indices: candidate `i` is the i-th of the roster, and `pairs` are (candidate, candidate, weight).
What counts of a form is what could be written at each number (`printed`, which knows no key), or what should be
(`answers`). There is no best dealing in reasonable time (it is a colouring problem), so a good one is found: greedily,
seat by seat, and then by changes and swaps until none of them helps.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from itertools import chain, repeat
from typing import TypeAlias

from ..form import Form
from ..items import ItemBase

VARIANTS = 8
"""Among so many orders of a candidate's own form `seat_variants` is meant to choose."""

Answers: TypeAlias = Sequence[tuple[frozenset[Hashable], float]]
"""What a form has at each number, and its points. Two forms share of these what both sets have."""
Pairs: TypeAlias = Sequence[tuple[int, int, float]]
"""Neighbours: two candidates, each pair once, and how well one sees what the other writes."""
Lot: TypeAlias = Callable[[str], bytes]
"""A ranking that decides between what is equally good, such as `partial(rank, seed, "seat")`."""

WEIGHTS = {(0, 1): 1.0, (1, 0): 0.5, (1, -1): 0.5, (1, 1): 0.5}
"""(rows behind, places to the right) -> weight: who sits beside is seen best; in front, behind and diagonally, half."""

Near: TypeAlias = Sequence[Sequence[tuple[int, float]]]
"""Candidate -> the neighbours, and how near they are."""

_SMALL = 1e-9
_AROUND = 300
"""A swap is looked for among so many candidates before and after one, which keeps thousands quick."""
_PASSES = 30
_SMALL_ROOM = 40
_STARTS = 12
"""A room of at most so many is dealt so many times more, each from another start."""


def answers(form: Form) -> Answers:
    """What a perfect candidate writes; nothing for an essay.

    For reports: where forms are placed by it, what neighbours have printed tells something of the key.
    """
    return tuple((_written(placed.item.written_key()), placed.item.points) for placed in form.items)


def _written(key: list[str] | float | None) -> frozenset[Hashable]:
    return frozenset() if key is None else frozenset([tuple(key) if isinstance(key, list) else key])


def printed(form: Form) -> Answers:
    """Which option stands at which letter; for an item without options, the item.

    Two forms then share what copying brings on average over all options that may be right: forms can be placed by it
    without a look at the key. Only what different items have in common by chance is not in it.
    """
    return tuple(
        (_options(item_set.source.article.id, placed.item), placed.item.points)
        for item_set in form.sets
        for placed in item_set.items
    )


def _options(article: str, item: ItemBase) -> frozenset[Hashable]:
    if item.type == "essay":
        return frozenset()
    return _placed((article, item.id), tuple(choice.id for choice in item.printed))


@lru_cache(maxsize=2**16)
def _placed(name: tuple[str, str], options: tuple[str, ...]) -> frozenset[Hashable]:
    """Remembered, so that thousands of forms share the sets of the few orders that four options have."""
    return frozenset((name, place, option) for place, option in enumerate(options)) or frozenset([name])


def agreement(one: Answers, other: Answers) -> float:
    """The points that both share at the same numbers: what copying blindly brings (the mean of both ways)."""
    return sum(
        (points + points_too) / 2 * len(written & written_too) / max(len(written), len(written_too))
        for (written, points), (written_too, points_too) in zip(one, other, strict=False)
        if not written.isdisjoint(written_too)
    )


def neighbours(seats: Sequence[tuple[int, int]]) -> Pairs:
    """The pairs of those who sit beside, before and behind each other, in the order of the seats (row, place)."""
    taken = {seat: number for number, seat in enumerate(seats)}
    return [
        (taken[row, place], taken[row + behind, place + right], weight)
        for row, place in sorted(taken)
        for (behind, right), weight in WEIGHTS.items()
        if (row + behind, place + right) in taken
    ]


def in_line(count: int) -> Pairs:
    """Pairs without a seat map: each of so many candidates sits beside the next."""
    return [(number, number + 1, 1.0) for number in range(count - 1)]


def expected_gain(dealt: Sequence[Answers], pairs: Pairs) -> float:
    """How many points somebody gets on average who copies all answers of a neighbour; `dealt` are their forms."""
    whole = sum(weight for _, _, weight in pairs)
    return sum(weight * agreement(dealt[i], dealt[j]) for i, j, weight in pairs) / whole if whole else 0.0


def seat_variants(answers: Sequence[Sequence[Answers]], pairs: Pairs) -> list[int]:
    """For each candidate, which of the variants of the own form to take: `answers[candidate][variant]`.

    All together are never worse than variant 0 for everybody.
    """
    near, order = _near(len(answers), pairs), _seat_order(len(answers), pairs)

    def total(found: Sequence[int]) -> float:
        return expected_gain([own[variant] for own, variant in zip(answers, found, strict=True)], pairs)

    greedy, plain = _settled(answers, near, order, {}), [0] * len(answers)
    return greedy if total(greedy) <= total(plain) else _settled(answers, near, order, dict.fromkeys(order, 0))


def _settled(
    answers: Sequence[Sequence[Answers]], near: Near, order: Sequence[int], chosen: dict[int, int]
) -> list[int]:
    """Each in turn takes the variant that shares least with what the neighbours have chosen, until nobody changes."""

    def settle(candidate: int) -> bool:
        placed = [(other, weight) for other, weight in near[candidate] if other in chosen]
        shared = [
            sum(weight * agreement(own, answers[other][chosen[other]]) for other, weight in placed)
            for own in answers[candidate]
        ]
        before, best = chosen.get(candidate), min(range(len(shared)), key=shared.__getitem__)
        if before is not None and shared[best] >= shared[before] - _SMALL:
            return False
        chosen[candidate] = best
        return True

    unsettled = set(order)
    for candidate in chain.from_iterable(repeat(order, _PASSES)):
        if candidate in unsettled:
            unsettled.remove(candidate)
            if settle(candidate):
                unsettled.update(other for other, _ in near[candidate])
        elif not unsettled:
            break
    return [chosen[candidate] for candidate in range(len(answers))]


def deal(answers: Sequence[Answers], count: int, pairs: Pairs, lot: Lot) -> list[int]:
    """For each of so many candidates, which of the forms to take; each is taken about equally often (give or take one).

    Never worse than dealing the forms in turn, A B C D A B ...
    """
    forms = len(answers)
    shared = [[agreement(one, other) for other in answers] for one in answers]
    near = _near(count, pairs)
    order = _seat_order(count, pairs)
    starts = [order, *([_by_lot(count, lot, f"{start}") for start in range(_STARTS)] if count <= _SMALL_ROOM else [])]
    rooms = [_Room(shared, near, _greedy(shared, near, start, lot)) for start in starts]
    rooms.append(_Room(shared, near, [candidate % forms for candidate in range(count)]))
    for room in rooms:
        room.improve()
    return min(rooms, key=lambda room: round(room.total(), 6)).dealt


def _near(count: int, pairs: Pairs) -> Near:
    near: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for i, j, weight in pairs:
        near[i].append((j, weight))
        near[j].append((i, weight))
    return near


def _seat_order(count: int, pairs: Pairs) -> list[int]:
    """The candidates as `neighbours` met them, seat by seat; then those who sit alone."""
    return list(dict.fromkeys([*(i for i, _, _ in pairs), *(j for _, j, _ in pairs), *range(count)]))


def _by_lot(count: int, lot: Lot, name: str) -> list[int]:
    return sorted(range(count), key=lambda candidate: lot(f"{name}/{candidate}"))


def _greedy(shared: Sequence[Sequence[float]], near: Near, order: Sequence[int], lot: Lot) -> list[int]:
    """Candidate by candidate, the form that shares least with the neighbours' and is still to be had."""
    least, more = divmod(len(order), len(shared))
    used = [0] * len(shared)
    dealt: dict[int, int] = {}
    for candidate in order:
        costs = [
            round(sum(weight * row[dealt[other]] for other, weight in near[candidate] if other in dealt), 6)
            for row in shared
        ]
        full = least if sum(times > least for times in used) == more else least + 1
        free = [form for form in range(len(shared)) if used[form] < full]
        best = min(free, key=lambda form: (costs[form], used[form], lot(f"{candidate}/{form}")))
        dealt[candidate] = best
        used[best] += 1
    return [dealt[candidate] for candidate in range(len(order))]


class _Room:
    """Who has which form, and what each form would cost everybody, given the neighbours' forms."""

    def __init__(self, shared: Sequence[Sequence[float]], near: Near, dealt: list[int]) -> None:
        self.shared, self.near, self.dealt = shared, near, dealt
        self.used = [dealt.count(form) for form in range(len(shared))]
        self.cost = [[sum(weight * row[dealt[j]] for j, weight in seen) for row in shared] for seen in near]

    def total(self) -> float:
        return sum(self.cost[i][form] for i, form in enumerate(self.dealt))

    def improve(self) -> None:
        """Change and swap forms until nothing helps; every step lowers the total."""
        for _ in range(_PASSES):
            if not sum(self._change(i) or self._swap(i) for i in range(len(self.dealt))):
                return

    def _change(self, i: int) -> bool:
        """Give a candidate a better form that is used less often."""
        own, costs = self.dealt[i], self.cost[i]
        free = [form for form, times in enumerate(self.used) if times < self.used[own]]
        best = min(free, key=costs.__getitem__, default=own)
        if costs[best] >= costs[own] - _SMALL:
            return False
        self._give(i, best)
        return True

    def _swap(self, i: int) -> bool:
        """Swap forms with whom it helps most."""
        own, costs = self.dealt[i], self.cost[i]
        gains = [costs[own] - cost for cost in costs]
        best, partner = -_SMALL, -1
        for j, weight in self.near[i]:
            theirs = self.dealt[j]
            # Each counts the pair with the other's old form; among themselves, nothing changes.
            both = self.shared[own][own] + self.shared[theirs][theirs] - 2 * self.shared[own][theirs]
            change = self.cost[j][own] - self.cost[j][theirs] - gains[theirs] - weight * both
            if theirs != own and change < best:
                best, partner = change, j
        if max(gains) > _SMALL:
            beside = {j for j, _ in self.near[i]}
            for j in range(max(0, i - _AROUND), min(len(self.dealt), i + _AROUND)):
                theirs = self.dealt[j]
                if gains[theirs] > _SMALL and j not in beside:
                    change = self.cost[j][own] - self.cost[j][theirs] - gains[theirs]
                    if change < best:
                        best, partner = change, j
        if partner < 0:
            return False
        theirs = self.dealt[partner]
        self._give(i, theirs)
        self._give(partner, own)
        return True

    def _give(self, i: int, form: int) -> None:
        before, self.dealt[i] = self.dealt[i], form
        self.used[before] -= 1
        self.used[form] += 1
        for j, weight in self.near[i]:
            costs = self.cost[j]
            for other, row in enumerate(self.shared):
                costs[other] += weight * (row[form] - row[before])
