"""Whether places tell the key: of options in their items, of forms among their files."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import exp, lgamma, log

from ..diagnostics import Diagnostic, Span, error
from ..form import Form
from ..items import MultipleChoice

_CHANCE = 1e-6
"""What happens less often than this is no chance."""


def key_places(forms: Sequence[Form]) -> Iterator[Diagnostic]:
    """Whether keys stand in one place among the options more often, or less often, than chance would have it.

    By the exact binomial distribution, for each number of options; an order that is the same on several forms counts
    once, and items whose order the author gave do not count.
    """
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    seen: set[tuple[str, ...]] = set()
    for form in forms:
        for placed in form.items:
            item = placed.item
            if not isinstance(item, MultipleChoice) or item.order == "ascending":
                continue
            order = tuple(choice.id for choice in item.printed)
            if any(choice.pinned for choice in item.printed) or (item.id, *order) in seen:
                continue
            seen.add((item.id, *order))
            counts[len(order)][order.index(item.correct_response())] += 1
    for size, places in sorted(counts.items()):
        whole = sum(places.values())
        for place in range(size):
            if tail(places[place], whole, 1 / size) * size * 2 < _CHANCE:
                message = f"of {whole} items with {size} options the key is option {place + 1} in {places[place]}"
                yield error("Q575", message, Span("students"), "report it: the order of options is to be one of chance")


def tail(count: int, whole: int, share: float) -> float:
    """How likely it is that a count is as far from its mean, on the same side (binomial distribution)."""
    if not whole:
        return 1.0
    wanted = range(count, whole + 1) if count >= whole * share else range(count, -1, -1)
    sum_ = 0.0
    for k in wanted:
        term = exp(
            lgamma(whole + 1) - lgamma(k + 1) - lgamma(whole - k + 1) + k * log(share) + (whole - k) * log(1 - share)
        )
        sum_ += term
        if term < sum_ * 1e-12:
            break
    return min(1.0, sum_)


def telling_files(forms: Mapping[str, Form], sizes: Mapping[str, int]) -> Iterator[Diagnostic]:
    """Whether files that are sorted by name or by size are sorted by the key of an item, too."""
    for suffix in sorted({name.rpartition(".")[2] for name in sizes}):
        names = [name for name in sizes if name in forms and name.endswith(f".{suffix}")]
        for how, order in (
            ("name", sorted(names, key=_by_number)),
            ("size", sorted(names, key=lambda n: (sizes[n], n))),
        ):
            if how == "size" and len({sizes[name] for name in order}) < 2:
                continue
            keys: dict[str, list[str]] = defaultdict(list)
            for name in order:
                for placed in forms[name].items:
                    if isinstance(placed.item, MultipleChoice):
                        keys[placed.item.id].append("".join(placed.item.written_key()))
            for item, row in keys.items():
                if len(row) == len(order) and sorted_by_chance(row) * len(keys) < _CHANCE:
                    message = f"files that are sorted by {how} are sorted by the key of '{item}'"
                    yield error("Q575", message, Span(order[0]), "give the files other names, or build again")


def _by_number(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d{1,9}|\D+", name)]


def sorted_by_chance(row: Sequence[str]) -> float:
    """How likely it is that equal letters stand together in a row as they do, if it is mixed; 1 where they do not."""
    runs = 1 + sum(one != other for one, other in zip(row, row[1:], strict=False))
    counts = Counter(row)
    if runs != len(counts) or len(counts) < 2:
        return 1.0
    ways = lgamma(len(counts) + 1) + sum(lgamma(count + 1) for count in counts.values()) - lgamma(len(row) + 1)
    return exp(ways)
