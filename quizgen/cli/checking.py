"""What `check` does with many files: those that have not changed are known, the others are read side by side."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic
from ..files import beside, read_bytes
from ..ignores import apply
from .cache import Cache, pack, pack_ignores, pack_span, unpack, unpack_ignores, unpack_span
from .progress import progress

if TYPE_CHECKING:
    from ..bank import Bank
    from ..checks.gist import Gist

_WORTH_IT = 400_000
"""So many bytes to read make up for the start of a second process."""

Entry = dict[str, Any]
"""What is known of one file, as plain data; see `_entry`."""


@dataclass(frozen=True)
class Checked:
    """What was found in all files, in the order of the report, and how many items they hold."""

    found: list[Diagnostic]
    items: int


def check_files(files: Sequence[Path], plans: Sequence[Path], cache: Cache, *, quiet: bool, jobs: int) -> Checked:
    """Everything that is wrong in the bank files and blueprints, without what ignore comments silence."""
    known = list(_entries(files, cache, quiet=quiet, jobs=jobs))
    keys = [entry["key"] for entry in known]
    everything = cache.key(b"bank", *(key.encode() for key in keys))
    together = cache.load(everything) if all(keys) else None
    if together is None:
        together = {"found": pack(_compare(known))}
        if all(keys):
            cache.save(everything, together)
    by_file: dict[str, list[Diagnostic]] = {}
    for diagnostic in unpack(together["found"]):
        by_file.setdefault(diagnostic.span.file, []).append(diagnostic)
    found: list[Diagnostic] = []
    for path, entry in zip(files, known, strict=True):
        own = unpack(entry["found"]) + by_file.get(str(path), [])
        found += apply(own, unpack_ignores(entry["ignores"]))
    found += _check_plans(plans, files, everything, cache)
    return Checked(found, sum(entry["items"] for entry in known))


def _entries(files: Sequence[Path], cache: Cache, *, quiet: bool, jobs: int) -> Iterator[Entry]:
    """What is known of each file: from an earlier run, or since it is read now."""
    known: dict[Path, Entry] = {}
    missing: list[Path] = []
    size = 0
    for path in files:
        content, _ = read_bytes(path)
        entry = cache.load(_key(path, content, cache)) if content is not None else None
        if isinstance(entry, dict) and entry["beside"] == _stamps(path, [name for name, _ in entry["beside"]]):
            known[path] = entry
        else:
            missing.append(path)
            size += len(content or b"")
    steps = progress(_read(missing, cache, jobs if size > _WORTH_IT else 1), total=len(missing), shown=not quiet)
    known.update(zip(missing, steps, strict=True))
    if missing:
        cache.tidy()
    return (known[path] for path in files)


def _read(files: Sequence[Path], cache: Cache, jobs: int) -> Iterator[Entry]:
    if jobs < 2 or len(files) < 2:
        yield from (_entry(path, cache) for path in files)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_all_start_methods, get_context

    from ..checks import examine  # noqa: F401 (loaded once, before the processes part)

    way = "fork" if "fork" in get_all_start_methods() and os.uname().sysname == "Linux" else "spawn"
    with ProcessPoolExecutor(min(jobs, len(files)), get_context(way), initializer=_start) as pool:
        yield from pool.map(_entry, files, [cache] * len(files), chunksize=1 + len(files) // (8 * jobs))


def _start() -> None:
    """Keep the collector of garbage from searching what was there before the work began, again and again."""
    import gc

    gc.freeze()


def _entry(path: Path, cache: Cache) -> Entry:
    """Reads a file, and keeps what was found for the next run."""
    content, wrong = read_bytes(path)
    if content is None:
        return {"key": "", "found": pack(wrong), "ignores": [], "gist": None, "items": 0, "beside": []}
    from ..checks.examine import examine
    from ..source import no_collection

    with no_collection():
        result = examine(path, content)
    key = _key(path, content, cache)
    entry = {
        "key": key,
        "found": pack(result.found),
        "ignores": pack_ignores(result.ignores),
        "gist": result.gist and _pack_gist(result.gist),
        "items": result.items,
        "beside": _stamps(path, result.beside),
    }
    cache.save(key, entry)
    return entry


def _key(path: Path, content: bytes, cache: Cache) -> str:
    return cache.key(os.fsencode(path), content)


def _stamps(path: Path, names: Sequence[str]) -> list[list[Any]]:
    """For each file that a bank file needs beside it, its name, its size and when it was changed."""
    return [[name, _stamp(beside(path.parent, name))] for name in names]


def _stamp(path: Path | None) -> list[int]:
    try:
        known = os.stat(path or "")
    except OSError:
        return []
    return [known.st_size, known.st_mtime_ns]


def _compare(entries: Sequence[Entry]) -> list[Diagnostic]:
    """What only a comparison of the files finds."""
    from ..bank import meeting_articles
    from ..checks import check_gists

    gists = [_unpack_gist(entry["gist"]) for entry in entries if entry["gist"]]
    return [*meeting_articles((gist.article, gist.span) for gist in gists), *check_gists(gists)]


def _pack_gist(gist: "Gist") -> list[Any]:
    stems = [[s.item, s.words, s.key, s.evidence, pack_span(s.span)] for s in gist.stems]
    return [gist.article, pack_span(gist.span), stems]


def _unpack_gist(entry: Sequence[Any]) -> "Gist":
    from ..checks.gist import Gist, StemGist

    article, span, stems = entry
    return Gist(
        article,
        unpack_span(span),
        tuple(
            StemGist(item, tuple(words), tuple(key), tuple(evidence), unpack_span(place))
            for item, words, key, evidence, place in stems
        ),
    )


# --- Blueprints -----------------------------------------------------------------------------------------------------


def _check_plans(plans: Sequence[Path], files: Sequence[Path], everything: str, cache: Cache) -> list[Diagnostic]:
    """What is wrong in the blueprints; with a bank beside them, also what that cannot give."""
    found: list[Diagnostic] = []
    bank: Bank | None = None
    for path in plans:
        content, wrong = read_bytes(path)
        key = cache.key(os.fsencode(path), content, everything.encode()) if content is not None else ""
        entry = cache.load(key) if key else {"found": pack(wrong)}
        if entry is None:
            if bank is None:
                from ..bank import read

                bank, _ = read(files)
            entry = {"found": pack(_check_plan(path, bank))}
            cache.save(key, entry)
        found += unpack(entry["found"])
    return found


def _check_plan(path: Path, bank: "Bank") -> list[Diagnostic]:
    from ..assemble import assemble
    from ..blueprint import read

    file, found = read(path)
    if file is not None and bank.files and not found:
        _, found = assemble(bank, file.blueprint, "check", 1, file.at)
    return found
