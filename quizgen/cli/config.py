"""Settings that a project repeats: `[tool.quizgen]` of pyproject.toml, or quizgen.toml."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..diagnostics import did_you_mean
from ..files import beside
from .usage import UsageError

if TYPE_CHECKING:
    from ..images import Image

_LARGEST, _DOTS = 32 * 1024, 4_000
"""What is larger, or has more dots, holds no settings: reading a key of TOML takes memory by the square of its dots."""


@dataclass(frozen=True)
class PrintConfig:
    """How a school prints, `[print]`; `None` where nothing is said. The command line and a blueprint come first."""

    logo: Path | None = None
    header: str | None = None
    """The line above the title."""
    colour: str | None = None
    """Of rules and headings, as #rrggbb; dark enough to be read on white."""
    paper: Literal["a4", "letter"] | None = None
    cover: bool | None = None
    facing: bool | None = None
    line_numbers: bool | None = None
    duplex: bool | None = None
    two_up: bool | None = None
    sheets: bool | None = None
    templates: Path | None = None
    """The folder of the school's own templates."""
    fonts: Path | None = None
    """The folder of its own fonts."""

    @property
    def layout(self) -> dict[str, bool]:
        """What is said of `Layout`: its fields that have a value."""
        names = ("cover", "facing", "line_numbers", "duplex", "two_up", "sheets")
        return {name: value for name in names if (value := getattr(self, name)) is not None}

    def read_logo(self) -> "Image | None":
        """The logo, where there is one."""
        from ..images import ImageError, read_image

        if self.logo is None:
            return None
        try:
            return read_image(self.logo.parent, self.logo.name)
        except ImageError as problem:
            raise UsageError(f"the logo '{self.logo}' cannot be used: {problem}; {problem.hint}") from None


@dataclass(frozen=True)
class ScreenConfig:
    """How a school's quizzes are on a screen, `[screen]`; `None` where nothing is said.

    The command line comes first.
    """

    language: str | None = None
    """Of what quizgen itself says."""
    timer: bool | None = None
    shared_computers: bool | None = None
    seal: tuple[Path, ...] = ()
    """The public keys of those who may open responses."""


