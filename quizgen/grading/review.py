"""A review file (`.qgv`): what a response earned and why, for the student, who opens it in the page of the quiz.

It tells the key, so it is issued after marking. Its texts are trees of elements from a closed list, and no HTML, so
that a page can show it without reading HTML: templates/player/reviewfile.js, which has the same list.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Protocol, TypeAlias

from lxml.html import HtmlElement, fragment_fromstring

from ..form import Form, FormItem, ItemSet
from ..items import ItemBase, lettered
from .responses import Submission
from .results import Result

Tree: TypeAlias = list[Any]
"""Texts, and elements as [tag, attributes, tree]."""

TAGS = frozenset(
    "p br em strong s code pre sub sup ul ol li table thead tbody tr th td a img "
    "math mrow mi mn mo mtext mspace msqrt mroot mfrac mstyle msup msub msubsup munder mover munderover mtable mtr mtd "
    "mpadded menclose mphantom".split()
)
ATTRIBUTES = {
    "a": ("href",), "ol": ("start",), "th": ("scope",), "img": ("src", "alt", "width", "height"),
}  # fmt: skip
MATH_ATTRIBUTES = frozenset(
    "accent accentunder columnalign columnspacing columnlines rowspacing rowlines rowalign display displaystyle fence "
    "form largeop linethickness lspace rspace mathvariant maxsize minsize movablelimits notation scriptlevel separator "
    "stretchy symmetric width height depth".split()
)
_LINK = re.compile(r"(?:https?://|mailto:)\S+\Z", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/=]+\Z")


class Texts(Protocol):
    """Sets what authors wrote as HTML that is safe."""

    def line(self, text: str) -> str:
        """One line, without a paragraph around it."""

    def block(self, text: str) -> str:
        """Paragraphs, lists, tables."""


Setter: TypeAlias = Callable[[ItemSet], Texts]


def review(one: Submission, form: Form, result: Result, quiz: str | None, texts: Setter) -> bytes:
    """The review of a response to the quiz with this id. `form` has the keys that errata gave it."""
    marks = {answer.number: answer.earned for answer in result.answers.values()}
    items: dict[str, dict[str, Any]] = {}
    for item_set in form.sets:
        for placed in item_set.items:
            given = one.answers.get(placed.number, ())
            told = _told(placed, item_set, given, texts(item_set))
            items[str(placed.number)] = {"earned": marks[placed.number], **told}
    whole = {
        "quizgen": "review",
        "v": 1,
        "quiz": quiz,
        "digest": one.form.digest,
        "form": one.form.id,
        "attempt": one.attempt,
        "student": {"id": one.student.id, "name": one.student.name},
        "answers": {str(number): list(given) for number, given in one.answers.items()},
        "earned": result.earned,
        "points": result.points,
        "items": items,
    }
    return json.dumps(whole, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def _told(placed: FormItem, item_set: ItemSet, given: tuple[str, ...], texts: Texts) -> dict[str, Any]:
    item = placed.item
    return {
        "points": item.points,
        "answer": [{"mark": line.mark, "text": tree(texts.line(line.text))} for line in item.key_lines()],
        "rationale": tree(texts.block(item.rationale)) if item.rationale else None,
        "chosen": [{"mark": mark, "why": tree(texts.block(why))} for mark, why in _reasons(item) if mark in given],
        "evidence": list(item_set.source.evidence(item)),
    }


def _reasons(item: ItemBase) -> Iterator[tuple[str, str]]:
    """The letters of options of which the author says why they are wrong, or right."""
    letters = lettered(item.printed)
    return ((letters[choice.id], choice.why) for choice in item.printed if choice.why)


def tree(html: str) -> Tree:
    """What of the HTML a review may have; of other elements it keeps what is in them."""
    return _inside(fragment_fromstring(f"<div>{html}</div>"))


def _inside(element: HtmlElement) -> Tree:
    found: Tree = [element.text] if element.text else []
    for child in element:
        if isinstance(child.tag, str):
            inside = _inside(child)
            found += [[child.tag, dict(_attributes(child)), inside]] if child.tag in TAGS else inside
        found += [child.tail] if child.tail else []
    return found


def _attributes(element: HtmlElement) -> Iterator[tuple[str, str]]:
    for name, value in element.items():
        if name == "href":
            sound = _LINK.match(value) is not None
        elif name == "src":
            sound = _PICTURE.match(value) is not None
        else:
            sound = True
        allowed = ATTRIBUTES.get(str(element.tag), ()) if not _is_math(element) else MATH_ATTRIBUTES
        if sound and name in allowed:
            yield name, value


def _is_math(element: HtmlElement) -> bool:
    return str(element.tag).startswith("m")
