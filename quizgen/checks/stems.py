"""Checks of what is asked: stems, statements, and the texts of clozes."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ..diagnostics import Diagnostic, Edit, Span, warning
from ..items import Cloze
from . import wording
from .claims import second_claim
from .english import verb_form
from .negation import reversing_word
from .reading import ArticleReading, ItemReading

# What a stem may say without naming a subject. Pronouns are not among them: they point to something in the passage.
_NO_SUBJECT = frozenset("""
    which what who whatever whichever everything of these the following below above is are was were be can a an one
    ones two three all that this those in on by to with from for and or as at it according do does did not best most
    only you your please us has have been would will could should may might must true correct right false wrong
    incorrect untrue accurate inaccurate choose select pick mark tick find identify circle complete read statement
    statements sentence sentences answer answers option options claim claims alternative alternatives response
    responses choice choices fact facts question questions passage passages text article author writer paragraph story
    section information given supported support supports apply applies say says said state states stated tell tells
    told mention mentions mentioned show shows suggest suggests suggested imply implies implied believe believes argue
    argues know known conclude concluded inferred infer learn learned described writes reports item items except least
    likely agree agrees agreed
""".split())  # fmt: skip
_TELLS_APART = frozenset("which what true correct following right statement choose select passage text author".split())
_JUDGES_FACTS = re.compile(r"\ba (?:fact|claim|question|statement)\b", re.IGNORECASE)
_BARE_NAME = re.compile(
    r"(?:(?:the|an?)\s+)?[^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]*){0,2}\s*(?::|\.{3}|…|_{2,})?", re.IGNORECASE
)
_SAYS_MORE = frozenset("who what when where why how which to by of in on at for from with because than that".split())


def negative_not_emphasised(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q413: the word that turns the question round is not set off.

    Found:   a stem that asks for what is wrong or missing (which is not, all of these except, least likely, which is
             false), with that word printed like all others. A negative that belongs to the content does not count.
    Why:     a reader who knows the answer picks a true option, because "not" was read over. Word stems positively, and
             where that cannot be, set the negative off (Haladyna, Downing & Rodriguez 2002, guideline 17). Studies of
             whether negative stems are harder disagree; that a slip of reading costs a point needs none.
    Example: stem: Which of these is not made from milk?
    Mend:    stem: Which of these is **not** made from milk?; or ask for what is made from milk.
    """
    for item in article.items if article.english else ():
        if item.options and (word := reversing_word(item.stem)) and not _set_off(word, item.item.stem):
            message = f"'{word}' turns the question round, and is easily read over"
            hint = f"write **{word}**, or ask for what is true"
            yield warning("Q413", message, _at_word(item, word), hint, _emphasis(item, word))


