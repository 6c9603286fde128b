"""bank + blueprint + seed -> forms. The only room where chance lives.

Chance is a ranking by hash: a thing's place depends on the seed, on what the place is for, and on the thing's own
id. So the same seed gives the same form on every machine, editing one item never moves another, and no order can
depend on which option is the key.
"""

from collections.abc import Sequence
from hashlib import sha256
from math import ceil, gcd

from .bank import Bank, BankFile
from .blueprint import Blueprint, Places
from .diagnostics import Diagnostic, Span, did_you_mean, error, warning
from .form import Form, FormItem, ItemSet
from .items import ItemBase, letter

SET_SIZE = 4
"""How many items a passage brings while others have not brought as many: enough to be worth the reading."""


def rank(seed: str, *names: str) -> bytes:
    """Where a thing comes in an order that only (seed, names) decide: sort by this.

    A hash, not a generator: the order is the same on every machine and Python version, one item's
    edit moves no other, and nothing but the thing's own id enters it.
    """
    return sha256("\x1f".join((seed, *names)).encode()).digest()


def assemble(
    bank: Bank, blueprint: Blueprint, seed: str, forms: int, at: Places | None = None
) -> tuple[tuple[Form, ...], list[Diagnostic]]:
    """As many forms as asked for, or why there are none; `at` tells where the blueprint's demands were made.

    All forms hold the same items. They differ in the order of the items of each passage and in the order of the
    options. Passages stay in the order of their article.
    """
    if not bank.size:
        return (), [error("Q112", "the bank has no items", bank.files[0].document.span() if bank.files else Span(""))]
    at = at or (lambda _: bank.files[0].document.span(("items",), key=True))
    files, found = _articles(bank, blueprint, at)
    if found:
        return (), found
    chosen, found = _select(files, blueprint, seed, at)
    if found:
        return (), found
    title = blueprint.title or " · ".join(file.article.title for file in files)
    return tuple(_form(letter(number), title, files, chosen, seed) for number in range(forms)), []


def over_time(form: Form, blueprint: Blueprint, at: Places) -> list[Diagnostic]:
    """A warning where reading and answering the form takes longer than the blueprint gives."""
    if blueprint.minutes is None or form.minutes <= blueprint.minutes:
        return []
    message = f"a form takes about {ceil(form.minutes)} minutes, and {blueprint.minutes:g} are given"
    return [warning("Q504", message, at("minutes"), "give more time, or ask for fewer items on fewer passages")]


def _articles(bank: Bank, blueprint: Blueprint, at: Places) -> tuple[list[BankFile], list[Diagnostic]]:
    known = {file.article.id: file for file in bank.files}
    wanted = dict.fromkeys(blueprint.articles or known)
    return [known[name] for name in wanted if name in known], [
        error("Q502", f"no article is called '{name}'", at("articles"), did_you_mean(name, known))
        for name in wanted
        if name not in known
    ]


def _name(file: BankFile, item: ItemBase) -> str:
    return f"{file.article.id}/{item.id}"


def _select(
    files: Sequence[BankFile], blueprint: Blueprint, seed: str, at: Places
) -> tuple[set[str], list[Diagnostic]]:
    """The full names of the items that every form holds."""
    wanted = _preference(files, seed)
    count, points = blueprint.items, blueprint.points
    if count is not None and count > len(wanted):
        message = f"{count} items are asked for, and there are {len(wanted)}"
        hint = f"ask for {len(wanted)} or fewer, or write {count - len(wanted)} more"
        return set(), [error("Q501", message, at("items"), hint)]
    if points is None:
        return {name for name, _ in wanted[:count]}, []
    sums = _Sums([round(item.points * 100) for _, item in wanted], count)
    places = sums.first(round(points * 100))
    if places is None:
        message = f"no {f'{count} items' if count else 'items'} of this bank have {points:g} points together"
        near = [f"{total / 100:g}" for total in sums.nearest(round(points * 100))]
        hint = f"the nearest: {', '.join(near)}" if near else "ask for fewer items or more points"
        return set(), [error("Q503", message, at("points"), hint)]
    return {wanted[place][0] for place in places}, []


