"""The live preview: a bank file as its author wants to see it while writing.

Each passage with the items on it as a candidate sees them, and beside each item its key and what is wrong with it.
The page is for the author alone: it tells everything. It also shows a file that is not sound, as far as it can be read.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from markupsafe import Markup, escape

from ..article import Passage
from ..bank import BankFile
from ..diagnostics import Diagnostic, Severity, in_order
from ..document import Data
from ..form import FormItem
from ..items import ItemBase
from .highlight import atom, highlight
from .media import Screen, TextSetter
from .student import StudentItem
from .teacher import KeyItem, key_item
from .templating import digest, filled, source, words


@dataclass(frozen=True)
class Draft:
    """A bank file as it stands while it is written."""

    name: str
    """The file, as diagnostics call it."""
    file: BankFile | None
    """What it holds, or last held while it could be read; `None` if it never could."""
    found: tuple[Diagnostic, ...] = ()
    stale: bool = False
    """Whether `file` is older than `found`, since what stands there now cannot be read."""

    @property
    def key(self) -> str:
        """The last part of the page's address. It tells nothing of the file system and reaches nothing there."""
        return sha256(self.name.encode()).hexdigest()[:12]

    @property
    def title(self) -> str:
        """The article's title, or the file's name."""
        return self.file.article.title if self.file else self.name

    def count(self, severity: str) -> int:
        """How many diagnostics of this severity there are."""
        return sum(diagnostic.severity == severity for diagnostic in self.found)


@dataclass(frozen=True)
class PreviewItem:
    """An item beside its key, or the place of one that cannot be read yet."""

    number: int
    name: str
    line: int
    found: tuple[Diagnostic, ...]
    item: ItemBase | None
    key: KeyItem | None
    """What is right, and why."""

    @property
    def student(self) -> StudentItem | None:
        """The item as a candidate sees it, with its options in the order of their ids."""
        return StudentItem(self.number, self.item.shown()) if self.item else None

    @property
    def evidence(self) -> tuple[str, ...]:
        """The words of the passage that prove the key."""
        return self.key.evidence if self.key else ()

    @property
    def made(self) -> str:
        """A digest of what an author would see change; not of the number or the line, which move with others."""
        seen = repr(self.item), self.evidence, [(d.code, d.message, d.hint) for d in self.found]
        return sha256(repr(seen).encode()).hexdigest()[:12]

    @property
    def worst(self) -> Severity | None:
        """The gravest severity that was found."""
        return next((one for one in Severity if any(d.severity is one for d in self.found)), None)


@dataclass(frozen=True)
class PreviewGroup:
    """A passage and the items on it (item set), or the items without one."""

    number: int | None
    name: str | None
    line: int | None
    passage: Passage | None
    language: str
    text: Markup
    found: tuple[Diagnostic, ...]
    items: tuple[PreviewItem, ...]


def preview_page(drafts: Sequence[Draft], chosen: Draft | None, version: int, manual: Mapping[str, str]) -> bytes:
    """The page of one draft, with links to the others; `None` stands for a file that is no longer there.

    `version` tells the page's script whether it is the newest; `manual` is code -> its page, as `explain` prints it.
    """
    file = chosen.file if chosen else None
    groups, rest = _groups(chosen) if chosen else ((), ())
    codes = sorted({diagnostic.code for diagnostic in chosen.found} & manual.keys()) if chosen else ()
    said = words(file.article.language if file else "en")

    def texts(number: int) -> TextSetter:
        return TextSetter(_Sketch(file.images if file else {}, f"q{number}", said["gap"]))

    return _page(
        "preview.html.j2",
        version=version,
        drafts=drafts,
        chosen=chosen,
        groups=groups,
        items=[item for group in groups for item in group.items],
        found=rest,
        manual={code: manual[code] for code in codes},
        words=said,
        texts=texts,
        split=_split,
    )


def _page(template: str, **values: Any) -> bytes:
    style, script = Markup("\n").join((source("screen.css"), source("preview.css"))), source("preview.js")
    return filled(template, css=style, script=script, policy=_policy(style, script), **values).encode()


