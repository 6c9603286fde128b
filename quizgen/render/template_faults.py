"""What is wrong in a teacher's template, told with its place: never as the template language says it."""

import re
import tomllib
import traceback
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from ..diagnostics import Diagnostic, Span, did_you_mean, error
from .plurals import CATEGORIES

MAX_BYTES = 2**20
_MANUAL = "docs/templates.md tells what a template is given"


class TemplateFault(Exception):
    """A teacher's template cannot be used; `diagnostic` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic)  # as it is, so that another process can raise it
        self.diagnostic = diagnostic


def fault(message: str, path: Path, line: int = 1, hint: str = "", *, text: str = "", column: int = 0) -> Diagnostic:
    """A Q553 at a line of a file: at the text in it, or at the column, or where the line begins."""
    lines = _lines(path)
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    found = re.search(rf"(?<![\w-]){re.escape(text)}(?![\w-])", shown) if text else None
    start = found.start() + 1 if found else column or len(shown) - len(shown.lstrip()) + 1
    end = start + (len(text) if found else 1)
    return error("Q553", message, Span(str(path), max(line, 1), start, end, shown), hint)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


# --- Reading ---------------------------------------------------------------------------------------------------


def read_template(path: Path) -> str:
    """The text of a file. Raises `TemplateFault` where it cannot be had."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise TemplateFault(fault("the file is larger than 1 MiB", path, hint="a template is a few pages of text"))
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as problem:
        reason = (problem.strerror or "it cannot be read").lower()
        raise TemplateFault(fault(f"the file cannot be read: {reason}", path, hint="look at its permissions")) from None
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        raise TemplateFault(fault("the file is not UTF-8", path, line, "save it again as UTF-8")) from None


def read_words(path: Path) -> dict[str, str | dict[str, str]]:
    """The words in a file; for those that change with a number, what is said by category.

    Raises `TemplateFault` where it has none.
    """
    try:
        table = tomllib.loads(read_template(path))
    except tomllib.TOMLDecodeError as problem:
        place = re.search(r"line (\d+), column (\d+)", str(problem))
        line, column = map(int, place.groups()) if place else (len(_lines(path)), 0)
        said = re.sub(r" \(at .*\)$", "", str(problem)).lower()
        hint = 'words are written as name = "text"'
        raise TemplateFault(fault(f"this cannot be read as TOML: {said}", path, line, hint, column=column)) from None
    for name, text in table.items():
        if wrong := _form_fault(name, text):
            message, hint, where = wrong
            raise TemplateFault(fault(message, path, _line_of(path, name), hint, text=where))
    return table


def _form_fault(name: str, text: object) -> tuple[str, str, str] | None:
    """What is wrong with what a word says, how to mend it, and where: at which name."""
    if isinstance(text, str):
        return None
    if not isinstance(text, dict):
        return f"'{name}' is no text", f'write {name} = "..."', name
    for category, form in text.items():
        if category not in CATEGORIES:
            return f"'{category}' is no category of numbers", did_you_mean(category, CATEGORIES), category
        if not isinstance(form, str):
            return f"'{category}' of '{name}' is no text", f'write {category} = "..."', category
    if "other" not in text:
        return f"'{name}' does not say what is said of other numbers", 'add other = "..."', name
    return None


def _line_of(path: Path, name: str) -> int:
    starts = re.compile(rf"\s*[\[\"']*{re.escape(name)}\b")
    return next((number for number, line in enumerate(_lines(path), 1) if starts.match(line)), 1)


def word_faults(path: Path, known: Mapping[str, str | dict[str, str]]) -> Iterator[Diagnostic]:
    """Words that quizgen never says, and those that ask for what it does not tell there."""
    for name, text in read_words(path).items():
        line = _line_of(path, name)
        if name not in known:
            yield fault(f"quizgen has no words called '{name}'", path, line, did_you_mean(name, known), text=name)
            continue
        given = blanks(known[name])
        for blank in sorted(blanks(text) - given):
            hint = f"it tells {', '.join(f'{{{each}}}' for each in sorted(given)) or 'nothing'} there"
            yield fault(f"'{name}' is not told {{{blank}}}", path, line, hint, text=f"{{{blank}}}")
        if isinstance(text, dict) and "n" not in given:
            yield fault(f"'{name}' is not said of a number", path, line, f'write {name} = "..."', text=name)


def blanks(text: str | dict[str, str]) -> set[str]:
    """What is filled in: the names in braces."""
    texts = text.values() if isinstance(text, dict) else (text,)
    return {name for each in texts for name in re.findall(r"\{([^{}]*)\}", each)}


# --- Filling in ------------------------------------------------------------------------------------------------


