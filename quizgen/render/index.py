"""The first page of what may be handed out: every form of a build, with links to its files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from ..form import Form, Settings
from .frame import head
from .media import Screen, TextSetter
from .pages import Pictureless
from .school import accent
from .templating import filled, page_policy, source, words

SEARCHED = 13
"""From so many cards on they can be searched."""

_WORDS = {".html": "index_screen", ".pdf": "index_print", ".txt": "index_text"}


@dataclass(frozen=True, slots=True)
class _File:
    """A file that a card leads to."""

    name: str
    word: str
    """The name of what quizgen calls it."""

    @property
    def address(self) -> str:
        """From the index, which stands in the same folder."""
        return "./" + quote(self.name)


@dataclass(frozen=True, slots=True)
class _Card:
    label: str
    files: tuple[_File, ...]


def index_page(forms: Sequence[Form], settings: Settings, files: Sequence[Sequence[str]]) -> bytes:
    """The forms as one HTML file. `files` are for each form the names of its files, beside which the index stands.

    It is for the eyes of all, so it tells a candidate's id, never a name, a time or an edition, and nothing of a key.
    """
    first = head(forms[0])
    style = source("screen.css", "index.css") + accent(settings.colour)
    script = source("index.js") if len(forms) >= SEARCHED else None
    return filled(
        "index.html.j2",
        title=first.title,
        header=first.header,
        language=first.language,
        own=any(form.candidate for form in forms),
        cards=[_Card(head(form).label, tuple(_files(names))) for form, names in zip(forms, files, strict=True)],
        words=words(first.language),
        css=style,
        script=script,
        policy=page_policy(style, script),
        whole=TextSetter(Pictureless(Screen({}))),
    ).encode()


def _files(names: Sequence[str]) -> Iterator[_File]:
    for name in names:
        word = next((word for ending, word in _WORDS.items() if name.endswith(ending)), None)
        if word:
            yield _File(name, word)
