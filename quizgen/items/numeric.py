"""A number, typed or written."""

import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from ..diagnostics import Fault, report
from .base import ItemBase, Keyed, KeyLine, Response, Shown
from .fields import Line

_LIMIT = 30  # powers of ten on either side: no quiz counts further, and no arithmetic gets slow before
_SIGNS = str.maketrans("−–－．，٫٬", "---.,.,")  # minus signs as they are typed; marks of East Asia and of Arabic
_POINTED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+\Z")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?:[eE][+-]?\d+)?\Z")


def readings(text: str) -> list[Decimal]:
    """The numbers that a candidate may have meant, best first; none if the text is not a number.

    Spaces between digits and any minus sign are understood, digits in any script. A comma may be the decimal mark or
    group thousands: `25,000` reads as both. Points group thousands where a comma follows them: `1.234,5`.
    """
    if len(text) > 64 or "_" in text:
        return []
    plain = re.sub(r"\s", "", text.translate(_SIGNS))
    found = [plain.replace(",", "")] if _THOUSANDS.match(plain) else []
    found += [plain.replace(".", "").replace(",", ".")] if _POINTED.match(plain) else []
    found.append(plain.replace(",", ".", 1))
    return [number for number in map(_decimal, found) if number is not None]


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= _LIMIT else None


def _number(value: Any) -> Any:
    number = _decimal(value) if isinstance(value, str) else value
    if number is None:
        hint = f"digits, with a point before decimals: 12.5; at most {_LIMIT} of them"
        report([Fault("Q104", f"'{value}' is not a number that can be asked for", hint=hint)])
    return number


Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]


class Numeric(ItemBase):
    """A number typed by the taker, right within a tolerance (QTI 3 textEntryInteraction, baseType float).

    `answer` and `tolerance` are in `unit`, which is printed after the blank and never parsed. The tolerance is
    absolute and inclusive: |response - answer| <= tolerance. A comma may be the decimal mark. What does not read
    as a number earns 0; it is not an error.
    """

    type: Annotated[Literal["numeric"], Field(description="write a number")]
    answer: Annotated[Number, Field(description="the right number, in the unit")]
    tolerance: Annotated[Number, Field(ge=0, description="how far off is still right; 0 by default")] = Decimal(0)
    unit: Annotated[Line | None, Field(description="printed after the blank; nobody has to write it")] = None

    def shown(self) -> Shown:
        """The stem, one blank and the unit."""
        return Shown(self.type, self.stem, self.points, blanks=1, unit=self.unit or "")

    def correct_response(self) -> str:
        """The number in plain digits."""
        return plain_digits(self.answer)

    def keyed(self) -> Keyed:
        """The number, and how far off is still right."""
        return Keyed(self.points, number=self.answer, tolerance=self.tolerance)

    @staticmethod
    def mark(key: Keyed, response: Response) -> float:
        """All the points or none."""
        assert key.number is not None
        numbers = readings(response) if isinstance(response, str) else []
        return key.points if any(abs(number - key.number) <= key.tolerance for number in numbers) else 0.0

    def key_lines(self) -> tuple[KeyLine, ...]:
        """The number, what may be off, and the unit."""
        margin = f" ± {plain_digits(self.tolerance)}" if self.tolerance else ""
        return (KeyLine("", f"{plain_digits(self.answer)}{margin}{f' {self.unit}' if self.unit else ''}"),)

    def written_key(self) -> int | float:
        """The number."""
        return int(self.answer) if self.answer == self.answer.to_integral_value() else float(self.answer)


def plain_digits(number: Decimal) -> str:
    """The number without an exponent and without zeros at its end."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
