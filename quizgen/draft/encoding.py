"""Bytes -> text. A text is UTF-8, or UTF-16 with its mark; only a web page may say that it is something else."""

import codecs
import re

from ..diagnostics import Diagnostic, Span, error
from .characters import cleaned
from .tree import tree

_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEAD = 4096
_OF_THE_WEB = re.compile(
    r"utf-8|cp(125\d|866|874|932|949)|koi8-[ru]|iso8859-\d+|gb18030|gbk|big5|euc_jp|iso2022_jp|mac-.*"
)
# What a page calls by the name on the left is read as what is on the right (https://encoding.spec.whatwg.org/#names-and-labels).
_MEANT = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "shift_jis": "cp932", "euc_kr": "cp949", "gb2312": "gb18030", "utf-16": "utf-8", "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}  # fmt: skip


def decode(content: bytes, name: str, *, page: bool) -> tuple[str | None, list[Diagnostic]]:
    """The text of a file, its lines ended by `\\n`; control characters and soft hyphens are dropped."""
    marked = next((encoding for mark, encoding in _MARKED if content.startswith(mark)), None)
    encoding = marked or (_declared(content) if page else None) or "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as problem:
        if not page or marked or _declared(content):
            return None, [_not_so(problem, name, encoding)]
        text = content.decode("cp1252", "replace")  # as browsers do where a page says nothing
    return cleaned(text), []


def _declared(content: bytes) -> str | None:
    """The encoding that a page declares at its start, if it is one that pages have."""
    for meta in tree(content[:_HEAD].decode("latin-1")).all("meta"):
        label = meta.get("charset") or _charset(meta.get("content") if meta.get("http-equiv") else "")
        try:
            name = codecs.lookup(label.strip()).name if label else ""
        except (LookupError, ValueError):
            continue
        name = _MEANT.get(name, name)
        if _OF_THE_WEB.fullmatch(name):
            return name
    return None


def _charset(content: str) -> str:
    found = re.search(r"charset\s*=\s*[\"']?([\w-]+)", content, re.IGNORECASE)
    return found[1] if found else ""


def _not_so(problem: UnicodeDecodeError, name: str, encoding: str) -> Diagnostic:
    known = encoding.upper().replace("-SIG", "")
    before = problem.object[: problem.start].decode(encoding, "replace").split("\n")
    span = Span(name, len(before), len(before[-1]) + 1, len(before[-1]) + 2, cleaned(before[-1]))
    message = f"the file is not {known}: byte 0x{problem.object[problem.start]:02x}"
    return error("Q009", message, span, "save it with the encoding UTF-8")
