"""What a build renders, cut into jobs: each makes some files, and can be done in a process of its own."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ..editions import Edition, made
from ..form import Form, Settings
from . import aloud, keys, pages, plain, prints
from .index import index_page
from .pdf import PrintPage, typeset
from .screen import quiz_page
from .templating import Templates, using, words

Files: TypeAlias = list[tuple[str, bytes]]
"""Paths in the folder of the build, and what is in them."""

_CHUNK = 200
"""So many forms are typeset at a time where each has files of its own: they are all in memory at once."""


@dataclass(frozen=True)
class Build:
    """What the jobs of a build have in common."""

    settings: Settings
    templates: Templates = field(default_factory=Templates)
    quiz: str = ""
    seed: str = ""


@dataclass(frozen=True)
class Job:
    """Some files of a build; a call of it makes them."""

    make: Callable[[Sequence[Form], Build], Files]
    forms: tuple[Form, ...]
    build: Build
    pages: int
    """How many pages must be laid out, roughly."""

    def __call__(self) -> Files:
        """The files. Raises `PdfError`, `TemplateFault` and what else rendering may raise."""
        with using(self.build.templates):
            return self.make(self.forms, self.build)


def student_jobs(forms: Sequence[Form], build: Build) -> Iterator[Job]:
    """What may be handed out."""
    settings = build.settings
    if "html" in settings.formats:
        yield from _chunked(_quiz_pages, forms, build)
        yield Job(_index, tuple(forms), build, 1)
    yield from _chunked(_texts, [form for form in forms if _needs_text(form, settings)], build)
    if "pdf" not in settings.formats:
        return
    yield from _together_and_each(forms, build, booklets=True)
    if settings.layout.sheets:
        yield Job(_sheets, tuple(forms), build, pages_of(forms))


def teacher_jobs(forms: Sequence[Form], build: Build) -> Iterator[Job]:
    """What may not."""
    if "html" in build.settings.formats:
        yield from _chunked(_key_pages, forms, build)
    if "pdf" not in build.settings.formats:
        return
    yield from _together_and_each(forms, build, booklets=False)
    yield Job(_answers, tuple(forms), build, pages_of(forms))
    if build.settings.layout.sheets:
        yield Job(_overlays, tuple(forms), build, pages_of(forms))


def _chunked(make: Callable[[Sequence[Form], Build], Files], forms: Sequence[Form], build: Build) -> Iterator[Job]:
    for start in range(0, len(forms), _CHUNK):
        some = tuple(forms[start : start + _CHUNK])
        yield Job(make, some, build, len(some))


def _together_and_each(forms: Sequence[Form], build: Build, *, booklets: bool) -> Iterator[Job]:
    files = build.settings.layout.files
    both, whole, each = (_booklets, _booklet, _each_booklet) if booklets else (_keys, _first_key, _keys)
    if files == "both" and len(forms) <= _CHUNK:
        yield Job(both, tuple(forms), build, pages_of(forms))
        return
    if files != "each":
        some = tuple(forms if booklets else forms[:1])
        yield Job(whole, some, build, pages_of(some))
    if files != "together":
        for start in range(0, len(forms), _CHUNK):
            some = tuple(forms[start : start + _CHUNK])
            yield Job(each, some, build, pages_of(some))


def pages_of(forms: Sequence[Form]) -> int:
    """How many pages it takes to lay out all different items, roughly, and to compose the forms of them; where there
    are many formulas, each of which is a drawing, as many as cost the same."""
    items = {(item_set.source.article.id, placed.item.id): placed.item for form in forms for item_set in form.sets
             for placed in item_set.items}  # fmt: skip
    passages = {item_set.passage.text for form in forms for item_set in form.sets if item_set.passage}
    shown = (item.shown() for item in items.values())
    texts = (text for one in shown for text in (one.stem, one.text, *one.choices, *one.prompts))
    formulas = sum(text.count("\\(") + text.count("$$") // 2 for text in (*texts, *passages))
    return 4 + len(items) // 2 + formulas // _FORMULAS + len(forms) // 10


_FORMULAS = 20
"""So many formulas are drawn while a page is laid out."""


# --- Names ------------------------------------------------------------------------------------------------------


def name_of(form: Form) -> str:
    """What the files of a form are called: a candidate's by the id."""
    return form.candidate.id if form.candidate else f"form-{form.id}"


def editions_of(form: Form, settings: Settings) -> tuple[Edition, ...]:
    """In which editions the form is made: one with fewer options in those that want it, any other in the rest."""
    if form.candidate:
        return made(form.candidate.edition, settings.editions)
    reduced = form.id.endswith("-reduced")
    return tuple(edition for edition in made(None, settings.editions) if edition.reduced == reduced)


def _needs_text(form: Form, settings: Settings) -> bool:
    return any(edition.script or edition.text for edition in editions_of(form, settings))


def _copies(forms: Sequence[Form], settings: Settings) -> dict[str, tuple[Form, Edition]]:
    """The booklets of forms, by the paths of their files."""
    return {
        f"students/{name_of(form)}{edition.suffix}.pdf": (form, edition)
        for form in forms
        for edition in editions_of(form, settings)
        if edition.booklet
    }


