"""Checks of cues: what gives the key away to those who have not read the passage."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ..diagnostics import Diagnostic, warning
from ..items import Cloze, MultipleChoice, Numeric, ShortAnswer, TrueFalse
from . import fit
from .english import without_quotations
from .options import speaks_of_the_others
from .reading import ArticleReading, ItemReading, Wording

_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)"
_TIME = (
    r"(?:day|night|morning|evening|week|month|year|summer|winter|spring|autumn|season|hour|minute|second"
    r"|now|other|few|so)"
)
_BESIDE_IT = r"(?:of )?(?:the |these |those |its |their |his |her )?"
_ABSOLUTE = re.compile(
    r"(?<!not )(?<!n't )(?<!n’t )(?<!above )(?<!after )(?<!first of )(?<!at )(?<!in )\b(?P<word>"
    r"always|never|completely|entirely|totally|absolutely|utterly|wholly|invariably|exclusively|solely|impossible"
    r"|everyone|everybody|everything|everywhere|no one|nobody|nothing|nowhere|none|must(?! have\b)"
    rf"|all(?! {_BESIDE_IT}(?:{_NUMBER}|{_TIME})\b)"
    r"(?! (?:kinds|sorts|long|along|round|over|right|but|in all|the same|too|together|at once)\b)"
    rf"|every(?! (?:{_NUMBER}|{_TIME})\b)"
    rf"|only(?! (?:{_NUMBER}|a|an|about|some|just|child|half|part|in (?:the )?\d)\b)"
    r")\b(?! of the above| of these$| of them$)",
    re.IGNORECASE,
)
_ABSOLUTE_WORDS = frozenset("""
    always never completely entirely totally absolutely utterly wholly invariably exclusively solely impossible everyone
    everybody everything everywhere no nobody nothing nowhere none must all every only
""".split())  # fmt: skip
_IN_THE_KEY = re.compile(r"\b(?:no|cannot|any|each|whole|without|full|at all|anyone|anything)\b", re.IGNORECASE)


def absolute_term(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q412: an absolute word gives away what is wrong.

    Found:   always, never, all, every, no one, nothing, only, completely, impossible, must and the like in a true_false
             statement keyed false; or in a distractor, while no key has such a word. A plain count ("all three ships"),
             a time ("every year") and a name do not count.
    Why:     the world has few rules without an exception, and test-takers know it: they reject what is absolute without
             having read (Millman, Bishop & Ebel 1965, Educational and Psychological Measurement 25, 707-726; Haladyna,
             Downing & Rodriguez 2002, guideline 28a).
    Example: stem: The Sahara consists entirely of sand.     (answer: false)
    Mend:    stem: Most of the Sahara is covered by sand.
    """
    for item in article.items if article.english else ():
        if isinstance(item.item, TrueFalse) and not item.item.answer and (word := _absolute(item.stem)):
            message = f"'{word}' gives away that the statement is false"
            yield warning("Q412", message, item.at_text(word, "stem"), "make a claim that might well be true")
        for option in item.wrong:
            word = _absolute(option.wording)
            if not word or word.lower() in item.stem.words or speaks_of_the_others(option, item):
                continue
            if not _absolute_key(item):
                message = f"'{word}' gives away that this option is wrong"
                hint = "say what might well be true, or use such a word in the key as well"
                yield warning("Q412", message, item.at_text(word, *option.path), hint)


def _absolute_key(item: ItemReading) -> bool:
    """Whether a key is absolute as well."""
    return any(_absolute(key.wording) or _IN_THE_KEY.search(key.wording.text) for key in item.right)


def _absolute(wording: Wording) -> str:
    """The first absolute word of a text, outside of quotations and names."""
    if _ABSOLUTE_WORDS.isdisjoint(wording.words):
        return ""
    text = without_quotations(wording.text)
    for match in _ABSOLUTE.finditer(text):
        if not _named(match, text):
            return match["word"]
    return ""


_NAME_GOES_ON = re.compile(r"\s+[A-Z][\w'’]*(?:\s+(?:and|of|the))*\s+[A-Z]")


def _named(match: re.Match[str], text: str) -> bool:
    """Whether the word is part of a name: with a capital inside of a sentence, or before two other capitals."""
    if not match["word"][0].isupper():
        return False
    before = text[: match.start()].rstrip()
    return before[-1:] not in (".", "!", "?", "…", "") or _NAME_GOES_ON.match(text, match.end()) is not None


# Words that say what kind of question it is, and those that many a sentence has.
_EVERY_QUESTION = frozenset("""
    accord articl author passag text paragraph word sentenc statement mean meant describ mention say said state call
    name happen make made take taken took get got give given gave go went come came becom becam use way thing kind sort
    type do reason caus main idea best follow true correct true answer choos first last new old good great larg small
    much two three mani peopl person man woman year day time place part number
""".split())  # fmt: skip


_OFTEN = 5
"""In how many stems a word must stand to be what the article is about."""


