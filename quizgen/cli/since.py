"""`check --since REV`: which items an edit of their passage touches."""

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..diagnostics import Diagnostic
from ..files import beside, read_bytes
from .usage import UsageError


def touched(files: Sequence[Path], revision: str) -> Iterator[Diagnostic]:
    """A note for every item whose passage was edited since the revision, where its evidence stands."""
    from ..bank import parse, read_file
    from ..checks.changes import touched_items

    for path in files:
        folder = path.resolve().parent
        commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if commit is None:
            raise UsageError(f"git knows no revision '{revision}' in '{folder}'")
        name = commit.decode().strip()
        old = _old(path, name)
        content, _ = read_bytes(path)
        if old is None or content is None:
            continue
        before, _ = parse(old, str(path), lambda other, path=path, name=name: _old_beside(path, other, name))  # type: ignore[misc]  # mypy cannot infer a lambda with defaults
        after, _ = read_file(path, content)
        if before is not None and after is not None:
            yield from touched_items(before, after, revision)


def _old(path: Path, commit: str) -> bytes | None:
    """The content of a file in a commit; `None` where it had no such file."""
    return _git(path.resolve().parent, "show", f"{commit}:./{path.resolve().name}")


def _old_beside(path: Path, name: str, commit: str) -> bytes | None:
    place = beside(path.parent, name)
    return _old(place, commit) if place else None


def _git(folder: Path, *words: str) -> bytes | None:
    """What git says, or `None` where it refuses."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False)  # noqa: S603, S607
    except OSError:
        raise UsageError("--since needs git, which is not here") from None
    return done.stdout if done.returncode == 0 else None
