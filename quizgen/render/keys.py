"""What teachers mark with, beside the full key: answers on one page, all forms side by side, overlays for sheets."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import ceil
from typing import NamedTuple
from unicodedata import bidirectional, east_asian_width

from markupsafe import Markup

from .. import fonts, markup
from ..form import Form, FormItem, Settings
from ..items import Cloze, Numeric, ShortAnswer, TrueFalse
from ..sheet_geometry import PAPERS
from .frame import Head, head
from .media import Assets
from .pdf import PrintPage
from .teacher import judgement
from .templating import current, direction, filled, source, words

MOST_FORMS = 60
"""So many forms a grid holds: beyond that nobody finds anything on paper."""
_FORMS_ACROSS = 13  # columns of a page in landscape, beside that of the items
_MARGINS, _HEAD = (30.0, 28.0), 34.0  # of the page of answers, in mm: left and right, above and below; its head


class Answer(NamedTuple):
    """One line of the answers of a form."""

    number: int
    text: str
    """What is right; empty where only a person can tell."""
    points: str
    letters: bool
    """Whether it is in the printed alphabet, so that it runs from left to right in every language."""


def answer(placed: FormItem, said: Mapping[str, str]) -> Answer:
    """What is right, in one line, in the words of quizgen that the form is printed with."""
    item = placed.item
    match item:
        case ShortAnswer():
            text = " / ".join(item.written_key())
        case Numeric():
            text = " / ".join(line.text for line in item.key_lines())
        case Cloze():
            text = " ".join(f"({n}) {' / '.join(gap)}" for n, gap in enumerate(item.gaps, start=1))
        case TrueFalse():
            text = judgement(item, said).mark
        case _:
            key = item.written_key()
            text = ", ".join(key) if isinstance(key, list) else ""
    letters = not isinstance(item, ShortAnswer | Numeric | Cloze)
    return Answer(placed.number, text if letters else markup.to_plain(text), f"{item.points:g}", letters)


# --- The answers of one form on one page ------------------------------------------------------------------------


@dataclass(frozen=True)
class AnswerSheet:
    """The answers of a form as they stand on one page (up to some 200 items): number, answer, points."""

    head: Head
    lines: tuple[Answer, ...]
    fit: "_Fit"
    settings: Settings

    @property
    def like(self) -> Hashable:
        """What pages have in common that differ only in what stands in their slots (`texts`)."""
        head = self.head
        numbers = tuple(line.number for line in self.lines)
        return self.fit, numbers, head.title, head.language, head.rules, _size(self.title)

    @property
    def texts(self) -> dict[str, str | tuple[str, ...]]:
        """What stands in the slots of the page."""
        answers, points = (tuple(getattr(line, name) for line in self.lines) for name in ("text", "points"))
        return {"form": self.title, "facts": self.head.facts, "answer": answers, "points": points}

    @property
    def title(self) -> str:
        """What tells the page from others: the form, or its candidate."""
        return cut(f"{self.head.label} · {self.head.name}" if self.head.name else self.head.label, 56)

    def page(self) -> PrintPage:
        """The page."""
        language = self.head.language
        html = filled(
            "answers.html.j2",
            head=self.head,
            title=self.title,
            size=_size(self.title),
            columns=self._columns,
            fit=self.fit,
            words=words(language),
            css=_style(self.settings, "answers.css"),
        )
        width = f"{PAPERS[self.settings.paper][0]}mm"
        return PrintPage(html, fonts.needed(html, [language], current().faces), Assets(), width)

    @property
    def _columns(self) -> list[Sequence[Answer]]:
        """The lines of each column; where answers are wrapped, the page itself divides them."""
        rows = ceil(len(self.lines) / self.fit.columns) if self.fit.lines == 1 else len(self.lines)
        return [self.lines[start : start + rows] for start in range(0, len(self.lines), max(1, rows))]


def answers(form: Form, settings: Settings) -> PrintPage:
    """What is right on a form. Long answers are wrapped while there is room, then cut; the full key has them whole."""
    return _sheets([form], settings, most=6)[0].page()


def answers_alike(forms: Sequence[Form], settings: Settings) -> list[AnswerSheet]:
    """What is right on each form, in one line an answer, so that forms with as many items differ only in slots."""
    return _sheets(forms, settings, most=1)


def _sheets(forms: Sequence[Form], settings: Settings, most: int) -> list[AnswerSheet]:
    shown = [(head(form), [answer(placed, words(form.language)) for placed in form.items]) for form in forms]
    alike: dict[tuple[int, int], list[Sequence[Answer]]] = {}
    for top, found in shown:
        alike.setdefault((len(found), len(top.rules)), []).append(found)
    fits = {key: _fitting(some, settings, rules=key[1], most=most) for key, some in alike.items()}
    by_hand = {language: words(language)["by_hand"] for language in {form.language for form in forms}}

    def sheet(top: Head, found: Sequence[Answer]) -> AnswerSheet:
        fit, turned = fits[len(found), len(top.rules)], direction(top.language) == "rtl"
        texts = (_isolated(line, fit.most, turned=turned) or by_hand[top.language] for line in found)
        lines = (line._replace(text=text) for line, text in zip(found, texts, strict=True))
        return AnswerSheet(top, tuple(lines), fit, settings)

    return [sheet(top, found) for top, found in shown]


def _isolated(line: Answer, most: int, *, turned: bool) -> str:
    """So much of an answer as fits, running in its own direction on a page that is `turned` (UAX #9, 2.4)."""
    text = cut(line.text, most)
    if not text or not (turned or _turns(text)):
        return text
    return f"{_LEFT_TO_RIGHT if line.letters else _ITS_OWN}{text}{_END}"


_LEFT_TO_RIGHT, _ITS_OWN, _END = "\u2066", "\u2068", "\u2069"


def _turns(text: str) -> bool:
    return not text.isascii() and any(bidirectional(char) in ("R", "AL") for char in text)


def _size(title: str) -> str:
    """The class of what tells a form from others: large in the corner, or in a line of its own."""
    return "" if len(title) <= 10 else "long" if len(title) <= 22 else "line"


class _Fit(NamedTuple):
    """How answers are set: columns, size of type in points, characters in a line, lines that an answer may have."""

    columns: int
    size: float
    characters: int
    lines: int
    width: float
    """Of a column, in mm."""

    @property
    def most(self) -> int:
        """So many characters an answer may have."""
        return self.characters * self.lines


_SETTINGS = ((2, 12.0), (2, 10.5), (1, 12.0), (3, 10.5), (3, 9.5), (4, 9.5), (4, 8.5), (5, 8.5), (5, 7.5), (6, 7.0))


def _fitting(forms: Sequence[Sequence[Answer]], settings: Settings, rules: int, most: int) -> _Fit:
    """The largest type in which all answers of each form stand on one page, whole if that can be.

    The forms have the same number of items. Where not all can be whole, there are as many letters as there is room for.
    """
    width, height = (side - margin for side, margin in zip(PAPERS[settings.paper], _MARGINS, strict=True))
    room = height - _HEAD - 4.2 * rules
    tried = [(*setting, lines) for lines in (6, 3, 1) if lines <= most for setting in _SETTINGS]
    fits = [fit for fit in (_fit(width, *one) for one in tried) if _height(forms[0], fit) <= room]
    widths = [_width(line.text) for found in forms for line in found]
    whole = (fit for fit in fits if sum(wide > 0.9 * fit.most for wide in widths) <= len(widths) / 20)
    return next(whole, None) or max(fits, key=lambda fit: fit.most, default=_fit(width, *_SETTINGS[-1], 1))


def _fit(width: float, columns: int, size: float, lines: int) -> _Fit:
    """How answers are set on a page that is so wide, in mm."""
    column, em = (width - 7 * (columns - 1)) / columns, size * 25.4 / 72
    return _Fit(columns, size, max(4, int((column - 5.3 * em) / (0.52 * em))), lines, round(column - 0.005, 2))


def _height(found: Sequence[Answer], fit: _Fit) -> float:
    """How high the answers of a form are, in mm."""
    rows = [min(fit.lines, ceil(max(1, _width(line.text)) / (0.9 * fit.characters))) for line in found]
    longest = ceil(len(found) / fit.columns)
    taken = max(sum(rows) / fit.columns + max(rows, default=0) - 1, longest)
    return (taken * 1.3 + longest * 0.26 + 1) * fit.size * 25.4 / 72


def _width(text: str) -> int:
    """How wide a text is, in letters; those of East Asia count twice (UAX #11)."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def cut(text: str, most: int) -> str:
    """The text, or so much of it as fits in a line of so many letters."""
    if _width(text) <= most:
        return text
    fitting = sum(wide < most for wide in accumulate(map(_width, text)))
    return f"{text[: max(1, fitting)].rstrip()}…"


def _style(settings: Settings, name: str, *, landscape: bool = False) -> Markup:
    turned = " landscape" if landscape else ""
    return source("marking.css", name) + Markup(f"@page {{ size: {settings.paper}{turned}; }}")  # noqa: S704 (ours)


# --- All forms side by side --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Column:
    """A form in the grid."""

    label: str
    cells: Mapping[str, Answer]

    @property
    def by_item(self) -> Mapping[str, Answer]:
        """What is right, by the full name of the item."""
        return self.cells

    @cached_property
    def by_number(self) -> Mapping[int, Answer]:
        """What is right, by the number on the form."""
        return {cell.number: cell for cell in self.cells.values()}


class _Row(NamedTuple):
    """An item in the grid."""

    name: str
    stem: str
    fixed: str
    """What is right on every form alike; empty where it is a letter, which is another on each."""


def grid(forms: Sequence[Form], settings: Settings) -> PrintPage:
    """All forms side by side: by item with the number and the letters on each form, then by number.

    Where forms were dealt to candidates there is one column for each version. At most `MOST_FORMS` columns are
    printed, and the page says so; the manifest has all.
    """
    different = list(versions(forms))
    columns = [_column(form) for form in different[:MOST_FORMS]]
    said, shown = words(forms[0].language), head(forms[0])
    limit = said["grid_limit"].format(shown=len(columns), forms=len(different)) if len(different) > MOST_FORMS else ""
    html = filled(
        "grid.html.j2",
        head=shown,
        parts=[columns[start : start + _FORMS_ACROSS] for start in range(0, len(columns), _FORMS_ACROSS)],
        rows=list(_rows(different[:MOST_FORMS])),
        numbers=range(1, max(sum(1 for _ in form.items) for form in different[:MOST_FORMS]) + 1),
        limit=limit,
        across=(PAPERS[settings.paper][1] - 92) / _FORMS_ACROSS,
        words=said,
        css=_style(settings, "grid.css", landscape=True),
    )
    return PrintPage(html, fonts.needed(html, [shown.language]), Assets())


def versions(forms: Sequence[Form]) -> Iterator[Form]:
    """One form of each version where forms were dealt to candidates; else all."""
    seen: set[tuple[str, int]] = set()
    for form in forms:
        if form.version is None or (form.version, form.variant) not in seen:
            yield form
        if form.version is not None:
            seen.add((form.version, form.variant))


def version_label(form: Form) -> str:
    """What a form is called among its versions."""
    if form.version is None:
        return head(form).label
    name = f"{form.version}{form.variant or ''}"
    return words(form.language)["form"].format(id=name)


def _named(form: Form) -> Iterator[tuple[str, FormItem]]:
    for item_set in form.sets:
        for placed in item_set.items:
            yield f"{item_set.source.article.id}/{placed.item.id}", placed


def _column(form: Form) -> _Column:
    said = words(form.language)
    return _Column(version_label(form), {name: answer(placed, said) for name, placed in _named(form)})


def _rows(forms: Sequence[Form]) -> Iterator[_Row]:
    """Every item that is on one of the forms, in the order in which they come up."""
    found = {name: placed for form in forms for name, placed in _named(form)}
    order = {name: None for form in forms for name, _ in _named(form)}
    for name in order:
        line, item = answer(found[name], words(forms[0].language)), found[name].item
        stem = " ".join(markup.to_plain(item.stem).split())
        fixed = line.text if not line.letters or item.type == "true_false" else ""
        yield _Row(name, cut(stem, 70), cut(fixed, 60))
