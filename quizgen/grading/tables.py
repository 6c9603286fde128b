"""Responses in a table: a row for each candidate, a column for each number, as teachers and clickers write them.

Titles may be written in many ways and stand in any order; columns with other titles are passed over. What a cell says
is read as the item's type wants it; a row that is nobody's is named, and the others are read.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from .. import table
from ..diagnostics import Diagnostic, Span, did_you_mean, error, warning
from ..form import FormRecord, ItemRecord, Manifest
from ..table import Row
from .response_file import Claims, Student
from .responses import Submission, answers_of

_KINDS = {
    "id": "id student studentid idnumber sisid sisuserid externalid username loginid email emailaddress",
    "name": "name studentname fullname",
    "form": "form version testform keyversion",
}
_TITLES = {title: kind for kind, titles in _KINDS.items() for title in titles.split()}
_NUMBER = re.compile(r"(?:q|question|item|response|answer|stu|#)?0*([1-9]\d{0,3})")
_NAME_THEM = "name the columns in the first row: id, name, form, and the numbers 1, 2, 3 ..."
_BLANKS = ("", "-", "–", "—")
_JUDGEMENTS = {"t": "T", "true": "T", "f": "F", "false": "F"}


def read_table(name: str, content: bytes, told: Manifest) -> tuple[list[Submission], list[Diagnostic]]:
    """The responses in a CSV file, and what is wrong with it and with its rows."""
    lines, found = table.lines(content, name)
    rows, wrong = table.rows(lines, name, "Q714", _separator)
    found += wrong
    if not rows:
        return [], found or [error("Q714", "the table is empty", Span(name), _NAME_THEM)]
    columns, numbers, wrong = _titles(rows[0], told)
    found += wrong
    if not numbers:
        return [], [*found, error("Q714", "no column is of a number of the quiz", rows[0].span(0), _NAME_THEM)]
    sound = []
    for row in rows[1:]:
        form = _form(row, columns, told)
        if isinstance(form, Diagnostic):
            found.append(form)
            continue
        submission, wrong = _submission(row, form, columns, numbers)
        sound.append(submission)
        found += wrong
    return sound, found


# --- Titles -----------------------------------------------------------------------------------------------------


def _folded(title: str) -> str:
    return re.sub(r'[\s_"-]+', "", unicodedata.normalize("NFKC", title).casefold())


def _separator(lines: Sequence[str]) -> str:
    """By what the titles are parted: what makes most of them titles that we know."""
    header = next((line for line in lines if line.strip(',;\t" ')), "")
    return max(table.SEPARATORS, key=lambda sign: sum(_is_known(title) for title in header.split(sign)))


def _is_known(title: str) -> bool:
    return _folded(title) in _TITLES or _NUMBER.fullmatch(_folded(title)) is not None


def _titles(header: Row, told: Manifest) -> tuple[dict[str, int], dict[int, int], list[Diagnostic]]:
    """What a column is -> where it stands; number of an item -> its column; and what is wrong with the titles."""
    most = max(len(form.items) for form in told.forms)
    columns: dict[str, int] = {}
    numbers: dict[int, int] = {}
    found = []
    for column, title in enumerate(header.cells):
        kind, match = _TITLES.get(_folded(title)), _NUMBER.fullmatch(_folded(title))
        number = int(match[1]) if match else 0
        if kind in columns or number in numbers:
            message = f"the column '{title}' stands a second time, or says the same as another"
            found.append(error("Q714", message, header.span(column), "take one of the two out, or rename it"))
        elif kind:
            columns[kind] = column
        elif number > most:
            hint = "see that the table is of this quiz"
            found.append(warning("Q716", f"no form has a question {number}", header.span(column), hint))
        elif number:
            numbers[number] = column
    return columns, numbers, found


# --- Rows -------------------------------------------------------------------------------------------------------


def _cell(row: Row, columns: Mapping[str, int], name: str) -> str:
    return row.cell(columns[name]) if name in columns else ""


def _form(row: Row, columns: Mapping[str, int], told: Manifest) -> FormRecord | Diagnostic:
    """The form of a row: the candidate's own, or that which the row names, or the only one."""
    place = row.span(columns.get("id", 0))
    if told.forms[0].candidate:
        return _own_form(_cell(row, columns, "id"), told, place)
    forms = {form.id.casefold(): form for form in told.forms}
    said = _cell(row, columns, "form")
    form = forms.get(said.casefold()) or forms.get(said.casefold().rpartition(" ")[2])
    if form or (len(told.forms) == 1 and not said):
        return form or told.forms[0]
    if not said:
        return error("Q715", "it does not say which form", place, "name the form in a column `form`: A, B ...")
    return error("Q715", f"this build has no form '{said}'", row.span(columns["form"]), did_you_mean(said, forms))


def _own_form(id_: str, told: Manifest, place: Span) -> FormRecord | Diagnostic:
    forms = {form.candidate.id.casefold(): form for form in told.forms if form.candidate}
    wanted = id_.casefold()
    # Spreadsheets take the zeros from the front of what looks like a number.
    bare = [name for name in forms if name.isdigit() and wanted.isdigit() and name.lstrip("0") == wanted.lstrip("0")]
    name = wanted if wanted in forms else bare[0] if len(bare) == 1 else None
    if name is not None:
        return forms[name]
    if not id_:
        return error("Q715", "it does not say whose it is", place, "name the candidate's id of the roster")
    return error("Q715", f"no form is for '{id_}'", place, did_you_mean(wanted, forms) or "see the roster of the build")


def _submission(
    row: Row, form: FormRecord, columns: Mapping[str, int], numbers: Mapping[int, int]
) -> tuple[Submission, list[Diagnostic]]:
    items = {item.number: item for item in form.items}
    given = {
        str(number): _given(items[number], text)
        for number, column in numbers.items()
        if number in items and (text := row.cell(column)) not in _BLANKS
    }
    name = f"{row.file}:{row.line}"
    answers, wrong = answers_of(form, given, row.span(0), "the rest counts; see what was typed there")
    typed = Student(id=_cell(row, columns, "id"), name=_cell(row, columns, "name"))
    student = Student(id=form.candidate.id, name=form.candidate.name) if form.candidate else typed
    return Submission(name, "", False, form, name, student, answers, Claims()), wrong


def _given(item: ItemRecord, text: str) -> list[str]:
    """What a cell says, as the page of the quiz would write it."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match item.type:
        case "true_false":
            return [_JUDGEMENTS.get(plain.casefold(), plain)]
        case "multiple_choice" | "multiple_response" | "ordering":
            return _marks(item, plain.upper())
        case "matching":
            pairs = dict(re.findall(r"(\d+)\s*[-=:.)]\s*([A-Z]+)", plain.upper()))
            return (
                [pairs.get(f"{at}", "") for at in range(1, len(item.prompts) + 1)]
                if pairs
                else _marks(item, plain.upper())
            )
        case "cloze":
            return [part.strip() for part in re.split(r"[;|]", text)]
        case _:
            return [text]


def _marks(item: ItemRecord, plain: str) -> list[str]:
    """Letters that stand together or apart."""
    apart = [part for part in re.split(r"[^A-Z]+", plain) if part]
    if not apart or all(part in item.letters for part in apart):
        return apart or [plain]
    return [letter for part in apart for letter in part]
