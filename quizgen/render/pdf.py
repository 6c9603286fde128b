"""HTML -> PDF by WeasyPrint, which is given no way to any file or address but those in the page's own set."""

import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from .. import fonts
from ..fonts import Face
from .imposition import Booklets, impose
from .media import Assets
from .unicode_map import mend, readable


class PdfError(RuntimeError):
    """No PDF can be made; the message is one line that says what to do."""


MISSING = (
    "PDF needs Pango, which is not on this machine (the HTML prints well from a browser). To get it: "
    "Debian and Ubuntu: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 · "
    "Fedora: sudo dnf install pango · macOS: brew install pango · Windows: see https://doc.courtbouillon.org/weasyprint/stable/first_steps.html#windows"
)


@dataclass(frozen=True)
class PrintPage:
    """A page to be printed: its HTML, the fonts that it needs, and the images and formulas that it may use."""

    html: str
    faces: tuple[Face, ...]
    assets: Assets
    width: str = "210mm"
    """How wide its paper is, in CSS's words."""
    numbered: bool = False
    """Whether the lines of its passages are numbered."""
    fold: str | None = None
    """The direction in which it is read, `ltr` or `rtl`, if its pages are halves of sheets that are folded."""


def typeset(pages: Sequence[PrintPage], *, duplex: bool = False) -> list[bytes]:
    """Each page as a PDF, and last all of them, one after the other, as one PDF; if `duplex`, each on a right page.

    The same pages give the same bytes: no date and no chance goes in, and no font of the machine. Raises `PdfError`
    where there is no Pango.
    """
    with quiet():
        documents = [lay_out(page) for page in pages]
        odd = [duplex and not page.fold and len(one.pages) % 2 for page, one in zip(pages, documents, strict=True)]
        odd[-1] = False
        blank = _blank(pages[odd.index(1)]) if any(odd) else []
        bound = [[*document.pages, *(blank if one else [])] for document, one in zip(documents, odd, strict=True)]
        whole = documents[0].copy([sheet for sheets in bound for sheet in sheets])
        folds = [page.fold for page in pages]
        each = [_write(one, [(len(one.pages), fold)]) for one, fold in zip(documents, folds, strict=True)]
        return [*each, _write(whole, [(len(sheets), fold) for sheets, fold in zip(bound, folds, strict=True)])]


@contextmanager
def quiet() -> Iterator[None]:
    """Keeps WeasyPrint's remarks from people's eyes, and lets none of its errors pass: it would leave a hole."""
    errors: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            errors.append(record.getMessage())

    collector = Collector(logging.ERROR)
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    for logger in loggers:
        logger.addHandler(collector)
        logger.propagate = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as that this machine has no fonts: we bring ours
            yield
    finally:
        for logger in loggers:
            logger.removeHandler(collector)
    if errors:
        raise RuntimeError(f"a page could not be set as it was meant: {errors[0]}")


def _blank(like: PrintPage) -> list[Any]:
    """An empty page on the paper of another."""
    size = re.search(r"@page \{ size: \w+; \}", like.html)
    html = f"<html lang=en><title>-</title><style>{size[0] if size else ''}</style>"
    return list(lay_out(replace(like, html=html)).pages)


_ENDLESS = "@page { size: %s 100000mm !important; }"


def lay_out(page: PrintPage, *, endless: bool = False) -> Any:
    """The page as WeasyPrint lays it out; on one sheet that never ends, if `endless`. Raises `PdfError`."""
    from .lines import number

    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
    except OSError as problem:
        raise PdfError(MISSING) from problem
    fetcher, configuration = _closed_fetcher(page), FontConfiguration()
    html = weasyprint.HTML(string=page.html, base_url="asset:///", url_fetcher=fetcher)
    rules = fonts.css(page.faces) + (_ENDLESS % page.width if endless else "")
    faces = weasyprint.CSS(string=rules, base_url="asset:///", url_fetcher=fetcher, font_config=configuration)
    document = html.render(stylesheets=[faces], font_config=configuration)
    if page.numbered:
        number(document.pages)
    return document


def _write(document: Any, booklets: Booklets) -> bytes:
    target = BytesIO()

    def finish(document: Any, pdf: Any) -> None:
        mend(document, pdf)
        impose(pdf, booklets)

    with readable():
        document.write_pdf(target, pdf_variant="pdf/ua-1", finisher=finish)
    return target.getvalue()


def _closed_fetcher(page: PrintPage) -> Any:
    """A fetcher that knows the page's own files and nothing else: by default WeasyPrint reads any file and address."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    faces = {fonts.url(face): face for face in page.faces}

    class ClosedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            """The page's own file; anything else is fatal, so that it cannot become a hole in the page."""
            if url in faces:
                media_type, content = "font/sfnt", fonts.content(faces[url])
            elif url in page.assets.files:
                media_type, content = page.assets.files[url]
            else:
                raise FatalURLFetchingError(f"a page asked for {url}, which is not its own")
            return URLFetcherResponse(url, content, {"Content-Type": media_type})

    return ClosedFetcher()
