"""bank + blueprint + seed -> forms. The only room where chance lives.

Chance is a ranking by hash: a thing's place depends on the seed, on what the place is for, and on the thing's own
id. So the same seed gives the same form on every machine, editing one item never moves another, and no order can
depend on which option is the key.
"""

from collections.abc import Sequence
from hashlib import sha256

from .bank import Bank, BankFile
from .blueprint import Blueprint, Places
from .diagnostics import Diagnostic, did_you_mean, error
from .form import Form, FormItem, Section
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
    files, found = _articles(bank, blueprint, at)
    if found:
        return (), found
    chosen, found = _select(files, blueprint, seed, at)
    if found:
        return (), found
    title = blueprint.title or " · ".join(file.article.title for file in files)
    return tuple(_form(letter(number), title, files, chosen, seed) for number in range(forms)), []


def _articles(bank: Bank, blueprint: Blueprint, at: Places | None) -> tuple[list[BankFile], list[Diagnostic]]:
    known = {file.article.id: file for file in bank.files}
    unknown = [name for name in blueprint.articles if name not in known]
    if unknown and at:
        return [], [
            error("Q502", f"no article is called '{name}'", at("articles"), did_you_mean(name, known))
            for name in unknown
        ]
    return [known[name] for name in blueprint.articles] or list(bank.files), []


def _name(file: BankFile, item: ItemBase) -> str:
    return f"{file.article.id}/{item.id}"


def _select(
    files: Sequence[BankFile], blueprint: Blueprint, seed: str, at: Places | None
) -> tuple[set[str], list[Diagnostic]]:
    """The full names of the items that every form holds."""
    wanted = _preference(files, seed)
    count, points = blueprint.items, blueprint.points
    if count is not None and count > len(wanted):
        span = at("items") if at else files[0].document.span(("items",), key=True)
        message = f"{count} items are asked for, and there are {len(wanted)}"
        return set(), [
            error("Q501", message, span, f"ask for {len(wanted)} or fewer, or write {count - len(wanted)} more")
        ]
    if points is None:
        return {name for name, _ in wanted[:count]}, []
    chosen = _with_points(wanted, count, points)
    if chosen is None:
        span = at("points") if at else files[0].document.span(("items",), key=True)
        many = f"{count} items" if count else "items"
        return set(), [
            error(
                "Q503", f"no {many} of this bank have {points:g} points together", span, _nearest(wanted, count, points)
            )
        ]
    return chosen, []


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


_UNIT = 0.01
"""Points are added up in hundredths, so that halves and thirds-as-0.33 sum exactly."""


def _reachable(wanted: Sequence[tuple[str, ItemBase]], limit: int) -> list[dict[int, int]]:
    """For every tail of the list: number of items -> the sums they can have, as a bit set cut off at `limit`."""
    mask = (1 << (limit + 1)) - 1
    tails: list[dict[int, int]] = [{0: 1}]
    for _, item in reversed(wanted):
        worth = round(item.points / _UNIT)
        tail = dict(tails[-1])
        for count, sums in tails[-1].items():
            if more := (sums << worth) & mask:
                tail[count + 1] = tail.get(count + 1, 0) | more
        tails.append(tail)
    return tails[::-1]


def _with_points(wanted: Sequence[tuple[str, ItemBase]], count: int | None, points: float) -> set[str] | None:
    """The items that come first in the list among those that have exactly these points (and this number)."""
    left = round(points / _UNIT)
    tails = _reachable(wanted, left)
    counts = [count] if count is not None else sorted(tails[0], reverse=True)
    count = next((number for number in counts if tails[0].get(number, 0) >> left & 1), None)
    if count is None:
        return None
    chosen = set()
    for number, (name, item) in enumerate(wanted):
        worth = round(item.points / _UNIT)
        if count and left >= worth and tails[number + 1].get(count - 1, 0) >> (left - worth) & 1:
            chosen.add(name)
            count, left = count - 1, left - worth
    return chosen


def _nearest(wanted: Sequence[tuple[str, ItemBase]], count: int | None, points: float) -> str:
    """A hint that names the sums nearest to what was asked for."""
    target = round(points / _UNIT)
    sums = 0
    for number, reached in _reachable(wanted, 2 * target)[0].items():
        sums |= reached if count in (None, number) and number else 0
    below = next((total for total in range(target, 0, -1) if sums >> total & 1), None)
    above = next((total for total in range(target, 2 * target + 1) if sums >> total & 1), None)
    near = [f"{total * _UNIT:g}" for total in (below, above) if total is not None]
    return f"the nearest are {' and '.join(near)}" if near else "ask for fewer items or more points"


def _form(form: str, title: str, files: Sequence[BankFile], chosen: set[str], seed: str) -> Form:
    sections: list[Section] = []
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
                sections.append(Section(file, passage, passages if passage else None, tuple(placed)))
    return Form(form, title, files[0].article.language, tuple(sections))


def _placed(number: int, item: ItemBase, seed: str, form: str, name: str) -> FormItem:
    return FormItem(number, item.shuffled(lambda option: rank(seed, form, "option", name, option)))
