"""What has a part in how a build looks, beside its forms: templates, and the libraries that fill in and set them."""

from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath

from ..bundled import TEMPLATES
from ..form import Settings

_ON_SCREEN = ("page.html.j2", "screen.css", "key-screen.css")
_ON_PAPER = ("booklet.html.j2", "paper.css", "key.css")
_NO_BUILD = ("preview.html.j2", "preview.css", "preview.js", "stats.html.j2")
_NO_PART = (".md", ".txt")

_LIBRARIES = ("highspy", "jinja2", "latex2mathml", "markdown-it-py", "markupsafe", "pygments")
_TYPESETTERS = ("fonttools", "pydyf", "tinycss2", "tinyhtml5", "weasyprint", "ziafont", "ziamath")


def templates(settings: Settings) -> dict[str, str]:
    """The templates and fonts that a build with these settings reads, or may read: path -> SHA-256."""
    names = (path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file())
    return {
        name: sha256((TEMPLATES / name).read_bytes()).hexdigest() for name in sorted(names) if _has_part(name, settings)
    }


def _has_part(name: str, settings: Settings) -> bool:
    path = PurePosixPath(name)
    if name in _NO_BUILD or path.suffix in _NO_PART or any(part.startswith(".") for part in path.parts):
        return False
    if name in _ON_SCREEN:
        return "html" in settings.formats
    if name in _ON_PAPER or path.parts[0] == "fonts":
        return "pdf" in settings.formats
    return name != "practice.js" or settings.mode == "practice"


def libraries(settings: Settings) -> dict[str, str]:
    """The libraries that a build with these settings depends on to the byte: name -> version."""
    pdf = "pdf" in settings.formats
    found = {name: _version(name) for name in (*_LIBRARIES, *(_TYPESETTERS if pdf else ()))}
    found["pango"] = _pango() if pdf else ""
    return {name: number for name, number in found.items() if number}


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:  # another version of the typesetter may do without it
        return ""


def _pango() -> str:
    """The version of Pango; empty where there is none."""
    try:
        from weasyprint.text.ffi import pango
    except OSError:
        return ""
    number = pango.pango_version()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
