"""What frames the items of a form, alike for students and on the key: its head, its sections, the rules of marking."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import Generic, TypeVar

from ..form import Form, ItemSet, Section
from ..items import ITEM_TYPES
from .plurals import as_written, counted
from .templating import words

Set = TypeVar("Set")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a form."""

    label: str
    """What tells it from the others: `Form B`, or its candidate's id."""
    title: str
    language: str
    header: str | None
    facts: str
    """How many questions, what they are worth, and how long there is."""
    instructions: str | None
    rules: tuple[str, ...]
    """What a candidate must know of the marking; nothing where it is as usual."""
    name: str | None
    """The candidate's, where the form is for one."""


@dataclass(frozen=True, slots=True)
class ShownSection(Generic[Set]):
    """A section with its sets, and the HTML headings that articles and passages have below its title."""

    title: str | None
    instructions: str | None
    sets: tuple[Set, ...]
    article: str
    passage: str


def head(form: Form) -> Head:
    """What stands above a form."""
    said, candidate = words(form.language), form.candidate
    return Head(
        candidate.id if candidate else said["form"].format(id=form.id),
        form.title,
        form.language,
        form.header,
        _facts(form, said),
        form.instructions,
        tuple(_rules(form, said)),
        candidate.name if candidate else None,
    )


def sections(form: Form, shown: Callable[[ItemSet, bool], Set]) -> tuple[ShownSection[Set], ...]:
    """The sections of a form; `shown` makes a set of an item set and of whether its article's title is above it."""
    several = len({item_set.source.article.id for item_set in form.sets}) > 1
    return tuple(_section(section, shown, several=several) for section in form.sections if section.sets)


def _section(section: Section, shown: Callable[[ItemSet, bool], Set], *, several: bool) -> ShownSection[Set]:
    """Titles of articles are printed where there are several of them, and only where each stands in one piece."""
    runs = [list(run) for _, run in groupby(section.sets, lambda item_set: item_set.source.article.id)]
    titled = several and len({run[0].source.article.id for run in runs}) == len(runs)
    sets = tuple(shown(item_set, titled and item_set is run[0]) for run in runs for item_set in run)
    level = 3 if section.title else 2
    return ShownSection(section.title, section.instructions, sets, f"h{level}", f"h{level + titled}")


def minutes_of(form: Form) -> float | None:
    """The working time; a candidate's own is in whole minutes."""
    extra = form.candidate.extra_time if form.candidate else 0
    if form.minutes_given is None or not extra:
        return form.minutes_given
    return ceil(round(form.minutes_given * (1 + extra), 6))


# --- In words -------------------------------------------------------------------------------------------------


def _facts(form: Form, said: Mapping[str, str]) -> str:
    amounts = [("questions", sum(1 for _ in form.items)), ("points", form.points), ("minutes", minutes_of(form))]
    return said["comma"].join(counted(name, n, said) for name, n in amounts if n is not None)


_IN_PARTS = ("multiple_response", "matching", "ordering", "cloze")
"""The types of items that can be right in part."""
_SHARES = {1: "all", 1 / 2: "half", 1 / 3: "third", 1 / 4: "quarter", 1 / 5: "fifth"}


def _rules(form: Form, said: Mapping[str, str]) -> Iterator[str]:
    present = {placed.item.type for placed in form.items if not placed.item.hand_scored}
    types = [name for name in ITEM_TYPES if name in present]
    costs = {name: -form.scoring.rule(name).wrong for name in types}
    for cost in sorted({cost for cost in costs.values() if cost}, reverse=True):
        yield _of([name for name in types if costs[name] == cost], types, "wrong_costs", said, cost=_share(cost, said))
    if any(costs.values()):
        yield said["blank_costs_nothing"]
    divided = [name for name in types if name in _IN_PARTS]
    whole = [name for name in divided if not form.scoring.rule(name).partial]
    if whole:
        yield _of(whole, divided, "partly_is_wrong", said)


def _of(some: list[str], every: list[str], rule: str, said: Mapping[str, str], **values: str) -> str:
    """The rule, and for which types it is where it is not for all."""
    if some == every:
        return said[rule].format(**values)
    kinds = said["comma"].join(said[f"of_{name}"] for name in some)
    return said[f"{rule}_in"].format(kinds=kinds[0].upper() + kinds[1:], **values)


def _share(share: float, said: Mapping[str, str]) -> str:
    name = next((name for value, name in _SHARES.items() if abs(share - value) < 0.005), None)
    return said[name] if name else said["percent"].format(n=as_written(float(f"{share * 100:.3g}"), said))
