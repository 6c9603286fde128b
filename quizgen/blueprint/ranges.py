"""How much of something a blueprint demands: `8`, `3-5`, or `3+`."""

import re
from dataclasses import dataclass
from decimal import Decimal
from math import inf
from typing import Annotated, Any

from pydantic import AfterValidator, PlainSerializer, PlainValidator, WithJsonSchema

from ..diagnostics import Fault, report

_WHOLE = r"\d{1,6}"
_DECIMAL = r"\d{1,6}(?:\.\d{1,2})?"
_HINT = "a number, such as 4; a range, such as 3-5; or a number and more, such as 3+"


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, both included; `high` is infinite where only the least is said."""

    low: float
    high: float

    def __contains__(self, number: object) -> bool:
        """Whether the number is neither too small nor too large; a millionth more or less is no matter."""
        return isinstance(number, int | float) and self.low - 1e-6 <= number <= self.high + 1e-6

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{self.low:.10g}"
        return f"{self.low:.10g}+" if self.high == inf else f"{self.low:.10g}-{self.high:.10g}"


def _reader(number: str) -> Any:
    pattern = re.compile(rf"({number})\s*(?:(\+)|[-–]\s*({number}))?")

    def read(value: Any) -> Any:
        if isinstance(value, Range):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):  # a program's, not an author's
            value = f"{value:.10g}"
        match = pattern.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is None:
            shown = f"'{value}'" if isinstance(value, str) else "a list or a mapping"
            report([Fault("Q104", f"{shown} is not a number or a range", hint=_HINT)])
            raise AssertionError  # `report` has raised
        low = float(Decimal(match[1]))
        high = inf if match[2] else float(Decimal(match[3])) if match[3] else low
        if high < low:
            report([Fault("Q104", f"'{value}' runs from the larger to the smaller", hint=f"write {Range(high, low)}")])
        return Range(low, high)

    return read


def _schema(number: str) -> WithJsonSchema:
    pattern = rf"^{number}(\+| ?[-–] ?{number})?$"
    return WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": pattern}]})


_written = PlainSerializer(str, return_type=str)


def _some(wanted: Range) -> Range:
    if not wanted.high:
        report([Fault("Q109", "'0' is out of range", hint="ask for more than 0, or take the key out")])
    return wanted


Count = Annotated[Range, PlainValidator(_reader(_WHOLE)), _written, _schema(_WHOLE)]
"""How many: whole numbers."""

Some = Annotated[Count, AfterValidator(_some)]
"""How many: at least one."""

Amount = Annotated[Range, PlainValidator(_reader(_DECIMAL)), _written, _schema(_DECIMAL)]
"""How much: points, minutes or shares, with at most two decimals."""

SomeAmount = Annotated[Amount, AfterValidator(_some)]
"""How much: more than nothing."""
