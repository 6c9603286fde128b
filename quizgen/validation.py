"""Plain data + a model -> a record and diagnostics. The only place that reads pydantic's complaints.

pydantic runs a record's own invariants only when all its fields are sound. So that one run finds what is wrong
behind a faulty field too, the field is given a stand-in and the record is looked at again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from .diagnostics import Diagnostic, Fault, did_you_mean, error
from .document import Data, Document, Path

Model = TypeVar("Model", bound=BaseModel)

_ROUNDS = 8
_STAND_IN = "stand-in-"  # sound as an id and as a text


def validate(
    model: type[Model], document: Document, data: Data, path: Path = ()
) -> tuple[Model | None, list[Diagnostic]]:
    """The record that `data` is, and what is wrong with it; `data` stands at `path` of the document.

    An optional value that is faulty is left out of the record; the record is `None` where more than that is wrong.
    """
    if not isinstance(data, dict):
        kind = "a list" if isinstance(data, list) else "a text" if data else "nothing"
        hint = "start it with `" + ": ...`, `".join(_required(model)) + ": ...`"
        return None, [error("Q104", f"keys and values were expected, not {kind}", document.span(path), hint)]
    try:
        return model.model_validate(data), []
    except ValidationError as problem:
        return _look_again(_Attempt(model, document, path, data), problem)


def _look_again(attempt: "_Attempt[Model]", problem: ValidationError) -> tuple[Model | None, list[Diagnostic]]:
    """All that is wrong in a record with a fault: what stands behind the fault too."""
    for _ in range(_ROUNDS):
        if not attempt.learn(problem.errors(include_url=False, include_input=False)):
            break
        try:
            record = attempt.model.model_validate(attempt.data)
        except ValidationError as another:
            problem = another
        else:
            return None if attempt.patched else record, attempt.found
    return None, attempt.found


class _Attempt(Generic[Model]):
    """A record with what is known to be wrong in it, and stand-ins where it is."""

    def __init__(self, model: type[Model], document: Document, path: Path, data: dict[str, Data]) -> None:
        self.model, self.document, self.path = model, document, path
        self.data: Any = deepcopy(data)
        self.patched: set[Path] = set()
        self.found: list[Diagnostic] = []

    def learn(self, raised: Sequence[Mapping[str, Any]]) -> bool:
        """Take down what is wrong and mend it for the next round; whether there is any use in one."""
        places = [_inside(self.data, entry["loc"]) for entry in raised]
        told: set[Path] = set()
        for entry, place in zip(raised, places, strict=True):
            # pydantic counts only the sound entries, and gives one complaint for each member of a union
            miscounted = entry["type"] == "too_short" and len(_at(self.data, place)) >= entry["ctx"]["min_length"]
            again = place in told and entry["type"] != "faults"
            if not (miscounted or again or self._below_patch(place)):
                self.found += _translate(entry, self.model, self.document, (*self.path, *place))
            told.add(place)
        if all(not place for place in places):  # the record's own invariants: they were all looked at
            return False
        return all(self._mend(entry["type"], place) for entry, place in zip(raised, places, strict=True) if place)

    def _below_patch(self, place: Path) -> bool:
        return any(place[: len(patch)] == patch for patch in self.patched)

    def _mend(self, kind: str, place: Path) -> bool:
        parent = _at(self.data, place[:-1])
        if place in self.patched:
            return False
        if kind == "extra_forbidden":
            assert isinstance(parent, dict)
            parent.pop(str(place[-1]), None)
        elif len(place) == 1 and place[0] not in _required(self.model):
            self.data.pop(place[0], None)
        else:
            self.patched.add(place)
            if isinstance(parent, dict | list):
                parent[place[-1]] = _STAND_IN + str(len(self.patched))  # type: ignore[index]  # a step fits its parent
        return True


def _inside(data: Data, loc: Path) -> Path:
    """pydantic's location without the steps that are not in the data (names of union members, `[key]`)."""
    place: list[str | int] = []
    for number, step in enumerate(loc):
        if isinstance(data, dict) and isinstance(step, str) and step in data:
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        elif not isinstance(data, dict) or number < len(loc) - 1 or step == "[key]":
            continue
        place.append(step)
    return tuple(place)


def _required(model: type[BaseModel]) -> list[str]:
    return [name for name, field in model.model_fields.items() if field.is_required()]


