"""The script for a person who reads a form aloud to a candidate (human reader).

It holds what is read, word for word and in order, and in brackets what the reader does: so two candidates with two
readers hear the same. It is made from what candidates see and cannot tell a key, not even to the reader's voice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from .. import fonts
from ..form import Form
from ..items import Shown, letter
from .frame import Head
from .linear import Texts, Wording, wrapped
from .media import Assets
from .pdf import PrintPage
from .plurals import counted
from .spoken import spoken
from .student import StudentForm, StudentItem, StudentSet, student_form
from .templating import direction, filled, source, words

_RULES = ("yours", "voice", "options", "again", "silent", "pictures")


@dataclass(frozen=True, slots=True)
class Line:
    """Something that is read: a heading, a text, an option after its letter; or something that is done."""

    kind: Literal["heading", "say", "option", "do"]
    text: str
    mark: str = ""
    """The letter or number of an option."""


@dataclass(frozen=True, slots=True)
class Script:
    """What a reader needs: whose form it is, how it is read, and what is read."""

    head: Head
    whose: str
    rules: tuple[str, ...]
    lines: tuple[Line, ...]


def script(form: Form) -> Script:
    """The script of a form."""
    shown, said = student_form(form), words(form.language)
    parts = [part for part in (shown.head.label, shown.head.name, shown.head.facts) if part]
    if direction(form.language) == "rtl":  # isolated, so that a name in Latin letters does not draw a number to it
        parts = [f"\u2068{part}\u2069" for part in parts]
    whose = ". ".join(parts)
    return Script(shown.head, whose, tuple(said[f"script_{rule}"] for rule in _RULES), tuple(_form(shown, said)))


def text(form: Form) -> bytes:
    """The script as UTF-8 text with lines of 80 columns."""
    told, said = script(form), words(form.language)
    lines = [*wrapped(f"{said['script']}: {told.head.title}"), *wrapped(told.whose), ""]
    for rule in told.rules:
        lines += wrapped(rule, "- ")
    for line in told.lines:
        lines += [] if line.kind == "option" else [""]
        lines += wrapped(line.text, "- " if line.mark == "-" else f"{line.mark}: " if line.mark else "")
        lines += ["-" * len(lines[-1])] if line.kind == "heading" else []
    return ("\n".join(lines).replace("\u00a0", " ") + "\n").encode()


def page(form: Form, rule: str) -> PrintPage:
    """The script to be printed; `rule` is the style that depends on the paper and on the language."""
    style = source("paper.css", "aloud.css") + rule
    html = filled("aloud.html.j2", script=script(form), words=words(form.language), css=style)
    return PrintPage(html, fonts.needed(html, [item_set.source.article.language for item_set in form.sets]), Assets())


# --- What is read -----------------------------------------------------------------------------------------------


def _form(form: StudentForm, said: Mapping[str, str]) -> Iterator[Line]:
    head, whole = form.head, Texts(None, _wording(said))
    yield Line("heading", head.title)
    default = said["read_and_answer" if form.has_passages else "answer_questions"]
    yield from _says(whole, head.instructions or default)
    yield from (Line("say", rule) for rule in head.rules)
    for section in form.sections:
        if section.title:
            yield Line("heading", whole.line(section.title))
        yield from _says(whole, section.instructions or "")
        for item_set in section.sets:
            yield from _set(item_set, said)
    yield Line("do", said["script_end"])


def _set(item_set: StudentSet, said: Mapping[str, str]) -> Iterator[Line]:
    texts = Texts(item_set, _wording(said))
    if item_set.opens:
        yield Line("heading", item_set.article)
    if passage := item_set.passage:
        name = said["passage"].format(n=passage.number)
        yield Line("heading", f"{name}: {texts.line(passage.heading)}" if passage.heading else name)
        yield Line("do", said["script_passage"])
        yield from _says(texts, passage.text)
        yield Line("do", said["script_passage_ends"])
    for item in item_set.items:
        yield from _item(item, texts, said)


def _item(item: StudentItem, texts: Texts, said: Mapping[str, str]) -> Iterator[Line]:
    points = item.shown.points
    worth = counted("points", points, said)
    yield Line("heading", f"{said['question'].format(n=item.number)}, {worth}")
    yield from _says(texts, item.shown.stem)
    yield from _answer(item.shown, texts, said)
    chosen = item.shown.type in ("multiple_choice", "multiple_response", "true_false")
    yield Line("do", said["script_answer" if chosen else "script_writes"])


def _answer(shown: Shown, texts: Texts, said: Mapping[str, str]) -> Iterator[Line]:
    """What there is to choose from."""
    match shown.type:
        case "true_false":
            yield Line("option", said["true"], said["true_letter"])
            yield Line("option", said["false"], said["false_letter"])
        case "matching":
            yield Line("say", said["script_prompts"])
            for number, prompt in enumerate(shown.prompts, start=1):
                yield Line("option", texts.line(prompt), f"{number}")
            yield Line("say", said["script_matches"])
            yield from _options(shown, texts)
        case "cloze":
            if shown.choices:
                yield Line("say", said["bank"])
                yield from (Line("option", texts.line(word), "-") for word in shown.choices)
            yield from _says(texts, shown.text, gaps=True)
        case "multiple_response":
            yield Line("say", said["tick"])
            yield from _options(shown, texts)
        case "numeric" if shown.unit:
            yield Line("say", said["script_unit"].replace("{unit}", texts.line(shown.unit)))
        case _:
            yield from _options(shown, texts)


def _options(shown: Shown, texts: Texts) -> Iterator[Line]:
    return (Line("option", texts.line(option), letter(place)) for place, option in enumerate(shown.choices))


def _says(texts: Texts, text: str, *, gaps: bool = False) -> Iterator[Line]:
    """The text as it is read; code is read line by line, entries after their numbers."""
    for block in texts.blocks(text, gaps=gaps) if text else ():
        mark = block.mark.strip().rstrip(".:")
        if block.kind == "code":
            yield from (Line("say", line.strip()) for line in block.text.split("\n") if line.strip())
        elif mark:
            yield Line("option", block.text, mark)
        else:
            yield Line("say", block.text)


def _wording(said: Mapping[str, str]) -> Wording:
    return Wording(said, "script", partial(spoken, said=said))
