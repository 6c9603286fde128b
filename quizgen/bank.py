"""Article, Passage, Bank: `parse` takes the text of one file, `read` opens files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path as FilePath
from typing import Annotated, Any

from pydantic import Field

from . import markup
from .article import Article, Passage
from .diagnostics import Diagnostic, Span, did_you_mean, error, one_of
from .document import Data, Document, Path
from .files import bank_paths, read_bytes
from .files import beside as place_beside
from .images import Image, ImageError, read_image
from .items import ITEM_TYPES, Item
from .items.base import ItemBase
from .items.fields import Record
from .source import no_collection
from .source import parse as parse_yaml
from .text_file import Beside, both, cut, read_text, without_a_file
from .validation import validate

MAX_FAULTS = 1_000
"""A file with more faults is not read to its end, and not looked at any further."""


class BankSchema(Record):
    """A bank file as an editor should see it; `parse` itself goes record by record."""

    article: Annotated[Article, Field(description="what the items are about")]
    passages: Annotated[
        tuple[Passage, ...], Field(description="the parts of the text, in the order in which they are read")
    ] = ()
    items: Annotated[tuple[Item, ...], Field(description="the questions, each with its key")] = ()


@dataclass(frozen=True)
class BankFile:
    """One file of a bank: an article, its passages and its items, and where each stands."""

    article: Article
    passages: tuple[Passage, ...]
    items: tuple[ItemBase, ...]
    document: Document = field(repr=False)
    sha256: str
    images: Mapping[str, Image] = field(default_factory=dict, repr=False)
    """The images that the texts show, by the name that the author gives them."""
    text_missing: bool = False
    """Whether passages have no words, since the article's text file is not here; no form can be made then."""

    @property
    def file(self) -> str:
        """The file's name, as diagnostics give it."""
        return self.document.file

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Passage id -> its number in the article, from 1."""
        return {passage.id: number for number, passage in enumerate(self.passages, start=1)}

    @cached_property
    def by_id(self) -> dict[str, Passage]:
        """The passages by their ids."""
        return {passage.id: passage for passage in self.passages}

    def path(self, record: ItemBase | Passage) -> Path:
        """The way to an item or a passage in the document."""
        kind = "items" if isinstance(record, ItemBase) else "passages"
        return kind, self._indices[kind, record.id]

    def lacks(self, record: ItemBase | Passage, key: str) -> bool:
        """Whether a key was left out; one with a value that cannot be used was not."""
        data: Any = self.document.data  # Any: the path is known to fit
        for step in self.path(record):
            data = data[step]
        return key not in data

    def is_list(self, record: ItemBase | Passage, key: str) -> bool:
        """Whether a value was written as a list."""
        data: Any = self.document.data  # Any: the path is known to fit
        for step in self.path(record):
            data = data[step]
        return isinstance(data.get(key), list)

    def at(self, record: ItemBase | Passage, *keys: str | int, key: bool = False) -> Span:
        """Where a value of a record stands, or the record itself."""
        return self.document.span((*self.path(record), *keys), key=key)

    def evidence(self, item: ItemBase) -> tuple[str, ...]:
        """The words that prove an item's key, as they stand in its passage; without those that are not there."""
        passage = self.by_id.get(item.passage or "")
        found = [part.within(passage.text if passage else "") for part in item.evidence or ()]
        return tuple(words for words in found if words is not None)

    @cached_property
    def _indices(self) -> dict[tuple[str, str], int]:
        return {(kind, name): number for kind in ("items", "passages") for number, name in _ids(self.document, kind)}


@dataclass(frozen=True)
class Bank:
    """Items on one or more articles (item bank)."""

    files: tuple[BankFile, ...] = ()

    @property
    def size(self) -> int:
        """How many items there are."""
        return sum(len(file.items) for file in self.files)


def parse(
    content: bytes | str, file: str, beside: Beside = lambda name: None
) -> tuple[BankFile | None, list[Diagnostic]]:
    """What one bank file holds, and everything that is wrong in it.

    Record by record: one bad item hides no other. A file with an error in it may still come back, without the
    records that cannot be used, so that checks can look at the rest; it must not be built from. `beside` gives the
    content of the article's `text_file`, if it has one.
    """
    with no_collection():
        return _parse(content, file, beside)


