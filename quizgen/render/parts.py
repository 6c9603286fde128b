"""What has a part in how a build looks, beside its forms: templates, and the libraries that fill in and set them."""

from ctypes import CDLL
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath

from ..bundled import TEMPLATES
from ..form import Settings
from .templating import current

_ON_SCREEN = ("index.", "key-screen.css", "page.html.j2", "player/", "screen")
_ON_PAPER = (
    "aloud.", "answers.", "booklet.", "editions/", "fonts/", "grid.", "key.css", "lines.", "marking.",
    "overlay.", "paper.", "sheet.", "two-up.",
)  # fmt: skip
"""What the names begin with."""
_NO_BUILD = ("preview.html.j2", "preview.css", "preview.js", "stats.html.j2")
_NO_PART = (".md", ".txt")

_LIBRARIES = ("highspy", "jinja2", "latex2mathml", "markdown-it-py", "markupsafe", "pygments")
_TYPESETTERS = ("fonttools", "pillow", "pydyf", "segno", "tinycss2", "tinyhtml5", "weasyprint", "ziafont", "ziamath")


def templates(settings: Settings) -> dict[str, str]:
    """The templates and fonts that a build with these settings reads, or may read: path -> SHA-256.

    A teacher's template stands under the name of ours, or under its own if we have none; a school's fonts in `own/`.
    """
    used = current()
    files = {name: used.own(name) or TEMPLATES / name for name in names(settings)}
    own = {f"own/{face.file}": face.sha256 for face in used.faces} if "pdf" in settings.formats else {}
    if used.logo and "pdf" in settings.formats:
        own["own/logo"] = sha256(used.logo.content).hexdigest()
    return {name: sha256(path.read_bytes()).hexdigest() for name, path in files.items()} | own


def names(settings: Settings) -> list[str]:
    """The names of these templates and fonts, without those in `own/`."""
    ours = (path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file())
    return [name for name in sorted({*ours, *current().own_names}) if _has_part(name, settings)]


def _has_part(name: str, settings: Settings) -> bool:
    path = PurePosixPath(name)
    if name in _NO_BUILD or path.suffix in _NO_PART or any(part.startswith(".") for part in path.parts):
        return False
    if name.startswith(_ON_SCREEN):
        return "html" in settings.formats
    if name.startswith(_ON_PAPER):
        return "pdf" in settings.formats
    return True


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
    for name in ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0-0.dll"):
        try:
            number = CDLL(name).pango_version()  # to ask WeasyPrint for it would load all of it
        except (OSError, AttributeError):
            continue
        return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    return ""
