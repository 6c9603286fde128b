"""The elements of a page -> blocks: paragraphs, headings, lists, tables, code, in the order of the page.

What is no text of the article (navigation, asides, forms, scripts, advertisements, pictures) is left out and noted.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from .marks import BREAK, Piece, guarded, markdown, plain, reads_as
from .model import Block, Notes, excerpt
from .tree import Element

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SILENT = {
    "script", "style", "template", "noscript", "head", "svg", "canvas", "img", "picture", "iframe", "object", "embed",
    "video", "audio", "map", "input", "select", "textarea", "datalist", "meter", "progress", "link", "meta", "title",
}  # fmt: skip
_FURNITURE = {"nav", "aside", "footer", "form", "button", "menu", "dialog", "figcaption"}
_ROLES = {"navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alert", "form"}
_NAMES = {
    "ad", "ads", "advert", "advertisement", "sponsored", "promo", "share", "sharing", "social", "related", "newsletter",
    "comments", "cookie", "cookies", "breadcrumb", "breadcrumbs", "sidebar", "navigation", "menu", "noprint",
    "mw-editsection", "reference", "infobox", "navbox", "hatnote", "toc", "catlinks", "thumbcaption",
    "skip-link", "visually-hidden", "sr-only",
}  # fmt: skip
_PARAGRAPHS = {
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figure", "header", "hgroup", "html", "legend", "li", "main", "ol", "p", "search", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_MARKS = {"em": "*", "i": "*", "cite": "*", "dfn": "*", "var": "*", "strong": "**", "b": "**"}
_RAISED = {
    "sup": str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
}
_CODE = ("code", "kbd", "samp", "tt")
_CELL_WORDS = 60
"""A cell with more words than this belongs to a table that lays out a page."""


def is_furniture(element: Element) -> bool:
    """Whether an element says of itself that it is not of the article."""
    names = {*element.get("class").lower().split(), element.get("id").lower()}
    return (
        element.tag in _FURNITURE
        or element.get("role").lower() in _ROLES
        or ("hidden" in element.attributes and element.get("hidden") != "until-found")
        or element.get("aria-hidden") == "true"
        or "display:none" in element.get("style").replace(" ", "").lower()
        or bool(names & _NAMES and element.tag not in ("html", "body", "main", "article"))
    )


def blocks(root: Element, notes: Notes, *, lines: bool = False) -> list[Block]:
    """The blocks of an element. `lines` keeps the ends of lines as they were typed; a browser shows them as spaces."""
    flow = _Flow(notes, lines)
    flow.walk(root)
    flow.flush()
    return flow.blocks


class _Flow:
    """Collects pieces until a paragraph ends."""

    def __init__(self, notes: Notes, lines: bool) -> None:
        self.notes, self.lines = notes, lines
        self.blocks: list[Block] = []
        self.pieces: list[Piece] = []
        self.open: list[str] = []

    def flush(self, kind: str = "paragraph") -> None:
        """End the paragraph; two line ends after each other end one, too."""
        marks = [Piece("open", mark) for mark in self.open]
        part: list[Piece] = []
        for number, piece in enumerate([*self.pieces, BREAK, BREAK]):
            blank = piece == BREAK and part and part[-1] == BREAK
            if blank or number == len(self.pieces) + 1:
                while part and part[-1] == BREAK:
                    part.pop()
                block = Block("heading" if kind == "heading" else "paragraph", tuple(part))
                if block.plain:
                    self.blocks.append(block)
                part = []
            elif not (piece.kind == "text" and not piece.text.strip() and part and part[-1] == BREAK):
                part.append(piece)
        self.pieces = marks

    def walk(self, element: Element) -> None:
        """Take in what an element holds."""
        for child in element.children:
            if isinstance(child, str):
                self.pieces.append(Piece("text", child if self.lines else re.sub(r"[ \t\n\r\f]+", " ", child)))
            else:
                self.take(child)

    def take(self, element: Element) -> None:
        """Take in an element."""
        tag = element.tag
        if tag in _SILENT or is_furniture(element) or (tag == "header" and not any(element.all("p", *HEADINGS))):
            self.leave_out(element)
        elif tag == "br":
            self.pieces.append(BREAK)
        elif tag in ("hr", "wbr"):
            self.flush() if tag == "hr" else None
        elif tag in HEADINGS:
            self.apart(element, "heading")
        elif tag in _MARKS:
            self.marked(element, _MARKS[tag])
        elif tag in _CODE:
            self.pieces.append(Piece("code", element.text))
        elif tag == "math":
            self.formula(element)
        elif tag in _RAISED:
            self.raised(element, _RAISED[tag])
        elif tag == "q":
            self.pieces.append(Piece("text", '"'))
            self.walk(element)
            self.pieces.append(Piece("text", '"'))
        elif (made := _FIXED.get(tag, _none)(element)) is not None:
            self.flush()
            self.blocks.append(Block("fixed", fixed=made))
        elif tag in _PARAGRAPHS or tag == "pre":
            self.apart(element)
        else:
            self.walk(element)

    def apart(self, element: Element, kind: str = "paragraph") -> None:
        """Take in an element that begins and ends paragraphs."""
        self.flush()
        self.walk(element)
        self.flush(kind)

    def marked(self, element: Element, mark: str) -> None:
        """Take in an element with emphasis."""
        if mark in self.open:
            self.walk(element)
            return
        self.pieces.append(Piece("open", mark))
        self.open.append(mark)
        self.walk(element)
        self.open.pop()
        self.pieces.append(Piece("close", mark))

    def formula(self, element: Element) -> None:
        """Take in MathML: as the TeX that it was made from, where it says that."""
        tex = next((e.text for e in element.all("annotation") if "tex" in e.get("encoding")), element.get("alttext"))
        kind = "display" if element.get("display") == "block" else "formula"
        self.pieces.append(Piece(kind, tex) if tex else Piece("text", element.text))  # type: ignore[arg-type]

    def raised(self, element: Element, signs: Mapping[int, int]) -> None:
        """Take in what is raised or lowered, in characters that are, where there are any; not the mark of a note."""
        if any(link.get("href").startswith("#") for link in element.all("a")):
            return
        text = element.text
        if all(ord(character) in signs for character in text):
            self.pieces.append(Piece("text", text.translate(signs)))
        else:
            self.walk(element)

    def leave_out(self, element: Element) -> None:
        """Note what is left out, where it holds words or is a picture."""
        if element.tag in ("img", "picture", "video", "audio", "figcaption"):
            said = excerpt(element.text or element.get("alt"))
            self.notes.add("left out, pictures and their captions", said or f"<{element.tag}>")
        elif element.tag not in _SILENT and (said := element.text) and not said.startswith("["):  # [1], [edit]
            self.notes.add("left out", f"{excerpt(said)} (<{element.tag}>)")


# --- Blocks that are neither cut nor wrapped; `None` where an element cannot be one -----------------------------


def _none(element: Element) -> str | None:
    return None


def _inline(element: Element) -> list[Piece] | None:
    """The pieces of an element that holds one paragraph, or none at all."""
    if any(element.all(*_FIXED, *HEADINGS)):
        return None
    made = blocks(element, Notes())
    if len(made) > 1:
        return None
    return list(made[0].pieces) if made else []


def _list(element: Element) -> str | None:
    entries = list(_entries(element, ""))
    if not entries or any(entry is None for entry in entries):
        return None
    text = "\n".join(f"{start}{guarded(markdown(pieces, inline=True))}" for start, pieces in filter(None, entries))
    words = "\n".join(plain(pieces) for _, pieces in filter(None, entries))
    return text if reads_as(text, words) else None


def _entries(element: Element, indent: str) -> Iterator[tuple[str, Sequence[Piece]] | None]:
    """The entries of a list and of the lists in it: what each starts with, and its words; `None` for another thing."""
    number = int(start) if (start := element.get("start")).isdecimal() and len(start) < 9 else 1
    for entry in element.elements:
        if entry.tag != "li":
            yield None
            continue
        sign = f"{indent}{number}. " if element.tag == "ol" else f"{indent}- "
        inner = [child for child in entry.elements if child.tag in ("ul", "ol")]
        own = Element("li", {}, [child for child in entry.children if child not in inner])
        pieces = _inline(own)
        if not pieces or len(indent) > 12 or (inner and entry.children.index(inner[0]) < len(entry.children) - 2):
            yield None
            continue
        yield sign, pieces
        for child in inner:
            yield from _entries(child, " " * len(sign))
        number += 1


def _table(element: Element) -> str | None:
    rows = [[cell for cell in row.elements if cell.tag in ("td", "th")] for row in element.all("tr")]
    cells = [cell for row in rows for cell in row]
    spans = any(cell.get(name) not in ("", "1") for cell in cells for name in ("rowspan", "colspan"))
    if len(rows) < 2 or len({len(row) for row in rows}) > 1 or len(rows[0]) < 2 or spans or any(element.all("table")):
        return None
    made = [[_inline(cell) for cell in row] for row in rows]
    if any(pieces is None or len(plain(pieces).split()) > _CELL_WORDS for row in made for pieces in row):
        return None
    texts = [[markdown(pieces or [], inline=True, cell=True) for pieces in row] for row in made]
    lines = ["| " + " | ".join(row) + " |" for row in texts]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    text = "\n".join(lines)
    caption = next((caption.text for caption in element.all("caption")), "")
    words = "\n".join(plain(pieces or []) for row in made for pieces in row)
    return text if not caption and reads_as(text, words) else None


def _code(element: Element) -> str | None:
    code = element.typed.strip("\n").rstrip()
    language = re.search(r"language-([\w+#-]+)", " ".join(e.get("class") for e in (element, *element.elements)))
    fence = "`" * max(3, max(map(len, re.findall(r"`+", code)), default=0) + 1)
    text = f"{fence}{language[1] if language else ''}\n{code}\n{fence}"
    return text if code and reads_as(text, code) else None


_FIXED: dict[str, Callable[[Element], str | None]] = {"ul": _list, "ol": _list, "table": _table, "pre": _code}
