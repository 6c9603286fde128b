"""What is issued after errata: the keys with what is right now, and a slip that says what was wrong."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from .. import fonts, markup
from ..form import Form, FormItem, ItemRecord, Settings, corrected_keys, record
from ..items import ItemBase, TrueFalse
from ..items.rekeying import dropped, rekeyed
from ..trail import Entry
from . import teacher_files
from .media import Assets
from .pdf import PrintPage, typeset
from .templating import filled, page_policy, source, words

_SIGN = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Line:
    """Where one form has the item, and what its key said and says now, in the form's letters."""

    form: str
    number: int
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """An item whose key was wrong: the texts of what was right and of what is; `now` is empty if it does not count."""

    stem: str
    was: str
    now: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Erratum:
    """What was corrected at one time, and why."""

    date: str
    reason: str
    items: tuple[Corrected, ...]


def correction_files(forms: Sequence[Form], settings: Settings, trail: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
    """What takes the place of earlier files, as (path, content): keys, and the slip; nothing without errata.

    `trail` is the build's audit trail, from its first entry on.
    """
    if not any(entry.corrections for entry in trail):
        return
    yield from teacher_files([corrected_form(form, trail) for form in forms], settings)
    errata = tuple(_errata(forms, trail))
    if "html" in settings.formats:
        yield "teacher/correction.html", _slip(forms[0], errata, settings, screen=True).encode()
    if "pdf" in settings.formats:
        page = _slip(forms[0], errata, settings, screen=False)
        languages = [item_set.source.article.language for item_set in forms[0].sets]
        yield "teacher/correction.pdf", typeset([PrintPage(page, fonts.needed(page, languages), Assets())])[0]


def _slip(form: Form, errata: Sequence[Erratum], settings: Settings, *, screen: bool) -> str:
    style = source("correction.css") + Markup(f"@page {{ size: {settings.paper}; }}")  # noqa: S704 (one of two words)
    policy = page_policy(style, None) if screen else None
    return filled(
        "correction.html.j2",
        title=form.title,
        language=form.language,
        errata=errata,
        words=words(form.language),
        css=style,
        policy=policy,
    )


# --- The key ----------------------------------------------------------------------------------------------------


def corrected_form(form: Form, trail: Sequence[Entry]) -> Form:
    """The form with the keys that its errata gave it; each item that they touch says so where its rationale stood."""
    said, last = words(form.language), trail[-1]
    reasons = {correction.item: entry for entry in trail for correction in entry.corrections}
    keys = corrected_keys(trail)

    def corrected(article: str, item: ItemBase) -> ItemBase:
        name = f"{article}/{item.id}"
        if name not in keys:
            return item
        key, entry = keys[name], reasons[name]
        twin = rekeyed(item, key) if key else dropped(item)
        what = said["corrected" if key else "does_not_count"]
        why = f"**{_literally(what)}** ({_date(entry)}) {_literally(entry.reason or '')}"
        return twin.model_copy(update={"rationale": why})

    sections = tuple(
        replace(
            section,
            sets=tuple(
                replace(
                    item_set,
                    items=tuple(
                        FormItem(placed.number, corrected(item_set.source.article.id, placed.item))
                        for placed in item_set.items
                    ),
                )
                for item_set in section.sets
            ),
        )
        for section in form.sections
    )
    title = f"{form.title} ({said['corrected_on'].format(date=_date(last))})"
    return replace(form, title=title, sections=sections)


def _literally(text: str) -> str:
    """The text as markup that shows it letter for letter, on one line."""
    return _SIGN.sub(r"\\\1", " ".join(text.split()))


def _date(entry: Entry) -> str:
    return (entry.time or "")[:10]


# --- The slip ---------------------------------------------------------------------------------------------------


def _errata(forms: Sequence[Form], trail: Sequence[Entry]) -> Iterator[Erratum]:
    """Each entry's corrections, against what was right until then."""
    places: dict[str, list[tuple[Form, ItemRecord, ItemBase]]] = {}
    for form in forms:
        for told, placed in zip(record(form).items, form.items, strict=True):
            places.setdefault(told.name, []).append((form, told, placed.item))
    for number, entry in enumerate(trail):
        before = corrected_keys(trail[:number])
        items = tuple(
            _corrected(places[one.item], before.get(one.item, ()), one.key)
            for one in entry.corrections
            if one.item in places
        )
        if items:
            yield Erratum(_date(entry), entry.reason or "", items)


def _corrected(
    places: Sequence[tuple[Form, ItemRecord, ItemBase]], before: tuple[str, ...] | None, key: tuple[str, ...] | None
) -> Corrected:
    """`before` is the key that earlier errata gave, empty without any; `None` is an item that did not count."""
    form, _, item = places[0]
    said = words(form.language)
    lines = tuple(
        Line(_label(form), told.number, _written(told, before, said), _written(told, key, said))
        for form, told, _ in places
    )
    return Corrected(markup.to_plain(item.stem), _texts(item, before, said), _texts(item, key, said), lines)


def _label(form: Form) -> str:
    return form.candidate.id if form.candidate else words(form.language)["form"].format(id=form.id)


def _written(told: ItemRecord, key: tuple[str, ...] | None, said: Mapping[str, str]) -> str:
    """The key as it is written on one form; the printed one where none was given instead."""
    marks = told.written(key) if key else told.key
    if key is None or marks is None:
        return "—"
    if not isinstance(marks, tuple):
        return f"{marks}"
    if told.type == "true_false":
        marks = tuple({"T": said["true_letter"], "F": said["false_letter"]}[mark] for mark in marks)
    return ", ".join(marks)


def _texts(item: ItemBase, key: tuple[str, ...] | None, said: Mapping[str, str]) -> str:
    if key is None:
        return ""
    if isinstance(item, TrueFalse):
        right = key[0] if key else item.correct_response()
        return said[right]
    if not key:
        return " · ".join(markup.to_plain(line.text) for line in item.key_lines())
    return " · ".join(markup.to_plain(choice.text) for choice in item.printed if choice.id in key)
