"""How long assembly takes, beside its goals, and how it grows with the bank and with the number of forms: `make bench`.

The bank is made by lot, and the same every time: as a rule 5,000 items in 400 passages of 40 articles, with 500 pairs
of enemies. Growth is given as the exponent of a power: 1 is twice the time for twice the size, 2 is four times.
"""

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from math import log
from typing import Any

from quizgen.assemble import assemble
from quizgen.bank import Bank, parse
from quizgen.blueprint import Blueprint
from quizgen.form import Form
from quizgen.items.difficulty import facility

from .bench import HEAD, Row, loop, python, timed

ITEMS = 5_000
PER_PASSAGE = 12.5
ARTICLES = 40
_TYPES = ("multiple_choice",) * 6 + ("true_false",) * 2 + ("short_answer",)
_BODIES = {
    "multiple_choice": "answer: w, distractors: [x, y, z]",
    "true_false": "answer: true",
    "short_answer": "answers: [w]",
}
_LEVELS = ("easy", "medium", "medium", "hard")
_SKILLS = ("retrieve", "retrieve", "infer", "interpret", "evaluate")

ONE: dict[str, Any] = {
    "items": "30", "passages": "3-6", "per_passage": "4-10", "minutes": "30-45",
    "skills": {"retrieve": "8-14", "infer": "5-9", "interpret": "4+", "evaluate": "4+"},
    "difficulty": {"easy": "6-10", "medium": "10-16", "hard": "6-10"},
}  # fmt: skip
"""What a form is to hold that is not simple."""


@cache
def bank(items: int = ITEMS) -> Bank:
    """A bank of so many items, with a passage for every 12 or 13 and a pair of enemies for every ten."""
    chance = random.Random(items)
    each = items // ARTICLES
    files = [parse(_file(f"a{number}", each, chance), f"{number}.yaml") for number in range(ARTICLES)]
    wrong = [diagnostic for _, found in files for diagnostic in found]
    if wrong:
        raise SystemExit(f"the generated bank is not sound: {wrong[0]}")
    return Bank(tuple(file for file, _ in files if file))


