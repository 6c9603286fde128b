"""What a school sets once for all its builds: `[print]` of its settings, and what the command line says instead."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..diagnostics import did_you_mean
from .config import PrintConfig, ScreenConfig, read_config
from .usage import UsageError

if TYPE_CHECKING:
    from ..form import Form, Layout, Screen
    from ..render.templating import Templates


def print_config() -> PrintConfig:
    """The settings of where we are."""
    return read_config(Path.cwd()).print


def layout_of(config: PrintConfig, **said: bool | str | None) -> "Layout":
    """How forms are laid out: as the command line says, else as the settings do."""
    from ..form import Layout

    return Layout.model_validate(config.layout | {name: value for name, value in said.items() if value is not None})


def screen_of(
    config: ScreenConfig,
    seal: Sequence[Path] | None,
    *,
    language: str | None,
    timer: bool | None,
    shared: bool | None,
    folder: Path | None = None,
) -> "Screen":
    """How forms are on a screen: as the command line says, else as the settings do. `folder` has own templates."""
    from ..form import Screen

    language = language or config.language
    if language is not None and language.lower().split("-")[0] not in (spoken := _languages(folder)):
        raise UsageError(
            f"quizgen does not speak '{language}'; {did_you_mean(language, spoken)}; or give it words/{language}.toml "
            "in templates of your own"
        )
    return Screen(
        language=language,
        timer=bool(config.timer if timer is None else timer),
        shared=bool(config.shared_computers if shared is None else shared),
        recipients=_recipients(seal or config.seal),
    )


def _languages(own: Path | None) -> list[str]:
    """The languages that there are words of: quizgen's own, and the school's."""
    from ..bundled import TEMPLATES

    own = own or print_config().templates
    folders = [TEMPLATES, *([own] if own else [])]
    return sorted({path.stem for folder in folders for path in (folder / "words").glob("*.toml")})


def _recipients(files: Sequence[Path]) -> tuple[str, ...]:
    """The public keys in these files, as a page takes them; one that is named twice counts once."""
    if not files:
        return ()
    from ..grading.keys import KeyFileError, read_public

    try:
        return tuple(dict.fromkeys(read_public(file).point for file in files))
    except KeyFileError as problem:
        raise UsageError(str(problem)) from None


def templates_of(forms: "Sequence[Form]", folder: Path | None = None) -> "Templates":
    """The templates of the settings (or those in `folder`), with the fonts that the forms need, and the logo.

    What is wrong with them is said, and ends.
    """
    from .. import fonts
    from ..render import glyphs
    from ..render.templating import Templates
    from .templates import sound_templates

    config = print_config()
    folder = folder or config.templates
    templates = sound_templates(folder) if folder else Templates()
    styles = "".join(templates.read(name) for name in templates.own_names if name.endswith(".css"))
    faces = fonts.own_faces(config.fonts, glyphs.lacking(forms), styles) if config.fonts else ()
    return replace(templates, faces=faces, logo=config.read_logo())
