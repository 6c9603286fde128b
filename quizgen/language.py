"""Words of a text: what is compared where two texts are asked whether they speak of the same thing.

Word stems come from Snowball, which knows some thirty languages; a language that it does not know is taken word by
word. Which words carry no meaning of their own is known for English only; in other languages all words count, and
checks that need English leave such texts alone.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(
    r"[\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff]"  # written without spaces: every sign is a word
    r"|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*"
)
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}\b)")  # 8,000 is 8000
_SENTENCE_END = re.compile(r"[.!?…。！？]+[\"'”’)\]]*(?:\s+|$)")

# Words that hold an English sentence together and say nothing of what it is about; question words and auxiliary
# verbs among them.
_EMPTY = frozenset("""
    a about above after again against all also am an and another any anybody anyone anything are aren't as at be because
    been before being below between both but by can can't cannot could couldn't did didn't do does doesn't doing don't
    down during each either else every everybody everyone everything few for from further had hadn't has hasn't have
    haven't having he he's her here hers herself him himself his how however i if in into is isn't it it's its itself
    just less many may me might mine more most much must my myself neither no nobody none nor not nothing now of off on
    once one ones only onto or other others our ours out over own per same shall she should shouldn't since so some
    somebody someone something such than that that's the their theirs them themselves then there there's these they
    they're this those though through thus to too toward towards under unless until up upon us very was wasn't we were
    weren't what what's when where whether which while who who's whom whose why will with within without won't would
    wouldn't yet you your yours yourself
""".split())  # fmt: skip

_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        start=2,
    )
} | {word: str(10 * number) for number, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), 3)}
"""English words for numbers are those numbers; `one` says too little to be compared."""


def words(text: str) -> list[str]:
    """The words and numbers of a text, in order, in lower case."""
    plain = text.casefold().replace("’", "'")
    return _WORD.findall(_GROUPED.sub("", plain) if "," in plain else plain)


def sentences(text: str) -> list[str]:
    """The sentences of a text, without the white space between them. An abbreviation's point may end one too many."""
    return [part for part in (piece.strip() for piece in _SENTENCE_END.split(text)) if part]


@lru_cache(maxsize=64)
def language(tag: str) -> "Language":
    """The language with this BCP 47 tag."""
    return Language(tag)


class Language:
    """How words of one language are told apart: those that carry meaning, each by its stem."""

    def __init__(self, tag: str) -> None:
        self.english = tag.lower().split("-")[0] == "en"
        self._stems = _Stems(tag, _EMPTY if self.english else frozenset())

    def content(self, found: Iterable[str]) -> list[str]:
        """The word stems of those words that carry meaning, in order."""
        stems = self._stems
        return [stem for word in found if (stem := stems[word])]


class _Stems(dict[str, str]):
    """Word -> its stem, or nothing for a word without a meaning of its own. A text has few different words."""

    def __init__(self, tag: str, empty: frozenset[str]) -> None:
        super().__init__()
        import snowballstemmer

        name = _SNOWBALL.get(tag.lower().split("-")[0])
        self._stem = snowballstemmer.stemmer(name).stemWord if name else str
        self._empty = empty
        self._numbers = _NUMBERS if empty else {}

    def __missing__(self, word: str) -> str:
        stem: str = "" if word in self._empty else self._numbers.get(word) or self._stem(word.removesuffix("'s"))
        self[word] = stem
        return stem


_SNOWBALL = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "cs": "czech", "da": "danish", "nl": "dutch",
    "en": "english", "eo": "esperanto", "et": "estonian", "fi": "finnish", "fr": "french", "de": "german",
    "el": "greek", "hi": "hindi", "hu": "hungarian", "id": "indonesian", "ga": "irish", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "no": "norwegian", "nb": "norwegian", "fa": "persian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "es": "spanish", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


def lix(text: str) -> float:
    """How hard a text is to read: mean words per sentence plus the percentage of words of more than six letters.

    Below 30 is a children's book, above 50 a specialist text (Björnsson 1968). It needs no dictionary and compares
    texts of one language; 0 for a text without words.
    """
    found = [word for word in words(text) if not word[0].isdigit()]
    if not found:
        return 0.0
    long = sum(len(word) > 6 for word in found)
    return len(found) / max(1, len(sentences(text))) + 100 * long / len(found)