def stem_key_echo(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q414: a word of the stem stands in the key and in no distractor.

    Found:   a word that carries meaning, in any of its forms, in the stem and in a key, but in none of the distractors.
             Words that many questions have (author, reason, happen) do not count.
    Why:     who knows nothing picks what sounds like the question (a clang association: Haladyna, Downing & Rodriguez
             2002, guideline 28b; Millman, Bishop & Ebel 1965). The advice is old and plausible; how often it helps a
             guesser is less well known.
    Example: stem: What does the dancer bring from the flower?, and answer: the scent of the flower
    Mend:    use another word in the key or the stem, or the same word in a distractor as well.
    """
    topic: frozenset[str] | None = None
    for item in article.items if article.english else ():
        if not item.wrong or not (echoed := _echoed(item)) or _states_its_key(item):
            continue
        topic = _topic(article) if topic is None else topic
        if not (echoed := echoed - topic):
            continue
        path, word = next(_words_with(item, echoed), (item.right[0].path, min(echoed)))
        message = f"'{word}' stands in the stem, in the key and in no distractor"
        yield warning("Q414", message, item.at_text(word, *path), "use another word, or use it in a distractor too")


def _echoed(item: ItemReading) -> frozenset[str]:
    """The words that stem and keys share, and no distractor has."""
    stem = item.stem.stems
    shared = [word for key in item.right for word in key.wording.content if word in stem]
    if not shared:
        return frozenset()
    others = frozenset[str]().union(*(option.wording.stems for option in item.wrong))
    echoed = frozenset(shared) - others - _EVERY_QUESTION
    if any(word[0].isdigit() for word in others & stem):  # then each option has its number from the stem
        return frozenset(word for word in echoed if not word[0].isdigit())
    return echoed


def _topic(article: ArticleReading) -> frozenset[str]:
    """The words that a quarter of all stems have: what the article is about gives no key away."""
    times = Counter(stem for item in article.items for stem in item.stem.stems)
    return frozenset(stem for stem, count in times.items() if count >= _OFTEN and 4 * count >= len(article.items))


def _words_with(item: ItemReading, stems: frozenset[str]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The words of the keys that have one of the word stems, as typed, each with the path to its option."""
    for option in item.right:
        for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", option.wording.text):
            if not stems.isdisjoint(item.article.wording(word).content):
                yield option.path, word


def answer_in_stem(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q429: the item states its own answer.

    Found:   every word of the key that carries meaning stands in the stem (of a cloze: in the text around its gap), and
             no distractor's words do. Not where the stem offers the alternatives: "Was it Osh or Bishkek?"
    Why:     the item tests whether the stem was read, and not the passage.
    Example: stem: The thigh holds the longest bone. In which part of the body does it lie?, and answers: [thigh]
    Mend:    take the answer out of the stem.
    """
    for item in article.items:
        if isinstance(item.item, Cloze):
            yield from _repeated_gaps(item)
        elif _states_its_key(item):
            message = f"the stem says it already: '{item.keys[0].text}'"
            yield warning("Q429", message, item.at("stem"), "take the answer out of the stem")


def _states_its_key(item: ItemReading) -> bool:
    if not isinstance(item.item, MultipleChoice | ShortAnswer | Numeric):
        return False
    key = item.right[0].wording if item.right else item.keys[0]
    stem = item.stem
    if (
        not key.content
        or not stem.stems.issuperset(key.content)
        or not _stands_in(key, stem, item)
        or _offered(key, stem)
    ):
        return False
    if isinstance(item.item, MultipleChoice):
        return not any(option.wording.stems <= stem.stems for option in item.wrong if option.wording.stems)
    if isinstance(item.item, Numeric):
        return sum(word[0].isdigit() for word in stem.words) == 1
    return _together(key.stems, stem.content)


def _together(stems: frozenset[str], content: Sequence[str]) -> bool:
    """Whether some words stand side by side, in any order; a term to be found may have its words here and there."""
    size = len(stems)
    return any(stems == {*content[start : start + size]} for start in range(len(content) - size + 1))


def _stands_in(key: Wording, text: Wording, item: ItemReading) -> bool:
    """Whether a text has the key outside of quotations; where its words are not known, word for word."""
    if not item.article.english:
        return key.text.casefold() in text.text.casefold()
    plain = without_quotations(text.text)
    return plain == text.text or key.stems <= item.article.wording(plain).stems


def _offered(key: Wording, stem: Wording) -> bool:
    """Whether the stem gives the key as one of two answers."""
    name = re.escape(key.text.rstrip("."))
    asked = re.search(rf"(?:\bor\s+(?:\w+\s+)?{name}\b|\b{name},?\s+or\b)[^.]*\?", stem.text, re.IGNORECASE)
    return asked is not None


def _repeated_gaps(item: ItemReading) -> Iterator[Diagnostic]:
    """A report for each gap whose answer stands in the text around it."""
    assert isinstance(item.item, Cloze)
    around = item.article.wording(re.sub(r"\{\{\d+\}\}", " ", item.item.shown().text))
    typed = re.findall(r"\{\{.*?\}\}", item.item.text, re.DOTALL)
    for gap, key in zip(typed, item.keys, strict=True):
        if key.stems and _together(key.stems, around.content) and _stands_in(key, around, item):
            message = f"the text says it already: '{key.text}'"
            yield warning("Q429", message, item.at_text(gap, "text"), "take the answer out of the rest of the text")


CHECKS = (absolute_term, stem_key_echo, *fit.CHECKS, answer_in_stem)
