"""A text with gaps to fill in."""

import re
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .. import markup
from ..diagnostics import Fault, report
from .base import ItemBase, KeyLine, Response, Shown, share, texts
from .fields import Text
from .wording import Ignored, accepted, comparable, nothing_left

_GAP = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


class Cloze(ItemBase):
    """Fill in the gaps of `text` (QTI 3 textEntryInteraction, several). Each right gap earns its share of the points.

    `{{word}}` is a gap and its answer, `{{word|other}}` accepts either. What a candidate sees has numbers for the
    answers, so all gaps are equally wide.
    """

    type: Annotated[Literal["cloze"], Field(description="fill in the gaps of a text")]
    text: Annotated[
        Text, Field(description="the text; {{word}} is a gap and its answer, {{word|other}} accepts either")
    ]
    ignore: Annotated[tuple[Ignored, ...], Field(description="what need not agree with an answer; case by default")] = (
        "case",
    )

    @model_validator(mode="after")
    def _has_gaps(self) -> Self:
        found = []
        for match in _GAP.finditer(self.text):
            if not all(part.strip() for part in match[1].split("|")) or "{{" in match[1]:
                hint = "write the answer between {{ and }}"
                found.append(Fault("Q207", "a gap without an answer", ("text",), hint, match[0]))
        rest = _GAP.sub("", self.text)
        if "{{" in rest or "}}" in rest:
            odd = "{{" if "{{" in rest else "}}"
            found.append(Fault("Q207", f"'{odd}' has no partner", ("text",), "a gap is {{answer}}", odd))
        if not found:
            empty = [text for gap in self.gaps for text in gap if not comparable(markup.to_plain(text), self.ignore)]
            found += [nothing_left(text, ("text",)) for text in empty]
        if not found and not self.gaps:
            found.append(Fault("Q206", "the text has no gap", ("text",), "put a word between {{ and }}"))
        report(found)
        report(markup.faults(self.shown().text))  # with the answers gone, other marks may meet
        if markup.count_gaps(self.shown().text) < len(self.gaps):
            hint = "a gap stands between words, not in a formula, in code or in a link"
            report([Fault("Q207", "a gap that would not be shown", ("text",), hint)])
        return self

    @cached_property
    def gaps(self) -> tuple[tuple[str, ...], ...]:
        """For each gap the accepted answers, the best one first."""
        return tuple(tuple(markup.fold(part) for part in match[1].split("|")) for match in _GAP.finditer(self.text))

    def shown(self) -> Shown:
        """The text with numbered gaps."""
        pieces = _GAP.split(self.text)[::2]
        numbered = "".join(f"{piece}{{{{{n}}}}}" for n, piece in enumerate(pieces[:-1], start=1)) + pieces[-1]
        return Shown(self.type, self.stem, self.points, blanks=len(self.gaps), text=numbered)

    def correct_response(self) -> tuple[str, ...]:
        """The best answer for each gap."""
        return tuple(markup.to_plain(gap[0]) for gap in self.gaps)

    def score(self, response: Response) -> float:
        """The share of right gaps."""
        given = texts(response)
        right = sum(
            text is not None and accepted(text, gap, self.ignore) for text, gap in zip(given, self.gaps, strict=False)
        )
        return share(self.points, right, len(self.gaps))

    def key_lines(self) -> tuple[KeyLine, ...]:
        """For each gap its number and the accepted answers."""
        return tuple(KeyLine(str(number), " / ".join(gap)) for number, gap in enumerate(self.gaps, start=1))

    def written_key(self) -> list[str]:
        """The best answer for each gap."""
        return list(self.correct_response())
