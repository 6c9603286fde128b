"""The form as a text file: for screen readers, and for Braille translators such as liblouis.

Nothing in it depends on where it stands on a page: tables come row by row, each option is on a line of its own, gaps
are numbered, pictures are described, formulas are TeX. Quotation marks, dashes and spaces are those of a keyboard,
where that loses nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..form import Form
from ..items import Shown, letter
from .linear import Block, Texts, Wording, laid_out, wrapped
from .plurals import counted, each
from .student import StudentForm, StudentItem, StudentSet, student_form
from .templating import words

_KEYBOARD = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "–": "-", "‑": "-", "‐": "-",
        "−": "-", "—": "--", "…": "...", "\u202f": "\u00a0", "\u2009": "\u00a0", "ﬁ": "fi", "ﬂ": "fl",
        **dict.fromkeys("\u00ad\u200b\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff", ""),
    }
)  # fmt: skip
_BLANK = "____"


def text(form: Form) -> bytes:
    """The form as UTF-8 text with lines of at most 80 columns, but for code and for words that are longer."""
    said = {name: each(word, lambda text: text.translate(_KEYBOARD)) for name, word in words(form.language).items()}
    lines = [line.replace("\u00a0", " ").rstrip() for line in _form(student_form(form), said)]
    return ("\n".join(lines).strip("\n") + "\n").encode()


def _form(form: StudentForm, said: Mapping[str, str]) -> Iterator[str]:
    head, whole = form.head, Texts(None, _wording(said))
    yield from _heading(head.title, "=")
    if head.header:
        yield from _wrapped(whole.line(head.header))
    yield from _wrapped(f"{head.label}. {head.facts}.")
    yield f"{said['name']}: {head.name or _BLANK}"
    yield f"{said['group']}: {_BLANK}"
    yield f"{said['date']}: {_BLANK}"
    yield ""
    default = said["read_and_answer" if form.has_passages else "answer_questions"]
    yield from _laid_out(whole.blocks(head.instructions or default))
    for rule in head.rules:
        yield from ("", *_wrapped(rule))
    for section in form.sections:
        if section.title:
            yield from _heading(whole.line(section.title), "=")
        if section.instructions:
            yield from _laid_out(whole.blocks(section.instructions))
        for item_set in section.sets:
            yield from _set(item_set, said)
    for credit in form.credits:
        yield from ("", *_wrapped(credit))


def _set(item_set: StudentSet, said: Mapping[str, str]) -> Iterator[str]:
    texts = Texts(item_set, _wording(said))
    if item_set.opens:
        yield from _heading(item_set.article, "=")
    if passage := item_set.passage:
        name = said["passage"].format(n=passage.number)
        yield from _heading(f"{name}: {texts.line(passage.heading)}" if passage.heading else name, "-")
        yield from _laid_out(texts.blocks(passage.text))
    for item in item_set.items:
        yield from _item(item, texts, said)


def _item(item: StudentItem, texts: Texts, said: Mapping[str, str]) -> Iterator[str]:
    points = item.shown.points
    worth = counted("points", points, said)
    yield from _heading(f"{said['question'].format(n=item.number)} ({worth})", "-")
    yield from _laid_out(texts.blocks(item.shown.stem))
    yield ""
    yield from _answer(item.shown, texts, said)


def _answer(shown: Shown, texts: Texts, said: Mapping[str, str]) -> Iterator[str]:
    """What there is to choose from, and where the answer goes."""
    answer = f"{said['answer']}: {_BLANK}"
    match shown.type:
        case "true_false":
            yield f"{said['true_letter']}: {said['true']}"
            yield f"{said['false_letter']}: {said['false']}"
            yield answer
        case "multiple_choice" | "multiple_response":
            if shown.type == "multiple_response":
                yield said["tick"]
            yield from _options(shown, texts)
            yield answer
        case "ordering":
            yield from _options(shown, texts)
            yield f"{said['order']}: {said['comma'].join([_BLANK] * shown.blanks)}"
        case "matching":
            for number, prompt in enumerate(shown.prompts, start=1):
                yield from _wrapped(f"{texts.line(prompt)} {_BLANK}", f"{number}: ")
            yield ""
            yield from _options(shown, texts)
        case "cloze":
            if shown.choices:
                yield from _wrapped(f"{said['bank']} {'; '.join(map(texts.line, shown.choices))}")
                yield ""
            yield from _laid_out(texts.blocks(shown.text, gaps=True))
        case _:
            yield f"{answer} {texts.line(shown.unit)}" if shown.unit else answer


def _options(shown: Shown, texts: Texts) -> Iterator[str]:
    for place, option in enumerate(shown.choices):
        yield from _wrapped(texts.line(option), f"{letter(place)}: ")


def _wrapped(text: str, mark: str = "") -> Iterator[str]:
    return wrapped(text.translate(_KEYBOARD), mark)


def _laid_out(blocks: Sequence[Block]) -> Iterator[str]:
    """The lines of blocks; code keeps its own signs."""
    return laid_out([one if one.kind == "code" else replace(one, text=one.text.translate(_KEYBOARD)) for one in blocks])


def _heading(title: str, sign: str) -> Iterator[str]:
    """A heading, underlined for those who feel its length, with room above."""
    lines = list(_wrapped(title))
    yield from ("", *lines, sign * max(map(len, lines)), "")


def _wording(said: Mapping[str, str]) -> Wording:
    return Wording(said, "text", lambda tex: f"\\({tex}\\)")