def _preference(files: Sequence[BankFile], seed: str) -> list[tuple[str, ItemBase]]:
    """All items, first those to be taken first: passage by passage, each by lot.

    An item that is drawn brings others of its passage along, up to `SET_SIZE`, since a passage that was read should
    be asked about; what is left over comes last.
    """
    named = [(_name(file, item), file, item) for file in files for item in file.items]
    drawn = sorted(named, key=lambda entry: rank(seed, "select", entry[0]))
    sets: dict[tuple[str, str], list[tuple[str, ItemBase]]] = {}
    for name, file, item in drawn:
        sets.setdefault((file.article.id, item.passage or f"\0{item.id}"), []).append((name, item))
    first = [entry for members in sets.values() for entry in members[:SET_SIZE]]
    return first + [entry for members in sets.values() for entry in members[SET_SIZE:]]


class _Sums:
    """Which sums some of these numbers can have: some `count` of them, or any number of them (`None`).

    Numbers are hundredths of a point, counted in their greatest common divisor. `tails[n]` says of the numbers from
    the n-th on: how many are taken -> the sums that so many can have, as a set of bits.
    """

    def __init__(self, numbers: Sequence[int], count: int | None) -> None:
        self.unit = gcd(*numbers) or 1
        self.numbers = [number // self.unit for number in numbers]
        self.step = 0 if count is None else 1  # without a count, how many are taken need not be told apart
        self.count = count or 0
        self.tails: list[dict[int, int]] = [{0: 1}]
        for number in reversed(self.numbers):
            tail = dict(self.tails[-1])
            for taken, sums in self.tails[-1].items():
                if taken + self.step <= self.count:
                    tail[taken + self.step] = tail.get(taken + self.step, 0) | sums << number
            self.tails.append(tail)
        self.tails.reverse()

    def first(self, total: int) -> list[int] | None:
        """The places of the numbers that come first among those with this sum; `None` where there are none."""
        left, rest = divmod(total, self.unit)
        taken = self.count
        if rest or not self.tails[0].get(taken, 0) >> left & 1:
            return None
        places = []
        for place, number in enumerate(self.numbers):
            after = self.tails[place + 1].get(taken - self.step, 0)
            if left >= number and taken >= self.step and left and after >> (left - number) & 1:
                places.append(place)
                taken, left = taken - self.step, left - number
        return places

    def nearest(self, total: int) -> list[int]:
        """The sums just below and just above."""
        sums, middle = self.tails[0].get(self.count, 0), total // self.unit
        below = (sums & ((1 << (middle + 1)) - 1)).bit_length() - 1
        above = sums >> (middle + 1)
        found = [below] if below > 0 else []
        found += [middle + 1 + (above & -above).bit_length() - 1] if above else []
        return [number * self.unit for number in found]


def _form(form: str, title: str, files: Sequence[BankFile], chosen: set[str], seed: str) -> Form:
    sets: list[ItemSet] = []
    number = passages = 0
    for file in files:
        for passage in (*file.passages, None):
            names = [(_name(file, item), item) for item in file.items if item.passage == (passage and passage.id)]
            members = sorted(
                (entry for entry in names if entry[0] in chosen), key=lambda entry: rank(seed, form, "item", entry[0])
            )
            if members:
                passages += passage is not None
                placed = [
                    _placed(number + place, item, seed, form, name) for place, (name, item) in enumerate(members, 1)
                ]
                number += len(placed)
                sets.append(ItemSet(file, passage, passages if passage else None, tuple(placed)))
    return Form(form, title, files[0].article.language, tuple(sets))


def _placed(number: int, item: ItemBase, seed: str, form: str, name: str) -> FormItem:
    return FormItem(number, item.shuffled(lambda option: rank(seed, form, "option", name, option)))
