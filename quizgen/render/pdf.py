"""HTML -> PDF by WeasyPrint, which is given no way to any file or address but those in the page's own set."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from .media import Assets


class PdfError(RuntimeError):
    """No PDF can be made; the message is one line that says what to do."""


MISSING = (
    "PDF needs Pango, which is not on this machine. Everything else works: --format html. To get Pango: "
    "Debian and Ubuntu: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 · Fedora: sudo dnf install pango · "
    "macOS: brew install pango · Windows: see https://doc.courtbouillon.org/weasyprint/stable/first_steps.html#windows"
)


@dataclass(frozen=True)
class PrintPage:
    """A page to be printed: its HTML, the rules for its fonts, and the files it may use."""

    html: str
    fonts: str
    assets: Assets


def weasyprint() -> Any:
    """WeasyPrint itself, imported where a PDF is made and nowhere else. Raises `PdfError` where Pango is missing."""
    try:
        import weasyprint
    except OSError as problem:
        raise PdfError(MISSING) from problem
    return weasyprint


class Printer:
    """Lays pages out and writes them, one by one or several as one PDF."""

    def __init__(self) -> None:
        self._weasyprint = weasyprint()
        from weasyprint.text.fonts import FontConfiguration

        self._fonts = FontConfiguration

    def lay_out(self, page: PrintPage) -> Any:
        """The page as a document of WeasyPrint, ready to be written."""
        fetcher = _closed_fetcher(page.assets)
        configuration = self._fonts()
        html = self._weasyprint.HTML(string=page.html, base_url="asset:///", url_fetcher=fetcher)
        fonts = self._weasyprint.CSS(
            string=page.fonts, base_url="asset:///", url_fetcher=fetcher, font_config=configuration
        )
        return html.render(
            stylesheets=[fonts], font_config=configuration, pdf_variant="pdf/ua-1", presentational_hints=False
        )

    def write(self, documents: Sequence[Any]) -> bytes:
        """The documents one after the other as one PDF. It holds no date and no number of chance."""
        whole = documents[0]
        if len(documents) > 1:
            whole = documents[0].copy([page for document in documents for page in document.pages])
        target = BytesIO()
        whole.write_pdf(target)
        return target.getvalue()


def _closed_fetcher(assets: Assets) -> Any:
    """A fetcher that knows the assets and nothing else; it never touches a file or the network."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class ClosedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in assets.files:
                raise FatalURLFetchingError(f"a page asked for {url}, which is not its own")
            media_type, content = assets.files[url]
            return URLFetcherResponse(url, content, {"Content-Type": media_type})

    return ClosedFetcher()
