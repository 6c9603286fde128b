"""`check --fix`: carries out the edits that diagnostics bring, and nothing else in a file moves."""

from collections.abc import Sequence
from pathlib import Path

from ..diagnostics import Diagnostic, Edit, Severity
from ..files import read_bytes
from .saving import save_file
from .usage import say


def mend(found: Sequence[Diagnostic]) -> int:
    """Mend what can be mended in all files; how many faults that are.

    A file is written whole or not at all, and only if it has no new fault afterwards.
    """
    by_file: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        if diagnostic.fix:
            by_file.setdefault(diagnostic.span.file, []).append(diagnostic)
    return sum(_mend_file(Path(file), diagnostics) for file, diagnostics in sorted(by_file.items()))


def _mend_file(path: Path, found: Sequence[Diagnostic]) -> int:
    content, wrong = read_bytes(path)
    if content is None or wrong:
        return 0
    mark = "\ufeff" if content.startswith(b"\xef\xbb\xbf") else ""
    text = content.decode("utf-8").removeprefix(mark)
    edits, count = _compatible(found)
    changed = (mark + edited(text, edits)).encode()
    if _errors(path, changed) > _errors(path, content):
        say(f"{path} was not mended: the edits would not fit together; mend it by hand")
        return 0
    save_file(path, changed)
    return count


def _compatible(found: Sequence[Diagnostic]) -> tuple[list[Edit], int]:
    """The edits that do not touch each other, and of how many faults they are; the rest waits for the next run."""
    chosen: list[Edit] = []
    count = 0
    for diagnostic in found:
        if all(edit in chosen or not any(_touch(edit, other) for other in chosen) for edit in diagnostic.fix):
            chosen += [edit for edit in diagnostic.fix if edit not in chosen]
            count += 1
    return chosen, count


def _touch(one: Edit, other: Edit) -> bool:
    return one.start <= other.end and other.start <= one.end


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with the edits carried out; none of them overlaps another."""
    for edit in sorted(edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _errors(path: Path, content: bytes) -> int:
    from ..checks.examine import examine

    return sum(diagnostic.severity is Severity.ERROR for diagnostic in examine(path, content).found)
