"""Checks of what an item could have and has not. Such an item is sound, so these are warnings."""

from collections.abc import Iterator

from ..diagnostics import Diagnostic, warning
from .reading import ArticleReading


def no_passage(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q310: the item is tied to no passage.

    Found:   an item without `passage:`, in an article that has passages.
    Why:     an item set is what makes reading worth testing: without its passage an item tests what a candidate
             knew before (Keenan & Betjemann 2006 on items that can be answered without the text).
    Example: an item with a stem and no `passage:`
    Mend:    name the passage, or move the item to a bank of its own.
    """
    for item in article.items if article.passages else ():
        if item.lacks("passage"):
            yield warning("Q310", f"item '{item.item.id}' is tied to no passage", item.at(), "add `passage:`")


def no_evidence(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q311: the item does not say which words make its key right.

    Found:   an item on a passage, without `evidence:`.
    Why:     a key that nobody can look up cannot be defended before a class, and goes stale unseen when the passage
             is edited.
    Example: an item with `passage:` and no `evidence:`
    Mend:    copy the words of the passage that prove the key.
    """
    for item in article.items:
        if item.item.passage is not None and item.lacks("evidence"):
            yield warning("Q311", f"item '{item.item.id}' has no evidence", item.at(), "add `evidence:`")


def no_rationale(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q401: the item does not say why its key is right.

    Found:   an item without `rationale:`.
    Why:     feedback that explains is what a candidate learns from; feedback that only says right or wrong hardly
             helps (Hattie & Timperley 2007, doi:10.3102/003465430298487).
    Example: an item with a key and no `rationale:`
    Mend:    one sentence that leads from the evidence to the key.
    """
    for item in article.items:
        if item.lacks("rationale"):
            yield warning("Q401", f"item '{item.item.id}' has no rationale", item.at(), "add `rationale:`")


def no_skill(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q402: the item does not say what it asks of a reader.

    Found:   an item without `skill:`.
    Why:     a quiz that only has readers find what is written down tests a quarter of reading. The four processes are
             those of the PIRLS assessment framework (Mullis & Martin 2019).
    Example: an item without `skill:`
    Mend:    retrieve (find it), infer (conclude it), interpret (connect it), or evaluate (judge it).
    """
    for item in article.items:
        if item.lacks("skill"):
            hint = "add `skill:` retrieve, infer, interpret or evaluate"
            yield warning("Q402", f"item '{item.item.id}' has no skill", item.at(), hint)


def no_difficulty(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q403: the item does not say how hard it is.

    Found:   an item without `difficulty:`.
    Why:     two forms are fair when they are equally hard, and nobody can see to that without an estimate.
    Example: an item without `difficulty:`
    Mend:    easy, medium or hard; or the share of candidates that got it right, once you know it: 0.65.
    """
    for item in article.items:
        if item.lacks("difficulty"):
            hint = "add `difficulty:` easy, medium or hard"
            yield warning("Q403", f"item '{item.item.id}' has no difficulty", item.at(), hint)


def passage_without_items(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q312: nothing asks about the passage.

    Found:   a passage of a bank file that no item names.
    Why:     it will be in no form; and where a whole article is read in class, what it says is never asked.
    Example: a passage `tides`, and no item with `passage: tides`
    Mend:    write an item on it, or take the passage out.
    """
    for passage in article.passages.values():
        if article.items and not passage.items:
            message = f"no item asks about passage '{passage.passage.id}'"
            yield warning("Q312", message, passage.at("id"), "write an item on it, or take it out")


_MANY = 8
"""Fewer items may well all be of one kind."""


def one_skill(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q432: all items ask the same of a reader.

    Found:   an article with eight items or more that have a `skill:`, and all the same one.
    Why:     finding what is written down, concluding, connecting and judging are different things, and a quiz that asks
             for one of them says nothing of the others (PIRLS assessment framework, Mullis & Martin 2019).
    Example: twenty items, and every one with `skill: retrieve`
    Mend:    ask of some passages what can be concluded from them, how parts connect, or how well they argue.
    """
    skills = [item.item.skill for item in article.items if item.item.skill]
    if len(skills) >= _MANY and len(set(skills)) == 1:
        message = f"all {len(skills)} items have the skill '{skills[0]}'"
        yield warning("Q432", message, article.file.document.span(("article", "id")), "write items of other skills too")


def one_difficulty(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q433: all items are equally hard.

    Found:   an article with eight items or more that have a `difficulty:`, and all the same one.
    Why:     items that all are easy cannot tell good readers from better ones, and items that all are hard tell nothing
             of the others; mostly the estimate was copied from item to item without a thought.
    Example: twenty items, and every one with `difficulty: medium`
    Mend:    estimate each item by itself; write some that are easier, and some that are harder.
    """
    levels = [item.item.difficulty for item in article.items if item.item.difficulty is not None]
    if len(levels) >= _MANY and len(set(levels)) == 1:
        message = f"all {len(levels)} items have the difficulty '{levels[0]}'"
        yield warning("Q433", message, article.file.document.span(("article", "id")), "estimate each item by itself")


CHECKS = (
    no_passage,
    no_evidence,
    no_rationale,
    no_skill,
    no_difficulty,
    passage_without_items,
    one_skill,
    one_difficulty,
)