def blamed(problem: Exception, folder: Path, given: Iterable[str]) -> Diagnostic | None:
    """What is wrong in a file of the folder, if that is where the problem lies; `given` is what the page was told."""
    if isinstance(problem, TemplateFault):
        return problem.diagnostic
    place = _place(problem, folder)
    return _diagnosed(problem, *place, list(given)) if place else None


def _place(problem: Exception, folder: Path) -> tuple[Path, int] | None:
    """The innermost line of the teacher's that was at work."""
    if isinstance(problem, TemplateSyntaxError):
        places = [(problem.filename or "", problem.lineno)]
    else:
        steps = traceback.walk_tb(problem.__traceback__)
        places = [(frame.f_code.co_filename, line) for frame, line in steps]
    inside = [(Path(name), line) for name, line in places if name and Path(name).is_relative_to(folder)]
    return inside[-1] if inside else None


def _diagnosed(problem: Exception, path: Path, line: int, given: list[str]) -> Diagnostic:
    said = " ".join(str(problem).split()).rstrip(".")
    names = re.findall(r"'([^']*)'", said)
    match problem:
        case TemplateSyntaxError():
            said = (problem.message or said).rstrip(".")
            said = said[:1].lower() + said[1:]
            names = re.findall(r"'([^']*)'", said)
            return fault(f"this cannot be read as a template: {said}", path, line, _MANUAL, text=(names or [""])[0])
        case UndefinedError() if said.endswith("is undefined") and names:
            hint = did_you_mean(names[0], sorted(given)) if given else _MANUAL
            return fault(f"a template is given no '{names[0]}'", path, line, hint, text=names[0])
        case UndefinedError() if names:
            return fault(f"there is no '{names[-1]}' here", path, line, _MANUAL, text=names[-1])
        case SecurityError():
            name = names[0] if names else ""
            return fault(f"a template may not do this: {said}", path, line, "leave it out", text=name)
        case TemplateNotFound():
            hint = f"name a file of the folder, or one of quizgen's; {_MANUAL}"
            return fault(f"there is no template '{problem.name}'", path, line, hint, text=str(problem.name))
        case RecursionError():
            return fault("a template that includes itself", path, line, "take one of the two out")
    return fault(f"this cannot be filled in: {said or type(problem).__name__}", path, line, _MANUAL)


# --- Styles ----------------------------------------------------------------------------------------------------


def style_faults(path: Path) -> Iterator[Diagnostic]:
    """What cannot be read in a style sheet, and what would need another file, which a page may not have."""
    import tinycss2  # type: ignore[import-untyped]

    text = read_template(path)
    if "</" in text:
        line = text[: text.index("</")].count("\n") + 1
        yield fault("a style sheet that ends in the middle", path, line, "take the tag out", text="</")
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    for rule in rules:
        yield from _rule_faults(rule, path)
    # one brace more is a fault, or else closes what is open
    if rules and tinycss2.parse_component_value_list(text + "}")[-1].type != "error":
        yield _at(rules[-1], path, "this has no end", "close the brace, the quotation mark or the comment")


def _rule_faults(rule: Any, path: Path) -> Iterator[Diagnostic]:
    import tinycss2

    if rule.type == "error":
        yield _unreadable(rule, path)
        return
    if rule.type == "at-rule" and rule.lower_at_keyword in ("import", "font-face"):
        hint = "copy the rules in" if rule.lower_at_keyword == "import" else "fonts are set in [print] of quizgen.toml"
        yield _at(rule, path, f"@{rule.at_keyword} needs another file, and a page has none", hint)
        return
    if rule.content is None:
        return
    for part in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        if part.type == "declaration":
            yield from _value_faults(part.value, path)
        else:
            yield from _rule_faults(part, path)


def _value_faults(tokens: Iterable[Any], path: Path) -> Iterator[Diagnostic]:
    for token in tokens:
        address = token.value if token.type == "url" else None
        if token.type == "function" and token.lower_name in ("url", "src", "image", "image-set"):
            address = next((each.value for each in token.arguments if each.type == "string"), "")
        if token.type == "error":
            yield _unreadable(token, path)
        elif address is not None and not address.startswith("data:image/"):
            yield _at(token, path, "url() names another file, and a page has none", "the logo is set in [print]")
        elif address is None:
            yield from _value_faults(getattr(token, "content", None) or getattr(token, "arguments", None) or (), path)


def _unreadable(token: Any, path: Path) -> Diagnostic:
    return _at(token, path, f"this cannot be read as CSS: {token.message.rstrip('.').lower()}", "mend or delete it")


def _at(token: Any, path: Path, message: str, hint: str) -> Diagnostic:
    return fault(message, path, token.source_line, hint, column=token.source_column)
