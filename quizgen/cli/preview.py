"""`quizgen preview`: the bank in a browser while it is written."""

import os
import time
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .usage import UsageError, existing, say

if TYPE_CHECKING:
    from ..render.preview import Draft
    from .live import LiveServer, News

_PAUSE = 0.3
"""Seconds between two looks at the files."""


def preview(
    bank: Annotated[
        list[Path] | None,
        typer.Argument(help="Bank files or folders.", show_default="question_bank/", metavar="[BANK]..."),
    ] = None,
    port: Annotated[int, typer.Option(help="The port to serve at.", min=0, max=65535, show_default="a free one")] = 0,
    browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in a browser.")] = True,
) -> None:
    """Show a bank in the browser while you write it: questions, keys, and what is wrong. Ctrl-C ends it.

    The page comes back by itself whenever a bank file, an image or a template is saved. Only this machine can see it.

    Example: quizgen preview question_bank/kyrgyzstan-2010.yaml
    """
    from ..files import bank_paths
    from .live import LiveServer, News

    if bank is None and not Path("question_bank").is_dir():
        raise UsageError("there is no question_bank/ here: name a bank file or a folder")
    paths = existing(bank or [Path("question_bank")], "bank")
    if not bank_paths(paths):
        raise UsageError(f"there is no bank file (.yaml) in '{paths[0]}'")
    desk, news = Desk(paths), News()
    try:
        server = LiveServer(port, news, lambda key: desk.page(key, news.version))
    except OSError as problem:
        raise UsageError(f"cannot serve at port {port}: {problem.strerror}") from None
    with server:
        _serve(server, desk, news, browser)


def _serve(server: "LiveServer", desk: "Desk", news: "News", browser: bool) -> None:
    import threading
    import webbrowser

    threading.Thread(target=server.serve_forever, daemon=True).start()
    typer.echo(server.url)
    if browser and not webbrowser.open(server.url):
        say("no browser could be opened: open the address above")
    say("watching; Ctrl-C ends it")
    try:
        while True:
            spent = time.monotonic()
            if desk.look():
                news.tell()
            time.sleep(max(_PAUSE, 5 * (time.monotonic() - spent)))  # a large folder does not keep the machine busy
    finally:
        server.shutdown()


class Desk:
    """The files that an author works on: as they are, or as they last could be read."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self._drafts: tuple[Draft, ...] = ()
        self._seen: dict[str, tuple[int, int, int]] = {}
        self.look()

    def look(self) -> bool:
        """Read all again if a file came, went or changed since the last look; whether it did."""
        from ..files import bank_paths

        bank_files = bank_paths(self._paths)
        seen = self._marks(bank_files)
        if seen == self._seen:
            return False
        self._drafts = _read(bank_files, {draft.name: draft for draft in self._drafts})
        now = self._marks(bank_files)  # other files may be named now; what was known counts as it was before reading
        self._seen = now | {name: mark for name, mark in seen.items() if name in now}
        return True

    def _marks(self, bank_files: Sequence[Path]) -> dict[str, tuple[int, int, int]]:
        return {str(path): _mark(path) for path in (*bank_files, *self._beside(), *_templates())}

    def _beside(self) -> Iterator[Path]:
        """The files that the bank files name, whether they are there or not."""
        from ..bank import named_files
        from ..files import beside

        for draft in self._drafts:
            for name in named_files(draft.file) if draft.file else ():
                if path := beside(Path(draft.name).parent, name):
                    yield path

    def page(self, key: str, version: int) -> tuple[HTTPStatus, bytes]:
        """The page of the draft with this key; the first one where there is no key."""
        from jinja2 import TemplateError

        from ..checks import pages
        from ..codes import PAGES
        from ..render.preview import preview_page, trouble_page

        drafts = self._drafts
        chosen = next((draft for draft in drafts if key in ("", draft.key)), None)
        try:
            content = preview_page(drafts, chosen, version, PAGES | pages())
        except TemplateError as problem:
            place = f"{getattr(problem, 'filename', None) or ''}:{getattr(problem, 'lineno', '')}".strip(":")
            return HTTPStatus.INTERNAL_SERVER_ERROR, trouble_page(f"{place}\n{problem}".strip(), version)
        return HTTPStatus.OK if chosen else HTTPStatus.NOT_FOUND, content


def _read(bank_files: Sequence[Path], before: "dict[str, Draft]") -> "tuple[Draft, ...]":
    """A draft of each file; one that cannot be read now keeps what it held before."""
    from ..bank import read
    from ..checks import check
    from ..render.preview import Draft

    bank, found = read(bank_files)
    found += check(bank)
    files = {file.file: file for file in bank.files}
    drafts = []
    for name in map(str, bank_files):
        earlier = before[name].file if name in before else None
        own = tuple(diagnostic for diagnostic in found if diagnostic.span.file == name)
        drafts.append(Draft(name, files.get(name, earlier), own, stale=name not in files and earlier is not None))
    return tuple(drafts)


def _templates() -> Iterator[Path]:
    from ..bundled import TEMPLATES

    return (path for path in TEMPLATES.rglob("*") if path.suffix in (".j2", ".css", ".js", ".toml"))


def _mark(path: Path) -> tuple[int, int, int]:
    """What changes when a file is written: its time, its size, and which file it is; zeros where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return 0, 0, 0
    return found.st_mtime_ns, found.st_size, found.st_ino
