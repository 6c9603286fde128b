"""HTML -> PDF by WeasyPrint, which is given no way to any file or address but those in the page's own set."""

import gc
import logging
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from typing import Any

from .. import fonts
from ..fonts import Face
from .media import Assets


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


def typeset(pages: Sequence[PrintPage]) -> list[bytes]:
    """Each page as a PDF, and last all of them, one after the other, as one PDF.

    The same pages give the same bytes: no date and no chance goes in, and no font of the machine. Raises `PdfError`
    where there is no Pango. WeasyPrint is imported here and nowhere else.
    """
    with _only_errors():
        try:
            import weasyprint
        except OSError as problem:
            raise PdfError(MISSING) from problem
        documents = [_lay_out(weasyprint, page) for page in pages]
        whole = documents[0].copy([sheet for document in documents for sheet in document.pages])
        return [_write(document) for document in (*documents, whole)]


@contextmanager
def typesetter(pages: Sequence[PrintPage]) -> Iterator[Callable[[], list[bytes]]]:
    """`typeset` in a process of its own, begun at once; calling what this gives waits for the PDFs.

    Leaving the context ends the process, done or not: so an interrupt leaves nobody at work.
    """
    receiver, sender = Pipe(duplex=False)
    process = Process(target=_typeset_and_send, args=(pages, sender), daemon=True)
    process.start()
    sender.close()

    def result() -> list[bytes]:
        """What `typeset` gives or raises."""
        try:
            outcome: list[bytes] | Exception = receiver.recv()
        except EOFError:
            raise PdfError("the typesetter died before it was done; --format html works without it") from None
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    try:
        yield result
    finally:
        process.terminate()
        process.join()
        receiver.close()


def _typeset_and_send(pages: Sequence[PrintPage], sender: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interrupt ends this process without a word; the other one speaks
    gc.disable()  # a fifth of the time would go into looking for what the end of the process gives back anyway
    try:
        sender.send(typeset(pages))
    except Exception as problem:
        sender.send(problem)
    except BaseException as problem:  # WeasyPrint's refusal to fetch is none of the ordinary ones
        sender.send(RuntimeError(str(problem)))


@contextmanager
def _only_errors() -> Iterator[None]:
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


def _lay_out(weasyprint: Any, page: PrintPage) -> Any:
    from weasyprint.text.fonts import FontConfiguration

    fetcher, configuration = _closed_fetcher(page), FontConfiguration()
    html = weasyprint.HTML(string=page.html, base_url="asset:///", url_fetcher=fetcher)
    rules = fonts.css(page.faces)
    faces = weasyprint.CSS(string=rules, base_url="asset:///", url_fetcher=fetcher, font_config=configuration)
    return html.render(stylesheets=[faces], font_config=configuration)


def _write(document: Any) -> bytes:
    target = BytesIO()
    document.write_pdf(target, pdf_variant="pdf/ua-1")
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