def _parse(content: bytes | str, file: str, beside: Beside) -> tuple[BankFile | None, list[Diagnostic]]:
    document, found = parse_yaml(content, file)
    if document is None:
        return None, found
    data = document.data
    if not isinstance(data, dict) or not data:
        problem = "the file is empty" if not data else "a bank file has keys: article, passages, items"
        return None, [
            *found,
            error("Q101", problem, document.span(), "start with `article:`; docs/bank.md has an example"),
        ]
    known = list(BankSchema.model_fields)
    found += [
        error("Q102", f"'{key}' is not a key here", document.span((key,), key=True), did_you_mean(key, known))
        for key in data
        if key not in known
    ]
    if "article" in data:
        article, wrong = validate(Article, document, data["article"], ("article",))
    else:
        article, wrong = None, [error("Q103", "'article' is missing", document.span(), "start with `article:`")]
    found += wrong
    passages, text_missing = _passages(document, data, article, beside, found)
    items = []
    for path, record in _records(document, data, "items", found):
        item, wrong = _item(document, record, path)
        found += wrong
        if item is not None:
            items.append(item)
        if len(found) > MAX_FAULTS:
            break
    if not data.get("items"):
        found.append(
            error("Q112", "the bank has no items", document.span(("items",), key=True), "add an item under `items:`")
        )
    found += _meeting_ids(document, "passages")
    found += _meeting_ids(document, "items")
    found += _unknown_passages(document, items)
    found += _unknown_enemies(document, items)
    if article is None or len(found) > MAX_FAULTS:
        return None, found
    text = content.encode() if isinstance(content, str) else content
    digest = sha256(text).hexdigest()
    return BankFile(article, _unique(passages), _unique(items), document, digest, text_missing=text_missing), found


def _passages(
    document: Document, data: dict[str, Data], article: Article | None, beside: Beside, found: list[Diagnostic]
) -> tuple[list[Passage], bool]:
    """The passages, and whether words of theirs are missing since the article's text is not here."""
    parts, name = None, article and article.text_file
    if article and name:
        parts, wrong = read_text(document, name, article.text_sha256, beside)
        found += wrong
    passages = []
    for path, record in _records(document, data, "passages", found):
        passage, wrong = validate(Passage, document, record, path)
        found += wrong
        if len(found) > MAX_FAULTS:
            break
        if isinstance(record, dict) and not record.keys() & {"text", "paragraphs"}:
            place = document.span((*path, "text"), key=True)
            found.append(error("Q103", "'text' is missing", place, "add `text:` here"))
            continue
        if passage is None:
            continue
        if passage.paragraphs is not None:
            if passage.text:
                found.append(both(document, path))
            elif article and not name:
                found.append(without_a_file(document, path))
            elif parts is not None:
                text, wrong = cut(document, path, passage.paragraphs, parts)
                passage = passage.model_copy(update={"text": text})
                found += wrong
        passages.append(passage)
    return passages, parts is None and any(not passage.text for passage in passages)


def _records(
    document: Document, data: dict[str, Data], kind: str, found: list[Diagnostic]
) -> Iterator[tuple[Path, Data]]:
    records = data.get(kind, [])
    if isinstance(records, list):
        for number, record in enumerate(records):
            yield (kind, number), record
    elif records:
        found.append(
            error("Q104", f"'{kind}' takes a list", document.span((kind,)), "every entry starts with a dash: - id: ...")
        )


def _item(document: Document, record: Data, path: Path) -> tuple[ItemBase | None, list[Diagnostic]]:
    if not isinstance(record, dict):
        return validate(ItemBase, document, record, path)
    kind = record.get("type")
    if kind is None:
        missing = error("Q103", "'type' is missing", document.span(path, key=True), one_of(ITEM_TYPES))
        return None, [missing, *_only(validate(ItemBase, document, {**record, "type": "?"}, path)[1])]
    if not isinstance(kind, str) or kind not in ITEM_TYPES:
        message = f"'{kind}' is not a type of item" if isinstance(kind, str) else "'type' takes one word"
        unclear = error("Q105", message, document.span((*path, "type")), did_you_mean(str(kind), ITEM_TYPES))
        return None, [unclear, *_only(validate(ItemBase, document, record, path)[1])]
    return validate(ITEM_TYPES[kind], document, record, path)