def _policy(style: str, script: str) -> str:
    """What the page may do: look as it does, and listen to the preview that it came from."""
    return (
        f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; connect-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def trouble_page(problem: str, version: int) -> bytes:
    """A page that says why there is no other: a template is being written and cannot be used as it is."""
    script = source("preview.js")
    policy = f"default-src 'none'; script-src '{digest(script)}'; connect-src 'self'"
    return (
        f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{escape(policy)}"><meta name="color-scheme" content="light dark"><title>Preview</title>'
        f'<body data-version="{version}"><h1>A template cannot be used</h1><pre>{escape(problem)}</pre>'
        f'<p id="state" role="status"></p><script>{script}</script>'
    ).encode()


class _Sketch(Screen):
    """A screen that also shows what is not sound yet: an image that is not there. Its formulas can be quoted."""

    def image(self, source: str, alt: str) -> str:
        """The image, or its text in its place."""
        if source in self.images:
            return super().image(source, alt)
        return f'<span class="missing">{escape(alt)} <code>{escape(source)}</code></span>'

    def formula(self, tex: str, *, display: bool) -> str:
        """MathML that `highlight` reads as its TeX."""
        return atom(tex, super().formula(tex, display=display))


# --- Where each diagnostic belongs ------------------------------------------------------------------------------


def _groups(draft: Draft) -> tuple[tuple[PreviewGroup, ...], tuple[Diagnostic, ...]]:
    """The draft in the order of reading, and the diagnostics that belong to no passage and to no item."""
    found = in_order(draft.found)
    if draft.file is None:
        return (), tuple(found)
    reader = _Reader(draft.file, () if draft.stale else found)
    return tuple(reader.groups()), tuple(found) if draft.stale else reader.at(None)


class _Reader:
    """A file's records in the order of reading, each with the diagnostics that stand between it and the next one."""

    def __init__(self, file: BankFile, found: Sequence[Diagnostic]) -> None:
        self.file = file
        self._records: dict[str, list[Data]] = {}
        starts: list[tuple[int, int, tuple[str, int] | None]] = []
        for kind, records in file.document.data.items() if isinstance(file.document.data, dict) else ():
            starts.append((*_start(file, (kind,), key=True), None))
            if kind in ("passages", "items") and isinstance(records, list):
                self._records[kind] = records
                starts += [(*_start(file, (kind, number)), (kind, number)) for number in range(len(records))]
        starts.sort(key=lambda start: start[:2])
        self._found: dict[tuple[str, int] | None, list[Diagnostic]] = {}
        for diagnostic in found:
            place = bisect_right(starts, (diagnostic.span.line, diagnostic.span.column), key=lambda start: start[:2])
            owner = starts[place - 1][2] if place else None
            self._found.setdefault(owner, []).append(diagnostic)

    def at(self, record: tuple[str, int] | None) -> tuple[Diagnostic, ...]:
        """The diagnostics of a record, or those of no record, the gravest first."""
        return tuple(sorted(self._found.get(record, ()), key=lambda one: list(Severity).index(one.severity)))

    def groups(self) -> Iterator[PreviewGroup]:
        """Each passage with its items; then the items without a passage, if there are any."""
        sound = {self.file.path(passage)[1]: passage for passage in self.file.passages}
        sets: dict[str | None, list[int]] = {}
        names = [_name(record) for record in self._records.get("passages", ())]
        for number, record in enumerate(self._records.get("items", ())):
            name = record.get("passage") if isinstance(record, dict) else None
            sets.setdefault(name if isinstance(name, str) and name in names else None, []).append(number)
        count = 0
        for number, name in enumerate(names):
            items = tuple(self._items(sets.pop(name, []) if name else [], count))
            count += len(items)
            yield self._group(number, name, sound.get(number), items)
        if None in sets:
            language = self.file.article.language
            yield PreviewGroup(None, None, None, None, language, Markup(), (), tuple(self._items(sets[None], count)))

    def _group(
        self, number: int, name: str | None, passage: Passage | None, items: tuple[PreviewItem, ...]
    ) -> PreviewGroup:
        language = (passage and passage.language) or self.file.article.language
        text = TextSetter(_Sketch(self.file.images)).block(passage.text) if passage else Markup()
        marked = highlight(text, {f"q{item.number}": item.evidence for item in items if item.evidence})
        line = _start(self.file, ("passages", number))[0]
        return PreviewGroup(number + 1, name, line, passage, language, marked, self.at(("passages", number)), items)

    def _items(self, numbers: Sequence[int], before: int) -> Iterator[PreviewItem]:
        sound = {self.file.path(item)[1]: item for item in self.file.items}
        for shown, number in enumerate(numbers, start=before + 1):
            item = sound.get(number)
            name = _name(self._records["items"][number]) or ""
            line = _start(self.file, ("items", number))[0]
            key = key_item(FormItem(shown, item), self.file) if item else None
            yield PreviewItem(shown, name, line, self.at(("items", number)), item, key)


def _start(file: BankFile, path: tuple[str | int, ...], *, key: bool = False) -> tuple[int, int]:
    span = file.document.span(path, key=key)
    return span.line, span.column


def _name(record: Data) -> str | None:
    name = record.get("id") if isinstance(record, dict) else None
    return name if isinstance(name, str) and name else None


def _split(diagnostic: Diagnostic) -> tuple[str, str, str]:
    """The line that a diagnostic is about: what stands before the fault, the fault, and what comes after it."""
    span = diagnostic.span
    start = max(0, span.column - 1)
    end = max(start + 1, span.end - 1)
    return span.source[:start][-80:].lstrip(), span.source[start:end][:160], span.source[end:][:80].rstrip()
