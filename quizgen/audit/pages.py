"""Quiz pages in HTML: what they say, what they hide, and whether anything in them tells one option from another."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..diagnostics import Diagnostic, error
from ..form import Form
from ..render.student import student_form
from .html import Element, Page, Text, parse, reading
from .images import remarks
from .keys import key_rows, keyed_record, texts_of
from .options import odd_options
from .own import Own
from .places import span_at
from .search import Searcher
from .secrets import Known, Needle
from .texts import BREAK, line_of, placed_words, words
from .unseen import Find, Unseen, option_line, said_of

_MEND = "do not hand it out; look at the template that writes this place, or build again"
_NAMED = frozenset(
    "id class name for href src value type role form list headers http-equiv charset rel lang dir autocomplete".split()
)
"""Attributes that are not for reading."""
_AUTHORS = frozenset("href rel src alt width height class scope start title lang dir id name value type".split())
"""Attributes that an author's text may bring, and those that have any value."""
_TARGETED = re.compile(r"#[\w-]*\d[\w-]*|\[(?:name|value|for|id)[^\]]*\]|:nth-[\w-]+\(\s*\d+\s*\)")
_IMAGE = re.compile(r"data:image/[\w.+-]+;base64,([A-Za-z0-9+/=\s]*)", re.IGNORECASE)


def _is_long(needle: Needle) -> bool:
    """Whether words are so many that they tell something though they stand in several texts."""
    return len(set(needle.line.split())) > 3


@dataclass
class PageAuditor:
    """Looks through quiz pages, one by one."""

    told: Known
    own: Own
    searcher: Searcher
    unseen: Unseen
    _script: dict[int, str] = field(default_factory=dict)
    """The scripts of the first page, which all others share."""
    _known_code: set[str] = field(default_factory=set)

    def look(self, name: str, source: str, form: Form | None) -> list[Diagnostic]:
        """What a page tells; `form` is the one that it should show, where that is known."""
        page = parse(source)
        look = _Look(self, name, page, form)
        return look.found()


