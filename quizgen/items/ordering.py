"""Entries to be put in their order."""

from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ..diagnostics import report
from .base import (
    Choice,
    ItemBase,
    Keyed,
    KeyLine,
    OptionText,
    Response,
    Shown,
    choices,
    equal_texts,
    lettered,
    share,
    texts,
)
from .fields import same


class Ordering(ItemBase):
    """Put the entries in order (QTI 3 orderInteraction).

    Every two neighbours of the right sequence that stand side by side, in their order, earn a share of the points:
    one entry out of place costs little, a lucky place earns nothing. The printed order is that of the form and
    knows nothing of the right one, so once in a while it is the right one.
    """

    type: Annotated[Literal["ordering"], Field(description="put the entries in order")]
    sequence: Annotated[tuple[OptionText, ...], Field(min_length=2, description="the entries in their right order")]

    @model_validator(mode="after")
    def _different_entries(self) -> Self:
        places = [(option.text, ("sequence", number)) for number, option in enumerate(self.sequence)]
        report(equal_texts(places, "Q203", "stands here a second time"))
        return self

    @cached_property
    def offered(self) -> tuple[Choice, ...]:
        """The entries, not in their right order."""
        return choices(self.sequence)

    def shown(self) -> Shown:
        """Lettered entries and as many places."""
        entries = tuple(choice.text for choice in self.printed)
        return Shown(self.type, self.stem, self.points, choices=entries, blanks=len(entries))

    def correct_response(self) -> tuple[str, ...]:
        """The ids of the entries in their right order."""
        ids = {same(choice.text): choice.id for choice in self.offered}
        return tuple(ids[same(option.text)] for option in self.sequence)

    def keyed(self) -> Keyed:
        """The sequence."""
        return Keyed(self.points, self.correct_response())

    @staticmethod
    def mark(key: Keyed, response: Response) -> float:
        """The share of neighbours that stand as they should; an entry that was given twice counts nowhere."""
        given, right = texts(response), key.right
        once = [entry if given.count(entry) == 1 else None for entry in given[: len(right)]]
        kept = set(pairwise(right)) & set(pairwise(once))
        return share(key.points, len(kept), len(right) - 1)

    def key_lines(self) -> tuple[KeyLine, ...]:
        """The letters with their texts, in the right order."""
        letters, names = lettered(self.printed), {choice.id: choice.text for choice in self.printed}
        return tuple(KeyLine(letters[entry], names[entry]) for entry in self.correct_response())

    def written_key(self) -> list[str]:
        """The letters in the right order."""
        return [line.mark for line in self.key_lines()]
