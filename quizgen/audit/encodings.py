"""Texts that are hidden in other texts: what they say when they are read as they were written.

All work is bounded: what comes out of one file is never more than a few megabytes.
"""

import re
import zlib
from base64 import b64decode
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape
from urllib.parse import unquote_to_bytes

_RUN = re.compile(r"[A-Za-z0-9+/_-]{8,}(?:[\r\n]+[A-Za-z0-9+/_-]{8,})*")
_HEX = re.compile(r"(?:(?:0x|\\x)?[0-9A-Fa-f]{2}[\s:,;]{0,2}){4,}")
_NUMBERS = re.compile(r"(?:\d{1,7}[\s,;]{1,2}){4,}\d{1,7}")
_ESCAPED = re.compile(r"\\u\{([0-9A-Fa-f]{1,6})\}|\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})|\\([0-7]{3})")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}|[!-$&-~])*%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2}|[!-$&-~])*")
_MOST = 4 * 2**20
"""So many bytes are unpacked of one stream, and so many signs are read of one text."""
_DEEPEST = 3
_SHORTEST = 8
"""In fewer signs nothing is hidden that could tell."""


def hidden(text: str) -> Sequence[tuple[str, str]]:
    """What a text says in other writings: how it was written, and what it says."""
    return _in_code(text) if 2**12 <= len(text) <= 2**17 else list(_hidden(text, _DEEPEST))


@lru_cache(maxsize=16)
def _in_code(text: str) -> Sequence[tuple[str, str]]:
    """The same of a text that is as long as a script or a style: all pages have the same, and each is asked twice."""
    return list(_hidden(text, _DEEPEST))


def _hidden(text: str, depth: int) -> Iterator[tuple[str, str]]:
    if len(text) < _SHORTEST:
        return
    text = text[:_MOST]
    if "\\" in text and (read := _ESCAPED.sub(_sign, text)) != text:
        yield "as escapes", read
    if "&" in text and (read := unescape(text)) != text:
        yield "as entities", read
    if "%" in text:
        for match in _PERCENT.finditer(text):
            yield from _read("in per cent signs", unquote_to_bytes(match[0]), depth)
    for match in _HEX.finditer(text):
        digits = re.sub(r"0x|\\x|[^0-9A-Fa-f]", "", match[0])
        for start in (0, 1):
            yield from _read(
                "in hexadecimal", bytes.fromhex(digits[start : start + (len(digits) - start) // 2 * 2]), depth
            )
    for match in _NUMBERS.finditer(text):
        codes = [int(code) for code in re.findall(r"\d+", match[0])]
        yield "as numbers of characters", "".join(chr(code) for code in codes if code < 0xD800)
    for match in _RUN.finditer(text):
        yield from _base64(match[0], depth)


def _sign(match: re.Match[str]) -> str:
    code = int(match[1] or match[2] or match[3], 16) if not match[4] else int(match[4], 8)
    return chr(code) if code < 0x110000 else ""


def _base64(run: str, depth: int) -> Iterator[tuple[str, str]]:
    """A run may begin with letters that do not belong to it: each of the four ways to cut it is tried."""
    plain = re.sub(r"\s", "", run).translate({45: 43, 95: 47})
    for start in range(4):
        part = plain[start:]
        part = part[: len(part) - (1 if len(part) % 4 == 1 else 0)]
        try:
            content = b64decode(part + "=" * (-len(part) % 4))
        except ValueError:
            continue
        yield from _read("in base64", content, depth)


def _read(how: str, content: bytes, depth: int) -> Iterator[tuple[str, str]]:
    """What bytes say as text, and what is hidden in that."""
    for text in decoded(content):
        yield how, text
        if depth > 1:
            yield from ((f"{inner} {how}", said) for inner, said in _hidden(text, depth - 1))


def decoded(content: bytes) -> Iterator[str]:
    """What bytes may say as text: in UTF-8 or UTF-16, packed or not. Bytes that are no text say nothing."""
    if (unpacked := inflated(content)) is not None:
        content = unpacked
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("utf-8", "ignore")
        if len(text) * 2 < len(content):
            text = ""
    if text and "\0" not in text and (text.isprintable() or _readable(text)):
        yield text
    if content.count(0) * 4 >= len(content) or not text:
        for codec in ("utf-16-le", "utf-16-be"):
            for start in (0, 1):
                wide = content[start:].decode(codec, "ignore")
                if _readable(wide):
                    yield wide


def _readable(text: str) -> bool:
    """Whether most of a text is letters and the like of one or two scripts."""
    sample = text[:400]
    return sum(sign.isalnum() or sign.isspace() for sign in sample) * 10 >= len(sample) * 6 > 0


def inflated(content: bytes) -> bytes | None:
    """What is packed by zlib or gzip; `None` where nothing is."""
    if content[:1] != b"\x78" and content[:2] != b"\x1f\x8b":
        return None
    try:
        return zlib.decompressobj(47).decompress(content, _MOST) or None  # 47: either head
    except zlib.error:
        return None
