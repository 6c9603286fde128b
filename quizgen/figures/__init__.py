"""How forms turned out: each by itself, beside the others, and beside what the blueprint demands.

All shares are of the points of a form, 0 to 1. What grows with the square of the number of forms is counted by items,
or only for the pairs of neighbours.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise
from math import comb

from ..blueprint import Blueprint, Range
from ..form import Form
from ..items import ITEM_TYPES, TrueFalse, letter
from ..items.difficulty import LEVELS, facility, level
from ..items.fields import SKILLS
from .copying import Copying, Pairs, Sheet, copied, copying
from .demands import Demand, demanded
from .guessing import chance, given_away
from .names import item_names, passage_names

__all__ = ["SHOWN", "Copying", "Demand", "Figures", "FormFigures", "Overlap", "Pairs", "chance", "compare", "copied"]

SHOWN = 16
"""Up to so many forms, each is compared with each other one; more are summed up."""

COMPARED = 1500
"""Of more different sets of items, the two that are most alike are not looked for."""


@dataclass(frozen=True)
class FormFigures:
    """What one form is."""

    id: str
    items: int
    points: float
    minutes: float
    passages: int
    facility: float
    """The share of right answers that is expected, on average over the items."""
    skills: Mapping[str, int]
    difficulties: Mapping[str, int]
    types: Mapping[str, int]
    letters: Mapping[str, int]
    """How often each letter is the key of a choice item, where it is one letter; also those that never are."""
    judgements: Mapping[str, int]
    """How often T and F are right."""
    run: int
    """The longest run of one letter among the keys."""
    guessing: float
    """What blind guessing earns, on average."""
    given_away: float
    """What guessing earns more for who knows that runs are kept short."""


@dataclass(frozen=True)
class Overlap:
    """How many things (items or passages) two forms share."""

    mean: float
    most: int | None
    """`None` where there are too many forms to find the two that share most."""
    matrix: tuple[tuple[int, ...], ...] | None
    """Each form with each; with itself, how many it has. For at most `SHOWN` forms."""


@dataclass(frozen=True)
class Figures:
    """All that is known of the forms of a build."""

    title: str
    language: str
    forms: tuple[FormFigures, ...]
    demands: tuple[Demand, ...]
    items: Overlap
    passages: Overlap
    exposure: Mapping[str, int]
    """Full name of an item -> on how many forms it is, the most exposed first."""
    max_run: int | None
    seated: bool
    """Whether it is known who sits beside whom."""
    copying: Copying | None
    """Between neighbours; `None` where there are no neighbours."""
    before: Copying | None
    """Before forms were fitted to the seats."""
    alike: Copying
    """If each form lay beside itself; what a person reads earns nothing."""

    def span(self, figure: Callable[[FormFigures], float]) -> Range:
        """The smallest and the largest among the forms."""
        return _span([figure(form) for form in self.forms])


def compare(
    forms: Sequence[Form], blueprint: Blueprint, pairs: Pairs | None = None, before: Sequence[Form] | None = None
) -> Figures:
    """The figures of at least one form.

    Without `pairs`, up to `SHOWN` forms may all sit side by side, and of more each sits beside the next. `before` are
    the forms as they were before they were fitted to the seats, with the same ids.
    """
    sheets = {form.id: Sheet(form) for form in forms}
    ids = list(sheets)
    seated = pairs is not None
    if pairs is None:
        pairs = list(combinations(ids, 2)) if len(ids) <= SHOWN else list(pairwise(ids))
    chances: dict[str, float] = {}
    made = tuple(_figures(form, sheets[form.id], blueprint.max_run, chances) for form in forms)
    guessing = {one.id: one.guessing for one in made}
    items = {form.id: frozenset(item_names(form.sets)) for form in forms}
    shared = _overlap(list(items.values()))
    used = Counter(name for form in forms for name in items[form.id])
    return Figures(
        title=forms[0].title,
        language=forms[0].language,
        forms=made,
        demands=(*demanded(blueprint, forms), *_between(blueprint, made, shared)),
        items=shared,
        passages=_overlap([frozenset(passage_names(form.sets)) for form in forms]),
        exposure=dict(sorted(used.items(), key=lambda entry: (-entry[1], entry[0]))),
        max_run=blueprint.max_run,
        seated=seated,
        copying=copying(sheets, pairs, guessing) if pairs else None,
        before=copying({form.id: Sheet(form) for form in before}, pairs, guessing) if before and pairs else None,
        alike=copying(sheets, [(form, form) for form in ids], guessing),
    )


def _figures(form: Form, sheet: Sheet, max_run: int | None, chances: dict[str, float]) -> FormFigures:
    items = [placed.item for placed in form.items]
    guessed = 0.0
    for name, item in zip(item_names(form.sets), items, strict=True):
        if name not in chances:  # the same on all forms, whatever its order
            chances[name] = chance(item, form.scoring.rule(item.type))
        guessed += chances[name]
    return FormFigures(
        id=form.id,
        items=len(items),
        points=form.points,
        minutes=form.minutes,
        passages=len(set(passage_names(form.sets))),
        facility=sum(map(facility, items)) / len(items),
        skills=_tally((item.skill for item in items), SKILLS),
        difficulties=_tally(map(level, items), LEVELS),
        types=_tally((item.type for item in items), ITEM_TYPES),
        letters=_letters(sheet),
        judgements=_tally((name for item, name in sheet.keys if isinstance(item, TrueFalse)), "TF"),
        run=max((len(list(run)) for name, run in groupby(name for _, name in sheet.keys) if name), default=0),
        guessing=guessed / form.points,
        given_away=given_away(sheet.keys, form.scoring, max_run) / form.points if max_run else 0,
    )


def _between(blueprint: Blueprint, forms: Sequence[FormFigures], shared: Overlap) -> Iterator[Demand]:
    """Every demand on how forms and their keys differ."""
    if blueprint.max_run:
        runs = tuple(Range(form.run, form.run) for form in forms)
        yield Demand(None, "run of one letter", f"at most {blueprint.max_run}", runs)
    if len(forms) == 1 or blueprint.overlap == "all":
        return
    if blueprint.overlap != "any" and shared.most is not None:
        wanted = "none" if blueprint.overlap in ("none", 0) else f"at most {blueprint.overlap}"
        yield Demand(None, "items that two forms share", wanted, (Range(shared.most, shared.most),))
    if blueprint.overlap == "any" and "tolerance" not in blueprint.model_fields_set:
        return  # such forms need not be alike
    first, allowed = forms[0], blueprint.tolerance
    for name, percent, numbers in (
        ("difficulty, % from the first form's", allowed.difficulty, [form.facility for form in forms]),
        ("minutes, % from the first form's", allowed.minutes, [form.minutes for form in forms]),
    ):
        apart = [100 * abs(number - numbers[0]) / (numbers[0] or 1) for number in numbers]
        yield Demand(None, name, f"at most {percent:g}", tuple(Range(round(n, 1), round(n, 1)) for n in apart))
    most = [max(abs(form.skills.get(s, 0) - first.skills.get(s, 0)) for s in SKILLS) for form in forms]
    name = "items of a skill, from the first form's"
    yield Demand(None, name, f"at most {allowed.skills}", tuple(Range(n, n) for n in most))


def _span(numbers: Sequence[float]) -> Range:
    return Range(min(numbers), max(numbers))


def _tally(kinds: Iterable[str | None], order: Iterable[str]) -> dict[str, int]:
    """How many there are of each kind, in this order; those of which nobody said under `not said`."""
    tally = dict.fromkeys(order, 0)
    for kind, number in Counter(kinds).items():
        tally[kind or "not said"] = number
    return tally


def _letters(sheet: Sheet) -> dict[str, int]:
    chosen = [(item, name) for item, name in sheet.keys if name and not isinstance(item, TrueFalse)]
    most = max((len(item.printed) for item, _ in chosen), default=0)
    return _tally((name for _, name in chosen), map(letter, range(most)))


def _overlap(sets: Sequence[frozenset[str]]) -> Overlap:
    """Every two forms; the mean is counted by things, since a thing on n forms is shared by n (n - 1) / 2 pairs."""
    shared = sum(comb(number, 2) for number in Counter(name for one in sets for name in one).values())
    mean = shared / comb(len(sets), 2) if len(sets) > 1 else 0.0
    matrix = tuple(tuple(len(one & other) for other in sets) for one in sets) if len(sets) <= SHOWN else None
    return Overlap(mean, _most(Counter(sets)), matrix)


def _most(sets: Mapping[frozenset[str], int]) -> int | None:
    if len(sets) > COMPARED:
        return None
    bits: dict[str, int] = {}
    masks = [sum(1 << bits.setdefault(name, len(bits)) for name in one) for one in sets]
    most = max((len(one) for one, forms in sets.items() if forms > 1), default=0)
    return max(most, max(((one & other).bit_count() for one, other in combinations(masks, 2)), default=0))
