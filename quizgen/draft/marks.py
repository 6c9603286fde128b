r"""Runs of text with emphasis, code and formulas -> the Markdown subset of `quizgen.markup`.

What comes out is read back with `markup` itself: a text without marks stays as it was typed where that reads as the
same words, and gets its backslashes only where it does not. Marks that cannot be read back are left out, words never.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from .. import markup
from ..formula import FormulaError, to_mathml

WIDTH = 94
"""Where a line of a passage is wrapped; with its indentation in the bank file that is 100 columns."""


class Piece(NamedTuple):
    """A part of a paragraph: words, the start or end of a mark (`*` or `**`), code, a formula's TeX, a line's end."""

    kind: Literal["text", "open", "close", "code", "formula", "display", "break"]
    text: str


BREAK = Piece("break", "")

_SPACES = re.compile(r"(\S?)([ \t\n\r\f\v]+)(?=(\S?))")
_MARKS = re.compile(r"[\\`*_\[\]]|\$(?=\$)|(?<=\$)\$|^~(?=~~)")
_ANY_MARK = re.compile(r"[\\`*_!\[{$|~]|^\s*(?:[-+]|\d+[.)])(?:\s|$)")
_MARKER = r"(?:[-+*]|\d{1,9}[.)])(?:\s|$)"
_LIST = re.compile(rf"(\d*)(?={_MARKER}|[.)](?:\s|$))")
_NO_LINE_START = re.compile(rf" (?={_MARKER}|[-:|]+(?: |$)|\||`{{3}}|~{{3}})")


def plain(pieces: Iterable[Piece]) -> str:
    """The words of the pieces, on one line."""
    return _words(tidy(pieces)).strip()


def _words(pieces: Iterable[Piece]) -> str:
    return "".join(" " if piece.kind == "break" else piece.text for piece in pieces if piece.kind not in _TURNS)


_TURNS = ("open", "close")


def lines(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    """The pieces of every line, as lines were typed; a mark that goes over a line's end is taken up again."""
    line: list[Piece] = []
    on: list[Piece] = []
    for piece in pieces:
        parts = piece.text.split("\n") if piece.kind == "text" else ["", ""] if piece.kind == "break" else []
        if len(parts) < 2:
            line.append(piece)
            if piece.kind == "open":
                on.append(piece)
            elif piece.kind == "close" and on:
                on.pop()
            continue
        for number, part in enumerate(parts):
            if number:
                yield tuple(line)
                line = list(on)
            line.append(Piece("text", part))
    yield tuple(line)


def tidy(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with single spaces, none inside a mark's ends, and every mark opened and closed once."""
    made: list[Piece] = []
    on: list[str] = []
    space = False
    for piece in pieces:
        match piece.kind:
            case "text":
                text = _SPACES.sub(_one_space, piece.text)
                space = space or text.startswith(" ")
                if core := text.strip(" "):
                    _add(made, Piece("text", core), space)
                    space = text.endswith(" ")
            case "open" if piece.text not in on:
                made.append(piece)
                on.append(piece.text)
            case "close" if on and on[-1] == piece.text:
                on.pop()
                if made[-1].kind == "open":
                    made.pop()
                else:
                    made.append(piece)
            case "code" | "formula" | "display":
                if piece.text.strip():
                    _add(made, piece, space)
                    space = False
            case "break":
                if any(before.kind not in _TURNS for before in made) and made[-1] != BREAK:
                    made.append(BREAK)
                space = False
    made += [Piece("close", mark) for mark in reversed(on)]
    while BREAK in made and all(piece.kind in ("break", *_TURNS) for piece in made[_last(made) :]):
        del made[_last(made)]
    return made


def _last(pieces: Sequence[Piece]) -> int:
    return len(pieces) - 1 - pieces[::-1].index(BREAK)


def _add(made: list[Piece], piece: Piece, space: bool) -> None:
    """Append a piece; the space before it goes before the marks that have just been opened."""
    if space and any(before.kind not in _TURNS for before in made) and made[-1] != BREAK:
        place = len(made)
        while made[place - 1].kind == "open":
            place -= 1
        made.insert(place, Piece("text", " "))
    made.append(piece)


def _one_space(match: re.Match[str]) -> str:
    before, run, after = match.groups()
    if "\n" in run and before and after and len(markup.join_lines(f"{before}\n{after}")) == 2:
        return before  # two ideographs
    return f"{before} "


def markdown(pieces: Sequence[Piece], *, inline: bool = False, cell: bool = False) -> str:
    """The pieces in the Markdown subset; a `break` is a backslash at the end of a line. `inline` has one line only."""
    pieces = [_settable(piece) for piece in tidy(pieces)]
    words = _words(pieces).strip()
    for attempt in (_signs(pieces, escaped=False), _signs(pieces, escaped=True)):
        text = guarded(attempt) if not inline else attempt.replace("\\\n", " ")
        if not (cell and "|" in text) and reads_as(text, words, inline=inline):
            return text
    text = _MARKS.sub(_backslash, words)
    return text.replace("|", "\\|") if cell else text if inline else guarded(text)


def _settable(piece: Piece) -> Piece:
    """A formula that cannot be set is shown as its TeX."""
    if piece.kind not in ("formula", "display"):
        return piece
    try:
        to_mathml(piece.text.strip())
    except FormulaError:
        return Piece("text", piece.text)
    return piece


def reads_as(text: str, words: str, *, inline: bool = False) -> bool:
    """Whether a text in the Markdown subset is read as just these words, with nothing wrong in it."""
    if not _ANY_MARK.search(text):
        return True
    before = "x " if inline else ""  # a line is never a list
    read = markup.to_plain(before + text)
    return markup.fold(read) == markup.fold(before + words) and not markup.faults(text, inline=inline)


def _signs(pieces: Sequence[Piece], *, escaped: bool) -> str:
    return "".join(_sign(piece, escaped) for piece in pieces)


def _sign(piece: Piece, escaped: bool) -> str:
    match piece.kind:
        case "text":
            return _MARKS.sub(_backslash, piece.text) if escaped else piece.text
        case "code":
            fence = "`" * (max(map(len, re.findall(r"`+", piece.text)), default=0) + 1)
            pad = " " if piece.text.startswith("`") or piece.text.endswith("`") else ""
            return f"{fence}{pad}{piece.text}{pad}{fence}"
        case "formula":
            return f"\\({piece.text.strip()}\\)"
        case "display":
            return f"$${piece.text.strip()}$$"
        case "break":
            return "\\\n"
        case _:
            return piece.text


def _backslash(match: re.Match[str]) -> str:
    return "\\" + match[0]


def guarded(text: str) -> str:
    """No line that starts like an entry of a list, unless it is one."""
    return "\n".join(_LIST.sub(r"\1\\", line, count=1) if _LIST.match(line) else line for line in text.split("\n"))


def wrapped(text: str, width: int = WIDTH) -> str:
    """A paragraph in lines of about `width` columns; none of them starts with what would begin a list or a table."""
    lines = []
    for line in text.split("\n"):
        glued = _NO_LINE_START.sub("\0", line)
        lines += textwrap.wrap(glued, width, break_long_words=False, break_on_hyphens=False) or [""]
    return "\n".join(lines).replace("\0", " ")
