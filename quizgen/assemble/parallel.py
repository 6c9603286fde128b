"""Several forms: the same items on all of them, or others that are as hard, as long and ask for the same skills."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from ..blueprint import Blueprint, Range
from ..items.fields import SKILLS
from ..pace import Pace
from .pool import Entry, Names, Pool
from .problem import Demand, Problem, mean, switch, total
from .select import Chosen, More, nothing_more, select
from .solver import ANY, Model, Row, Undecided, solve


class NoForm(Exception):
    """There is no form with all that is demanded.

    `number` is its number among the forms, from 0; `earlier` are the forms before it; `more` are all the demands beside
    the blueprint's, and `own` those of them that other forms have no part in.
    """

    def __init__(
        self, number: int, earlier: Sequence[Chosen], seed: str, forms: Sequence[str], more: More, own: More
    ) -> None:
        self.number, self.earlier, self.seed, self.forms, self.more, self.own = number, earlier, seed, forms, more, own
        super().__init__(number)


def selections(
    blueprint: Blueprint, pools: Sequence[Pool], names: Names, seed: str, forms: Sequence[str], more: More,
    *, patient: bool = True,
) -> list[Chosen]:  # fmt: skip
    """The items of each of these forms, in order. Raises `NoForm`, and `Undecided` where the solver gives up.

    Forms come one after the other: the first sets how hard and how long the others are, and each keeps away from the
    items of those before it as the blueprint demands. Where that leads nowhere, since the first took what the last
    needs, a small bank is tried with all forms at once, if the caller is `patient`.
    """
    made: list[Chosen] = []
    for number, form in enumerate(forms):
        if made and blueprint.overlap == "all":
            made.append(made[0])
            continue
        lot = (seed, "select") if blueprint.overlap == "all" else (seed, form, "select")
        parallel = _demands(blueprint, made, more) if blueprint.overlap != "all" and made else more
        chosen = select(blueprint, pools, names, lot, parallel)
        if chosen is None:
            at_once = together(blueprint, pools, names, seed, forms, more) if made and patient else None
            if at_once is None:
                raise NoForm(number, made, seed, forms, parallel, more)
            return at_once
        made.append(chosen)
    return made


def _demands(blueprint: Blueprint, made: Sequence[Chosen], more: More) -> More:
    """What the forms that were made ask of the next one."""
    if blueprint.overlap == "any" and not _alike(blueprint):
        return more
    keep_apart = apart(blueprint, made)
    first = [entry for section in made[0] for entry in section]

    def demands(problem: Problem) -> list[Demand]:
        return [*more(problem), *keep_apart(problem), *likeness(problem, first)]

    return demands


def _alike(blueprint: Blueprint) -> bool:
    """Whether forms that may share any item must still be alike: only where the blueprint states a tolerance."""
    return "tolerance" in blueprint.model_fields_set


def apart(blueprint: Blueprint, made: Sequence[Chosen]) -> More:
    """How many items a form may share with each of those that were made."""
    if blueprint.overlap == "any":
        return nothing_more
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
    pairs = [(column, slot.entry) for column, slot in enumerate(problem.slots) if slot.entry]
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


AT_ONCE, AT_ONCE_NODES = 4_000, 2_000
"""With more items and passages than this, on all forms together, or more branches, forms are not found all at once."""


def together(
    blueprint: Blueprint, pools: Sequence[Pool], names: Names, seed: str, forms: Sequence[str], more: More
) -> list[Chosen] | None:
    """All forms by one model; `None` where there are none, or it would be too large to decide."""
    problems = [Problem(blueprint, pools, names, (seed, form, "select")) for form in forms]
    width = len(problems[0].slots)
    most = 0 if blueprint.overlap in ("none", "any") else int(blueprint.overlap)
    if width * len(forms) * (len(forms) if most else 1) > AT_ONCE:
        return None
    model = Model()
    for number, problem in enumerate(problems):
        own = problem.model([*problem.demands, *more(problem)])
        model.costs += own.costs
        model.limits += own.limits
        model.rows += [_moved(row, number * width) for row in own.rows]
    model.rows += [row for number in range(1, len(forms)) for row in _as_the_first(problems[0], number * width)]
    if blueprint.overlap != "any":
        _keep_apart(model, problems[0], len(forms), most)
    try:
        values = solve(model, gap=ANY, nodes=AT_ONCE_NODES)
    except Undecided:
        return None
    if values is None:
        return None
    return [problem.items(values[number * width :]) for number, problem in enumerate(problems)]


def _moved(row: Row, by: int) -> Row:
    return Row({column + by: factor for column, factor in row.terms.items()}, row.low, row.high)


def _as_the_first(problem: Problem, by: int) -> Iterator[Row]:
    """That the form whose columns begin at `by` is as long, as hard and of the same skills as the first."""
    tolerance = problem.blueprint.tolerance
    entries = {column: slot.entry for column, slot in enumerate(problem.slots) if slot.entry}
    yield Row({**dict.fromkeys(entries, -1), **{column + by: 1 for column in entries}}, 0, 0)
    for terms, share in (
        ({column: float(entry.facility) for column, entry in entries.items()}, tolerance.difficulty / 100),
        (problem.seconds(range(len(problem.slots))), tolerance.minutes / 100),
    ):
        other = {column + by: factor for column, factor in terms.items()}
        yield Row({**other, **{column: -factor * (1 - share) for column, factor in terms.items()}}, low=0)
        yield Row({**other, **{column: -factor * (1 + share) for column, factor in terms.items()}}, high=0)
    for skill in SKILLS:
        asked = [column for column, entry in entries.items() if entry.item.skill == skill]
        both = {**{column + by: 1.0 for column in asked}, **dict.fromkeys(asked, -1.0)}
        yield Row(both, -tolerance.skills, tolerance.skills)


def _keep_apart(model: Model, problem: Problem, forms: int, most: int) -> None:
    """That any two forms share at most so many items."""
    width, places = len(problem.slots), list(problem.by_item.values())
    if not most:
        for columns in places:
            model.rows.append(Row({column + form * width: 1 for column in columns for form in range(forms)}, high=1))
        return
    for one, other in combinations(range(forms), 2):
        shared = []
        for columns in places:
            shared.append(model.column())
            both = {column + form * width: 1.0 for column in columns for form in (one, other)}
            model.rows.append(Row({**both, shared[-1]: -1.0}, high=1))
        model.rows.append(Row(dict.fromkeys(shared, 1), high=most))


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
    if forms < 2:
        return 0
    each, rest = divmod(forms * length, supply)
    pairs = rest * (each + 1) * each / 2 + (supply - rest) * each * (each - 1) / 2
    return pairs / (forms * (forms - 1) / 2)
