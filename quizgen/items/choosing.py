"""What the two choice items share: the order in which their options are printed."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ..diagnostics import Fault, report
from .base import Choice, ItemBase, Rank, ranked
from .quantity import quantities


class Choosing(ItemBase):
    """An item with options to choose from.

    `order: ascending` prints options that are numbers, dates or durations by size on every form; `order: shuffled`
    says that another order on each form is meant even so, which is what happens where nothing is said.
    """

    order: Annotated[
        Literal["ascending", "shuffled"] | None,
        Field(description="ascending: by size, for numbers, dates or times; shuffled: another on each form"),
    ] = None

    @model_validator(mode="after")
    def _has_an_order(self) -> Self:
        if self.order == "ascending" and self._sizes() is None:
            hint = "take `order` out, or write all options as numbers, dates or times of one unit"
            report([Fault("Q209", "these options have no ascending order", ("order",), hint)])
        return self

    def _sizes(self) -> dict[str, int] | None:
        """Option id -> its place by size, for those that are not pinned."""
        loose = [choice for choice in self.offered if choice.pinned is None]
        known = quantities([choice.text for choice in loose])
        if known is None:
            return None
        order = sorted(zip(known, loose, strict=True), key=lambda entry: (entry[0].amount, entry[1].id))
        return {choice.id: place for place, (_, choice) in enumerate(order)}

    def shuffled(self, rank: Rank) -> Self:
        """The same item with its options in the order of `rank`, or by size where the author wants it so."""
        sizes = self._sizes() if self.order == "ascending" else None
        return super().shuffled(rank if sizes is None else lambda name: sizes.get(name, 0).to_bytes(4, "big"))

    @property
    def printed(self) -> tuple[Choice, ...]:
        """All that can be picked, in printed order."""
        sizes = self._sizes() if self.order == "ascending" and not self._printed else None
        if sizes is not None:
            return ranked(self.offered, lambda name: sizes.get(name, 0).to_bytes(4, "big"))
        return super().printed
