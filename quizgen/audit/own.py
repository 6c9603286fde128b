"""What quizgen itself, and a school's templates, say and write on every page: it tells of no quiz."""

import re
from dataclasses import dataclass

from ..form import Settings
from ..render.parts import names
from ..render.templating import current, words
from .texts import line_of
from .texts import words as words_of

_SUFFIXES = (".j2", ".js", ".css", ".toml")


@dataclass
class Own:
    """The templates in use."""

    said: str
    """What a page says, as a line of words: in the language of the forms, and in the templates."""
    source: str
    """All templates, styles and scripts, as they are written."""

    def __post_init__(self) -> None:
        """The names in it are asked for often."""
        found = words_of(self.source)
        self._words, self._line = frozenset(found), line_of(found)
        self._names = frozenset(re.findall(r"[\w-]+", self.source))

    def codes(self, line: str) -> bool:
        """Whether a line of words is in the templates, styles and scripts; one or two words, in whatever order."""
        if line.count(" ") <= 3:
            return self._words.issuperset(line.split())
        return line in self._line

    def writes(self, name: str) -> bool:
        """Whether the templates have this name anywhere, as a whole; or these words, as they are."""
        return name in self._names if re.fullmatch(r"[\w-]+", name) else name in self.source


def own(languages: frozenset[str], settings: Settings) -> Own:
    """The templates that a build with these settings uses, with the words of these languages."""
    texts = {name: current().read(name) for name in names(settings) if name.endswith(_SUFFIXES)}
    pages = [text for name, text in texts.items() if name.endswith(".j2")]
    spoken = [text for language in sorted(languages) for text in words(language).values()]
    return Own(line_of(words_of("\n".join([*spoken, *pages]))), "\n".join(texts.values()))