# --- For students -----------------------------------------------------------------------------------------------


def _quiz_pages(forms: Sequence[Form], build: Build) -> Files:
    settings, known = build.settings, prints.known_lines(forms, build.settings) if _numbered(build.settings) else {}
    return [
        (f"students/{name_of(form)}.html", quiz_page(form, settings, quiz=build.quiz, seed=build.seed, known=known))
        for form in forms
    ]


def _numbered(settings: Settings) -> bool:
    """Whether pages have the numbers of lines: those of the booklets beside them."""
    return "pdf" in settings.formats and settings.layout.line_numbers


def _index(forms: Sequence[Form], build: Build) -> Files:
    """What leads to the pages, and to the booklets where each form has one of its own."""
    settings = build.settings
    printed = "pdf" in settings.formats and settings.layout.files != "together"
    booklets = [_copies([form], settings) if printed else () for form in forms]
    files = [
        [f"{name_of(form)}.html", *(path.removeprefix("students/") for path in paths)]
        for form, paths in zip(forms, booklets, strict=True)
    ]
    return [("students/index.html", index_page(forms, settings, files))]


def _texts(forms: Sequence[Form], build: Build) -> Files:
    """Plain texts, and scripts for those who read aloud."""
    found: Files = []
    for form in forms:
        editions, name = editions_of(form, build.settings), f"students/{name_of(form)}"
        if any(edition.text for edition in editions):
            found.append((f"{name}-plain-text.txt", plain.text(form)))
        if any(edition.script for edition in editions):
            found.append((f"{name}-read-aloud.txt", aloud.text(form)))
            if "pdf" in build.settings.formats:
                rule = pages.page_rule(build.settings, words(form.language))
                found.append((f"{name}-read-aloud.pdf", typeset([aloud.page(form, rule)])[0]))
    return found


def _booklets(forms: Sequence[Form], build: Build) -> Files:
    copies = _copies(forms, build.settings)
    if not copies:
        return []
    made = prints.booklets(list(copies.values()), build.settings)
    return [*zip(copies, made.each(), strict=True), ("students/booklet.pdf", made.whole())]


def _booklet(forms: Sequence[Form], build: Build) -> Files:
    copies = _copies(forms, build.settings)
    return [("students/booklet.pdf", prints.booklets(list(copies.values()), build.settings).whole())] if copies else []


def _each_booklet(forms: Sequence[Form], build: Build) -> Files:
    copies = _copies(forms, build.settings)
    return list(zip(copies, prints.booklets(list(copies.values()), build.settings).each(), strict=True))


def _sheets(forms: Sequence[Form], build: Build) -> Files:
    from .sheet import sheets

    made = sheets(forms, build.settings, quiz=build.quiz, seed=build.seed)
    found: Files = []
    if build.settings.layout.files != "each":
        found.append(("students/sheets.pdf", made.whole))
    if build.settings.layout.files != "together":
        found += [(f"students/{name_of(form)}-sheet.pdf", one) for form, one in zip(forms, made.each(), strict=True)]
    return found


# --- For teachers -----------------------------------------------------------------------------------------------


def _key_pages(forms: Sequence[Form], build: Build) -> Files:
    return [(f"teacher/{name_of(form)}-key.html", pages.key_page(form)) for form in forms]


def _keys(forms: Sequence[Form], build: Build) -> Files:
    """The full key of each form."""
    made = prints.keys([(form, editions_of(form, build.settings)[0]) for form in forms], build.settings)
    return [(f"teacher/{name_of(form)}-key.pdf", one) for form, one in zip(forms, made.each(), strict=True)]


def _first_key(forms: Sequence[Form], build: Build) -> Files:
    """Where all is together, one full key tells the evidence and the reasons: that of the first form."""
    return _keys(forms, build) if build.settings.layout.files == "together" else []


def _answers(forms: Sequence[Form], build: Build) -> Files:
    """What is right on each form, a page each; and all forms side by side."""
    found: Files = [("teacher/keys.pdf", prints.answers(forms, build.settings).whole())]
    if 1 < sum(1 for _ in keys.versions(forms)) <= keys.MOST_FORMS:  # among more nobody finds anything on paper
        found.append(("teacher/grid.pdf", _one(keys.grid(forms, build.settings))))
    return found


def _overlays(forms: Sequence[Form], build: Build) -> Files:
    from .overlay import overlays

    return [("teacher/overlays.pdf", overlays(forms, build.settings).whole)]


def trial(form: Form, build: Build) -> None:
    """Make what is made of a form, to see whether it can be."""
    with using(build.templates):
        quiz_page(form, build.settings, quiz=build.quiz, seed=build.seed)
        pages.key_page(form)
        if "pdf" in build.settings.formats:
            typeset([pages.booklet(form, build.settings), pages.key(form, build.settings)])


def _one(page: PrintPage) -> bytes:
    return typeset([page])[0]