@dataclass(frozen=True)
class Config:
    """What a project wants of `check`, and of its pages on paper and on a screen; the command line comes first."""

    folder: Path = field(default_factory=Path.cwd)
    """Where the settings stand; patterns count from there."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_level: str = "error"
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    print: PrintConfig = PrintConfig()
    screen: ScreenConfig = ScreenConfig()

    def ignored_in(self, file: str) -> tuple[str, ...]:
        """The codes, or beginnings of codes, that are ignored in a file."""
        try:
            name = Path(file).resolve().relative_to(self.folder.resolve()).as_posix()
        except ValueError:
            name = Path(file).as_posix()
        return tuple(
            code
            for pattern, codes in self.per_file_ignores
            if fnmatch(name, pattern) or fnmatch(Path(name).name, pattern)
            for code in codes
        )


def read_config(start: Path) -> Config:
    """The settings of the nearest quizgen.toml, or pyproject.toml with a [tool.quizgen], in the folder or above it."""
    for folder in (start.resolve(), *start.resolve().parents):
        for name, steps in (("quizgen.toml", ()), ("pyproject.toml", ("tool", "quizgen"))):
            path = folder / name
            if path.is_file():
                table = _table(path, steps)
                if table is not None:
                    return _config(table, path)
    return Config(start)


def _table(path: Path, steps: tuple[str, ...]) -> dict[str, Any] | None:
    try:
        text = _text(path)
        table: Any = tomllib.loads(text)
    except RecursionError:
        raise UsageError(f"{path} cannot be read: it is too deep") from None
    except (OSError, ValueError) as problem:
        if steps:  # somebody else's file: what is wrong with it is for others to say
            return None
        raise UsageError(f"{path} cannot be read: {' '.join(str(problem).split())}") from None
    for step in steps:
        table = table.get(step) if isinstance(table, dict) else None
    return table if isinstance(table, dict) else None


def _text(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST or content.count(b".") > _DOTS:
        raise ValueError("it is too large for settings")
    return content.decode("utf-8")


def _config(table: dict[str, Any], path: Path) -> Config:
    known = {each.name.replace("_", "-"): each.name for each in fields(Config) if each.name != "folder"}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise UsageError(f"{path}: '{key}' is not a setting; {did_you_mean(key, known)}")
        values[known[key]] = _value(key, value, path)
    return Config(folder=path.parent, **values)


def _value(key: str, value: Any, path: Path) -> Any:
    match key, value:
        case "fail-level", "error" | "warning":
            return value
        case "fail-level", _:
            raise UsageError(f"{path}: fail-level is error or warning, not '{value}'")
        case "per-file-ignores", dict():
            return tuple((pattern, _codes(key, codes, path)) for pattern, codes in value.items())
        case "per-file-ignores", _:
            raise UsageError(f'{path}: per-file-ignores is a table: "drafts/*" = ["Q4"]')
        case "print", dict():
            return PrintConfig(**_settings(key, PrintConfig, value, _print_value, path))
        case "screen", dict():
            return ScreenConfig(**_settings(key, ScreenConfig, value, _screen_value, path))
        case "print" | "screen", _:
            table = f"tool.quizgen.{key}" if path.name == "pyproject.toml" else key
            raise UsageError(f"{path}: {key} is a table, [{table}]")
    return _codes(key, value, path)


def _codes(key: str, value: Any, path: Path) -> tuple[str, ...]:
    if not (isinstance(value, list) and all(isinstance(code, str) for code in value)):
        raise UsageError(f'{path}: {key} takes a list of codes: ["Q412", "Q43"]')
    return tuple(code.upper() for code in value)


def _settings(
    name: str, kind: type[Any], table: dict[str, Any], read: Callable[[str, Any, Path], Any], path: Path
) -> dict[str, Any]:
    """What a table says of the fields of a dataclass, each value as `read` has it."""
    known = {each.name.replace("_", "-"): each.name for each in fields(kind)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise UsageError(f"{path}: '{key}' is not a setting of [{name}]; {did_you_mean(key, known)}")
        values[known[key]] = read(key, value, path)
    return values


# --- [print] ---------------------------------------------------------------------------------------------------

_CONTRAST = 4.5
"""What text needs against its ground (WCAG 2.2, 1.4.3)."""


def _print_value(key: str, value: Any, path: Path) -> Any:
    match key, value:
        case "paper", "a4" | "letter":
            return value
        case "paper", _:
            raise UsageError(f"{path}: paper is a4 or letter, not {_shown(value)}")
        case "colour", str():
            return _colour(value, path)
        case "header", str() if value.strip() and value.isprintable():
            return value.strip()
        case "header", _:
            raise UsageError(f'{path}: header takes one line of text: header = "School No. 5"')
        case "logo" | "templates" | "fonts", str():
            return _place(key, value, path)
        case "logo" | "templates" | "fonts" | "colour", _:
            raise UsageError(f"{path}: {key} takes a text in quotes, not {_shown(value)}")
        case _, bool():
            return value
    raise UsageError(f"{path}: {key} is true or false, not {_shown(value)}")


# --- [screen] --------------------------------------------------------------------------------------------------


def _screen_value(key: str, value: Any, path: Path) -> Any:
    match key, value:
        case "language", str():
            return value
        case "language", _:
            raise UsageError(f'{path}: language takes a code in quotes: language = "fr"')
        case "seal", list() if all(isinstance(name, str) for name in value):
            return tuple(path.parent / Path(name).expanduser() for name in value)
        case "seal", _:
            raise UsageError(f'{path}: seal takes a list of public keys: ["keys/teacher.pub.pem"]')
        case _, bool():
            return value
    raise UsageError(f"{path}: {key} is true or false, not {_shown(value)}")


# --- Values ----------------------------------------------------------------------------------------------------


def _shown(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value).lower()


def _place(key: str, name: str, path: Path) -> Path:
    """A file or folder, named from where the settings stand; a logo has to lie beside them."""
    place = beside(path.parent, name) if key == "logo" else path.parent / Path(name).expanduser()
    if place is None:
        raise UsageError(f"{path}: the logo '{name}' is not beside the settings; copy it there")
    if key == "logo" and not place.is_file():
        raise UsageError(f"{path}: there is no logo '{name}'; it is looked for beside the settings")
    if key != "logo" and not place.is_dir():
        raise UsageError(f"{path}: there is no folder '{name}' for {key}")
    return place


def _colour(text: str, path: Path) -> str:
    digits = re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", text.strip())
    if not digits:
        raise UsageError(f"{path}: colour is written as #rrggbb, such as #1a3c8c, not '{text}'")
    whole = digits[1] if len(digits[1]) == 6 else "".join(2 * digit for digit in digits[1])
    contrast = _contrast_to_white(bytes.fromhex(whole))
    if contrast < _CONTRAST:
        raise UsageError(
            f"{path}: the colour {text} is too light to be read on white: "
            f"its contrast is {contrast:.1f}, and text needs {_CONTRAST}; take a darker one"
        )
    return f"#{whole.lower()}"


def _contrast_to_white(rgb: bytes) -> float:
    """The contrast ratio, from 1 to 21 (WCAG 2.2)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (one / 255 for one in rgb)
    ]
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (luminance + 0.05)
