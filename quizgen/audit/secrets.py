"""What only teachers may have, and what students may read: both from the forms, neither from any file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..form import Form, ItemSet
from ..items import Cloze, Essay, ItemBase, Numeric, ShortAnswer
from ..render.student import StudentForm, StudentSet, student_form
from .texts import BREAK, fragments, letters, line_of, words

_CHUNK = 6
"""Of a longer text so many words at a time are looked for: a part of it tells as much as all."""
_FEWEST = 4
"""A text of fewer letters is found everywhere and tells nothing."""


@dataclass(frozen=True)
class Needle:
    """Words that only teachers may have, and between which words students may read them even so."""

    what: str
    """Such as `the rationale`."""
    item: str
    """The full name of the item that they are of."""
    line: str
    """The words, with a space on each side of each."""
    before: frozenset[tuple[str, ...]] = frozenset()
    after: frozenset[tuple[str, ...]] = frozenset()
    open: bool = False
    """Whether they are by themselves a text that students read."""
    known: bool = False
    """Whether students read them anywhere."""
    turned: bool = False
    """Whether they are spelt backwards."""


@dataclass(frozen=True)
class KeyedItem:
    """An item with options, of which some are right."""

    name: str
    type: str
    right: tuple[str, ...]
    """Texts of the right options."""
    wrong: tuple[str, ...]


@dataclass
class Known:
    """All that is known of the forms of a build."""

    secrets: list[tuple[str, str, str]] = field(default_factory=list)
    """What it is, of which item, and the text."""
    open: list[list[str]] = field(default_factory=list)
    """The words of each run of text that students read."""
    open_lines: str = ""
    ids: dict[str, str] = field(default_factory=dict)
    """Id -> what it names."""
    keyed: dict[str, KeyedItem] = field(default_factory=dict)


def known(forms: Sequence[Form]) -> Known:
    """What is known of the forms, each item once."""
    told = Known()
    seen: set[tuple[str, str]] = set()
    runs: dict[str, None] = {}
    texts: dict[tuple[str, bool, bool], None] = {}
    for form in forms:
        for item_set in form.sets:
            for placed in item_set.items:
                name = (item_set.source.article.id, placed.item.id)
                if name not in seen:
                    seen.add(name)
                    _add(told, item_set, placed.item, "/".join(name))
        texts |= dict.fromkeys(_texts(student_form(form)))
    for text, inline, gaps in texts:
        runs |= dict.fromkeys(fragments(text, inline=inline, gaps=gaps))
    told.open = [found for found in map(words, runs) if found]
    told.open_lines = "\n".join(map(line_of, told.open))
    return told


def _add(told: Known, item_set: ItemSet, item: ItemBase, name: str) -> None:
    told.secrets += [(what, name, text) for what, text in _secret(item)]
    told.secrets += [("the evidence", name, text) for text in item_set.source.evidence(item)]
    told.ids[item.id] = f"the item '{name}'"
    told.ids[item_set.source.article.id] = f"the article '{item_set.source.article.id}'"
    if item.passage:
        told.ids[item.passage] = f"the passage '{item.passage}'"
    if item.type != "true_false":
        for choice in (*item.printed, *item.prompts):
            told.ids.setdefault(choice.id, f"an option of '{name}'")
    if item.type in ("multiple_choice", "multiple_response"):
        response = item.correct_response()
        right = {response} if isinstance(response, str) else {*(response or ())}
        told.keyed[name] = KeyedItem(
            name,
            item.type,
            tuple(choice.text for choice in item.printed if choice.id in right),
            tuple(choice.text for choice in item.printed if choice.id not in right),
        )


def _secret(item: ItemBase) -> Iterator[tuple[str, str]]:
    if item.rationale:
        yield "the rationale", item.rationale
    for choice in item.printed:
        if choice.why:
            yield "why an option is right or wrong", choice.why
    match item:
        case Essay():
            yield from (("a criterion of the rubric", criterion.text) for criterion in item.rubric)
        case ShortAnswer():
            yield from (("an accepted answer", answer) for answer in item.answers)
        case Cloze() if not item.bank:
            yield from (("the word for a gap", answer) for gap in item.gaps for answer in gap)
        case Numeric():
            yield "the number that is asked for", item.correct_response()
        case _:
            pass


def _texts(form: StudentForm) -> Iterator[tuple[str, bool, bool]]:
    """Every text that students read; whether it is set as a line, and whether it has gaps."""
    head = form.head
    for text in (head.label, head.title, head.facts, head.name, *head.rules, *form.credits):
        if text:
            yield text, True, False
    for section in form.sections:
        yield from ((text, True, False) for text in (head.header, section.title) if text)
        yield from ((text, False, False) for text in (head.instructions, section.instructions) if text)
        for item_set in section.sets:
            yield from _set_texts(item_set)


def _set_texts(item_set: StudentSet) -> Iterator[tuple[str, bool, bool]]:
    yield item_set.article, True, False
    if item_set.passage:
        yield item_set.passage.text, False, False
        if item_set.passage.heading:
            yield item_set.passage.heading, True, False
    for item in item_set.items:
        yield item.shown.stem, False, False
        yield from ((text, True, False) for text in (*item.shown.choices, *item.shown.prompts, item.shown.unit) if text)
        if item.shown.text:
            yield item.shown.text, False, True


# --- What is looked for -------------------------------------------------------------------------------------------


def needles(told: Known, own: str) -> list[Needle]:
    """The words that are looked for; what quizgen itself says on a page (`own`, as a line) is not among them."""
    found: dict[str, Needle] = {}
    for what, item, text in told.secrets:
        for run in fragments(text):
            for chunk in _chunks(words(run)):
                line = line_of(chunk)
                if line not in found and tells(chunk) and (len(chunk) > 3 or line not in own):
                    found[line] = _needle(told, what, item, chunk)
    turned = [_turned(needle, told.open_lines) for needle in found.values()]
    return [*found.values(), *(needle for needle in turned if needle and needle.line not in found)]


def _chunks(found: list[str]) -> Iterator[list[str]]:
    if len(found) <= _CHUNK + _CHUNK // 2:
        yield found
        return
    for start in range(0, len(found) - _CHUNK + 1, _CHUNK):
        yield found[start : start + _CHUNK]
    yield found[-_CHUNK:]


def tells(chunk: Sequence[str]) -> bool:
    """Whether words are so many that they do not stand in a file by chance."""
    text = "".join(chunk)
    if sum(map(str.isdigit, text)) >= _FEWEST:
        return True
    return letters(text) >= _FEWEST or (len(text) > 1 and not text.isascii())


def _needle(told: Known, what: str, item: str, chunk: list[str]) -> Needle:
    line = line_of(chunk)
    if line not in told.open_lines:
        return Needle(what, item, line)
    before, after, alone = set(), set(), False
    for run in told.open:
        for place in places(line_of(run), line):
            sides = neighbours(run[:place][::-1]), neighbours(run[place + len(chunk) :])
            before.add(sides[0])
            after.add(sides[1])
            alone = alone or sides == ((), ())
    return Needle(what, item, line, frozenset(before - {()}), frozenset(after - {()}), alone, known=True)


def places(text: str, line: str) -> Iterator[int]:
    """Before which of its words a line has the words of another."""
    at = text.find(line)
    while at >= 0:
        yield text.count(" ", 0, at)
        at = text.find(line, at + 1)


def neighbours(found: Sequence[str]) -> tuple[str, ...]:
    """The two next words, without numbers: a margin may have those of its lines."""
    return tuple([word for word in found[:8] if not word.isdigit() and word != BREAK][:2])


def _turned(needle: Needle, open_lines: str) -> Needle | None:
    line = needle.line[::-1]
    if line in open_lines or letters(line) < 8:
        return None
    return Needle(needle.what, needle.item, line, turned=True)
