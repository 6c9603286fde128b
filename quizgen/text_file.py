"""An article's text in a file of its own: `text_file`, for texts that must not be published with their bank.

The bank says by its SHA-256 which text it was written for, and gives each passage the numbers of its paragraphs. Where
the file is not there, the bank can still be checked in all that does not need the words of its passages.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import TypeAlias

from . import markup
from .diagnostics import Diagnostic, error, warning
from .document import Document, Path
from .items.evidence import paragraphs
from .source import MAX_TEXT

Beside: TypeAlias = Callable[[str], bytes | None]
"""Gives the content of the file with this name beside the bank file; `None` where there is none."""

MAX_BYTES = 2 * 2**20
_KEY = ("article", "text_file")


def read_text(
    document: Document, name: str, digest: str | None, beside: Beside
) -> tuple[list[str] | None, list[Diagnostic]]:
    """The paragraphs of the article's text, and what is wrong with the file; `None` where it cannot be had."""
    content = beside(name)
    if content is None:
        hint = "put it there to build a quiz; items are checked without it, their evidence is not"
        return None, [warning("Q321", f"there is no file '{name}' here", document.span(_KEY), hint)]
    if len(content) > MAX_BYTES:
        large = f"'{name}' is larger than {MAX_BYTES // 2**20} MiB"
        return None, [error("Q008", large, document.span(_KEY), "shorten it, or divide it into several articles")]
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None, [error("Q009", f"'{name}' is not UTF-8", document.span(_KEY), "save it with the encoding UTF-8")]
    return paragraphs(text), list(_digest_faults(document, sha256(content).hexdigest(), digest))


def _digest_faults(document: Document, found: str, recorded: str | None) -> Sequence[Diagnostic]:
    if recorded is None:
        fix = document.inserted(_KEY[:1], "text_sha256", found)
        hint = f"add `text_sha256: {found}`"
        return [warning("Q323", "nothing says which text the bank was written for", document.span(_KEY), hint, fix)]
    if recorded != found:
        place = document.span(("article", "text_sha256"))
        hint = f"if the edit was meant, see that the items still fit and write {found}"
        return [error("Q324", "the text is not the one that the bank was written for", place, hint)]
    return []


def cut(document: Document, path: Path, numbers: tuple[int, int], parts: Sequence[str]) -> tuple[str, list[Diagnostic]]:
    """The text of the passage at `path`: the paragraphs with these numbers, and what is wrong with them."""
    place = document.span((*path, "paragraphs"))
    first, last = numbers
    if last > len(parts):
        return "", [error("Q322", f"there is no paragraph {last}", place, f"the text has {len(parts)} of them")]
    text = "\n\n".join(parts[first - 1 : last])
    if len(text) > MAX_TEXT:
        return "", [error("Q014", f"a text of more than {MAX_TEXT:,} characters", place, "name fewer paragraphs")]
    return text, [error(fault.code, fault.message, place, fault.hint) for fault in markup.faults(text)]


def without_a_file(document: Document, path: Path) -> Diagnostic:
    """The fault of a passage that is cut from a text that the article does not name."""
    place = document.span((*path, "paragraphs"), key=True)
    return error("Q320", "`paragraphs` without a text", place, "name the file in `article:`, as `text_file:`")


def both(document: Document, path: Path) -> Diagnostic:
    """The fault of a passage with a text of its own and paragraphs of the article's."""
    place = document.span((*path, "paragraphs"), key=True)
    return error("Q320", "`text` and `paragraphs` at once", place, "keep one of the two")
