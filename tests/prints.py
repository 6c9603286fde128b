"""What a person finds on a printed page: the text of a PDF, read back."""

import re
from dataclasses import dataclass
from io import BytesIO

import pypdf
import pytest


def _has_pango() -> bool:
    try:
        import weasyprint  # noqa: F401 (its import is the question)
    except OSError:
        return False
    return True


needs_pango = pytest.mark.skipif(not _has_pango(), reason="a PDF needs Pango, which is not on this machine")


def pages_of(content: bytes) -> list[str]:
    """The text of each page, line by line, in the order in which it is drawn."""
    sheets = (page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)
    return [re.sub(r"[^\S\n]+", " ", sheet) for sheet in sheets]


@dataclass(frozen=True)
class PrintedItem:
    """An item as it stands on paper: the page, the stem, and what stands beside each letter."""

    page: int
    stem: str
    options: dict[str, str]


def items_of(content: bytes) -> dict[int, PrintedItem]:
    """The items of a printed form of short texts, by number: an item begins with its number and its points."""
    found: dict[int, PrintedItem] = {}
    for place, page in enumerate(pages_of(content)):
        for line in page.split("\n"):
            if start := re.match(rf"{len(found) + 1} [\d.]+ points?(.*)$", line):
                found[len(found) + 1] = PrintedItem(place, start[1].strip(), {})
            elif found and re.match(r"[A-Z] ", line):
                for option in re.finditer(r"([A-Z]) +(.+?) *(?= [A-Z] |$)", line):  # options may stand in columns
                    found[len(found)].options.setdefault(option[1], option[2])
    return found