def _file(name: str, items: int, chance: random.Random) -> str:
    passages = max(1, round(items / PER_PASSAGE))
    texts = (" ".join(["word"] * chance.randint(100, 300)) for _ in range(passages))
    enemies: dict[int, list[str]] = {}
    for _ in range(items // 10):
        one, other = chance.sample(range(items), 2)
        enemies.setdefault(one, []).append(f"i{other}")
    lines = [f"article: {{id: {name}, title: On {name}, language: en}}", "passages:"]
    lines += [f"  - {{id: p{number}, heading: Part {number}, text: {text}}}" for number, text in enumerate(texts)]
    lines.append("items:")
    for number in range(items):
        kind = chance.choice(_TYPES)
        foes = f", enemies: [{', '.join(dict.fromkeys(enemies[number]))}]" if number in enemies else ""
        lines.append(
            f"  - {{id: i{number}, type: {kind}, stem: 'Which {number}?', passage: p{number % passages}, "
            f"difficulty: {chance.choice(_LEVELS)}, skill: {chance.choice(_SKILLS)}, "
            f"tags: [t{chance.randint(0, 7)}], {_BODIES[kind]}{foes}}}"
        )
    return "\n".join(lines) + "\n"


def assembled(wanted: dict[str, Any], seed: str = "bench", forms: int = 1, items: int = ITEMS) -> tuple[Form, ...]:
    """So many forms from a bank of so many items."""
    made, found = assemble(bank(items), Blueprint.model_validate({"quiz": "bench", **wanted}), seed, forms)
    if found:
        raise SystemExit(f"no forms: {found[0].message}")
    return made


def explained() -> None:
    """Why there is no form, and how to mend it."""
    wanted = {**ONE, "difficulty": {**ONE["difficulty"], "hard": "16+"}}
    made, _ = assemble(bank(), Blueprint.model_validate({"quiz": "bench", **wanted}), "bench", 1)
    if made:
        raise SystemExit("there is a form after all")


def rows() -> Iterator[Row]:
    """All that has a goal."""
    stick = timed(loop, 5)
    bank()
    yield Row("a million rounds of Python (yardstick)", stick, stick)
    fresh = timed(python("-m", "benchmarks.assembly", "fresh"), 5)
    read = timed(python("-m", "benchmarks.assembly", "bank"), 5)
    note = f"{1000 * (fresh.median - read.median):.0f} ms more than reading the bank"
    yield Row("1 form of 30, in a process of its own", fresh, stick, note=note)
    seeds = iter(f"{number}" for number in range(1000))
    warm = timed(lambda: assembled(ONE, next(seeds)), 9)
    yield Row("1 form of 30, solver loaded, nine seeds", warm, stick, 0.8)
    ten: list[tuple[Form, ...]] = []
    times = timed(lambda: ten.append(assembled({**ONE, "overlap": "none"}, next(seeds), 10)), 2)
    note = f"mean facility at most {max(map(_apart, ten)):.2f} % apart"
    yield Row("10 forms of 30 without overlap", times, stick, 40.0, note=note)
    same, other = ({"items": "20", "overlap": overlap} for overlap in ("all", "any"))
    yield Row("1,000 forms of the same 20 items", timed(lambda: assembled(same, forms=1000), 3), stick, 3.0)
    yield Row("1,000 forms of any 20 items", timed(lambda: assembled(other, forms=1000), 3), stick, 3.0)
    yield Row("why there is no form with 16 hard items", timed(explained, 1), stick)


def _apart(forms: Sequence[Form]) -> float:
    """How far the hardest and the easiest form are from the first in mean facility, in per cent of it."""
    shares = [facility(placed.item) for form in forms for placed in form.items]
    size = len(shares) // len(forms)
    first, *others = [sum(shares[number * size : (number + 1) * size]) for number in range(len(forms))]
    return max(100 * abs(other - first) / first for other in others)


def slopes() -> Iterator[str]:
    """How times grow."""
    sizes, numbers = (1_250, 2_500, 5_000, 10_000), (100, 300, 1_000)
    for size in sizes:
        bank(size)
    kinds: list[tuple[str, Sequence[int], Callable[[int], Callable[[], object]]]] = [
        ("1 form of 30, by the size of the bank", sizes, lambda size: partial(_three, size)),
        ("20 forms of any 20, by the size of the bank", sizes,
         lambda size: partial(assembled, {"items": "20", "overlap": "any"}, forms=20, items=size)),
        ("forms of the same 20 items, by their number", numbers,
         lambda forms: partial(assembled, {"items": "20"}, forms=forms)),
        ("forms of any 20 items, by their number", numbers,
         lambda forms: partial(assembled, {"items": "20", "overlap": "any"}, forms=forms)),
    ]  # fmt: skip
    for what, counts, run in kinds:
        times = [timed(run(count), 3).median for count in counts]
        shown = "  ".join(f"{count:,}: {1000 * time:.0f} ms" for count, time in zip(counts, times, strict=True))
        yield f"{what:<45} exponent {slope(counts, times):4.2f}   ({shown})"


def _three(size: int) -> None:
    for seed in "abc":
        assembled(ONE, seed, items=size)


def slope(sizes: Sequence[float], times: Sequence[float]) -> float:
    """The exponent of the power of size that fits the times best (least squares of the logarithms)."""
    x, y = [log(size) for size in sizes], [log(time) for time in times]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    spread = sum((one - mean_x) ** 2 for one in x)
    return sum((one - mean_x) * (other - mean_y) for one, other in zip(x, y, strict=True)) / spread


def main(part: str = "") -> None:
    """Print the table; `fresh` and `bank` are what it starts in processes of their own."""
    if part:
        assembled(ONE) if part == "fresh" else bank()
        return
    print(HEAD)
    for row in rows():
        print(row, flush=True)
    print()
    for line in slopes():
        print(line, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:2])