def _only(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """What can be said of an item whose type is unknown: nothing of the keys that only its type would have."""
    return [diagnostic for diagnostic in found if diagnostic.code not in ("Q102", "Q110")]


def _ids(document: Document, kind: str) -> Iterator[tuple[int, str]]:
    records = document.data.get(kind, []) if isinstance(document.data, dict) else []
    seen = set()
    for number, record in enumerate(records if isinstance(records, list) else []):
        name = record.get("id") if isinstance(record, dict) else None
        if isinstance(name, str) and name and name not in seen:
            seen.add(name)
            yield number, name


def _meeting_ids(document: Document, kind: str) -> Iterator[Diagnostic]:
    first = {name: number for number, name in _ids(document, kind)}
    records = document.data.get(kind, []) if isinstance(document.data, dict) else []
    for number, record in enumerate(records if isinstance(records, list) else []):
        name = record.get("id") if isinstance(record, dict) else None
        if isinstance(name, str) and first.get(name, number) != number:
            line = document.span((kind, first[name], "id")).line
            yield error(
                "Q108",
                f"two {kind} are called '{name}'",
                document.span((kind, number, "id")),
                f"the other is in line {line}; rename one",
            )


def _unknown_passages(document: Document, items: Sequence[ItemBase]) -> Iterator[Diagnostic]:
    known = dict.fromkeys(name for _, name in _ids(document, "passages"))
    numbers = {name: number for number, name in _ids(document, "items")}
    hints: dict[str, str] = {}
    for item in items:
        if item.passage is not None and item.passage not in known:
            if item.passage not in hints:  # to look for near ones takes long, and a report shows a hundred
                near = did_you_mean(item.passage, known) if len(hints) < 100 else one_of(known)
                hints[item.passage] = near if known else "add it under `passages:`"
            hint = hints[item.passage]
            yield error(
                "Q303",
                f"no passage is called '{item.passage}'",
                document.span(("items", numbers[item.id], "passage")),
                hint,
            )


def _unknown_enemies(document: Document, items: Sequence[ItemBase]) -> Iterator[Diagnostic]:
    numbers = {name: number for number, name in _ids(document, "items")}
    for item in items:
        for place, enemy in enumerate(item.enemies):
            span = document.span(("items", numbers[item.id], "enemies", place))
            if enemy == item.id:
                yield error("Q325", f"'{enemy}' cannot be its own enemy", span, "name the other item")
            elif enemy not in numbers:
                yield error("Q325", f"no item is called '{enemy}'", span, did_you_mean(enemy, numbers))


def _unique(records: Sequence[Any]) -> tuple[Any, ...]:
    return tuple({record.id: record for record in reversed(records)}.values())[::-1]


# --- Files ----------------------------------------------------------------------------------------------------


def read(paths: Sequence[FilePath]) -> tuple[Bank, list[Diagnostic]]:
    """The bank that the files and folders hold, and what is wrong in it.

    A folder stands for its `.yaml` and `.yml` files, without those under `blueprints`. Images are read from each
    file's own folder. What cannot be opened is a diagnostic.
    """
    files: list[BankFile] = []
    found: list[Diagnostic] = []
    for path in bank_paths(paths):
        content, wrong = read_bytes(path)
        found += wrong
        if content is None:
            continue
        file, wrong = read_file(path, content)
        found += wrong
        if file is not None:
            files.append(file)
    found += meeting_articles((file.article.id, file.document.span(("article", "id"))) for file in files)
    return Bank(tuple(files)), found


def read_file(path: FilePath, content: bytes) -> tuple[BankFile | None, list[Diagnostic]]:
    """What the file with this content holds, with the images and the text that lie beside it."""

    def text(name: str) -> bytes | None:
        place = place_beside(path.parent, name)
        return read_bytes(place)[0] if place else None

    file, found = parse(content, str(path), text)
    if file is None:
        return None, found
    images, wrong = _read_images(file, path.parent)
    return replace(file, images=images), found + wrong


def named_files(file: BankFile) -> list[str]:
    """The names of all files that a bank file needs beside it: images, and the article's text."""
    shown = texts(file) if _may_hold("![", file) else ()
    names = [name for _, text in shown for name in markup.images(text)]
    return [*dict.fromkeys([*names, *filter(None, [file.article.text_file])])]


def _read_images(file: BankFile, folder: FilePath) -> tuple[dict[str, Image], list[Diagnostic]]:
    images: dict[str, Image] = {}
    found = []
    for path, text in texts(file) if _may_hold("![", file) else ():
        for name in markup.images(text):
            if name in images:
                continue
            try:
                images[name] = read_image(folder, name)
            except ImageError as problem:
                found.append(error(problem.code, str(problem), file.document.locate(path, name), problem.hint))
    return images, found


def _may_hold(words: str, file: BankFile) -> bool:
    """Whether a text of the file can hold the words: they stand there, or an escape may stand for them."""
    return words in file.document.text or "\\" in file.document.text


def texts(file: BankFile) -> Iterator[tuple[Path, str]]:
    """Every text that was typed, with the way to it; keys too, since the prompts of a matching item are keys."""
    return _texts((), file.document.data)


def _texts(path: Path, data: Data) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        yield path, data
        return
    for step, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(step, str):
            yield (*path, step), step
        yield from _texts((*path, step), value)


def meeting_articles(named: Iterable[tuple[str, Span]]) -> Iterator[Diagnostic]:
    """A fault for every article whose id another one has: (id, where it stands) of all of them."""
    first: dict[str, Span] = {}
    for name, span in named:
        other = first.setdefault(name, span)
        if other is not span:
            hint = f"the other is {other.file}; rename one"
            yield error("Q108", f"two articles are called '{name}'", span, hint)