def _translate(
    entry: Mapping[str, Any], model: type[BaseModel], document: Document, where: Path
) -> Iterator[Diagnostic]:
    """pydantic's error as diagnostics, in an author's words."""
    span = document.span(where)
    context = entry.get("ctx", {})
    name = next((step for step in reversed(where) if isinstance(step, str)), "")
    typed = _at(document.data, where)
    match entry["type"]:
        case "faults":
            at_key = entry["loc"][-1:] == ("[key]",)
            yield from (_fault(fault, document, where, at_key) for fault in context["faults"])
        case "missing":
            record = _at(document.data, where[:-1])
            if not (isinstance(record, dict) and _reads_as_key(record, _fields(model, where))):
                yield error("Q103", f"'{name}' is missing", document.span(where, key=True), f"add `{name}:` here")
        case "extra_forbidden":
            yield _unknown_key(_fields(model, where), document, where)
        case "literal_error" if entry["loc"][-1] == "[key]":
            allowed = [word.strip("' ") for word in context["expected"].replace(" or ", ", ").split(",")]
            key, owner = str(where[-1]), next(step for step in reversed(where[:-1]) if isinstance(step, str))
            message = f"'{key}' is not a word for '{owner}'"
            yield error("Q105", message, document.span(where, key=True), did_you_mean(key, allowed))
        case "literal_error":
            allowed = [word.strip("' ") for word in context["expected"].replace(" or ", ", ").split(",")]
            yield error("Q105", f"{_shown(typed)} is not a word for '{name}'", span, did_you_mean(str(typed), allowed))
        case "string_type" | "model_type" | "model_attributes_type" | "dict_type" | "tuple_type" | "list_type":
            yield _wrong_type(entry["type"], name, document, where)
        case "too_short":
            least = context["min_length"]
            more = least - len(typed)
            hint = f"add {'one' if more == 1 else more}" + (" more" if typed else "")
            yield error("Q204", f"'{name}' needs at least {least}", document.span(where, key=True), hint)
        case kind if kind in _BOUNDS:
            bound = next(iter(context.values()))
            yield error("Q109", f"{_shown(typed)} is out of range", span, f"{name} is {_BOUNDS[kind]} {bound:g}")
        case kind:
            hint = next(
                (_KINDS[start] for start in _KINDS if kind.startswith(start)), "docs/bank.md says what it takes"
            )
            wanted = f"is not what '{name}' takes" if name else "cannot be used here"
            yield error("Q104", f"{_shown(typed)} {wanted}", span, hint)


_BOUNDS = {
    "greater_than": "more than",
    "greater_than_equal": "at least",
    "less_than": "less than",
    "less_than_equal": "at most",
}
_KINDS = {
    "float": "a number, with a point before decimals: 12.5",
    "finite": "a number, with a point before decimals: 12.5",
    "int": "a whole number: 8",
    "bool": "true or false",
}


def _shown(value: Any) -> str:
    """A value in a message: a text as it was typed, cut where it is long."""
    if isinstance(value, str):
        return f"'{value if len(value) <= 60 else value[:57] + '...'}'" if value else "an empty text"
    return "a list" if isinstance(value, list) else "a mapping"


def _fault(fault: Fault, document: Document, where: Path, at_key: bool) -> Diagnostic:
    path, at_key = (*where, *fault.at), at_key or fault.key
    span = document.locate(path, fault.text) if fault.text and not at_key else document.span(path, key=at_key)
    return error(fault.code, fault.message, span, fault.hint)


def _reads_as_key(record: Mapping[str, Data], known: Iterable[str]) -> bool:
    """Whether a mapping is rather a text with a colon in it: `Note: see below`."""
    return len(record) == 1 and not set(record) & set(known)


def _quoted(record: Mapping[str, Data]) -> str:
    key, value = next(iter(record.items()))
    return f'put it in quotes: "{key}: {value if isinstance(value, str) else "..."}"'


def _unknown_key(known: Sequence[str], document: Document, where: Path) -> Diagnostic:
    """A key that nobody asked for: mistyped, or a text that YAML read as one."""
    key, record = str(where[-1]), _at(document.data, where[:-1])
    span = document.span(where, key=True)
    assert isinstance(record, dict)
    if _reads_as_key(record, known) and len(where) > 3:
        return error("Q110", "the text reads as a key and a value", span, _quoted(record))
    if record[key] == "" and len(record) > 1 and "{" in span.source:
        message = f"'{key}' reads as a key, because of the comma before it"
        return error("Q110", message, span, "put the whole text in quotes")
    return error("Q102", f"'{key}' is not a key here", span, did_you_mean(key, known))


def _wrong_type(kind: str, name: str, document: Document, where: Path) -> Diagnostic:
    data, span = _at(document.data, where), document.span(where)
    if kind == "string_type" and isinstance(data, dict) and len(data) == 1:
        return error("Q110", "the text reads as a key and a value", span, _quoted(data))
    if kind == "string_type" and isinstance(data, list):
        hint = f"'{name}' takes one text; put it in quotes if it has brackets"
        return error("Q110", "the text reads as a list", span, hint)
    if kind in ("tuple_type", "list_type"):
        hint = f"write [{data}]" if isinstance(data, str) and data else "every entry starts with a dash"
        return error("Q104", f"'{name}' takes a list", span, hint)
    if kind == "dict_type":
        return error("Q104", f"'{name}' takes keys and values", span, "write each as `prompt: match`")
    if kind.startswith("model") and isinstance(data, str):
        return error("Q104", f"'{name}' takes keys and values", span, "docs/bank.md says which")
    return error("Q104", f"'{name}' takes a text", span, "docs/bank.md says what else it may be")


def _fields(model: type[BaseModel], where: Path) -> list[str]:
    """The keys of the record in which the last step of `where` stands."""
    for step in where[:-1]:
        field = model.model_fields.get(step) if isinstance(step, str) else None
        model = next(_models(field.annotation), model) if field else model
    return list(model.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _models(part)


def _at(data: Any, path: Path) -> Any:
    """The value at the end of the path, or the nearest above it."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            break
    return data