@dataclass
class _Look:
    """One page under the glass."""

    by: PageAuditor
    name: str
    page: Page
    form: Form | None
    _units: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Texts that no reader sees -> where the first of them is, and what it is."""

    def __post_init__(self) -> None:
        """Its text is read once."""
        self._reading = reading(self.page.root)

    def found(self) -> list[Diagnostic]:
        """All that is wrong with it."""
        found = [*self._text(), *self._unseen(), *self._code(), *self._rows()]
        for text, find in self.by.unseen.only_right(self._units):
            at, where = self._units[text]
            found.append(self._find(find, at, where))
        return [*found, *self._twice(), *self._items(), *self._attributes()]

    def _error(self, code: str, message: str, at: int, length: int = 1) -> Diagnostic:
        return error(code, message, span_at(self.name, self.page.source, at, length), _MEND)

    def _find(self, find: Find, at: int, where: str) -> Diagnostic:
        """A find in a text that begins at a place; its words may stand further on."""
        pattern = r"[^\w]+".join(map(re.escape, find.words))
        match = re.compile(pattern, re.IGNORECASE).search(self.page.source, at) if find.words else None
        near = match.start() if match and match.start() < at + 100_000 else at
        return self._error(find.code, find.message.format(where=where), near, len(match[0]) if match else 1)

    # --- What is read

    def _text(self) -> Iterator[Diagnostic]:
        read = self._reading
        parted = words(read.text)
        joined = [word for word in parted if word != BREAK]
        hits = [*self.by.searcher.hits(parted), *(hit for hit in self.by.searcher.hits(joined) if _is_long(hit.needle))]
        if not hits:
            return
        found, places = placed_words(read.text)
        told = {hit.needle for hit in self.by.searcher.hits(found)}
        for hit in self.by.searcher.hits(found):
            yield self._error("Q570", f"{said_of(hit.needle)} in the text", read.at(places[hit.place]))
        whole = [(word, place) for word, place in zip(found, places, strict=True) if word != BREAK]
        for hit in self.by.searcher.hits([word for word, _ in whole]):
            if _is_long(hit.needle) and hit.needle not in told:
                yield self._error("Q570", f"{said_of(hit.needle)} in the text", read.at(whole[hit.place][1]))

    # --- What is not read

    def _unseen(self) -> Iterator[Diagnostic]:
        unseen = self.by.unseen
        for text in self.page.comments:
            self._units.setdefault(text.text, (text.at, "in a comment"))
            for find in unseen.judged(text.text, name=True):
                yield self._find(find, text.at, "in a comment")
            if text.raw.strip().casefold() != "doctype html" and f"<!--{text.raw}-->" not in self.by.own.source:
                yield self._error("Q572", "a comment that no template has", text.at)
        for node in self.page.root.all():
            if isinstance(node, Text):
                continue
            for each in node.attributes:
                where = f"in the attribute '{each.name}'"
                if (image := _IMAGE.match(each.value)) is not None:
                    for text_ in remarks(image[1]):
                        for find in unseen.judged(text_, name=True):
                            yield self._find(find, each.at, "in an image")
                    continue
                self._units.setdefault(each.value, (each.at, where))
                named = each.name in _NAMED or each.name.startswith("data-") or not self.by.own.writes(each.name)
                for find in unseen.judged(each.value, name=named):
                    yield self._find(find, each.at, where)
                if not self.by.own.writes(each.name):
                    for find in unseen.judged(each.name, name=True):
                        yield self._find(find, each.at, "in the name of an attribute")

    def _code(self) -> Iterator[Diagnostic]:
        number = 0
        for element, text in self.page.code:
            if element.tag == "script" and "json" in element.get("type"):
                yield from self._data(element, text)
                continue
            if element.tag == "script" and self.form:
                first = self.by._script.setdefault(number, text.raw)
                number += 1
                if first != text.raw:
                    yield self._error("Q572", "this script is another than on the other pages", text.at)
            if text.raw in self.by._known_code:
                continue
            kind = "a script" if element.tag == "script" else "a style"
            finds = self.by.unseen.judged(text.raw, code=True)
            self._units.setdefault(text.raw, (text.at, f"in {kind}"))
            yield from (self._find(find, text.at, f"in {kind}") for find in finds)
            targets = [*_TARGETED.finditer(text.raw)] if element.tag == "style" else []
            odd = next((match for match in targets if match[0] not in self.by.own.source), None)
            if odd:
                yield self._error("Q572", f"a style for '{odd[0]}' alone", text.at + odd.start(), len(odd[0]))
            if not finds and not odd:
                self.by._known_code.add(text.raw)

    def _data(self, element: Element, text: Text) -> Iterator[Diagnostic]:
        if element.get("id") == "answers":
            yield self._error("Q576", "this is a practice page: it has the answers", element.at)
        try:
            data = json.loads(text.raw)
        except (ValueError, RecursionError):
            data = text.raw
        for part in texts_of(data):
            self._units.setdefault(part, (text.at, "in the data of the script"))
            for find in self.by.unseen.judged(part, name=True):
                yield self._find(find, text.at, "in the data of the script")
        if self.form and keyed_record(data, self.form):
            yield self._error("Q572", "the data of the script say what is right", text.at)

    # --- The key in a row

    def _rows(self) -> Iterator[Diagnostic]:
        rows = key_rows(self.form) if self.form else []
        units = [*self._units.items(), *((text.raw, (text.at, "in a script")) for _, text in self.page.code)]
        for text, (at, where) in units:
            if len(text) < 5:
                continue
            line = line_of(words(text)) if text not in self.by._known_code else ""
            if any(row in line for row in rows):
                yield self._error("Q572", f"the key of the form stands {where}", at)
        line = line_of(word for word in words(self._reading.text) if word != BREAK) if rows else ""
        if any(row in line for row in rows):
            yield self._error("Q572", "the key of the form stands in the text", 0)

    # --- What is there more than once

    def _twice(self) -> Iterator[Diagnostic]:
        nodes = [node for node in self.page.root.all() if isinstance(node, Text) and not node.raw.isspace()]
        lines = [(line_of(words(node.text)), node.at) for node in nodes if len(node.raw) < 2000]
        often = Counter(line for line, _ in lines)
        twice = {line for line, count in often.items() if count > 1} & self.by.unseen.distinct
        for item in self.by.told.keyed.values() if twice else ():
            right = [line for line in map(option_line, item.right) if line in twice]
            wrong = [often[line] for line in map(option_line, item.wrong) if line in self.by.unseen.distinct]
            if right and any(0 < count < often[right[0]] for count in wrong):
                at = [place for line, place in lines if line == right[0]][-1]
                message = f"the right option of '{item.name}' stands in the text more often than others"
                yield self._error("Q572", message, at)

    # --- Items

    def _items(self) -> Iterator[Diagnostic]:
        if self.form is None:
            return
        sets = [node for node in self.page.root.all() if isinstance(node, Element) and node.tag == "fieldset"]
        named = {each.get("id"): each for each in sets}
        shown = [item for item_set in student_form(self.form).sets for item in item_set.items]
        for place, item in enumerate(shown):
            container = named.get(f"q{item.number}") or (sets[place] if len(sets) == len(shown) else None)
            if container is None:
                yield self._error("Q575", f"question {item.number} of the form is not on the page", 0)
                continue
            for odd in odd_options(self.page, container, item.shown):
                if odd.moved:
                    message = f"the options of question {item.number} stand in another order than in the form"
                    yield self._error("Q575", message, odd.at)
                else:
                    message = f"option {odd.number + 1} of question {item.number} is not written as the others are"
                    yield self._error("Q572", message, odd.at)

    def _attributes(self) -> Iterator[Diagnostic]:
        """Attributes that no template writes, and no text of an author brings."""
        told: set[str] = set()
        waiting: list[Element | Text] = [self.page.root]
        while waiting:
            node = waiting.pop()
            if isinstance(node, Text) or node.tag in ("math", "svg"):
                continue
            waiting += reversed(node.children)
            for each in node.attributes:
                usual = each.name != "style" and (each.name in _AUTHORS or self.by.own.writes(each.name))
                if not usual and each.name not in told:
                    told.add(each.name)
                    yield self._error("Q572", f"an attribute '{each.name}' that no template has", each.at)
