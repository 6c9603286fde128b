"""A text with gaps to fill in."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from .. import markup
from ..diagnostics import Fault, report
from .base import ItemBase, Keyed, KeyLine, Response, Shown, equal_texts, share, texts
from .fields import Line, Text
from .wording import Ignored, accepted, comparable, nothing_left

_GAP = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


def _switched(value: Any) -> Any:
    """`true` is a word bank without further words, `false` none at all."""
    if not isinstance(value, str):
        return value
    if value.lower() not in ("true", "false"):
        hint = f"true, or a list of words that belong to no gap: [{value}]"
        report([Fault("Q105", f"'{value}' is not a word for 'word_bank'", hint=hint)])
    return () if value.lower() == "true" else None


class Cloze(ItemBase):
    """Fill in the gaps of `text` (QTI 3 textEntryInteraction, several). Each right gap earns its share of the points.

    `{{word}}` is a gap and its answer, `{{word|other}}` accepts either. What a candidate sees has numbers for the
    answers, so all gaps are equally wide.

    With a `word_bank` candidates see the best answer of every gap and the further words in it, each once and sorted,
    so that it does not tell which word belongs to which gap, or that one belongs to two.
    """

    type: Annotated[Literal["cloze"], Field(description="fill in the gaps of a text")]
    text: Annotated[
        Text, Field(description="the text; {{word}} is a gap and its answer, {{word|other}} accepts either")
    ]
    ignore: Annotated[tuple[Ignored, ...], Field(description="what need not agree with an answer; case by default")] = (
        "case",
    )
    word_bank: Annotated[
        tuple[Line, ...] | None,
        Field(description="shows the words for the gaps above the text: true, or a list of words that belong to none"),
        BeforeValidator(_switched, json_schema_input_type=bool | tuple[Line, ...]),
    ] = None

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

    @model_validator(mode="after")
    def _further_words(self) -> Self:
        places = [(word, ("word_bank", number)) for number, word in enumerate(self.word_bank or ())]
        right = [place for place in places if any(self._fits(place[0], gap) for gap in self.gaps)]
        hint = "take it out: the words of the gaps are in the word bank"
        found = [Fault("Q202", f"'{word}' is right in a gap", at, hint) for word, at in right]
        others = [place for place in places if place not in right]
        report(found + equal_texts(others, "Q203", "stands here a second time"))
        return self

    def _fits(self, word: str, gap: tuple[str, ...]) -> bool:
        return accepted(markup.to_plain(word), _plain(gap), self.ignore)

    @cached_property
    def gaps(self) -> tuple[tuple[str, ...], ...]:
        """For each gap the accepted answers, the best one first."""
        return tuple(tuple(markup.fold(part) for part in match[1].split("|")) for match in _GAP.finditer(self.text))

    @property
    def bank(self) -> tuple[str, ...]:
        """The words that candidates may pick from; none where they are to find them."""
        if self.word_bank is None:
            return ()
        words = {gap[0] for gap in self.gaps}.union(self.word_bank)
        return tuple(sorted(words, key=lambda word: (markup.to_plain(word).casefold(), word)))

    def shown(self) -> Shown:
        """The text with numbered gaps, and the words of the bank as its choices."""
        pieces = _GAP.split(self.text)[::2]
        numbered = "".join(f"{piece}{{{{{n}}}}}" for n, piece in enumerate(pieces[:-1], start=1)) + pieces[-1]
        return Shown(self.type, self.stem, self.points, self.bank, blanks=len(self.gaps), text=numbered)

    def correct_response(self) -> tuple[str, ...]:
        """The best answer for each gap."""
        return tuple(markup.to_plain(gap[0]) for gap in self.gaps)

    def keyed(self) -> Keyed:
        """For each gap the accepted answers, and what need not agree with them."""
        return Keyed(self.points, accepted=tuple(map(_plain, self.gaps)), ignore=self.ignore)

    @staticmethod
    def mark(key: Keyed, response: Response) -> float:
        """The share of right gaps."""
        given = zip(texts(response), key.accepted, strict=False)
        right = sum(text is not None and accepted(text, gap, key.ignore) for text, gap in given)
        return share(key.points, right, len(key.accepted))

    def key_lines(self) -> tuple[KeyLine, ...]:
        """For each gap its number and the accepted answers."""
        return tuple(KeyLine(str(number), " / ".join(gap)) for number, gap in enumerate(self.gaps, start=1))

    def written_key(self) -> list[str]:
        """The best answer for each gap."""
        return list(self.correct_response())


def _plain(gap: Iterable[str]) -> tuple[str, ...]:
    """The accepted answers of a gap as they are typed."""
    return tuple(map(markup.to_plain, gap))