def unfocused_stem(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q418: the stem asks nothing until the options are read.

    Found:   a choice item whose stem names no subject: "Which of these is true?", "The passage:", "Photosynthesis:".
    Why:     the candidate has to judge as many unrelated statements as there are options, and the item tests many
             things at once, each a little. The central idea belongs in the stem (Haladyna, Downing & Rodriguez 2002,
             guideline 15); unfocused stems are among the flaws by which Downing (2005) found items to be up to 15
             percentage points harder than sound ones on the same matter.
    Example: stem: Which statement is correct?
    Mend:    stem: What did the dam of 2005 change?   (a question that can be answered with the options covered)
    """
    for item in article.items if article.english else ():
        if item.options and _unfocused(item.stem.words, item.stem.text):
            hint = "ask something that can be answered with the options covered"
            yield warning("Q418", "the stem asks nothing that the options do not", item.at("stem"), hint)


def two_claims(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q420: a statement to be judged makes two claims.

    Found:   a true_false statement with two clauses (and, but, while), a claim and its reason (because, so that), or
             two predicates of one subject. Two nouns that are one claim do not count.
    Why:     where one claim is true and the other false, nobody can tell which of them was meant; and who judges it
             rightly may have known only one. One idea to a statement is what textbooks advise (Frisbie & Becker 1991,
             Applied Measurement in Education 4, 67-83); it is a matter of logic, hardly tested by experiment.
    Example: stem: The pier was built in 1870 and had two halls.
    Mend:    two items, each with one of the claims; or multiple_choice, where a reason is asked for.
    """
    for item in article.items if article.english else ():
        if item.statement is not None and (claim := second_claim(item.statement.text)):
            joint, behind = claim
            message = (
                f"the statement makes two claims, joined by '{joint}'" if joint else "the statement makes two claims"
            )
            span = _at_word(item, joint, behind) if joint else item.at("stem")
            yield warning("Q420", message, span, "ask about one of the claims, or make two items")


_GAP_FIRST = re.compile(r"[\W_]*?(?:(?:the|an?)\s+[\W_]*?)?(\{\{.*?\}\})", re.IGNORECASE | re.DOTALL)
_BLANK_FIRST = re.compile(
    r"[^\w.…\[(]*(?:(?:the|an?)\s+)?(_{2,}|\[\s*(?:\.{2,}|…|_*|blank)\s*\]|\((?:\s*|blank|\.{3}|…)\)|\.{5,}|…{2,})",
    re.IGNORECASE,
)


def blank_at_the_start(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q421: a gap or a blank comes before the words that say what is asked.

    Found:   a cloze text that begins with a gap, perhaps after an article or a quotation mark; a stem that begins with
             a blank (____).
    Why:     the reader meets a blank before anything to fill it from, has to keep it in mind, and must read the
             sentence twice. It is the advice of textbooks (Haladyna & Rodriguez 2013, Developing and Validating Test
             Items); no experiment has settled how much it matters.
    Example: text: "{{Oxygen}} is given off by leaves."
    Mend:    text: "Leaves give off {{oxygen}}."
    """
    for item in article.items:
        hint = "move it towards the end of the sentence"
        if isinstance(item.item, Cloze) and (match := _GAP_FIRST.match(item.item.text)):
            yield warning("Q421", "the text begins with a gap", item.at_text(match[1], "text"), hint)
        if (match := _BLANK_FIRST.match(item.item.stem)) is not None:
            yield warning("Q421", "the stem begins with a blank", item.at_text(match[1], "stem"), hint)


def _set_off(word: str, source: str) -> bool:
    """Whether a word stands in capitals, or emphasised."""
    return word.isupper() or bool(
        ("*" in source or "_" in source)
        and re.search(rf"(\*\*|\*|__|_)(?=\S)[^*_]*?(?<![^\W_]){re.escape(word)}(?![^\W_])[^*_]*\1", source)
    )


def _at_word(item: ItemReading, word: str, behind: str = "") -> Span:
    """Where a whole word stands in the stem, with another one behind it."""
    stem = item.item.stem
    match = re.search(rf"{_whole(word).pattern}\W*{re.escape(behind)}", stem, re.IGNORECASE)
    if match is not None:
        typed = stem[match.start() : match.start() + len(word)]
        for context in (stem[max(0, match.start() - 12) : match.start()], stem[: match.start()][-1:], ""):
            span = item.at_text(context + typed, "stem")
            if span.source[span.column - 1 : span.end - 1] == context + typed:
                return replace(span, column=span.end - len(typed))
    return item.at("stem")


def _emphasis(item: ItemReading, word: str) -> tuple[Edit, ...]:
    """The edit that wraps a word in **, where the stem is one line and has the word once."""
    span = item.at("stem")
    typed = span.source[span.column - 1 : span.end - 1]
    places = [*_whole(word).finditer(typed)]
    if len(places) != 1 or places[0].start() == 0:
        return ()
    start, end = places[0].span()
    file = item.article.file
    return file.document.replaced((*file.path(item.item), "stem"), f"{typed[:start]}**{word}**{typed[end:]}")


def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}\b" if word[-1].isalnum() else re.escape(word))


def _unfocused(found: list[str], text: str) -> bool:
    """Whether a stem has no subject, or nothing but one."""
    if all(word in _NO_SUBJECT for word in found):
        return not _TELLS_APART.isdisjoint(found) and not _JUDGES_FACTS.search(text)
    return (
        len(found) <= 4
        and _BARE_NAME.fullmatch(text) is not None
        and _SAYS_MORE.isdisjoint(found)
        and not any(verb_form(word) in ("auxiliary", "third", "past", "ing") for word in found)
    )


CHECKS = (
    negative_not_emphasised,
    unfocused_stem,
    two_claims,
    blank_at_the_start,
    *wording.CHECKS,
)
