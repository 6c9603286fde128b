"""Several forms: the same items on all of them, or others that are as hard, as long and ask for the same skills."""

from collections.abc import Iterator, Sequence
from math import inf

from ..blueprint import Blueprint, Range
from ..items.fields import Skill
from ..pace import Pace
from .pool import Entry, Names, Pool
from .problem import Demand, Problem, mean, switch, total
from .select import Chosen, More, select
from .solver import Row

SKILLS: tuple[Skill, ...] = ("retrieve", "infer", "interpret", "evaluate")


class NoForm(Exception):
    """There is no form with all that is demanded.

    `number` is its number among the forms, from 0; `earlier` are the forms before it; `more` are all the demands beside
    the blueprint's, and `own` those of them that other forms have no part in.
    """

    def __init__(
        self, number: int, earlier: Sequence[Chosen], seed: str, forms: Sequence[str], more: More, own: More | None
    ) -> None:
        self.number, self.earlier, self.seed, self.forms, self.more, self.own = number, earlier, seed, forms, more, own
        super().__init__(number)


def selections(
    blueprint: Blueprint, pools: Sequence[Pool], names: Names, seed: str, forms: Sequence[str], more: More | None
) -> Iterator[Chosen]:
    """The items of each of these forms, in order. Raises `NoForm`, and `Undecided` where the solver gives up.

    Forms come one after the other: the first sets how hard and how long the others are, and each keeps away from the
    items of those before it as the blueprint demands.
    """
    made: list[Chosen] = []
    for number, form in enumerate(forms):
        if made and blueprint.overlap == "all":
            yield made[0]
            continue
        lot = (seed, "select") if blueprint.overlap == "all" else (seed, form, "select")
        parallel = _demands(blueprint, made, more) if blueprint.overlap != "all" and made else more
        chosen = _one(blueprint, pools, names, lot, parallel)
        if chosen is None:
            raise NoForm(number, made, seed, forms, parallel or (lambda _: []), more)
        made.append(chosen)
        yield chosen


def _one(
    blueprint: Blueprint, pools: Sequence[Pool], names: Names, lot: Sequence[str], more: More | None
) -> Chosen | None:
    return select(blueprint, pools, names, lot, more) if more else select(blueprint, pools, names, lot)


def _demands(blueprint: Blueprint, made: Sequence[Chosen], more: More | None) -> More | None:
    """What the forms that were made ask of the next one."""
    if blueprint.overlap == "any" and not _alike(blueprint):
        return more
    keep_apart = apart(blueprint, made)
    first = [entry for section in made[0] for entry in section]

    def demands(problem: Problem) -> list[Demand]:
        own = more(problem) if more else []
        return [*own, *keep_apart(problem), *likeness(problem, first)]

    return demands


def _alike(blueprint: Blueprint) -> bool:
    """Whether forms that may share any item must still be alike: only where the blueprint states a tolerance."""
    return "tolerance" in blueprint.model_fields_set


def apart(blueprint: Blueprint, made: Sequence[Chosen]) -> More:
    """How many items a form may share with each of those that were made."""
    if blueprint.overlap == "any":
        return lambda _: []
    most = Range(0, 0 if blueprint.overlap == "none" else float(blueprint.overlap))

    def demands(problem: Problem) -> list[Demand]:
        items = [[entry.name for section in form for entry in section] for form in made]
        if not most.high:
            return [
                problem.at_most(("overlap",), "items of the forms before", [n for form in items for n in form], most)
            ]
        return [problem.at_most(("overlap",), "items of another form", form, most) for form in items]

    return demands


def likeness(problem: Problem, first: Sequence[Entry]) -> list[Demand]:
    """That a form is as hard and as long as the first, and asks as often for each skill."""
    tolerance = problem.blueprint.tolerance
    entries = [(column, slot.entry) for column, slot in enumerate(problem.slots) if slot.entry]
    pairs = [(column, entry) for column, entry in entries if entry]
    target = sum(entry.facility for entry in first) / len(first) / 1000
    near = Range(target * (1 - tolerance.difficulty / 100), target * (1 + tolerance.difficulty / 100))
    difficulty = mean({column: entry.facility for column, entry in pairs}, 1000)
    seconds = length(first, problem.pace)
    found = [
        switch(("tolerance", "difficulty"), f"as hard as the first form ({target:.2f})", difficulty(near)),
        switch(
            ("tolerance", "minutes"),
            f"as long as the first form ({seconds / 60:.0f} minutes)",
            [
                Row(
                    problem.seconds(range(len(problem.slots))),
                    seconds * (1 - tolerance.minutes / 100),
                    seconds * (1 + tolerance.minutes / 100),
                )
            ],
        ),
    ]
    for skill in SKILLS:
        asked = sum(entry.item.skill == skill for entry in first)
        wanted = Range(max(0, asked - tolerance.skills), asked + tolerance.skills)
        row = total((), skill, wanted, {column: 1 for column, entry in pairs if entry.item.skill == skill})
        found.append(
            switch(
                ("tolerance", "skills"), f"as many items that ask to {skill} as the first ({asked})", row.constraints
            )
        )
    return found


def length(entries: Sequence[Entry], pace: Pace) -> int:
    """How many seconds the items and their passages take."""
    passages = {(entry.file.article.id, entry.item.passage): entry for entry in entries if entry.item.passage}
    read = sum(
        round(pace.reading(entry.file.by_id[name].words) * 60)
        for (_, name), entry in passages.items()
        if name in entry.file.by_id
    )
    return read + sum(entry.seconds(pace) for entry in entries)


def fewest_shared(forms: int, length: int, supply: int) -> float:
    """The least number of items that two of some forms share on average, if each has `length` of `supply` items.

    Each item is on as many forms as any other, as nearly as can be; two forms that have it share it.
    """
    if not supply or forms < 2:
        return inf if not supply else 0
    each, rest = divmod(forms * length, supply)
    pairs = rest * (each + 1) * each / 2 + (supply - rest) * each * (each - 1) / 2
    return pairs / (forms * (forms - 1) / 2)
