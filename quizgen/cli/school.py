"""What a school sets once for all its builds: `[print]` of its settings, and what the command line says instead."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from .config import PrintConfig, read_config

if TYPE_CHECKING:
    from ..form import Form, Layout
    from ..render.templating import Templates


def print_config() -> PrintConfig:
    """The settings of where we are."""
    return read_config(Path.cwd()).print


def layout_of(config: PrintConfig, **said: bool | str | None) -> "Layout":
    """How forms are laid out: as the command line says, else as the settings do."""
    from ..form import Layout

    return Layout.model_validate(config.layout | {name: value for name, value in said.items() if value is not None})


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
