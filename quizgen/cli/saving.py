"""Writing a build: whole or not at all, and never over what a person wrote."""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from .usage import UsageError

_MANIFEST = Path("teacher", "manifest.json")
_AN_HOUR = 3600.0


def save(target: Path, files: Iterable[tuple[str, bytes]], *, only_these: bool = False) -> Path:
    """Make `target` a folder with these files (path below it -> content), and return it.

    The files are written to a folder beside it, which takes its place when it is complete; so a build that fails
    leaves the earlier one as it was, and no key is ever beside a form of another build. What the folder holds besides
    an earlier build stays: files that somebody put there, and files of the build that somebody edited (as
    `NAME.edited`); with `only_these`, what the earlier build has besides these files stays, too. Raises `UsageError`
    where the place cannot be written to, or holds something else.
    """
    with _writing_to(target):
        staging, aside = _make_room(target)
    try:
        for name, content in files:
            with _writing_to(target):
                _write(staging / name, content)
        with _writing_to(target):
            _keep(target, staging, only_these=only_these)
            staging.chmod(0o755)
            if target.exists():
                shutil.rmtree(aside, ignore_errors=True)
                target.rename(aside)
            staging.rename(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    shutil.rmtree(aside, ignore_errors=True)
    return target


def save_file(path: Path, content: bytes) -> None:
    """Write one file whole or not at all: a link stays a link, and who may read it stays the same."""
    target = path.resolve()
    with _writing_to(path):
        mode = target.stat().st_mode & 0o7777 if target.exists() else 0o644
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(mode)
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)


def save_private(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files (name, content) into a folder that only its owner may look into; what else is there stays."""
    with _writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in files:
        save_file(folder / name, content)


@contextmanager
def _writing_to(target: Path) -> Iterator[None]:
    """Tells a disk that cannot be written to from a fault in making what is to be written."""
    try:
        yield
    except OSError as problem:
        raise UsageError(f"cannot write to '{target}': {problem.strerror}") from None


def _make_room(target: Path) -> tuple[Path, Path]:
    """The folder to write to and the one that an earlier build is moved to, both beside the target."""
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.old")
    if aside.exists() and not target.exists():  # an earlier run was killed between its two renames
        aside.rename(target)
    if target.exists() and not (target.is_dir() and ((target / _MANIFEST).is_file() or not any(target.iterdir()))):
        raise UsageError(f"'{target}' is there already and is no build of quizgen; choose another --out")
    for left in target.parent.glob(f".{target.name}.*.part"):
        if left.stat().st_mtime < time.time() - _AN_HOUR:  # of a run that was killed
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)), aside


def _write(path: Path, content: bytes) -> None:
    # What teachers have is for them alone, also on a machine that many share.
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if path.parent.name == "teacher" else 0o755)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _keep(target: Path, staging: Path, *, only_these: bool) -> None:
    """Copy over what is not of the earlier build, or was changed since."""
    if not target.exists():
        return
    known = _digests(target)
    if only_these:
        known = {name: digest for name, digest in known.items() if (staging / name).exists()}
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target)
        if name == _MANIFEST or not (path.is_file() or path.is_symlink()):
            continue
        edited = (
            path.is_file()
            and name.as_posix() in known
            and sha256(path.read_bytes()).hexdigest() != known[name.as_posix()]
        )
        if name.as_posix() in known and not edited:
            continue
        place = staging / name.with_name(name.name + ".edited") if edited else staging / name
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, place, follow_symlinks=False)


def corrections(target: Path) -> int:
    """How often the build in the folder was corrected; 0 where there is none that can be read."""
    try:
        return len(json.loads((target / _MANIFEST).read_text(encoding="utf-8"))["audit"][1:])  # the first is the build
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _digests(target: Path) -> dict[str, str]:
    """The files of the build in the folder and their SHA-256; none where its manifest cannot be read."""
    try:
        told = json.loads((target / _MANIFEST).read_text(encoding="utf-8"))
        issued = [told["files"], *(entry["files"] for entry in told.get("audit", ()))]
        return {str(name): str(digest) for files in issued for name, digest in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
