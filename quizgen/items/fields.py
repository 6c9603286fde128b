"""What an author types, field by field: texts, ids, numbers and words; and the records that they make up."""

import re
import unicodedata
from hashlib import sha256
from typing import Annotated, Any, Literal, TypeAlias, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from .. import markup
from ..diagnostics import Fault, report


def _sound(text: str) -> str:
    """A text that is not empty and in which all marks can be set."""
    return _checked(text.strip(), inline=False)


def _sound_line(text: str) -> str:
    """The same of a text that is set as one line."""
    return _checked(markup.join_lines(text), inline=True)


def _checked(text: str, *, inline: bool) -> str:
    if not text:
        report([Fault("Q106", "the text is empty", hint="write it, or take the key out")])
    report(markup.faults(text, inline=inline))
    return text


TEXT_SCHEMA = {"type": ["string", "number", "boolean"]}  # an editor's YAML reader calls `1931` a number; we do not

Text = Annotated[str, AfterValidator(_sound), WithJsonSchema(TEXT_SCHEMA)]
"""A text of one or more paragraphs, in the Markdown subset of `markup`."""

Line = Annotated[str, AfterValidator(_sound_line), WithJsonSchema(TEXT_SCHEMA)]
"""A text of one line: its line breaks are spaces."""

MAX_TITLE = 500
"""So many characters a title has at most: what stands in a head must leave room for the rest of the page."""


def _short(text: str) -> str:
    if len(text) > MAX_TITLE:
        hint = "shorten it; what is longer belongs into a passage"
        report([Fault("Q128", f"a title of {len(text):,} characters: more than {MAX_TITLE}", hint=hint)])
    return text


Title = Annotated[Line, AfterValidator(_short)]
"""A text of one line that stands in a head or in a credit."""

AnyText = Annotated[str, WithJsonSchema(TEXT_SCHEMA)]
"""For a schema: a text, or what an editor's YAML reader would make of one."""

_SPAN = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


def _span(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    match = _SPAN.fullmatch(value.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last:
        report([Fault("Q104", f"'{value}' is not a number or a range", hint="such as 4, or 3-5")])
    return first, last


NumberSpan: TypeAlias = Annotated[
    tuple[int, int],
    BeforeValidator(_span),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string", "pattern": _SPAN.pattern}]}),
]
"""A number or a range of numbers, `4` or `3-5`, as (first, last), from 1."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _named(name: str) -> str:
    if not _ID.fullmatch(name) or len(name) > 80:
        better = slug(name)
        hint = f"write {better}" if better else "use lower-case letters, digits and single hyphens"
        report([Fault("Q107", f"'{name}' cannot be an id", hint=hint)])
    return name


Id = Annotated[
    str,
    AfterValidator(_named),
    WithJsonSchema({"type": ["string", "integer", "boolean"], "pattern": f"^{_ID.pattern}$", "maxLength": 80}),
]
"""A name for ever: at most 80 lower-case letters, digits and single hyphens."""


def _never_null(schema: dict[str, Any]) -> None:
    """An author leaves a key out; `null` would be the word null, so an editor must not offer it."""
    for field in schema["properties"].values():
        if field.get("default", ()) is None:
            del field["default"]
            kinds = [kind for kind in field.pop("anyOf") if kind != {"type": "null"}]
            field |= kinds[0] if len(kinds) == 1 else {"anyOf": kinds}


class Record(BaseModel):
    """A record that an author writes: unknown keys are refused, and nothing in it changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, json_schema_extra=_never_null)


def slug(text: str) -> str:
    """The text as an id, cut at 40 characters; empty where it has no Latin letter or digit."""
    plain = unicodedata.normalize("NFKD", markup.to_plain(text)).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-")


def digest(text: str) -> str:
    """Eight hexadecimal digits that a text has and hardly any other."""
    return sha256(same(text).encode()).hexdigest()[:8]


def same(text: str) -> str:
    """The text as a reader sees it: two texts that print alike are equal."""
    return markup.fold(text if text.isascii() else unicodedata.normalize("NFC", text))


def _difficulty(value: Any) -> Any:
    if isinstance(value, list | dict):
        report([Fault("Q105", "a list or a mapping is not a difficulty", hint=_HINT)])
    if isinstance(value, str) and value not in _LEVELS:
        try:
            facility = float(value)
        except ValueError:
            facility = -1
        if not 0 <= facility <= 1:
            report([Fault("Q105", f"'{value}' is not a difficulty", hint=_HINT)])
        return facility
    return value


_LEVELS = ("easy", "medium", "hard")
_HINT = "one of: easy, medium, hard; or the share that gets it right: 0.65"
Difficulty = Annotated[
    Literal["easy", "medium", "hard"] | float,
    BeforeValidator(_difficulty),
    WithJsonSchema({"anyOf": [{"enum": _LEVELS}, {"type": "number", "minimum": 0, "maximum": 1}]}),
]
"""A judged level, or a measured facility: the share of candidates that gets the item right, 0 to 1."""


def hundredths(points: float) -> float:
    """Points are added up in hundredths, so that they sum exactly."""
    if abs(points * 100 - round(points * 100)) > 1e-6:
        report([Fault("Q109", f"'{points:g}' has more than two decimals", hint=f"write {round(points, 2):g}")])
    return points


Skill: TypeAlias = Literal["retrieve", "infer", "interpret", "evaluate"]

SKILLS: tuple[Skill, ...] = get_args(Skill)
"""The processes of reading of the PIRLS framework (Mullis & Martin 2019), from the simplest on."""

Type: TypeAlias = Literal[
    "multiple_choice", "multiple_response", "true_false", "short_answer", "numeric", "matching", "ordering", "cloze",
    "essay",
]  # fmt: skip
"""The types of items, by the names that an author writes."""
