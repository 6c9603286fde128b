"""The build report: how the forms turned out, as a page for teachers and as a few lines for the terminal."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeAlias

from ..blueprint import Range
from ..figures import SHOWN, Copying, Demand, Figures, FormFigures, Overlap
from .templating import filled, page_policy, source

Figure: TypeAlias = Callable[[FormFigures], float]
"""A number of a form."""

EXTREMES = ("lowest", "form", "average", "highest", "form")
"""What is said of many forms."""

LISTED = 12
"""So many of the most exposed items are listed."""


@dataclass(frozen=True)
class Row:
    """A row of a table: what it is about, and its cells."""

    name: str
    cells: Sequence[str]
    first: bool = False
    """Whether it begins a group of rows."""


def report_page(figures: Figures) -> bytes:
    """The page. It is one file and asks for nothing; it tells of the key, so it is for teachers."""
    style = source("stats.css", "report.css")
    return filled(
        "report.html.j2",
        figures=figures,
        facts=_facts(figures),
        demands=_demands(figures),
        side_by_side=list(_rows(figures)),
        columns=[form.id for form in figures.forms] if _few(figures) else EXTREMES,
        few=_few(figures),
        letters=_letters(figures),
        key=list(_key(figures)),
        shared=list(_shared(figures)),
        copying=list(_copying(figures)),
        exposure=_exposure(figures, "question"),
        exposed=_exposed(figures),
        css=style,
        policy=page_policy(style, None),
    ).encode()


def summary(figures: Figures) -> list[str]:
    """The same in a few lines."""
    forms = figures.forms
    difficulty = _to(figures.span(lambda form: form.facility), ".2f")
    minutes = _to(figures.span(lambda form: form.minutes), ".0f")
    points = figures.span(lambda form: form.points)
    lines = [f"difficulty {difficulty}, {minutes} minutes" + (f", {_to(points, 'g')} points" if _apart(points) else "")]
    if len(forms) > 1:
        lines.append(_sharing(figures.items, forms))
    run = max(forms, key=lambda form: form.run)
    if run.run:
        lines.append(f"longest run of one letter: {run.run}" + (f" (form {run.id})" if len(forms) > 1 else ""))
    if figures.max_run:
        more = _percents(figures, lambda form: form.given_away, ".1f")
        lines.append(f"knowing that runs are short earns {more} of the points more")
    lines.append(f"blind guessing earns {_percents(figures, lambda form: form.guessing)} of the points")
    if figures.copying:
        was = f"{_percent(figures.before.most)} before seating, " if figures.before else ""
        alike = f"{was}{_percent(figures.alike.most)} if all forms were alike"
        lines.append(f"copying a neighbour: {_percent(figures.copying.most)} at most, {alike}")
    if len(forms) > 1:
        lines.append(_exposure(figures))
    return lines


# --- Numbers as they are read -----------------------------------------------------------------------------------


def _few(figures: Figures) -> bool:
    return len(figures.forms) <= SHOWN


def _apart(span: Range) -> bool:
    return span.low != span.high


def _to(span: Range, form: str) -> str:
    """From the lowest to the highest; one number where they read the same."""
    low, high = format(span.low, form), format(span.high, form)
    return low if low == high else f"{low} to {high}"


def _percent(share: float) -> str:
    """In whole per cent; what is nearly nothing is 0, not -0."""
    return f"{round(100 * share)} %".replace("-", "\N{MINUS SIGN}")


def _tenths(share: float) -> str:
    """In tenths of a per cent: what a rule gives away is little."""
    return f"{100 * share:.1f} %"


def _percents(figures: Figures, figure: Figure, form: str = ".0f") -> str:
    span = figures.span(figure)
    return _to(Range(100 * span.low, 100 * span.high), form) + " %"


def _sharing(shared: Overlap, forms: Sequence[FormFigures], what: str = "item") -> str:
    if shared.most == 0:
        return f"no two forms share {'an' if what == 'item' else 'a'} {what}"
    if shared.mean == max(form.items if what == "item" else form.passages for form in forms):
        return f"all forms have the same {what}s"
    most = f", {shared.most} at most" if shared.most is not None else ""
    return f"two forms share {shared.mean:.2g} {what}s on average{most}"


def _exposure(figures: Figures, what: str = "item") -> str:
    numbers = list(figures.exposure.values())
    if numbers[0] == numbers[-1]:
        every = f"all {len(figures.forms)} forms" if numbers[0] == len(figures.forms) else _counted(numbers[0], "form")
        return f"each of {_counted(len(numbers), what)} is on {every}"
    average = sum(numbers) / len(numbers)
    return f"{_counted(len(numbers), what)} are on {average:.2g} forms on average, on {numbers[0]} at most"


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"


# --- The page ---------------------------------------------------------------------------------------------------


def _facts(figures: Figures) -> Mapping[str, str]:
    return {
        "form" if len(figures.forms) == 1 else "forms": f"{len(figures.forms):,}",
        "questions": _to(figures.span(lambda form: form.items), "g"),
        "points": _to(figures.span(lambda form: form.points), "g"),
        "minutes": "≈ " + _to(figures.span(lambda form: form.minutes), ".0f"),
        "expected to be right": _percents(figures, lambda form: form.facility),
    }


def _demands(figures: Figures) -> Sequence[tuple[Demand, Sequence[str], bool]]:
    """Each demand with its cells, and whether there is one for each form."""
    listed = []
    for demand in figures.demands:
        each = _few(figures) and len(demand.had) == len(figures.forms)
        whole = Range(min(had.low for had in demand.had), max(had.high for had in demand.had))
        listed.append((demand, [_to(had, "g") for had in (demand.had if each else [whole])], each))
    return listed


def _rows(figures: Figures) -> Iterator[Row]:
    """What is said of each form."""

    def row(name: str, figure: Figure, written: Callable[[float], str] = "{:g}".format, first: bool = False) -> Row:
        return Row(name, _cells(figures, figure, written), first)

    yield row("questions", lambda form: form.items)
    yield row("passages", lambda form: form.passages)
    yield row("points", lambda form: form.points)
    yield row("minutes, reading and answering", lambda form: form.minutes, "{:.1f}".format)
    yield row("difficulty, the share expected to be right", lambda form: form.facility, "{:.2f}".format)
    tallies: tuple[tuple[str, Callable[[FormFigures], Mapping[str, int]]], ...] = (
        ("skill", lambda form: form.skills),
        ("difficulty", lambda form: form.difficulties),
        ("type", lambda form: form.types),
    )
    for name, tally in tallies:
        kinds = dict.fromkeys(kind for form in figures.forms for kind, number in tally(form).items() if number)
        for place, kind in enumerate(kinds):
            yield row(f"{name}: {kind}".replace("_", " "), _number_of(tally, kind), first=not place)
    yield row("longest run of one letter", lambda form: form.run, first=True)
    yield row("blind guessing earns", lambda form: form.guessing, _percent)
    if figures.max_run:
        yield row("knowing that runs are short earns more", lambda form: form.given_away, _tenths)


def _number_of(tally: Callable[[FormFigures], Mapping[str, int]], kind: str) -> Figure:
    return lambda form: tally(form).get(kind, 0)


def _cells(figures: Figures, figure: Figure, written: Callable[[float], str]) -> Sequence[str]:
    """A number for each form; for many forms the lowest and the highest, each with a form that has it, and the mean."""
    if _few(figures):
        return [written(figure(form)) for form in figures.forms]
    low, high = min(figures.forms, key=figure), max(figures.forms, key=figure)
    mean = sum(map(figure, figures.forms)) / len(figures.forms)
    if figure(low) == figure(high):
        return [written(mean), "all", written(mean), written(mean), "all"]
    average = text if (text := written(mean)).endswith("%") else f"{mean:.2f}"
    return [written(figure(low)), low.id, average, written(figure(high)), high.id]


def _letters(figures: Figures) -> Sequence[tuple[str, Sequence[tuple[str, int, float]]]]:
    """Caption -> each letter, how often it is the key, and how long its bar is; the longest of all is 100."""
    tallies = [({**form.letters, **_judged(form)}, f"Form {form.id}") for form in figures.forms]
    if not _few(figures):
        together: Counter[str] = Counter()
        for tally, _ in tallies:
            together.update(tally)
        tallies = [(dict(together), "All forms")]
    longest = max((number for tally, _ in tallies for number in tally.values()), default=0) or 1
    return [
        (caption, [(name, number, round(100 * number / longest, 1)) for name, number in tally.items()])
        for tally, caption in tallies
        if tally
    ]


def _judged(form: FormFigures) -> dict[str, int]:
    names = {"T": "true", "F": "false"}
    return {names[name]: number for name, number in form.judgements.items()} if any(form.judgements.values()) else {}


def _key(figures: Figures) -> Iterator[str]:
    """What the key tells who does not know the answers."""
    yield f"Blind guessing earns {_percents(figures, lambda form: form.guessing)} of the points, on average."
    if figures.max_run:
        more = _percents(figures, lambda form: form.given_away, ".1f")
        yield f"No letter is right more than {_counted(figures.max_run, 'time')} in a row."
        yield f"Who knows this rule, and the answers before, earns {more} of the points more by guessing."
    else:
        yield "The key is not balanced: chance puts each letter, so the ones before tell nothing of the next."


def _shared(figures: Figures) -> Iterator[tuple[str, str, Sequence[Sequence[tuple[int, float]]]]]:
    """Of questions and of passages: what they are, what is said, and the matrix, with the size of each mark."""
    for what, overlap in (("question", figures.items), ("passage", figures.passages)):
        if what == "passage" and not any(form.passages for form in figures.forms):
            continue
        most = max((number for row in overlap.matrix or () for number in row), default=0) or 1
        matrix = [[(number, round(sqrt(number / most), 3)) for number in row] for row in overlap.matrix or ()]
        yield f"{what}s", _sharing(overlap, figures.forms, what), matrix


def _copying(figures: Figures) -> Iterator[Row]:
    """What copying earns: as candidates sit, as they sat before, and if all forms were alike."""
    if not figures.copying:
        return
    sit = "as they sit" if figures.seated else "any two forms" if _few(figures) else "each form beside the next"
    for name, copying in (("before forms were fitted to the seats", figures.before), (sit, figures.copying)):
        if copying:
            yield Row(name, _shares(copying))
    yield Row("if all forms were alike", _shares(figures.alike), first=True)


def _shares(copying: Copying) -> Sequence[str]:
    mine, neighbour = copying.worst
    most = _percent(copying.most) + (f" ({mine} from {neighbour})" if mine != neighbour else "")
    return _percent(copying.mean), most, _percent(copying.gain), _percent(copying.most_gain)


def _exposed(figures: Figures) -> Sequence[tuple[str, int, float]]:
    """The most exposed items with their bars; nothing where all are on equally many forms."""
    listed = list(figures.exposure.items())
    if listed[0][1] == listed[-1][1]:
        return []
    return [(name, number, round(100 * number / listed[0][1], 1)) for name, number in listed[:LISTED]]
