"""Checks that what is given as evidence stands in the passage and proves the key, and that what is cited is there."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from .. import markup
from ..bank import texts
from ..diagnostics import Diagnostic, error, warning
from ..items import Cloze, Numeric, ShortAnswer
from ..items.evidence import Evidence
from ..items.fields import digest
from ..quotations import places
from .reading import ArticleReading, ItemReading, PassageReading, Wording


def evidence_not_in_passage(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q301: the words given as evidence do not stand in the passage.

    Found:   `evidence:` that is not, letter for letter, a part of the item's passage. White space and marks such as
             *emphasis* do not count.
    Why:     the passage was edited and the item was not, or the quotation was typed from memory; either way the key
             can no longer be shown to be right.
    Example: evidence: boats lay on the mud       (the passage says: boats lie on the mud)
    Mend:    copy the words from the passage. The hint shows the nearest words that do stand there.
    """
    for item, place, quotation, passage in _quoted(article):
        if quotation not in passage.wording.text:
            near = _nearest(quotation, passage.wording.text)
            hint = f"the nearest words there: {near}" if near else "copy the words from the passage"
            yield error("Q301", f"these words do not stand in passage '{item.item.passage}'", item.at(*place), hint)


def evidence_twice_in_passage(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q302: the words given as evidence stand in the passage more than once.

    Found:   `evidence:` that fits two places of the passage.
    Why:     a key that is proved by one of two places is proved by neither; a reader who is sent back to the passage
             must find the right words at once.
    Example: evidence: the pier                   (the passage names two piers)
    Mend:    quote a few more words.
    """
    for item, place, quotation, passage in _quoted(article):
        if (times := passage.wording.text.count(quotation)) > 1:
            message = f"these words stand {times} times in passage '{item.item.passage}'"
            yield error("Q302", message, item.at(*place), "quote a few more words")


def evidence_without_passage(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q304: the item quotes evidence, and has no passage.

    Found:   `evidence:` in an item without `passage:`.
    Why:     nobody can tell where the words should stand, so nobody can tell whether they do.
    Example: evidence: boats lie on the mud       (and no `passage:` in the item)
    Mend:    name the passage that the words are from, or take the evidence out.
    """
    for item in article.items:
        if item.item.evidence and not item.item.passage:
            span = item.at("evidence", key=True)
            yield error("Q304", "evidence without a passage", span, "name the passage that the words are from")


def evidence_beside_the_key(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q305: the evidence stands in the passage, but says nothing of the key.

    Found:   evidence without a single word of the key (of a true_false item: of its statement) that carries meaning,
             and without one of the rationale, which should lead from the one to the other. Where an item has no
             rationale, or its key is a word of the passage to be written: where all words of the key stand in another
             place of the passage, or the evidence has no word of the stem either. Words are compared by their stems.
    Why:     who looks the key up must find there what makes it right, not only something about the same matter.
    Example: answer: Taraz, and evidence: he took off in a military plane
    Mend:    quote the words that prove the key; where they stand in two places, quote both: evidence: [..., ...]
    """
    for item in article.items:
        if not item.evidence or item.passage is None or item.passage.missing:
            continue
        proof = frozenset().union(*(quotation.stems for quotation in item.evidence))
        key = _claimed(item)
        if not key or not proof or _meet(key, proof) or item.item.hand_scored:
            continue
        literal = isinstance(item.item, ShortAnswer | Numeric | Cloze)
        elsewhere = key <= item.passage.wording.stems
        if isinstance(item.item, Numeric) and not (elsewhere and abs(item.item.answer) >= 10):
            continue  # it is to be worked out, not to be found; where a small number stands is mere chance
        if item.item.rationale and not (literal and elsewhere):
            beside = not _meet(proof, item.rationale.stems) and "\\(" not in item.item.rationale
        else:
            beside = elsewhere or not _meet(proof, item.asked.stems)
        if beside:
            message = "the evidence says nothing of the key"
            yield warning("Q305", message, item.at("evidence"), "quote the words that make the key right")


def reference_without_digest(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q306: a reference to a paragraph or lines does not record what stood there.

    Found:   `evidence: {paragraph: 2}` or `{lines: 3-5}` without `digest:`.
    Why:     a number stays right only until somebody adds a paragraph; with the digest, an edit is noticed.
    Example: evidence: {paragraph: 2}
    Mend:    evidence: {paragraph: 2, digest: 1f2e3d4c}; `quizgen check --fix` writes it.
    """
    for item, place, reference, words in _referred(article):
        if reference.digest is None and words is not None:
            known = digest(words)
            fix = item.inserted("digest", known, *place)
            yield warning("Q306", "an edit of the passage would not be noticed", item.at(*place),
                          f"add `digest: {known}`", fix)  # fmt: skip


def reference_to_nothing(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q307: the evidence names a paragraph or lines that the passage does not have.

    Found:   `paragraph:` or `lines:` with a number beyond the end of the passage.
    Why:     the passage became shorter, or the number was miscounted; nothing proves the key.
    Example: evidence: {paragraph: 7}             (the passage has three)
    Mend:    count again: paragraphs are separated by empty lines, lines are those that were typed.
    """
    for item, place, _, words in _referred(article):
        if words is None:
            yield error("Q307", f"passage '{item.item.passage}' is not so long", item.at(*place), "count again")


def reference_changed(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q308: what the evidence refers to is not what it was.

    Found:   a paragraph or lines whose words do not have the recorded `digest:`.
    Why:     the passage was edited, so the number may lead to other words, or the words may say something else.
    Example: evidence: {paragraph: 2, digest: 1f2e3d4c}, after a paragraph was added above it
    Mend:    see which part proves the key now. The hint says where the old words stand, or the new digest.
    """
    for item, place, reference, words in _referred(article):
        if reference.digest is None or words is None or digest(words) == reference.digest:
            continue
        assert item.passage is not None
        moved = _moved(reference, item.passage)
        hint = f"its words are now {moved}" if moved else f"if it still proves the key, write digest: {digest(words)}"
        yield error("Q308", "these words have changed since the reference was made", item.at(*place, "digest"), hint)


def fact_over_asked(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q313: three items ask about the same words.

    Found:   three or more items of one passage that quote the same words, a few of them or half of a quotation;
             the third and later ones are reported.
    Why:     who has missed that one sentence loses three times, and what the rest of the passage says is not asked
             (content should be sampled evenly: Haladyna, Downing & Rodriguez 2002, guideline 2).
    Example: three items with evidence: opened in 1931
    Mend:    ask about another part of the passage, or take one of the items out.
    """
    for passage in article.passages.values():
        taken: dict[range, list[str]] = {}
        for item in passage.items:
            quotations = [words.text for part, words in item.proofs if words is not None and part.quote is not None]
            own = [place for text in quotations if (place := _range(text, passage.wording.text))]
            same = [names for place in own for other, names in taken.items() if _same_words(place, other)]
            others = dict.fromkeys(name for names in same for name in names)
            if len(others) >= 2:
                message = f"these words are asked about {len(others) + 1} times"
                hint = f"ask about another part of the passage; the others: {', '.join([*others][:5])}"
                yield warning("Q313", message, item.at("evidence"), hint)
            for place in own:
                taken.setdefault(place, []).append(item.item.id)


def citation_not_once(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q341: what is cited does not stand in the passage once.

    Found:   `[words](line)` or `[](line "words")` in an item, whose words stand in its passage never or more than once;
             one in an item without a passage; and one in any other text, which has no passage to cite.
    Why:     a page says in its place on which line the words are; there is none, or there are two.
    Example: the word [“pier”](line)                (the passage names two piers)
    Mend:    cite a few more words: the word [“pier”](line "the old pier"). Where a whole word is cited, longer words
             that it is a part of do not count.
    """
    items = {article.file.path(item.item): item for item in article.items}
    for path, text in texts(article.file) if "](line" in article.file.document.text else ():
        for words in markup.citations(text):
            item = items.get(path[:2])
            if problem := _not_citable(words, item) if item or path[0] != "items" else None:
                yield error("Q341", problem[0], article.file.document.locate(path, words or "](line"), problem[1])


def _not_citable(words: str, item: ItemReading | None) -> tuple[str, str] | None:
    """What is wrong with words that an item, or another text, cites; and how to mend it."""
    if item is None or item.item.passage is None:
        return "there is no passage that could be cited here", "only an item that has a passage can cite it"
    if not words:
        return "no words are cited", 'write [the words](line), or [](line "the words")'
    if item.passage is None or item.passage.missing or (times := len(places(words, item.passage.wording.source))) == 1:
        return None
    if times:
        return (
            f"'{words}' stands {times} times in passage '{item.item.passage}'",
            f'cite more words: (line "… {words} …")',
        )
    near = _nearest(words, item.passage.wording.text)
    hint = f"the nearest words there: {near}" if near else "copy the words from the passage"
    return f"'{words}' does not stand in passage '{item.item.passage}'", hint


def _range(quotation: str, passage: str) -> range:
    start = max(0, passage.find(quotation))
    return range(start, start + len(quotation))


def _same_words(one: range, other: range) -> bool:
    """Whether they share a few words, or half of the shorter one."""
    shared = min(one.stop, other.stop) - max(one.start, other.start)
    return shared >= min(_FEW_WORDS, min(len(one), len(other)) / 2)


_FEW_WORDS = 12  # in characters


def _quoted(article: ArticleReading) -> Iterator[tuple[ItemReading, tuple[str | int, ...], str, PassageReading]]:
    """Every quotation of an item with a passage that has words: the item, the path to it, its text, the passage."""
    for item in article.items:
        if item.passage is not None and not item.passage.missing:
            for number, (part, words) in enumerate(item.proofs):
                if part.quote is not None and words is not None:
                    yield item, _place(item, number), words.text, item.passage


def _referred(
    article: ArticleReading,
) -> Iterator[tuple[ItemReading, tuple[str | int, ...], Evidence, str | None]]:
    """Every reference of an item with a passage that has words, with the path to it and the words it refers to."""
    for item in article.items:
        if item.passage is not None and not item.passage.missing:
            for number, (part, words) in enumerate(item.proofs):
                if part.quote is None:
                    yield item, _place(item, number), part, words.source if words else None


def _place(item: ItemReading, number: int) -> tuple[str | int, ...]:
    """The path to an item's evidence; alone, it need not be a list."""
    alone = len(item.proofs) == 1 and not item.article.file.is_list(item.item, "evidence")
    return ("evidence",) if alone else ("evidence", number)


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the two share a word, or words that begin alike, as cold and colder, prove and proof do."""
    return bool(one & other) or not {word[:4] for word in one if len(word) > 3}.isdisjoint(
        {word[:4] for word in other if len(word) > 3}
    )


def _claimed(item: ItemReading) -> frozenset[str]:
    """The words that the evidence should be about: those of the key, or of the statement to be judged."""
    texts: tuple[Wording, ...] = (item.statement,) if item.statement else item.keys
    return frozenset().union(*(text.stems for text in texts))


def _moved(reference: Evidence, passage: PassageReading) -> str:
    """Where the words that a reference meant stand now; nothing where they are gone."""
    if reference.paragraph is None:
        return ""
    for number in range(1, 1000):
        words = Evidence(paragraph=number).within(passage.passage.text)
        if words is None:
            return ""
        if digest(words) == reference.digest:
            return f"paragraph {number}"
    return ""


_COMPARED = 2_000_000
"""So many pairs of characters are compared at most: a quotation of 500 characters with a passage of 4,000."""


def _nearest(quotation: str, passage: str) -> str:
    """The words of the passage that are most like the quotation; nothing where none are, or both are very long."""
    if len(quotation) * len(passage) > _COMPARED:
        return ""
    match = SequenceMatcher(None, quotation.lower(), passage.lower(), autojunk=False).find_longest_match()
    if match.size < min(5, len(quotation)):
        return ""
    start = passage.rfind(" ", 0, max(0, match.b - match.a) + 1) + 1
    end = passage.find(" ", min(len(passage), start + len(quotation) - 1))
    return passage[start : end if end >= 0 else len(passage)]


CHECKS = (
    evidence_not_in_passage,
    evidence_twice_in_passage,
    evidence_without_passage,
    evidence_beside_the_key,
    reference_without_digest,
    reference_to_nothing,
    reference_changed,
    fact_over_asked,
    citation_not_once,
)
