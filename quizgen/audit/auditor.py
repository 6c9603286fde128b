"""The auditor of a build: files go past it, and it says what is wrong with each."""

from collections.abc import Iterable, Iterator, Sequence

from ..diagnostics import Diagnostic, Span, error, has_errors, in_order, note
from ..form import Form, Settings
from ..render.jobs import editions_of, name_of
from .encodings import decoded
from .orders import key_places, telling_files
from .own import own
from .pages import PageAuditor
from .places import span_at
from .prints import PrintAuditor
from .search import Searcher
from .secrets import known, needles
from .texts import placed_words
from .unseen import Find, Unseen, said_of

_LARGEST = 64 * 2**20
"""A larger page or text is not looked through; a PDF may have any size that a build makes."""
_MEND = "do not hand it out; build again, and see what else writes to this folder"
PAGES_OF_A_FILE = 4
"""So many pages of each PDF are read while a build is made, from the first to the last."""
PAGES_OF_A_BUILD = 400
"""And so many of all of them; of each further file, one."""
FORMS_OF_A_BUILD = 100
"""The quiz pages of so many forms are looked at while a build is made, evenly spread."""


class Auditor:
    """Looks through the student files of a build, one by one, in any order."""

    def __init__(self, forms: Sequence[Form], settings: Settings, *, quiz: str = "", every_page: bool = False) -> None:
        """`forms` as they are shown, and `quiz` as it is called. With `every_page` all of each file is looked at; else,
        so that builds stay quick, some pages of each PDF and, of very many forms, the quiz pages of some.

        The templates in use (`using`) are those of the build.
        """
        self._settings, self._left = settings, None if every_page else PAGES_OF_A_BUILD
        self._step = 1 if every_page else -(-len(forms) // FORMS_OF_A_BUILD)
        self._seen = 0
        languages = frozenset({form.language for form in forms} | {"en"})
        told, ours = known(forms), own(languages, settings)
        searcher = Searcher(needles(told, ours.said))
        allowed = {quiz, *(form.id for form in forms), *(form.candidate.id for form in forms if form.candidate)}
        unseen = Unseen(told, ours, searcher, frozenset(allowed))
        self._searcher, self._unseen = searcher, unseen
        self._pages = PageAuditor(told, ours, searcher, unseen)
        self._prints = PrintAuditor(told, searcher, unseen)
        self._forms = _by_file(forms, settings)
        self._all = tuple(forms)
        self._sizes: dict[str, int] = {}
        self._practice = False

    def look(self, name: str, content: bytes) -> list[Diagnostic]:
        """What is wrong with a file; `name` is its path in the build. Files of teachers are not looked at."""
        if not name.startswith("students/"):
            return []
        self._sizes[name] = len(content)
        found = self._named(name)
        if content[:5] == b"%PDF-" or name.endswith(".pdf"):
            return found + self._prints.look(name, content, self._most())
        if len(content) > _LARGEST:
            return [*found, error("Q578", f"a file of more than {_LARGEST // 2**20} MiB", Span(name), _MEND)]
        text = content.decode("utf-8-sig", "replace")
        if name.endswith((".html", ".htm")):
            if self._settings.mode == "practice":
                self._practice = True
                return found
            self._seen += 1
            if (self._seen - 1) % self._step and name in self._forms:
                return found
            return found + self._pages.look(name, text, self._forms.get(name))
        return found + self._text(name, text, content)

    def end(self) -> list[Diagnostic]:
        """What only all files together tell."""
        found = [*key_places(self._all), *telling_files(self._forms, self._sizes)]
        if self._practice:
            message = "practice pages tell the answers, and say so: only the other files were searched for them"
            found.append(note("Q579", message, Span("students")))
        return found

    def _most(self) -> int | None:
        """How many pages of the next PDF are read."""
        if self._left is None:
            return None
        most = max(1, min(PAGES_OF_A_FILE, self._left))
        self._left -= most
        return most

    def _named(self, name: str) -> list[Diagnostic]:
        stem = name.removeprefix("students/").rpartition(".")[0]
        finds = [] if name in self._forms else self._unseen.judged(stem, name=True)
        return [
            error(find.code, find.message.format(where="in the name of the file"), Span(name), _MEND) for find in finds
        ]

    def _text(self, name: str, text: str, content: bytes) -> list[Diagnostic]:
        """A plain text: all of it is for reading."""
        found, places = placed_words(text)
        hits = self._searcher.hits(found)
        told = [
            error("Q570", f"{said_of(hit.needle)} in the text", span_at(name, text, places[hit.place]), _MEND)
            for hit in hits
        ]
        if told or name in self._forms:
            return told
        for said in (text, *decoded(content)):
            finds = [*self._unseen.judged(said, name=True), *(find for _, find in self._unseen.only_right([said]))]
            told += [_told(find, name, "in the file") for find in finds]
        return told


def _told(find: Find, name: str, where: str) -> Diagnostic:
    return error(find.code, find.message.format(where=where), Span(name), _MEND)


def audit(
    forms: Sequence[Form],
    settings: Settings,
    files: Iterable[tuple[str, bytes]],
    *,
    quiz: str = "",
    every_page: bool = False,
) -> list[Diagnostic]:
    """What is wrong with the files of a build (path, content), in the order of a report."""
    auditor = Auditor(forms, settings, quiz=quiz, every_page=every_page)
    found = [diagnostic for name, content in files for diagnostic in auditor.look(name, content)]
    return in_order([*found, *auditor.end()])


class LeakError(Exception):
    """Files of a build tell the key; `found` says how."""

    def __init__(self, found: list[Diagnostic]) -> None:
        super().__init__("student files tell the key")
        self.found = found


def watched(files: Iterable[tuple[str, bytes]], auditor: Auditor) -> Iterator[tuple[str, bytes]]:
    """The files, each of which is looked at as it passes. Raises `LeakError` behind the last, so that whoever saves
    them all or none saves none."""
    found: list[Diagnostic] = []
    for name, content in files:
        found += auditor.look(name, content)
        yield name, content
    found += auditor.end()
    if has_errors(found):
        raise LeakError(in_order(found))


def _by_file(forms: Sequence[Form], settings: Settings) -> dict[str, Form]:
    """The forms by the paths of the files that each has alone."""
    found: dict[str, Form] = {}
    for form in forms:
        stem = f"students/{name_of(form)}"
        found |= {f"{stem}{end}": form for end in (".html", ".pdf", "-sheet.pdf", "-plain-text.txt")}
        found |= {f"{stem}-read-aloud{end}": form for end in (".txt", ".pdf")}
        found |= {f"{stem}{edition.suffix}.pdf": form for edition in editions_of(form, settings)}
    return found
