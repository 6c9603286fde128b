"""Settings that a project repeats: `[tool.quizgen]` of pyproject.toml, or quizgen.toml."""

import tomllib
from dataclasses import dataclass, field, fields
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from ..diagnostics import did_you_mean
from .usage import UsageError

_LARGEST, _DOTS = 32 * 1024, 4_000
"""What is larger, or has more dots, holds no settings: reading a key of TOML takes memory by the square of its dots."""


@dataclass(frozen=True)
class Config:
    """What a project wants of `check`; the command line comes first."""

    folder: Path = field(default_factory=Path.cwd)
    """Where the settings stand; patterns count from there."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_level: str = "error"
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()

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
    return _codes(key, value, path)


def _codes(key: str, value: Any, path: Path) -> tuple[str, ...]:
    if not (isinstance(value, list) and all(isinstance(code, str) for code in value)):
        raise UsageError(f'{path}: {key} takes a list of codes: ["Q412", "Q43"]')
    return tuple(code.upper() for code in value)
