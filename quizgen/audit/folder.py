"""The folder that is handed out: does it hold the files of the build, and nothing else?"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import PurePosixPath

from ..diagnostics import Diagnostic, Span, error
from ..form import Manifest

_TEACHERS = ("-key.html", "-key.pdf", "keys.pdf", "grid.pdf", "overlays.pdf", "report.html", "manifest.json")
_AWAY = "take it out of the folder before you hand that out"


class Folder:
    """What the manifest says of the files that students get."""

    def __init__(self, told: Manifest) -> None:
        """The files as they are now, after all errata."""
        self._files = told.current_files
        self._of_teachers = {digest: name for name, digest in self._files.items() if name.startswith("teacher/")}

    def look(self, name: str, content: bytes) -> Iterator[Diagnostic]:
        """Whether a file (by its path in the build) belongs where it is, and is as it was made."""
        digest = sha256(content).hexdigest()
        if digest in self._of_teachers or PurePosixPath(name).name.endswith(_TEACHERS):
            whose = self._of_teachers.get(digest, "a file for teachers")
            yield error("Q576", f"this is {whose}", Span(name), _AWAY)
        elif name not in self._files:
            yield error("Q576", "this is no file of the build", Span(name), _AWAY)
        elif digest != self._files[name]:
            yield error("Q577", "the file was changed after it was built", Span(name), "build again with the same seed")
