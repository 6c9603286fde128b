"""What earlier runs of `check` found, so that only files that have changed are read again.

An entry is named by the SHA-256 of all that its content depends on: the file's name and bytes, and quizgen itself. It
is JSON, never code, and lies in the user's own cache folder, not in the project: who sends a bank cannot send what was
found in it. A cache that cannot be read or written is no cache; nothing depends on it.
"""

import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..diagnostics import Diagnostic, Edit, Severity, Span
from ..ignores import Ignore

_PACKAGE = Path(__file__).resolve().parent.parent
_MOST = 20_000


class Cache:
    """Entries by key; with `on` false, always empty."""

    def __init__(self, *, on: bool) -> None:
        self.folder = _folder() if on else None
        self._self = _own_digest() if on else b""

    def key(self, *parts: bytes) -> str:
        """The name of the entry that depends on these parts and on quizgen."""
        digest = sha256(self._self)
        for part in parts:
            digest.update(len(part).to_bytes(8, "big") + part)
        return digest.hexdigest()

    def load(self, key: str) -> Any:
        """The entry, as plain data; `None` where there is none."""
        if self.folder is None:
            return None
        try:
            return json.loads((self.folder / key).read_bytes())
        except (OSError, ValueError, RecursionError):
            return None

    def save(self, key: str, entry: Any) -> None:
        """Keep an entry, whole or not at all."""
        if self.folder is None:
            return
        with suppress(OSError, ValueError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=".part-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(json.dumps(entry, separators=(",", ":")).encode())
                Path(name).replace(self.folder / key)
            finally:
                Path(name).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Forget the entries that were written first, where there are very many."""
        if self.folder is None:
            return
        with suppress(OSError):
            entries = [(entry.stat().st_mtime_ns, entry.path) for entry in os.scandir(self.folder) if entry.is_file()]
            for _, path in sorted(entries)[: max(0, len(entries) - _MOST)]:
                Path(path).unlink(missing_ok=True)


def _folder() -> Path:
    if given := os.environ.get("QUIZGEN_CACHE_DIR"):
        return Path(given)
    from platformdirs import user_cache_path

    return user_cache_path("quizgen", appauthor=False) / "check"


def _own_digest() -> bytes:
    """What tells one quizgen from another: names, sizes and times of its own modules and data."""
    digest = sha256()
    for folder in (_PACKAGE, _PACKAGE.parent / "templates" / "fonts", _PACKAGE / "templates" / "fonts"):
        for place, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if name not in ("__pycache__", "question_bank", "templates"))
            for name in sorted(names):
                if name.endswith((".py", ".json")):
                    known = os.stat(os.path.join(place, name))
                    digest.update(f"{name}\0{known.st_size}\0{known.st_mtime_ns}\n".encode())
    return digest.digest()


# --- Diagnostics and comments as plain data -------------------------------------------------------------------------


def pack(found: Iterable[Diagnostic]) -> list[Any]:
    """Diagnostics as plain data."""
    return [
        [d.code, d.severity.value, d.message, pack_span(d.span), d.hint, [[e.start, e.end, e.text] for e in d.fix]]
        for d in found
    ]


def unpack(entries: Sequence[Any]) -> list[Diagnostic]:
    """Diagnostics from plain data."""
    return [
        Diagnostic(code, _SEVERITIES[severity], message, unpack_span(span), hint, tuple(Edit(*edit) for edit in fix))
        for code, severity, message, span, hint, fix in entries
    ]


_SEVERITIES = {severity.value: severity for severity in Severity}


def pack_span(span: Span) -> list[Any]:
    """A place as plain data."""
    return [span.file, span.line, span.column, span.end, span.source]


def unpack_span(entry: Sequence[Any]) -> Span:
    """A place from plain data."""
    return Span(*entry)


def pack_ignores(comments: Iterable[Ignore]) -> list[Any]:
    """Ignore comments as plain data."""
    return [
        [[*c.codes], c.first, c.last, pack_span(c.span), [[e.start, e.end, e.text] for e in c.fix]] for c in comments
    ]


def unpack_ignores(entries: Sequence[Any]) -> list[Ignore]:
    """Ignore comments from plain data."""
    return [
        Ignore(tuple(codes), first, last, unpack_span(span), tuple(Edit(*edit) for edit in fix))
        for codes, first, last, span, fix in entries
    ]
